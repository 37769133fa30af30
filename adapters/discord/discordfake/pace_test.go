package discordfake_test

import (
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

func TestIdentifiesArePaced(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, discordfake.Options{Now: clock.Now, MaxConcurrency: 2, SessionLimit: 5})
	try := func(shard string) frame {
		w := p.dial(t, "v=9")
		w.next()
		w.send(p.identify(shard, "1"))
		return w.next()
	}
	for _, c := range []struct {
		shard   string
		advance time.Duration
		want    int
	}{
		{"[0,4]", 0, 0},
		{"[1,4]", 0, 0},
		{"[2,4]", 4 * time.Second, 9}, // the bucket of shard 0
		{"[2,4]", time.Second, 0},
	} {
		clock.advance(c.advance)
		if got := try(c.shard); got.Op != c.want {
			t.Errorf("shard %s: op %d, want %d", c.shard, got.Op, c.want)
		}
	}
	var fast int
	for _, i := range p.Identifies() {
		if i.TooFast {
			fast++
		}
	}
	if fast != 1 {
		t.Errorf("%d were too fast", fast)
	}
	bot, err := p.client(t).GatewayBot()
	if err != nil {
		t.Fatal(err)
	}
	want := discordgo.SessionInformation{
		Total: 5, Remaining: 1, MaxConcurrency: 2, ResetAfter: int((24*time.Hour - 5*time.Second).Milliseconds()),
	}
	if diff := cmp.Diff(want, bot.SessionStartLimit); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
