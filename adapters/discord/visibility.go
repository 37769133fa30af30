package discord

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// seenFor is how long what decides about visibility is kept: who loses a channel may read its gaps for as long.
	seenFor   = 30 * time.Second
	mostKept  = 1000 // servers, and threads
	mostAtOne = 50   // threads of one server that are looked up at Discord within seenFor
)

// visibility knows, for a short while, which channels a server has and who may see them. It is safe for concurrent use.
type visibility struct {
	client *Client

	mu      sync.Mutex
	since   time.Time
	guilds  map[string]*guildView
	threads map[string]channelView
	asked   map[string]int // for threads, by server, since then
}

func newVisibility(c *Client) *visibility { return &visibility{client: c} }

// known calls f with what is kept, under the lock. All is forgotten at once; where it is too much, not how often was asked.
func (v *visibility) known(f func()) {
	v.mu.Lock()
	defer v.mu.Unlock()
	late := time.Since(v.since) > seenFor
	if late {
		v.asked, v.since = map[string]int{}, time.Now()
	}
	if late || len(v.guilds)+len(v.threads) >= mostKept {
		v.guilds, v.threads = map[string]*guildView{}, map[string]channelView{}
	}
	f()
}

// guild returns the view of a server, as Discord has it now or had it a short while ago.
func (v *visibility) guild(ctx context.Context, id string) (*guildView, error) {
	var g *guildView
	if v.known(func() { g = v.guilds[id] }); g != nil {
		return g, nil
	}
	var roles []struct {
		ID          string `json:"id"`
		Permissions string `json:"permissions"`
	}
	var channels []channelView
	if err := v.get(ctx, discordgo.EndpointGuildRoles(id), &roles); err != nil {
		return nil, err
	}
	if err := v.get(ctx, discordgo.EndpointGuildChannels(id), &channels); err != nil {
		return nil, err
	}
	g = &guildView{id: id, roles: map[string]int64{}, channels: map[string]channelView{}}
	for _, r := range roles {
		g.roles[r.ID] = bits(r.Permissions)
	}
	for _, c := range channels {
		g.channels[c.ID] = c
	}
	v.known(func() { v.guilds[id] = g })
	return g, nil
}

// channel returns a thread of a server: those aren't among its channels. It has no id where the bot doesn't see one, or too many of
// that server were asked for.
func (v *visibility) channel(ctx context.Context, guild, id string) (channelView, error) {
	var c channelView
	var ok bool
	asked := 0
	v.known(func() {
		if c, ok = v.threads[id]; !ok {
			v.asked[guild]++
			asked = v.asked[guild]
		}
	})
	if asked == mostAtOne+1 {
		v.client.log.WarnContext(ctx, "too many threads of one server are to be looked up: for a while the others count as not seen", "most", mostAtOne)
	}
	if ok || asked > mostAtOne {
		return c, nil
	}
	err := v.get(ctx, discordgo.EndpointChannel(id), &c)
	if r, refused := errors.AsType[*refusal](err); refused && (r.status == http.StatusNotFound || r.status == http.StatusForbidden) {
		c, err = channelView{}, nil
	}
	if err == nil {
		v.known(func() { v.threads[id] = c })
	}
	return c, err
}

func (v *visibility) get(ctx context.Context, address string, into any) error {
	return v.client.call(ctx, http.MethodGet, address, address, nil, into)
}
