package slack

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
)

func TestSlash(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	for name, tc := range map[string]struct{ locale, command, text, want string }{
		"ask":               {"en-US", "/ask", killed, "55,000"},
		"ask in Ukrainian":  {"uk-UA", "/ask", killed, "Зеленський"},
		"ask in the text's": {"en-GB", "/ask", "Сколько украинских солдат погибло?", "Зеленский"},
		"ask in German":     {"de-DE", "/ask", killed, "55,000"},
		"check":             {"en-US", "/check", "The UN says 55,000 Ukrainian soldiers were killed.", "mixed up"},
		"whosays ask":       {"en-US", "/whosays", "ask " + killed, "55,000"},
		"whosays check":     {"en-US", "/whosays", "CHECK The UN says 55,000 Ukrainian soldiers were killed.", "mixed up"},
		"whosays status":    {"en-US", "/whosays", "status", ""},
		"whosays, no name":  {"en-US", "/whosays", killed, "55,000"},
	} {
		channel := r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Name: "c"})
		user := r.slack.AddUser(slackfake.User{TeamID: r.team, Name: "someone", Locale: tc.locale})
		r.slack.Slash(channel, user, tc.command, tc.text)
		m, err := r.slack.AwaitMessage(r.soon(), channel, nil)
		r.ok(err)
		if m.For != "" || m.Text == "" || !strings.Contains(m.Text, tc.want) || !m.Pings.None() {
			t.Errorf("%s: %q", name, m.Text)
		}
	}
}

// TestSlashAlone holds what the person alone sees.
func TestSlashAlone(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	for name, tc := range map[string]struct{ command, text string }{
		"help": {"/whosays", "help"}, "nothing": {"/whosays", ""}, "no question": {"/ask", "  "}, "no statement": {"/whosays", "check"}, "unknown": {"/nobody", "x"},
	} {
		if m := r.response(r.slack.Slash(r.channel, r.olena, tc.command, tc.text)); m.For != r.olena || m.Text == "" {
			t.Errorf("%s: %+v", name, m)
		}
	}
	if n := r.replies(r.channel); n != 0 {
		t.Errorf("%d are seen by all", n)
	}
}

// TestSlashElsewhere asks where the bot isn't: the answer comes by the response_url, to all.
func TestSlashElsewhere(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	for _, kind := range []slackfake.Kind{slackfake.Public, slackfake.Private} {
		channel := r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Name: "far", Kind: kind, NoBot: true})
		i := r.slack.Slash(channel, r.olena, "/ask", killed)
		m := r.response(i)
		if m.For != "" || !strings.Contains(m.Text, "55,000") || m.UnfurlLinks != "false" {
			t.Errorf("%s: %+v", kind, m)
		}
		if got := r.response(r.slack.Press(channel, m.TS, r.olena, actionOf(chat.CommandMethod))); got.For != r.olena || !strings.Contains(got.Text, "2026-02-04") {
			t.Errorf("%s: its button says %q", kind, got.Text)
		}
	}
}

func TestFactCheck(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	said := r.slack.Say(r.channel, r.olena, "Nearly 420,000 Russian soldiers were killed in 2025.")
	m := r.response(r.slack.MessageShortcut(r.channel, said.TS, r.olena, factCheck))
	if m.For != r.olena || len(m.Blocks) == 0 {
		t.Fatalf("%+v", m)
	}
	share := actionOf(chat.CommandShare)
	r.slack.Press(r.channel, m.TS, r.olena, share)
	shared, err := r.slack.AwaitMessage(r.soon(), r.channel, nil)
	r.ok(err)
	if shared.For != "" || shared.Text != m.Text {
		t.Errorf("shared: %+v", shared)
	}
	_, err = r.slack.Press(r.channel, m.TS, r.olena, share).Ack(r.soon())
	r.ok(err)
	attached := r.slack.Say(r.channel, r.olena, "", slackfake.WithAttachments(`[{"title":"News","text":"2,514 civilians were killed in Ukraine in 2025, the UN says."}]`))
	if m := r.response(r.slack.MessageShortcut(r.channel, attached.TS, r.olena, factCheck)); !strings.Contains(m.Text, "2,514") {
		t.Errorf("of an attachment: %q", m.Text)
	}
	blocks := r.slack.Say(r.channel, r.olena, "", slackfake.WithBlocks(`[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"2,514 civilians were killed in Ukraine in 2025, "},{"type":"text","text":"the UN says."}]}]},{"type":"later_kind"}]`))
	if m := r.response(r.slack.MessageShortcut(r.channel, blocks.TS, r.olena, factCheck)); !strings.Contains(m.Text, "2,514") {
		t.Errorf("of blocks: %q", m.Text)
	}
	titled := r.slack.Say(r.channel, r.olena, "", slackfake.WithFile("un.pdf", "The UN says 55,000 Ukrainian soldiers were killed."))
	if m := r.response(r.slack.MessageShortcut(r.channel, titled.TS, r.olena, factCheck)); !strings.Contains(m.Text, "mixed up") {
		t.Errorf("of a file: %q", m.Text)
	}
	empty := r.slack.Say(r.channel, r.olena, "", slackfake.WithFile("cat.png", ""))
	if m := r.response(r.slack.MessageShortcut(r.channel, empty.TS, r.olena, factCheck)); m.For != r.olena || m.Text == "" {
		t.Errorf("of a picture: %+v", m)
	}
	r.ok(r.inbox.Close(t.Context()))
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("shared %d times", n)
	}
}

func TestButtons(t *testing.T) {
	t.Parallel()
	o := rigOptions{http: true}
	r := newRig(t, o)
	answer := r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
	r.sent(r.tenant(), r.record(answer))
	// The buttons outlive the process.
	r.ok(r.inbox.Close(t.Context()))
	o.bot = r.adapter.bot
	r.start(o)
	for action, want := range map[chat.Command]string{
		chat.CommandSources: "internazionale.it", chat.CommandMethod: "2026-02-04", chat.CommandQuote: "55,000 Ukrainian soldiers have been killed",
	} {
		m := r.response(r.slack.Press(r.channel, answer.TS, r.olena, actionOf(action)))
		if m.For != r.olena || !strings.Contains(m.Text, want) || !m.Pings.None() || m.ThreadTS != answer.ThreadTS {
			t.Errorf("%s: for %q in %q: %s", action, m.For, m.ThreadTS, m.Text)
		}
	}
	near := r.response(r.slack.Press(r.channel, answer.TS, r.olena, actionOf(chat.CommandNear)))
	menu, ok := near.Find(actionOf(chat.CommandShow))
	if !ok || len(menu.Options) == 0 {
		t.Fatalf("nothing to choose from: %+v", near)
	}
	chosen := r.response(r.slack.Choose(r.channel, near.TS, r.olena, actionOf(chat.CommandShow), menu.Options[0].Value))
	if chosen.For != r.olena || len(chosen.Blocks) == 0 {
		t.Errorf("chosen: %+v", chosen)
	}
}

// TestMore turns the pages of an answer that is too long for one message.
func TestMore(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	ivan := r.slack.AddUser(slackfake.User{TeamID: r.team, Name: "ivan", Locale: "uk-UA"})
	r.slack.Slash(r.channel, ivan, "/whosays", "status")
	m, err := r.slack.AwaitMessage(r.soon(), r.channel, nil)
	r.ok(err)
	more := actionOf(chat.CommandMore)
	for pages := 1; ; pages++ {
		if _, ok := m.Find(more); !ok {
			if pages == 1 {
				t.Fatalf("it has one page: %q", m.Text)
			}
			return
		}
		next := r.response(r.slack.Press(r.channel, m.TS, ivan, more))
		if next.For != ivan || next.Text == m.Text {
			t.Fatalf("page %d: %+v", pages, next)
		}
		m = next
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	answer := r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
	pressed := r.slack.Press(r.channel, answer.TS, r.olena, actionOf(chat.CommandReport))
	form, err := pressed.Modal(r.soon())
	r.ok(err)
	a, err := r.slack.Submit(form.ID, map[string]string{reportInput: "It is out of date.\u202e"}).Ack(r.soon())
	r.ok(err)
	if len(a.Answer) != 0 {
		t.Errorf("acknowledged with %s", a.Answer)
	}
	if m := r.response(pressed); m.For != r.olena || m.ThreadTS != answer.ThreadTS || m.Text == "" {
		t.Errorf("thanked with %+v", m)
	}
	all, err := r.store.Reports().List(t.Context(), r.tenant(), 10)
	r.ok(err)
	if len(all) != 1 || all[0].Note != "It is out of date." || len(all[0].Claims) == 0 {
		t.Errorf("%+v", all)
	}
	again := r.slack.Press(r.channel, answer.TS, r.olena, actionOf(chat.CommandReport))
	form, err = again.Modal(r.soon())
	r.ok(err)
	r.slack.Submit(form.ID, map[string]string{reportInput: " \u202e "})
	if m := r.response(again); m.For != r.olena {
		t.Errorf("of nothing: %+v", m)
	}
	if all, err := r.store.Reports().List(t.Context(), r.tenant(), 10); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
}
