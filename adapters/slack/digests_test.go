package slack

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
)

// editor writes digests of the starter base: one for all tests, which only read it.
var editor = sync.OnceValues(adaptertest.DigestEditor)

// press returns what is told by the rig's desk what came of digests.
func (r *rig) press() *digest.Press {
	r.Helper()
	e, err := editor()
	r.ok(err)
	return digest.NewPress(digest.Options{
		Store: r.store.Digests(), Composer: e,
		Subscribers: &digest.Subscribers{
			Outbox: r.store.Deliveries(), Write: e.Paused,
			Reach: func(_, tenant, person string) (chat.Address, bool) { return Direct(tenant, person) },
		},
	})
}

// subscribed has a channel subscribe by somebody, whose first digest is due now, and returns it.
func (r *rig) subscribed(channel, by string) digest.Subscription {
	r.Helper()
	e, err := editor()
	r.ok(err)
	at := time.Now().UTC().Truncate(time.Minute)
	s, err := r.store.Digests().Put(r.Context(), digest.Subscription{
		ID: "of-" + channel, Tenant: r.tenant(), Desk: Desk, To: place{Team: r.team, Channel: channel}.address(), Lang: "ru", By: scheme + by,
		Schedule: digest.Schedule{Fields: "0 9 * * *", Zone: "Europe/Kyiv"}, At: at, From: at.Add(-time.Hour),
		State: digest.Active, Next: digest.Slot{Civil: "2026-11-30T09:00", At: at},
	})
	r.ok(err)
	reply, _, _, err := e.Compose(r.Context(), s, today)
	r.ok(err)
	done, err := r.store.Digests().Publish(r.Context(), s, digest.Edition{
		Slot: s.Next, Outcome: digest.Written, Reply: reply, Next: digest.Slot{Civil: "2026-12-01T09:00", At: at.Add(24 * time.Hour)},
	}, 0)
	r.ok(err)
	if !done {
		r.Fatal("it wasn't published")
	}
	return s
}

// noted waits until a desk is done with what was said for a key.
func (r *rig) noted(key string) delivery.Record {
	r.Helper()
	rec, _, err := r.store.Deliveries().Insert(r.Context(), delivery.Record{ // there is one of its key already
		ID: delivery.NewID(), Tenant: r.tenant(), Desk: Desk, Key: key, State: delivery.StatePending, Reply: chat.Reply{Lang: "en", Outcome: chat.Refused},
	}, time.Hour)
	r.ok(err)
	for ctx := r.soon(); rec.UnderWay(); <-tick() {
		rec, err = r.desk.Get(ctx, rec.Tenant, rec.ID)
		r.ok(err)
	}
	return rec
}

// TestRefusedDigest holds that a digest which Slack refuses is paused at once with the reason, and that who subscribed is told once, alone
// and in the digest's language, where the bot may still speak to them.
func TestRefusedDigest(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		close func(r *rig, channel string)
		gone  bool // who subscribed has left
		told  bool
	}{
		"the channel is archived":      {func(r *rig, channel string) { r.slack.Archive(channel, true) }, false, true},
		"the bot was removed from it":  {func(r *rig, channel string) { r.slack.Kick(channel) }, false, true},
		"who subscribed has left":      {func(r *rig, channel string) { r.slack.Kick(channel) }, true, false},
		"the team has removed the bot": {func(r *rig, _ string) { r.slack.Uninstall(r.team) }, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{digests: true, teams: func(r *rig) Tokens { return OneToken(r.slack.Token(r.team)) }})
			channel := r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Name: "talks"})
			by := r.slack.AddUser(slackfake.User{TeamID: r.team, Name: "anna", Deleted: tc.gone})
			tc.close(r, channel)
			s := r.subscribed(channel, by)
			for ctx := r.soon(); s.State == digest.Active; <-tick() {
				var err error
				s, err = r.store.Digests().At(ctx, s.Tenant, Desk, s.To)
				r.ok(err)
			}
			notice := r.noted("paused:" + s.ID + ":2026-11-30T09:00")
			var said []string
			if dm := r.slack.DM(by); !tc.gone {
				for _, m := range r.slack.Messages(dm) {
					said = append(said, m.Text)
				}
			}
			switch {
			case s.Why != digest.Refused:
				t.Errorf("it is paused: %s", s.Why)
			case tc.told && (len(said) != 1 || !strings.Contains(said[0], "Дайджест остановлен") || notice.State != delivery.StateSent):
				t.Errorf("%s, told %q", notice.State, said)
			case !tc.told && (len(said) != 0 || notice.Why != delivery.ReasonRefused || strings.Contains(r.log.String(), "level=ERROR")):
				t.Errorf("%s %s, told %q: %s", notice.State, notice.Why, said, r.log)
			}
		})
	}
}

// TestLimitedDigest holds that a digest waits where Slack asks its channel to, and others don't.
func TestLimitedDigest(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	other := r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Name: "other"})
	r.slack.Inject(slackfake.RateLimited(2*time.Second, posting))
	first := r.subscribed(r.channel, r.olena)
	r.logs("the platform asks to wait")
	second := r.subscribed(other, r.olena)
	late, quick := r.noted(first.Key(first.Next)), r.noted(second.Key(second.Next))
	if quick.State != delivery.StateSent || late.State != delivery.StateSent || !quick.Said.Before(late.Said) {
		t.Errorf("%s at %v, and the other %s at %v", late.State, late.Said, quick.State, quick.Said)
	}
	if n, m, tries := r.replies(r.channel), r.replies(other), len(r.slack.Requests("chat.postMessage")); n != 1 || m != 1 || tries != 3 {
		t.Errorf("%d and %d posts in %d tries", n, m, tries)
	}
}

// TestLostDigest is row 3 of guides/reliability.md: a digest that Slack took while its answer was lost is found; one that isn't known to be
// there is told, and not sent again.
func TestLostDigest(t *testing.T) {
	t.Parallel()
	cut := slackfake.Fault{Match: posting, Times: 1, Cut: true}
	for name, tc := range map[string]struct {
		fault        slackfake.Fault
		blind        bool // the bot may not read what was said
		state        delivery.State
		posts, tries int
	}{
		"stored":                     {slackfake.Lost(posting), false, delivery.StateSent, 1, 1},
		"not stored":                 {cut, false, delivery.StateSent, 1, 2},
		"stored, and not to be read": {slackfake.Lost(posting), true, delivery.StateUnknown, 1, 1},
		"not stored, nor to be read": {cut, true, delivery.StateUnknown, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{})
			if tc.blind {
				r.slack.SetScopes(r.team, "chat:write")
			}
			r.slack.Inject(tc.fault)
			s := r.subscribed(r.channel, r.olena)
			key := s.Key(s.Next)
			rec := r.noted(key)
			if n, tries := r.replies(r.channel), len(r.slack.Requests("chat.postMessage")); rec.State != tc.state || n != tc.posts || tries != tc.tries {
				t.Errorf("%s, %d posts in %d tries", rec.State, n, tries)
			}
			if told := strings.Contains(r.log.String(), "for="+key); told != (tc.state == delivery.StateUnknown) {
				t.Errorf("told: %v: %s", told, r.log)
			}
		})
	}
}

// TestLookupInThread holds that an answer is looked for in the thread into which it went, whatever it is said for.
func TestLookupInThread(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	asked := r.slack.Say(r.channel, r.olena, "well")
	at := place{Team: r.team, Channel: r.channel}
	p := chat.Post{To: at.address(), ReplyTo: spot{at, asked.TS}.ref(), Key: "correction:a", Reply: handle(t, chat.Request{Command: chat.CommandAsk, Text: killed})}
	ref, err := r.client.Send(t.Context(), p)
	r.ok(err)
	if found, presence, err := r.client.Lookup(t.Context(), p, time.Minute); err != nil || presence != chat.PresenceFound || found != ref {
		t.Errorf("%s %q, %v; wanted %q", presence, found, err, ref)
	}
}

// TestLookupBySlacksClock holds that a post is found, and what was said long before isn't read, however wrong this machine's clock is (row 7
// of guides/reliability.md).
func TestLookupBySlacksClock(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]time.Duration{"right": 0, "two hours ahead": -2 * time.Hour, "two hours behind": 2 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := &movable{}
			now.ahead.Store(int64(wrong))
			r := newRig(t, rigOptions{fake: slackfake.Options{Now: now.now}})
			p := chat.Post{To: place{Team: r.team, Channel: r.channel}.address(), Key: "k", Reply: handle(t, chat.Request{Command: chat.CommandAsk, Text: killed})}
			_, err := r.client.Send(t.Context(), p)
			r.ok(err)
			now.ahead.Add(int64(time.Hour))
			r.client.bots.drop(r.team) // as another process, which knows nothing yet
			for ago, want := range map[time.Duration]chat.Presence{time.Hour: chat.PresenceFound, 10 * time.Minute: chat.PresenceAbsent} {
				if _, presence, err := r.client.Lookup(t.Context(), p, ago); err != nil || presence != want {
					t.Errorf("of %v ago: %s, %v; wanted %s", ago, presence, err, want)
				}
			}
		})
	}
}

// movable is a clock that is ahead of the machine's.
type movable struct{ ahead atomic.Int64 }

func (m *movable) now() time.Time { return time.Now().Add(time.Duration(m.ahead.Load())) }

// ends returns what a rig's desk tells what came of records.
func (o *rigOptions) ends(r *rig) func(context.Context, delivery.Record) {
	if !o.digests {
		return nil
	}
	return r.press().Ended
}
