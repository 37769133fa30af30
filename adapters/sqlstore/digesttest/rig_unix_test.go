//go:build unix

package digesttest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
)

// lease is that of presses and desks: tests wait for its end.
const lease = 300 * time.Millisecond

// rig is a database and two platforms, which outlive the replicas.
type rig struct {
	t       testing.TB
	engine  engine
	task    task
	url     string
	store   *sqlstore.Store
	discord *discordfake.Server
	slack   *slackfake.Server
	guild   string
	team    string
	channel []string // by the number of its subscription: those of even numbers are on Discord
	subs    []digest.Subscription
}

// onEach runs a test on each database.
func onEach(t *testing.T, test func(t *testing.T, r *rig)) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			test(t, newRig(t, e))
		})
	}
}

func newRig(t testing.TB, e engine) *rig {
	t.Helper()
	r := &rig{
		t: t, engine: e, url: e.url(t),
		discord: discordfake.Start(t, discordfake.Options{GlobalLimit: 50}),
		slack:   slackfake.Start(t, slackfake.Options{}), // a limit would hide a second post
	}
	r.guild, r.team = r.discord.AddGuild(discordfake.Guild{Name: "Kyiv"}), r.slack.AddTeam(slackfake.Team{Name: "Kyiv"})
	r.task = task{
		Database: r.url, Lease: lease,
		Discord: r.discord.URL(), DiscordToken: strings.TrimPrefix(r.discord.Token(), "Bot "), Slack: r.slack.URL(), SlackToken: r.slack.Token(r.team),
	}
	var err error
	r.store, err = sqlstore.Open(t.Context(), r.url, sqlstore.Options{Connections: 4})
	r.ok(err)
	t.Cleanup(func() { r.ok(r.store.Close()) })
	return r
}

func (r *rig) ok(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// each is a schedule that is due once a day, or once an hour, at the minute of a moment.
type each func(at time.Time) string

func daily(at time.Time) string  { return fmt.Sprintf("%d %d * * *", at.Minute(), at.Hour()) }
func hourly(at time.Time) string { return fmt.Sprintf("%d * * * *", at.Minute()) }

// subscribe has a new channel subscribe, whose first slot was due before.
func (r *rig) subscribe(every each, before time.Duration) digest.Subscription {
	r.t.Helper()
	n := len(r.subs)
	at := time.Now().UTC().Add(-before).Truncate(time.Minute)
	s := digest.Subscription{
		ID: fmt.Sprint("s", n), Schedule: digest.Schedule{Fields: every(at), Zone: "UTC"}, Lang: "en", By: "somebody", At: at.Add(-time.Hour),
		State: digest.Active, Next: digest.Slot{Civil: at.Format("2006-01-02T15:04"), At: at},
		Since: knowledge.Heads{}, // it is the first: all is told
	}
	name := fmt.Sprint("facts-", n)
	if n%2 == 0 {
		r.channel = append(r.channel, r.discord.AddChannel(discordfake.Channel{GuildID: r.guild, Name: name}))
		s.Tenant, s.Desk = "discord:"+r.guild, discord.Desk
	} else {
		r.channel = append(r.channel, r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Name: name}))
		s.Tenant, s.Desk = "slack:"+r.team, slack.Desk
	}
	s.To = chat.Address(s.Tenant + "/" + r.channel[n])
	s, err := r.store.Digests().Put(r.t.Context(), s)
	r.ok(err)
	r.subs = append(r.subs, s)
	return s
}

// posts returns how many messages stand in a subscription's channel.
func (r *rig) posts(n int) int {
	if n%2 == 0 {
		return len(r.discord.Messages(r.channel[n]))
	}
	return len(r.slack.Messages(r.channel[n]))
}

// past returns what became of a subscription's slots, the earliest first.
func (r *rig) past(n int) (out []string) {
	r.t.Helper()
	all, err := r.store.Digests().Slots(r.t.Context(), r.subs[n].Tenant, r.subs[n].ID, 10)
	r.ok(err)
	for _, p := range all {
		out = append([]string{strings.TrimSpace(fmt.Sprint(p.Outcome, " ", p.Said))}, out...)
	}
	return out
}

// settle waits until the last slot of each subscription is over and said, where something was to be said.
func (r *rig) settle() {
	r.t.Helper()
	for n := range r.subs {
		r.said(n)
	}
}

// said is settle of one subscription.
func (r *rig) said(n int) {
	r.t.Helper()
	r.await(fmt.Sprint("the end of ", r.subs[n].ID), func() bool {
		all, err := r.store.Digests().Slots(r.t.Context(), r.subs[n].Tenant, r.subs[n].ID, 1)
		r.ok(err)
		return len(all) > 0 && (all[0].Outcome != digest.Written || all[0].Said == delivery.StateSent)
	})
}

// end ends replicas in order.
func (r *rig) end(all []*process) {
	r.t.Helper()
	for _, p := range all {
		p.end()
	}
}

func (r *rig) await(what string, holds func() bool) {
	r.t.Helper()
	await(r.t, what, holds)
}

func await(t testing.TB, what string, holds func() bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("in %v it hasn't come to %s", patience, what)
		case <-look.C:
		}
	}
}

// once holds that each subscription has had one slot, and its channel one message.
func (r *rig) once() {
	r.t.Helper()
	posts := 0
	for n := range r.subs {
		posts += r.posts(n)
		if p, past := r.posts(n), r.past(n); p != 1 || fmt.Sprint(past) != "[written sent]" {
			r.t.Errorf("%s on %s: %d posts, slots %q", r.subs[n].ID, r.subs[n].Desk, p, past)
		}
	}
	if posts != len(r.subs) {
		r.t.Errorf("%d posts of %d slots", posts, len(r.subs))
	}
}

// number returns the number of a subscription, of which an id or a key tells.
func (r *rig) number(what string) (n int) {
	r.t.Helper()
	what = strings.TrimPrefix(what, "digest:")
	id, _, _ := strings.Cut(what, ":")
	if _, err := fmt.Sscanf(id, "s%d", &n); err != nil {
		r.t.Fatalf("%q: %v", what, err)
	}
	return n
}
