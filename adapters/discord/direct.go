package discord

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/bot/chat"
)

// personMark begins what stands for a channel in the address of a person.
const personMark = "@"

// Direct returns where somebody of a server is told something alone: discord:<guild>/@<user>. It is false where the tenant isn't a server,
// or the person nobody on Discord.
func Direct(tenant, person string) (chat.Address, bool) {
	guild, server := strings.CutPrefix(tenant, scheme)
	user, account := strings.CutPrefix(person, scheme)
	if !server || !account || !snowflake(guild) || !snowflake(user) {
		return "", false
	}
	return chat.Address(scheme + guild + "/" + personMark + user), true
}

// parseDirect reads what Direct has made; it is false for all other addresses.
func parseDirect(a chat.Address) (guild, user string, ok bool) {
	rest, ours := strings.CutPrefix(string(a), scheme)
	guild, user, direct := strings.Cut(rest, "/"+personMark)
	return guild, user, ours && direct && snowflake(guild) && snowflake(user)
}

// where returns the channel of an address, which for a person is opened.
func (c *Client) where(ctx context.Context, a chat.Address) (place, error) {
	if guild, user, ok := parseDirect(a); ok {
		return c.direct(ctx, guild, user)
	}
	to, err := parseAddress(a)
	if err != nil {
		err = fmt.Errorf("discord: %w: %w", chat.ErrRefused, err)
	}
	return to, err
}

// direct opens the direct conversation with somebody of a server. A server that has removed the bot is refused: nobody there hears from
// it any more, though they may be in another one.
func (c *Client) direct(ctx context.Context, guild, user string) (place, error) {
	if err := c.turn(ctx); err != nil {
		return place{}, err
	}
	address := discordgo.EndpointGuild(guild)
	if err := c.call(ctx, http.MethodGet, address, address, nil, nil); err != nil {
		return place{}, err
	}
	form := struct {
		RecipientID string `json:"recipient_id"`
	}{user}
	var opened struct {
		ID string `json:"id"`
	}
	address = discordgo.EndpointUserChannels("@me")
	if err := c.call(ctx, http.MethodPost, address, address, form, &opened); err != nil {
		return place{}, err
	}
	if !snowflake(opened.ID) {
		return place{}, fmt.Errorf("discord: a direct conversation was opened that has the id %.40q", opened.ID)
	}
	return place{Channel: opened.ID}, nil
}
