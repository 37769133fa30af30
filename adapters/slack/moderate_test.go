package slack

import (
	"strings"
	"testing"
	"time"

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

			opened, form = r.opens(ada, "claim revise "+claims[0].ID)
			if _, wrong := r.submits(form, map[string]string{"figure": "at least 43", "text": "At least 43 medics were killed in Ukraine in 2025."}); wrong["reason"] == "" {
				t.Errorf("that the reason is missing isn't named: %q", wrong)
			}
			r.submits(form, map[string]string{"figure": "at least 43", "text": "At least 43 medics were killed in Ukraine in 2025.", "reason": "Two more were found."})
			says(t, r.presses(r.alone(opened, 0), ada, chat.CommandPublish), "new version")
			says(t, r.ask("How many medics were killed in Ukraine in 2025?"), "43")

			retracting, form := r.opens(ada, "claim retract "+claims[0].ID)
			r.submits(form, map[string]string{"reason": "Nobody counted them."})
			says(t, r.alone(retracting, 0), "Taken back")
			if got := r.own(); len(got) != 1 || got[0].Status != knowledge.StatusRetracted {
				t.Errorf("%+v", got)
			}
			says(t, r.types(ada, "claim history "+claims[0].ID), "43", "41")
			r.ok(r.inbox.Close(t.Context()))
			for _, m := range r.slack.Messages(r.channel) {
				if m.AppID == r.slack.AppID() && m.ThreadTS == "" {
					t.Errorf("everybody sees %q", m.Text)
				}
			}
		})
	}
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

// TestSecondPerson plays a change that waits for another moderator, from a button, and who may not approve it.
func TestSecondPerson(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada, eva := r.admin("ada"), r.slack.AddUser(slackfake.User{TeamID: r.team, Name: "eva"})
	editors := r.slack.AddUserGroup(slackfake.UserGroup{TeamID: r.team, Handle: "editors", Users: []string{eva}})
	says(t, r.types(ada, "moderators add <!subteam^"+editors+"|@editors>"), "Added")
	says(t, r.types(ada, "settings approvals 1"), "changed")
	opened, form := r.opens(eva, "claim add")
	r.submits(form, filledIn())
	says(t, r.presses(r.alone(opened, 0), eva, chat.CommandPublish), "waits")
	if got := r.own(); len(got) > 0 {
		t.Fatalf("%+v", got)
	}
	says(t, r.presses(r.types(eva, "claim pending"), eva, chat.CommandApprove), "yourself")
	rejecting := r.slack.Press(r.channel, r.types(ada, "claim pending").TS, ada, actionOf(chat.CommandReject))
	form, err := rejecting.Modal(r.soon())
	r.ok(err)
	r.submits(form, map[string]string{"reason": "It has no source."})
	says(t, r.alone(rejecting, 0), "Rejected")
	opened, form = r.opens(eva, "claim add")
	r.submits(form, filledIn())
	r.presses(r.alone(opened, 0), eva, chat.CommandPublish)
	proposal := r.types(ada, "claim pending")
	says(t, proposal, "at least 41")
	says(t, r.presses(proposal, ada, chat.CommandApprove), "Approved")
	if got := r.own(); len(got) != 1 || got[0].AddedBy != scheme+eva || got[0].ApprovedBy != scheme+ada {
		t.Errorf("%+v", got)
	}
	r.slack.SetGroup(r.team, editors)
	r.client.groups.drop(r.team)
	says(t, r.types(eva, "claim pending"), "you have to be a moderator")
}

// TestRefused holds that whoever may not is told so alone, and nothing is stored: in direct messages, in shared channels, by buttons
// and forms of others, and by what nobody has opened.
func TestRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	for _, text := range []string{
		"claim add", "claim add " + line2025, "claim retract a-1", "claim hide civilians-killed-2025-un-hrmmu because", "claim pending", "claim export",
		"claim gaps", "claim reports", "moderators add <@" + r.olena + "|olena>", "moderators list", "settings approvals 0", "settings",
	} {
		if m := r.types(r.olena, text); !strings.Contains(m.Text, "you have to be a moderator") && !strings.Contains(m.Text, "who manages this server") {
			t.Errorf("%s: %q", text, m.Text)
		}
	}
}
