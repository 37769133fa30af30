package slack

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
)

func TestMention(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	m := r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
	if !strings.Contains(m.Text, "55,000") || !strings.Contains(m.Text, "Zelenskyy") || len(m.Blocks) == 0 {
		t.Errorf("the answer is %q", m.Text)
	}
	if rec := r.sent(r.tenant(), r.record(m)); rec.Ref != (spot{place{Team: r.team, Channel: r.channel}, m.TS}).ref() || len(rec.Quotes()) == 0 {
		t.Errorf("it is kept as %+v", rec)
	}
}

func TestThread(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	root := r.slack.Say(r.channel, r.olena, "What of the losses?")
	asked := r.slack.Say(r.channel, r.olena, r.mention()+killed, slackfake.InThread(root.TS))
	if m := r.reply(asked); m.ThreadTS != root.TS || m.Broadcast {
		t.Errorf("it stands in %q", m.ThreadTS)
	}
}

func TestDirectMessage(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	dm := r.slack.DM(r.olena)
	m := r.reply(r.slack.Say(dm, r.olena, "Скільки українських військових загинуло?"))
	if !strings.Contains(m.Text, "Зеленський") {
		t.Errorf("the answer is %q", m.Text)
	}
	r.sent("", r.record(m)) // of no tenant
	if m := r.reply(r.slack.Say(dm, r.olena, "", slackfake.WithFile("cat.png", "A cat"))); m.Text == "" || strings.Contains(m.Text, "55,000") {
		t.Errorf("the answer to a picture is %q", m.Text)
	}
}

// TestUnasked holds what isn't said to the bot.
func TestUnasked(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, fake: slackfake.Options{Events: append(slackfake.Subscriptions(), "message.channels")}})
	at := r.mention()
	said := []slackfake.Said{
		r.slack.Say(r.channel, r.olena, killed),
		r.slack.Say(r.channel, r.olena, "<!channel> "+killed),
		r.slack.Say(r.channel, r.olena, at+killed, slackfake.ByBot("B0OTHER", false)),
		r.slack.Say(r.channel, r.olena, at+killed, slackfake.ByBot("B0OTHER", true)),
	}
	plain := r.slack.Say(r.channel, r.olena, "hello")
	edited := r.slack.Edit(r.channel, plain.TS, at+killed)
	for _, s := range append(said, plain, edited) {
		r.ok(s.Ack(r.soon()))
	}
	for _, d := range r.slack.Delete(r.channel, plain.TS) {
		_, err := d.Ack(r.soon())
		r.ok(err)
	}
	m := r.reply(r.slack.Say(r.channel, r.olena, at+killed))
	r.sent(r.tenant(), r.record(m))
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("%d replies, the last %q", n, m.Text)
	}
}

// TestSharedChannel holds that nothing of a team is kept, or looked up, where another organisation reads along.
func TestSharedChannel(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	lviv := r.slack.AddTeam(slackfake.Team{Name: "Lviv"})
	shared := r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Name: "both", SharedWith: []string{lviv}})
	m := r.reply(r.slack.Say(shared, r.olena, r.mention()+killed))
	r.sent("", r.record(m))
	// Its buttons work, though nobody says to a press that the channel is shared.
	i := r.slack.Press(shared, m.TS, r.olena, actionOf(chat.CommandSources))
	if got := r.response(i); !strings.Contains(got.Text, "internazionale.it") || got.ThreadTS != m.ThreadTS {
		t.Errorf("the sources are %q in %q", got.Text, got.ThreadTS)
	}
	// What was said to the team alone isn't told there.
	own := r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
	forged := turn{place: place{Team: r.team, Channel: shared}, User: r.olena, Trigger: "1"}
	r.ok(errOf(r.client.own(t.Context(), forged.place)))
	if rec, err := r.adapter.kept(t.Context(), &forged, r.record(own)); err == nil {
		t.Errorf("the other organisation is told %+v", rec)
	}
}

func errOf[T any](_ T, err error) error { return err }

// TestRemoved holds that nothing is kept of a team that has removed the bot.
func TestRemoved(t *testing.T) {
	t.Parallel()
	for name, remove := range map[string]func(*rig){
		"uninstalled": func(r *rig) { r.slack.Uninstall(r.team) },
		"revoked":     func(r *rig) { r.slack.RevokeTokens(r.team) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{http: true})
			id := r.record(r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed)))
			r.sent(r.tenant(), id)
			remove(r)
			r.gone(r.tenant(), id)
		})
	}
}

// gone waits until a record isn't kept any more.
func (r *rig) gone(tenant, id string) {
	r.Helper()
	for ctx := r.soon(); ; {
		if _, err := r.desk.Get(ctx, tenant, id); err != nil {
			if ctx.Err() != nil {
				r.Fatal("what was said is still kept")
			}
			return
		}
		<-tick()
	}
}

// TestHome opens the App Home, and asks an example.
func TestAppHome(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	ivan := r.slack.AddUser(slackfake.User{TeamID: r.team, Name: "ivan", Locale: "uk-UA"})
	for user, want := range map[string]string{r.olena: "How", ivan: "Скільки"} {
		_, err := r.slack.OpenHome(user, "home").Ack(r.soon())
		r.ok(err)
		v := r.home(user)
		b, ok := v.Find(exampleID(1))
		if !ok || !strings.Contains(b.Value, want) {
			t.Errorf("the first example is %+v", b)
		}
		r.slack.PressView(v.ID, user, exampleID(1))
		m, err := r.slack.AwaitMessage(r.soon(), r.slack.DM(user), nil)
		r.ok(err)
		if _, ok := m.Find(actionOf(chat.CommandSources)); !ok {
			t.Errorf("the answer is %q", m.Text)
		}
	}
}

// home waits for the App Home of somebody.
func (r *rig) home(user string) slackfake.View {
	r.Helper()
	_, err := r.slack.AwaitRequest(r.soon(), "views.publish", 0)
	r.ok(err)
	for ctx := r.soon(); ctx.Err() == nil; <-tick() {
		if v, ok := r.slack.Home(user); ok {
			return v
		}
	}
	r.Fatal("the App Home wasn't shown")
	return slackfake.View{}
}
