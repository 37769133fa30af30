package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/bot/tenancy"
)

// removed has what was kept of a server deleted that has removed the bot.
func (a *Adapter) removed(guild string) {
	a.endings.End(tenancy.Ending{Tenant: place{Guild: guild}.tenant(), Actor: Desk, Reason: "the server removed the bot"})
}

// guildsEvent is what is read of a READY: the servers that the bot is in, of those of a shard. One in an outage is among them.
type guildsEvent struct {
	Shard  []uint64 `json:"shard"` // which, and of how many
	Guilds []struct {
		ID string `json:"id"`
	} `json:"guilds"`
}

// listed returns the shard's servers; false where they aren't all told.
func (e *guildsEvent) listed() (map[string]bool, bool) {
	if len(e.Shard) != 2 || e.Shard[0] >= e.Shard[1] || e.Guilds == nil {
		return nil, false
	}
	out := make(map[string]bool, len(e.Guilds))
	for _, g := range e.Guilds {
		if !snowflake(g.ID) {
			return nil, false
		}
		out[g.ID] = true
	}
	return out, true
}

// of reports whether a server is one of the shard's (https://docs.discord.com/developers/events/gateway#sharding-sharding-formula).
func (e *guildsEvent) of(guild string) bool {
	id, err := strconv.ParseUint(guild, 10, 64)
	return err == nil && (id>>22)%e.Shard[1] == e.Shard[0]
}

// compare looks for servers that removed the bot while no shard was connected to hear it: of the shard's, those of whom something is
// kept though READY doesn't list them. Each is asked for before anything of it is deleted: the list is Discord's at one moment,
// and a server may have come back since.
func (a *Adapter) compare(data json.RawMessage) {
	ready, ok := decode[guildsEvent](data)
	if !ok {
		return
	}
	listed, ok := ready.listed()
	if !ok {
		return
	}
	shard := fmt.Sprintf("Discord's shard %d of %d", ready.Shard[0], ready.Shard[1])
	a.endings.Look(shard, scheme, func(tenant string) (tenancy.Ending, bool) {
		guild := strings.TrimPrefix(tenant, scheme)
		return a.missing(guild), ready.of(guild) && !listed[guild]
	})
}

// missing is the ending of a server that the bot isn't in any more, as it seems.
func (a *Adapter) missing(guild string) tenancy.Ending {
	return tenancy.Ending{
		Tenant: place{Guild: guild}.tenant(), Actor: Desk, Reason: "the bot isn't in the server any more",
		Sure: func(ctx context.Context) (bool, error) {
			in, err := a.client.in(ctx, guild)
			return !in, err
		},
	}
}

// in reports whether the bot is in a server: Discord answers 404 (10004) or 403 (50001) where it isn't.
func (c *Client) in(ctx context.Context, guild string) (bool, error) {
	address := discordgo.EndpointGuild(guild)
	err := c.call(ctx, http.MethodGet, address, address, nil, nil)
	if r, ok := errors.AsType[*refusal](err); ok && (r.code == discordgo.ErrCodeUnknownGuild || r.code == discordgo.ErrCodeMissingAccess) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("whether the bot is in the server %s can't be asked: %w", guild, err)
	}
	return true, nil
}
