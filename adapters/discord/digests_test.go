package discord

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
)

// editor writes digests of the starter base: one for all tests, which only read it.
var editor = sync.OnceValues(adaptertest.DigestEditor)

// presses returns what is told by the rig's desk what came of digests.
func (r *rig) presses() *digest.Press {
	r.Helper()
	e, err := editor()
	r.ok(err)
	return digest.NewPress(digest.Options{
		Store: r.store.Digests(), Composer: e, Log: newLogger(r.log),
		Subscribers: &digest.Subscribers{
			Outbox: r.store.Deliveries(), Write: e.Paused,
			Reach: func(_, tenant, person string) (chat.Address, bool) { return Direct(tenant, person) },
		},
	})
}

// subscribed has a channel subscribe by olena, whose first digest is due now, and returns it.
func (r *rig) subscribed(channel string) digest.Subscription {
	r.Helper()
	at := time.Now().UTC().Truncate(time.Minute)
	s, err := r.store.Digests().Put(r.Context(), digest.Subscription{
		ID: "of-" + channel, Tenant: "discord:" + r.guild, Desk: Desk, To: place{r.guild, channel}.address(), Lang: "uk", By: accountOf(r.olena),
		Schedule: digest.Schedule{Fields: "0 9 * * *", Zone: "Europe/Kyiv"}, At: at, From: at.Add(-time.Hour),
		State: digest.Active, Next: digest.Slot{Civil: "2026-11-30T09:00", At: at},
	})
	r.ok(err)
	done, err := r.store.Digests().Publish(r.Context(), s, digest.Edition{
		Slot: s.Next, Outcome: digest.Written, Reply: brief(r, s.Next.Civil, s.Zone), Next: digest.Slot{Civil: "2026-12-01T09:00", At: at.Add(24 * time.Hour)},
	}, 0)
	r.ok(err)
	if !done {
		r.Fatal("it wasn't published")
	}
	return s
}

// TestRefusedDigest holds that a digest which Discord refuses is paused at once with the reason, and that who subscribed is told once, alone
// and in the digest's language, where the bot may still speak to them.
func TestRefusedDigest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		close func(r *rig, channel string)
		told  bool
	}{
		"the channel is deleted":      {func(r *rig, channel string) { r.discord.RemoveChannel(channel) }, true},
		"the bot may not write there": {func(r *rig, channel string) { r.discord.SetBot(channel, 1<<10) }, true},
		"the bot doesn't see it":      {func(r *rig, channel string) { r.discord.SetBot(channel, 1<<11) }, true},
		"they take no direct messages": {func(r *rig, channel string) {
			r.discord.RemoveChannel(channel)
			r.discord.SetNoDMs(r.olena, true)
		}, false},
		"the server has removed the bot": {func(r *rig, _ string) {
			r.disconnect() // or it would hear of it, and all would be deleted
			r.removed = true
			r.discord.RemoveGuild(r.guild)
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{digests: true})
			channel := r.discord.AddChannel(discordfake.Channel{GuildID: r.guild, Name: "talks"})
			dm := r.discord.OpenDM(r.olena)
			tc.close(r, channel)
			s := r.subscribed(channel)
			for ctx := r.soon(); s.State == digest.Active; time.Sleep(10 * time.Millisecond) { // for what another goroutine does in the database
				var err error
				s, err = r.store.Digests().At(ctx, s.Tenant, Desk, s.To)
				r.ok(err)
			}
			notice, _, err := r.store.Deliveries().Insert(t.Context(), delivery.Record{ // there is one of its key already
				ID: delivery.NewID(), Tenant: s.Tenant, Desk: Desk, Key: "paused:" + s.ID + ":2026-11-30T09:00", State: delivery.StatePending,
				Reply: chat.Reply{Lang: "en", Outcome: chat.Refused},
			}, time.Hour)
			r.ok(err)
			notice = r.settled(notice)
			var said []string
			for _, m := range r.discord.Messages(dm) {
				said = append(said, m.Content)
			}
			switch {
			case s.Why != digest.Refused:
				t.Errorf("it is paused: %s", s.Why)
			case tc.told && (len(said) != 1 || !strings.Contains(said[0], "Дайджест зупинено") || notice.State != delivery.StateSent):
				t.Errorf("%s, told %q", notice.State, said)
			case !tc.told && (len(said) != 0 || notice.Why != delivery.ReasonRefused || strings.Contains(r.log.String(), "level=ERROR")):
				t.Errorf("%s %s, told %q: %s", notice.State, notice.Why, said, r.log)
			}
		})
	}
}

// TestLimitedDigest holds that a digest waits where Discord asks its channel to, and others don't.
func TestLimitedDigest(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	other := r.discord.AddChannel(discordfake.Channel{GuildID: r.guild, Name: "other"})
	limited := discordfake.RateLimited("user", 1500*time.Millisecond, discordfake.Route(http.MethodPost, "/channels/"+r.channel+"/messages"))
	limited.Times = 1
	r.discord.Inject(limited)
	first := r.due(r.channel, brief(t, "2026-11-30T09:00", "Europe/Kyiv"))
	r.logs("the platform asks to wait")
	second := r.due(other, brief(t, "2026-11-30T09:00", "Europe/Kyiv"))
	second, first = r.settled(second), r.settled(first)
	if first.State != delivery.StateSent || second.State != delivery.StateSent || !second.Said.Before(first.Said) {
		t.Errorf("%s at %v, and the other %s at %v", first.State, first.Said, second.State, second.Said)
	}
	if n, m, tries := r.replies(r.channel), r.replies(other), len(r.discord.Requests(posts)); n != 1 || m != 1 || tries != 3 {
		t.Errorf("%d and %d posts in %d tries", n, m, tries)
	}
}
