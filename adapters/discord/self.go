package discord

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// Application asks Discord for the id of the bot's application.
func (c *Client) Application(ctx context.Context) (string, error) {
	var app struct {
		ID string `json:"id"`
	}
	address := discordgo.EndpointApplications + "/@me"
	if err := c.call(ctx, http.MethodGet, address, address, nil, &app); err != nil {
		return "", fmt.Errorf("which application the token is of can't be asked: %w", err)
	}
	return app.ID, nil
}

// permissions are exactly what the bot needs where it is to speak: to see the channel, to write there and in threads, to
// show embeds, and to answer messages, for which Discord asks for their history.
const permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads |
	discordgo.PermissionEmbedLinks | discordgo.PermissionReadMessageHistory

// Invite returns the address at which the manager of a server adds the bot.
func Invite(application string) string {
	q := url.Values{
		"client_id": {application}, "permissions": {strconv.FormatInt(permissions, 10)}, "scope": {"bot applications.commands"},
	}
	return "https://discord.com/oauth2/authorize?" + q.Encode()
}
