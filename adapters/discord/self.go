package discord

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// application is what Discord tells of the bot's application
// (https://docs.discord.com/developers/resources/application#application-object).
type application struct {
	ID       string `json:"id"`
	Key      string `json:"verify_key"`
	Flags    int    `json:"flags"`
	Endpoint string `json:"interactions_endpoint_url"` // empty: interactions come by the gateway
	Servers  int    `json:"approximate_guild_count"`
}

func (c *Client) application(ctx context.Context) (app application, err error) {
	address := discordgo.EndpointApplications + "/@me"
	if err := c.call(ctx, http.MethodGet, address, address, nil, &app); err != nil {
		return application{}, fmt.Errorf("which application the token is of can't be asked: %w", err)
	}
	return app, nil
}

// Application asks Discord for the id of the bot's application.
func (c *Client) Application(ctx context.Context) (string, error) {
	app, err := c.application(ctx)
	return app.ID, err
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
