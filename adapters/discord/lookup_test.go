package discord

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
)

// brief is a digest of one line, which has no buttons.
func brief(t testing.TB, slot, zone string) chat.Reply {
	t.Helper()
	e, err := editor()
	if err != nil {
		t.Fatal(err)
	}
	s := digest.Subscription{Tenant: "test", Lang: "en", Schedule: digest.Schedule{Zone: zone}, Next: digest.Slot{Civil: slot}}
	_, knows, _, err := e.Compose(t.Context(), s, today)
	if err != nil {
		t.Fatal(err)
	}
	s.Since = knows // nothing has changed since
	r, _, _, err := e.Compose(t.Context(), s, today)
	if err != nil || len(r.Shown) > 0 {
		t.Fatalf("%d claims, %v", len(r.Shown), err)
	}
	return r
}

// whole is a digest that has buttons.
func whole(t testing.TB) chat.Reply {
	t.Helper()
	r, err := adaptertest.Digest("en")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *rig) posted(key string, reply chat.Reply) chat.Post {
	return chat.Post{To: place{r.guild, r.channel}.address(), Key: key, ID: delivery.NewID(), Reply: reply}
}

// lookups are what stands in a channel when a post is looked for, and what is found.
type lookups map[string]struct {
	reply  func(testing.TB) chat.Reply
	before func(*rig, chat.Post) // nil: nothing
	sent   bool
	after  func(*rig, chat.Post)
	want   chat.Presence
}

func (all lookups) try(t *testing.T, named string) {
	for name, tc := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{})
			reply := brief(t, named, "America/New_York")
			if tc.reply != nil {
				reply = tc.reply(t)
			}
			p, ref := r.posted("k", reply), chat.MessageRef("")
			if tc.before != nil {
				tc.before(r, p)
			}
			if tc.sent {
				var err error
				ref, err = r.client.Send(t.Context(), p)
				r.ok(err)
			}
			if tc.after != nil {
				tc.after(r, p)
			}
			found, presence, err := r.client.Lookup(t.Context(), p, 10*time.Minute)
			if err != nil || presence != tc.want || presence == chat.PresenceFound && found != ref {
				t.Errorf("%s %q, %v; wanted %s %q", presence, found, err, tc.want, ref)
			}
		})
	}
}

// TestLookup looks for posts behind the nonce window.
func TestLookup(t *testing.T) {
	t.Parallel()
	const named, unnamed = "2026-11-30T09:00", "2026-11-29T09:00"
	const speaks = int64(discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionEmbedLinks)
	chatter := func(n int) func(*rig, chat.Post) {
		return func(r *rig, _ chat.Post) {
			for range n {
				r.discord.Say(r.channel, r.olena, "well")
			}
		}
	}
	help := func(testing.TB) chat.Reply { return handle(t, chat.Request{Command: chat.CommandHelp}) }
	lookups{
		"by its buttons":                 {whole, nil, true, nil, chat.PresenceFound},
		"by its tag":                     {nil, nil, true, nil, chat.PresenceFound},
		"behind much that was said":      {whole, nil, true, chatter(250), chat.PresenceFound},
		"by its tag, behind much":        {nil, chatter(1), true, chatter(lookAtOnce), chat.PresenceFound},
		"not there":                      {whole, chatter(1), false, nil, chat.PresenceAbsent},
		"not there, without buttons":     {nil, chatter(1), false, nil, chat.PresenceAbsent},
		"not there, among whole pages":   {whole, chatter(2 * lookAtOnce), false, nil, chat.PresenceAbsent},
		"further back than is looked":    {whole, nil, true, chatter(mostLooks * lookAtOnce), chat.PresenceUnknown},
		"an empty channel":               {whole, nil, false, nil, chat.PresenceUnknown},
		"the channel may not be read":    {whole, nil, true, func(r *rig, _ chat.Post) { r.discord.SetBot(r.channel, speaks) }, chat.PresenceUnknown},
		"the channel isn't seen":         {whole, nil, true, func(r *rig, _ chat.Post) { r.discord.SetBot(r.channel, 1<<40) }, chat.PresenceUnknown},
		"what has no name, and is there": {help, nil, true, nil, chat.PresenceUnknown},
		"what has no name, and isn't":    {help, chatter(1), false, nil, chat.PresenceAbsent},
		"another slot's": {nil, func(r *rig, _ chat.Post) {
			_, err := r.client.Send(r.Context(), r.posted("other", brief(r, unnamed, "America/New_York")))
			r.ok(err)
		}, false, nil, chat.PresenceAbsent},
		"another zone's": {nil, func(r *rig, _ chat.Post) {
			_, err := r.client.Send(r.Context(), r.posted("other", brief(r, named, "America/New_York_City")))
			r.ok(err)
		}, false, nil, chat.PresenceAbsent},
		"another answer": {whole, func(r *rig, _ chat.Post) {
			_, err := r.client.Send(r.Context(), r.posted("other", handle(r, chat.Request{Text: killed})))
			r.ok(err)
		}, false, nil, chat.PresenceAbsent},
		"somebody else's words": {nil, func(r *rig, p chat.Post) {
			r.discord.Say(r.channel, r.olena, r.client.render(p.Reply, p.ID, 0, false).Content)
		}, false, nil, chat.PresenceAbsent},
	}.try(t, named)
}

// TestLookupByDiscordsClock holds that a post is found, and one that was said long before isn't taken for it, however wrong this machine's
// clock is (row 7 of guides/reliability.md).
func TestLookupByDiscordsClock(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]time.Duration{"right": 0, "two hours ahead": -2 * time.Hour, "two hours behind": 2 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := &movable{}
			now.ahead.Store(int64(wrong))
			r := newRig(t, rigOptions{fake: discordfake.Options{Now: now.now}})
			p := r.posted("k", brief(t, "2026-11-30T09:00", "Europe/Kyiv"))
			_, err := r.client.Send(t.Context(), p)
			r.ok(err)
			now.ahead.Add(int64(time.Hour))
			for ago, want := range map[time.Duration]chat.Presence{time.Hour: chat.PresenceFound, 10 * time.Minute: chat.PresenceAbsent} {
				if _, presence, err := r.another().Lookup(t.Context(), p, ago); err != nil || presence != want {
					t.Errorf("of %v ago: %s, %v; wanted %s", ago, presence, err, want)
				}
			}
		})
	}
}

// movable is a clock that is ahead of the machine's.
type movable struct{ ahead atomic.Int64 }

func (m *movable) now() time.Time { return time.Now().Add(time.Duration(m.ahead.Load())) }

// TestLostDigest is row 2 of guides/reliability.md, and what lies behind its window: a digest is posted once, or it is told that this isn't
// known.
func TestLostDigest(t *testing.T) {
	t.Parallel()
	const behind = time.Nanosecond
	speaks := int64(discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionEmbedLinks)
	stored := discordfake.Fault{Match: posting, Times: 1, Cut: true, AfterStore: true}
	lost := discordfake.Fault{Match: posting, Times: 1, Cut: true}
	for name, tc := range map[string]struct {
		nonces       time.Duration // how long Discord knows one
		fault        discordfake.Fault
		may          int64 // what the bot may do there; 0: all that it needs
		state        delivery.State
		posts, tries int
	}{
		"stored, within the window":     {Nonces, stored, 0, delivery.StateSent, 1, 2},
		"not stored, within the window": {Nonces, lost, 0, delivery.StateSent, 1, 2},
		"stored, behind it":             {behind, stored, 0, delivery.StateSent, 1, 1},
		"not stored, behind it":         {behind, lost, 0, delivery.StateSent, 1, 2},
		"stored, and not to be read":    {behind, stored, speaks, delivery.StateUnknown, 1, 1},
		"not stored, nor to be read":    {behind, lost, speaks, delivery.StateUnknown, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{nonces: tc.nonces, fake: discordfake.Options{NonceFor: tc.nonces}})
			r.discord.Say(r.channel, r.olena, "well")
			if tc.may != 0 {
				r.discord.SetBot(r.channel, tc.may)
			}
			r.discord.Inject(tc.fault)
			rec := r.due(r.channel, brief(t, "2026-11-30T09:00", "Europe/Kyiv"))
			rec = r.settled(rec)
			if rec.State != tc.state || (rec.Ref != "") != (tc.state == delivery.StateSent) {
				t.Errorf("it is %s, %q", rec.State, rec.Ref)
			}
			if n, tries := r.replies(r.channel), len(r.discord.Requests(posts)); n != tc.posts || tries != tc.tries {
				t.Errorf("%d posts in %d tries, wanted %d in %d", n, tries, tc.posts, tc.tries)
			}
			if told := strings.Contains(r.log.String(), rec.Key); told != (tc.state == delivery.StateUnknown) {
				t.Errorf("told: %v: %s", told, r.log)
			}
		})
	}
}

// due lets a reply be due to be said in a channel.
func (r *rig) due(channel string, reply chat.Reply) delivery.Record {
	r.Helper()
	rec, _, err := r.store.Deliveries().Insert(r.Context(), delivery.Record{
		ID: delivery.NewID(), Tenant: "discord:" + r.guild, Desk: Desk, Key: "digest:" + channel + ":" + reply.Tag, To: place{r.guild, channel}.address(),
		Reply: reply, State: delivery.StatePending,
	}, 0)
	r.ok(err)
	return rec
}

// settled waits until a desk is done with a record.
func (r *rig) settled(rec delivery.Record) delivery.Record {
	r.Helper()
	for ctx := r.soon(); rec.UnderWay(); time.Sleep(10 * time.Millisecond) { // for what another goroutine does in the database
		var err error
		rec, err = r.desk.Get(ctx, rec.Tenant, rec.ID)
		r.ok(err)
	}
	return rec
}
