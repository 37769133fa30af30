package slack

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// line2025 is a claim in one line, as somebody types it.
const line2025 = `"UN HRMMU: at least 2,600 civilians killed in Ukraine in 2025 https://ukraine.ohchr.org/report"`

// filledIn are the fields without which no claim is published.
func filledIn() map[string]string {
	return map[string]string{
		"kind": "figure", "text": "At least 41 medics were killed in Ukraine in 2025.", "figure": "at least 41", "speaker": "Ada Brook",
		"group": "medics", "metric": "killed", "party": "ukraine", "period": "2025", "url": "https://courier.example/a", "publisher": "The Courier", "standing": "research",
	}
}

// admin adds an admin to the rig's team.
func (r *rig) admin(name string) string {
	return r.slack.AddUser(slackfake.User{TeamID: r.team, Name: name, Admin: true})
}

// opens lets somebody type a command that opens a form, and returns that.
func (r *rig) opens(user, text string) (*slackfake.Interaction, slackfake.View) {
	r.Helper()
	i := r.slack.Slash(r.channel, user, mainCommand, text)
	v, err := i.Modal(r.soon())
	r.ok(err)
	return i, v
}

// submits lets somebody submit a form, and returns what is wrong with it, by field.
func (r *rig) submits(v slackfake.View, values map[string]string) (*slackfake.Interaction, map[string]string) {
	r.Helper()
	i := r.slack.Submit(v.ID, values)
	_, err := i.Ack(r.soon())
	r.ok(err)
	return i, i.Errors
}

// types lets somebody type a command, and returns what they alone see.
func (r *rig) types(user, text string) slackfake.Message {
	r.Helper()
	return r.alone(r.slack.Slash(r.channel, user, mainCommand, text), 0)
}

// presses lets somebody press a button, and returns what they alone see.
func (r *rig) presses(m slackfake.Message, user string, c chat.Command) slackfake.Message {
	r.Helper()
	return r.alone(r.slack.Press(r.channel, m.TS, user, actionOf(c)), 0)
}

func (r *rig) alone(i *slackfake.Interaction, n int) slackfake.Message {
	r.Helper()
	m, err := i.Response(r.soon(), n)
	r.ok(err)
	if m.For != i.User || !m.Pings.None() {
		r.Errorf("for %q, pings %+v: %q", m.For, m.Pings, m.Text)
	}
	return m
}

// own returns the claims of the rig's team.
func (r *rig) own() []knowledge.Claim {
	r.Helper()
	out, err := r.base.Own(r.Context(), r.tenant(), time.Time{})
	r.ok(err)
	return out
}

func says(t testing.TB, m slackfake.Message, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(m.Text, w) {
			t.Errorf("it doesn't say %q: %q", w, m.Text)
		}
	}
}

// TestModerating plays a claim's life, by HTTP and by Socket Mode: it is filled in, what is missing is named at its field, it is
// published, asked about, revised and taken back.
func TestModerating(t *testing.T) {
	t.Parallel()
	for name, http := range map[string]bool{"HTTP": true, "Socket Mode": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{http: http, moderated: true})
			if !http {
				r.connect()
				r.ok(r.slack.AwaitSockets(r.soon(), 1))
			}
			r.slack.SetScopes(r.team, scopes()...)
			ada := r.admin("ada")
			opened, form := r.opens(ada, "claim add")
			values := filledIn()
			delete(values, "url")
			delete(values, "publisher")
			delete(values, "speaker")
			_, wrong := r.submits(form, values)
			if wrong["url"] == "" || wrong["speaker"] == "" || wrong["text"] != "" || len(r.own()) > 0 {
				t.Fatalf("what is missing isn't named at its field: %q", wrong)
			}
			if _, wrong = r.submits(form, filledIn()); len(wrong) > 0 {
				t.Fatalf("%q is wrong", wrong)
			}
			draft := r.alone(opened, 0)
			says(t, draft, "This is how I understood it", "at least 41", "Ada Brook")
			says(t, r.presses(draft, ada, chat.CommandPublish), "Published")
			claims := r.own()
			if len(claims) != 1 || claims[0].AddedBy != scheme+ada {
				t.Fatalf("%+v", claims)
			}
			says(t, r.presses(draft, ada, chat.CommandPublish), "Published")
			if got := r.own(); len(got) != 1 || got[0].Revision != 1 {
				t.Errorf("published twice: %+v", got)
			}
			says(t, r.ask("How many medics were killed in Ukraine in 2025?"), "41", "Ada Brook")
			r.revisesAndRetracts(ada, claims[0].ID)
			r.ok(r.inbox.Close(t.Context()))
			for _, m := range r.slack.Messages(r.channel) {
				if m.AppID == r.slack.AppID() && m.ThreadTS == "" {
					t.Errorf("everybody sees %q", m.Text)
				}
			}
		})
	}
}

// revisesAndRetracts lets a moderator correct a claim, and take it back.
func (r *rig) revisesAndRetracts(who, claim string) {
	r.Helper()
	opened, form := r.opens(who, "claim revise "+claim)
	if _, wrong := r.submits(form, map[string]string{"figure": "at least 43", "text": "At least 43 medics were killed in Ukraine in 2025."}); wrong["reason"] == "" {
		r.Errorf("that the reason is missing isn't named: %q", wrong)
	}
	r.submits(form, map[string]string{"figure": "at least 43", "text": "At least 43 medics were killed in Ukraine in 2025.", "reason": "Two more were found."})
	says(r, r.presses(r.alone(opened, 0), who, chat.CommandPublish), "new version")
	says(r, r.ask("How many medics were killed in Ukraine in 2025?"), "43")

	retracting, form := r.opens(who, "claim retract "+claim)
	if _, wrong := r.submits(form, map[string]string{"reason": " "}); wrong["reason"] != "This is missing." {
		r.Errorf("without a reason: %q", wrong)
	}
	r.submits(form, map[string]string{"reason": "Nobody counted them."})
	says(r, r.alone(retracting, 0), "Taken back")
	if got := r.own(); len(got) != 1 || got[0].Status != knowledge.StatusRetracted {
		r.Errorf("%+v", got)
	}
	says(r, r.types(who, "claim history "+claim), "43", "41")
}

// ask lets olena ask something in the channel.
func (r *rig) ask(text string) slackfake.Message {
	r.Helper()
	return r.reply(r.slack.Say(r.channel, r.olena, r.mention()+text))
}

// TestOneLine reads a claim in one line, shows what it resembles, and lets it be edited and cancelled.
func TestOneLine(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada := r.admin("ada")
	draft := r.types(ada, "claim add "+line2025)
	says(t, draft, "This is how I understood it", "2,600", "2,514")
	edit := r.slack.Press(r.channel, draft.TS, ada, actionOf(chat.CommandEdit))
	form, err := edit.Modal(r.soon())
	r.ok(err)
	text, _ := form.Find("text")
	if text.Initial == nil || !strings.Contains(*text.Initial, "2,600") {
		t.Errorf("the form begins with %+v", text.Initial)
	}
	says(t, r.presses(draft, ada, chat.CommandCancel), "")
	if got := r.own(); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// TestSettings plays what moderators decide for their team: its settings, and what isn't told in it.
func TestSettings(t *testing.T) {
	t.Parallel()
	const shared = "civilians-killed-2025-un-hrmmu"
	r := newRig(t, rigOptions{http: true, moderated: true})
	r.slack.SetScopes(r.team, scopes()...)
	ada := r.admin("ada")
	says(t, r.types(ada, "settings"), "English")
	says(t, r.types(ada, "settings language uk corrections off"), "changed")
	settings, err := r.council.Settings(t.Context(), r.tenant())
	r.ok(err)
	if settings.Lang != "uk" || settings.Corrections {
		t.Errorf("%+v", settings)
	}
	question := "How many civilians were killed in Ukraine in 2025, according to the UN?"
	says(t, r.ask(question), "2,514")
	says(t, r.types(ada, "claim hide "+shared+" We tell another"), "Hidden")
	if m := r.ask(question); strings.Contains(m.Text, "2,514") {
		t.Errorf("hidden, it is told: %q", m.Text)
	}
	says(t, r.types(ada, "claim unhide "+shared), "told here again")
	says(t, r.ask(question), "2,514")
}

// TestTeam plays what several moderators do: an export, two who edit one version, and a list to pick from.
func TestTeam(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	r.slack.SetScopes(r.team, scopes()...)
	ada, eva := r.admin("ada"), r.admin("eva")
	opened, form := r.opens(ada, "claim add")
	r.submits(form, filledIn())
	r.presses(r.alone(opened, 0), ada, chat.CommandPublish)
	const id = "ukraine-medics-killed-ada-brook-2025"
	says(t, r.types(ada, "claim export csv"), "")
	m, err := r.slack.AwaitMessage(r.soon(), r.slack.DM(ada), nil)
	r.ok(err)
	if len(m.Files) != 1 {
		t.Fatalf("%+v", m)
	}
	if data, done := r.slack.FileData(m.Files[0].ID); !done || !strings.Contains(string(data), id) {
		t.Errorf("%q", data)
	}

	first, form := r.opens(ada, "claim revise "+id)
	r.submits(form, map[string]string{"figure": "at least 42", "text": "At least 42 medics were killed in Ukraine in 2025.", "reason": "One more."})
	second, form := r.opens(eva, "claim revise "+id)
	r.submits(form, map[string]string{"figure": "at least 44", "text": "At least 44 medics were killed in Ukraine in 2025.", "reason": "Three more."})
	says(t, r.presses(r.alone(first, 0), ada, chat.CommandPublish), "new version")
	moved := r.presses(r.alone(second, 0), eva, chat.CommandPublish)
	says(t, moved, "42", "44")
	says(t, r.presses(moved, eva, chat.CommandPublish), "new version")
	says(t, r.ask("How many medics were killed in Ukraine in 2025?"), "44")

	says(t, r.types(ada, "settings approvals 1"), "changed")
	for _, reason := range []string{"One.", "Two."} {
		retracting, form := r.opens(eva, "claim retract "+id)
		r.submits(form, map[string]string{"reason": reason})
		says(t, r.alone(retracting, 0), "waits")
	}
	pending := r.types(ada, "claim pending")
	menu, ok := pending.Find(actionOf(chat.CommandClaimPending))
	if !ok || len(menu.Options) != 2 {
		t.Fatalf("nothing to pick from: %+v", pending.Blocks)
	}
	picked := r.alone(r.slack.Choose(r.channel, pending.TS, ada, actionOf(chat.CommandClaimPending), menu.Options[1].Value), 0)
	if _, ok := picked.Find(actionOf(chat.CommandApprove)); !ok {
		t.Errorf("it can't be approved: %q", picked.Text)
	}
}

// TestWhichOne holds that of several claims that a draft resembles one is chosen: by the menu, and by no button beside it.
func TestWhichOne(t *testing.T) {
	t.Parallel()
	r := chat.Reply{
		Outcome: chat.Filling, Offers: []chat.Command{chat.CommandPublish, chat.CommandRevision, chat.CommandRival},
		Menu: &chat.Menu{Command: chat.CommandRevision, Choices: []chat.Choice{{Value: "a-1", Label: "One"}, {Value: "b-2", Label: "Two"}}},
	}
	v := view{Record: "r1", menu: heaviestPicks, Label: func(c chat.Command) string { return string(c) }}
	if diff := cmp.Diff([]chat.Command{chat.CommandPublish, chat.CommandRival}, offers(r, v)); diff != "" {
		t.Errorf("the buttons (-want +got):\n%s", diff)
	}
	if asked(&chat.Request{Command: chat.CommandRevision}, &r, &action{}) {
		t.Error("a press that chooses nothing is taken")
	}
	r.Menu = nil
	if !slices.Contains(offers(r, v), chat.CommandRevision) || !asked(&chat.Request{Command: chat.CommandRevision}, &r, &action{}) {
		t.Error("the only one can't be revised")
	}
}
