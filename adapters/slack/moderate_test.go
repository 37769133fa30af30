package slack

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
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
			if _, wrong := r.submits(form, map[string]string{"reason": " "}); wrong["reason"] != "This is missing." {
				t.Errorf("without a reason: %q", wrong)
			}
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

// TestRefused holds that whoever may not is told so alone, and nothing is stored.
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
	ada := r.admin("ada")
	opened, form := r.opens(ada, "claim add")
	r.submits(form, filledIn())
	draft := r.alone(opened, 0)
	publish, _ := draft.Find(actionOf(chat.CommandPublish))
	answer := r.ask(killed)
	for _, value := range []string{publish.Value, strings.Replace(publish.Value, "publish", "edit", 1)} {
		i := r.forge(answer, r.olena, value)
		says(t, i, "you have to be a moderator")
	}
	for name, value := range map[string]string{
		"what isn't offered":  strings.Replace(publish.Value, "publish", "approve", 1),
		"a form as a button":  strings.Replace(publish.Value, "publish", "fill", 1),
		"a draft for all":     strings.Replace(publish.Value, "publish", "share", 1),
		"a button of another": "ws1:publish:" + r.record(answer),
	} {
		if m := r.forge(answer, ada, value); !strings.Contains(m.Text, "I don't know this command or button") {
			t.Errorf("%s: %q", name, m.Text)
		}
	}
	if got := r.own(); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// forge presses a button that nobody has made, and returns what the person alone sees.
func (r *rig) forge(on slackfake.Message, user, value string) slackfake.Message {
	r.Helper()
	i := r.slack.Press(r.channel, on.TS, user, actionOf(chat.CommandMethod))
	r.response(i)
	action := value[:strings.LastIndex(value, ":")]
	r.slack.Interact(r.team, strings.NewReplacer(
		i.TriggerID, "1.2."+value[4:7]+user, `"value":"ws1:method:`+r.record(on)+`"`, `"value":"`+value+`"`, `"action_id":"ws1:method"`, `"action_id":"`+action+`"`,
	).Replace(string(i.Payload())))
	return r.alone(i, 1)
}

// TestReadOnly holds that in direct messages and in channels that are shared with others nothing can be changed, by admins neither.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada := r.admin("ada")
	other := r.slack.AddTeam(slackfake.Team{Name: "Lviv"})
	for name, channel := range map[string]string{
		"direct": r.slack.DM(ada), "shared": r.slack.AddChannel(slackfake.Channel{TeamID: r.team, SharedWith: []string{other}}),
	} {
		for _, text := range []string{"claim add", "claim add " + line2025, "settings approvals 0", "moderators add <@" + r.olena + ">"} {
			m := r.response(r.slack.Slash(channel, ada, mainCommand, text))
			if m.For != ada || !strings.Contains(m.Text, "the base can only be read") {
				t.Errorf("%s, %s: for %q: %q", name, text, m.For, m.Text)
			}
		}
	}
	// What was begun in the team's own channel isn't there elsewhere.
	draft := r.types(ada, "claim add "+line2025)
	edit, _ := draft.Find(actionOf(chat.CommandEdit))
	i := r.slack.Slash(r.slack.DM(ada), ada, mainCommand, "help")
	r.response(i)
	payload := `{"type":"block_actions","trigger_id":"1.2.x","team":{"id":"` + r.team + `"},"user":{"id":"` + ada + `"},"channel":{"id":"` + r.slack.DM(ada) +
		`"},"response_url":"` + i.ResponseURL + `","actions":[{"action_id":"ws1:edit","value":"` + edit.Value + `"}]}`
	r.slack.Interact(r.team, payload)
	says(t, r.alone(i, 1), "I don't keep")
}

// TestForgedForms submits what nobody has opened, or not so.
func TestForgedForms(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada := r.admin("ada")
	opened, form := r.opens(ada, "claim add")
	submitted, _ := r.submits(form, filledIn())
	r.alone(opened, 0)
	payload, n := string(submitted.Payload()), 1
	for name, tc := range map[string]struct{ was, is, want string }{
		"a foreign field":     {`"values":{`, `"values":{"their_field":{"their_field":{"type":"plain_text_input","value":"x"}},`, "I don't know this"},
		"a foreign input":     {`"speaker":{"speaker"`, `"speaker":{"other"`, "I don't know this"},
		"a foreign choice":    {`"value":"medics"}`, `"value":"nobody_has_this"}`, "I don't know this"},
		"a lost record":       {`"callback_id":"ws1:fill:`, `"callback_id":"ws1:fill:x`, "I don't keep"},
		"another action":      {`"callback_id":"ws1:fill:`, `"callback_id":"ws1:publish:`, "I don't know this"},
		"a stranger's form":   {`"callback_id":"ws1:`, `"callback_id":"their:`, "I don't know this"},
		"who is no moderator": {`"user":{"id":"` + ada, `"user":{"id":"` + r.olena, "you have to be a moderator"},
	} {
		if !strings.Contains(payload, tc.was) {
			t.Fatalf("%s: %q isn't in %s", name, tc.was, payload)
		}
		forged := strings.ReplaceAll(payload, tc.was, tc.is)
		r.slack.Interact(r.team, strings.ReplaceAll(forged, submitted.TriggerID, "1.2.forged"+strings.ReplaceAll(name, " ", "")))
		m, err := opened.Response(r.soon(), n)
		r.ok(err)
		if n++; m.For == "" || !strings.Contains(m.Text, tc.want) {
			t.Errorf("%s: for %q: %q", name, m.For, m.Text)
		}
		if n == 5 { // that of a response_url
			opened, form = r.opens(ada, "claim add")
			submitted, _ = r.submits(form, filledIn())
			r.alone(opened, 0)
			payload, n = string(submitted.Payload()), 1
		}
	}
	r.slack.Interact(r.team, strings.ReplaceAll(strings.ReplaceAll(payload, `\"hook\":\"http`, `\"hook\":\"gopher`), submitted.TriggerID, "1.2.nohook"))
	if got := r.own(); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// TestAgain holds that what comes again is one change: the same request, posted again as it was signed, and a button pressed twice.
func TestAgain(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada := r.admin("ada")
	opened, form := r.opens(ada, "claim add")
	submitted, _ := r.submits(form, filledIn())
	draft := r.alone(opened, 0)
	pressed := r.slack.Press(r.channel, draft.TS, ada, actionOf(chat.CommandPublish))
	says(t, r.alone(pressed, 0), "Published")
	for range 3 {
		for _, d := range []*slackfake.Delivery{submitted.Delivery, pressed.Delivery, opened.Delivery} {
			if status, err := d.Replay(r.soon()); err != nil || status != 200 {
				t.Errorf("%s again: %d, %v", d.Type, status, err)
			}
			_, err := d.Repeat(r.soon())
			r.ok(err)
		}
	}
	r.ok(r.inbox.Close(t.Context()))
	if got := r.own(); len(got) != 1 || got[0].Revision != 1 {
		t.Errorf("%+v", got)
	}
	if a, b := len(opened.Responses()), len(pressed.Responses()); a != 1 || b != 1 {
		t.Errorf("it is shown %d times, and said to be published %d times", a, b)
	}
}

// TestTooLate holds that a form that can't be opened any more is shown with a button that opens it, and that a form that isn't read in
// time is acknowledged, and shown with what is missing.
func TestTooLate(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true, inbox: inbox.Options{Workers: 1, Queue: 8}})
	r.adapter.acks = 50 * time.Millisecond
	ada := r.admin("ada")
	r.slack.Inject(slackfake.Erring("expired_trigger_id", slackfake.Calling("views.open")))
	shown := r.types(ada, "claim add")
	edit := r.slack.Press(r.channel, shown.TS, ada, actionOf(chat.CommandEdit))
	form, err := edit.Modal(r.soon())
	r.ok(err)
	free := r.occupied()
	values := filledIn()
	delete(values, "speaker")
	if _, wrong := r.submits(form, values); len(wrong) > 0 {
		t.Errorf("in time: %q", wrong)
	}
	free()
	says(t, r.alone(edit, 0), "something is missing or wrong", "This is missing.")
	if got := r.own(); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// occupied keeps the rig's only worker from going on until it is told to.
func (r *rig) occupied() (free func()) {
	r.Helper()
	end := make(chan struct{})
	free = sync.OnceFunc(func() { close(end) })
	r.Cleanup(free)
	if v := r.inbox.Offer(r.Context(), inbox.Work{Do: func(context.Context) { <-end }}); v != inbox.Accepted {
		r.Fatalf("the work is %s", v)
	}
	return free
}

// TestFormTooFast holds that a form that can't be taken now stays open, with what was typed.
func TestFormTooFast(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true, inbox: inbox.Options{Workers: 8, Queue: 64, UserPerMinute: 2}})
	ada := r.admin("ada")
	opened, form := r.opens(ada, "claim add")
	for _, want := range []string{"", "ask"} {
		_, wrong := r.submits(form, map[string]string{"text": "x"})
		if first, ok := wrong["text"]; !ok && want != "" || !strings.Contains(first, want) || len(r.slack.Modals(ada)) != 1 {
			t.Errorf("%q", wrong)
		}
	}
	if n := len(opened.Responses()); n > 0 {
		t.Errorf("%d messages", n)
	}
}

// TestTeam plays what else moderators do: settings, hiding, exports, lists to pick from, and two who edit one version.
func TestTeam(t *testing.T) {
	t.Parallel()
	const shared = "civilians-killed-2025-un-hrmmu"
	r := newRig(t, rigOptions{http: true, moderated: true})
	r.slack.SetScopes(r.team, scopes()...)
	ada, eva := r.admin("ada"), r.admin("eva")
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

// TestStopped holds that nobody else sees the answer to a moderator, also where the guard has put another in its place.
func TestStopped(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada := r.admin("ada")
	unseen := moderation.Who{Tenant: r.tenant(), Actor: chat.Actor{ID: "slack:U\u200b9", Manager: true}, Now: today}
	_, err := r.council.Do(t.Context(), unseen, moderation.Change{Action: moderation.AddModerator, Account: "slack:U1"})
	r.ok(err)
	asked := r.slack.Slash(r.channel, ada, mainCommand, "moderators list")
	_, err = asked.Ack(r.soon())
	r.ok(err)
	r.ok(r.inbox.Close(t.Context()))
	if alone, all := r.slack.Ephemeral(r.channel, ada), r.slack.Messages(r.channel); len(alone) != 1 || len(all) != 0 {
		t.Errorf("she is told %+v, and everybody %+v", alone, all)
	}
}
