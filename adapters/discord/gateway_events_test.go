package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// Discord delivers at least once; who handles events drops what was seen before.
func TestEventsComeAsTheyAre(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{})
	r := p.replica(t, newGWLeases(t), gwPace())
	r.one(t)
	r.next(t, "READY")
	dm := p.OpenDM(p.user)
	odd := p.Say(dm, p.user, "odd", discordfake.WithComponents(`[{"type": 99, "future": true}]`),
		discordfake.WithField("hologram", `{"x": 1}`))
	var got struct {
		ID         string
		Author     struct{ Username string }
		Components []struct{ Future bool }
		Hologram   struct{ X int }
	}
	if err := json.Unmarshal(r.next(t, "MESSAGE_CREATE"), &got); err != nil {
		t.Fatal(err)
	}
	if got.ID != odd.ID || got.Author.Username != "olena" || !got.Components[0].Future || got.Hologram.X != 1 {
		t.Errorf("%+v", got)
	}
	p.Shard(0).Repeat()
	r.hears(t, odd.ID)
	for _, event := range [][2]string{
		{"FUTURE_EVENT", `{}`},
		{"GUILD_CREATE", `{}`},
		{"GUILD_CREATE", `null`},
		{"GUILD_UPDATE", `{"name":"x"}`},
		{"MESSAGE_DELETE", `[]`},
	} {
		p.Shard(0).Event(event[0], event[1])
	}
	p.Shard(0).Send(42, `{"new": true}`)
	p.Shard(0).Heartbeat()
	if got := r.next(t, "MESSAGE_DELETE"); string(got) != "[]" {
		t.Errorf("the data came as %s", got)
	}
	r.hears(t, p.Say(dm, p.user, "still there").ID)
	if n := r.counted(t, "gateway_ends_total", ""); n != 0 {
		t.Errorf("%v connections ended\n%s", n, r.log)
	}
}

func TestTheOrderOfEvents(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{})
	r := p.replica(t, newGWLeases(t), gwPace())
	r.one(t)
	r.next(t, "READY")
	for i := range 50 {
		if i == 25 {
			p.Shard(0).Drop()
		}
		p.Say(p.channel, p.user, fmt.Sprint("<@", p.BotID(), "> ", i))
	}
	for i := range 50 {
		var m struct{ Content string }
		if err := json.Unmarshal(r.next(t, "MESSAGE_CREATE"), &m); err != nil || !strings.HasSuffix(m.Content, fmt.Sprint("> ", i)) {
			t.Fatalf("message %d is %q, %v", i, m.Content, err)
		}
	}
}

func TestAPanicOfAHandler(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{Token: "the-secret"})
	said := make(chan struct{}, 2)
	r := p.replica(t, newGWLeases(t), gwPace(), func(o *GatewayOptions) {
		o.Dispatch = func(_ context.Context, kind string, _ json.RawMessage) {
			if kind == "MESSAGE_CREATE" {
				said <- struct{}{}
				panic("oh the-secret")
			}
		}
	})
	r.one(t)
	gwSoon(t, "a connection", func() bool { return r.counted(t, "shards_connected", "") == 1 })
	for range 2 {
		p.Say(p.channel, p.user, "hello")
		select {
		case <-said:
		case <-time.After(gwPatience):
			t.Fatal("no event")
		}
	}
	gwSoon(t, "two panics", func() bool { return r.counted(t, "gateway_panics_total", "") == 2 })
	if log := r.log.String(); strings.Contains(log, "the-secret") || !strings.Contains(log, "panicked") {
		t.Errorf("log:\n%s", log)
	}
	if n := r.counted(t, "gateway_ends_total", ""); n != 0 {
		t.Errorf("%v connections ended", n)
	}
}
