package slack

import (
	"testing"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// TestModeratorGolden shows what moderators see, as it is posted, and holds it to Slack's limits.
func TestModeratorGolden(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{moderated: true})
	ada, eva := chat.Actor{ID: "slack:U1", Manager: true}, chat.Actor{ID: "slack:U2", Manager: true}
	// on asks for something as somebody.
	on := func(who chat.Actor, req chat.Request) chat.Reply {
		t.Helper()
		req.Tenant, req.Now, req.Actor = "slack:T1", today, who
		reply, err := r.adapter.bot.Handle(t.Context(), req)
		r.ok(err)
		return reply
	}
	show := func(name string, reply chat.Reply) {
		t.Helper()
		m := render(reply, view{Record: "r1", Private: true, Label: func(c chat.Command) string { return r.adapter.bot.Label(c, reply.Lang) }})
		adaptertest.Golden(t, "moderate-"+name, m)
		proper(t, m)
	}
	for _, lang := range lexicon.Languages {
		show("draft-"+lang, on(ada, chat.Request{Command: chat.CommandClaimAdd, Text: "UN HRMMU: at least 2,600 civilians killed in Ukraine in 2025 https://ukraine.ohchr.org/report", Lang: lang}))
		show("missing-"+lang, on(ada, chat.Request{Command: chat.CommandClaimAdd, Text: "@everyone 5,5 tnks *lost* <!channel>", Lang: lang}))
		show("refused-"+lang, on(chat.Actor{ID: "slack:U3"}, chat.Request{Command: chat.CommandClaimAdd, Lang: lang}))
		show("settings-"+lang, on(ada, chat.Request{Command: chat.CommandSettings, Lang: lang}))
	}
	form := on(ada, chat.Request{Command: chat.CommandClaimAdd, Lang: "en"})
	show("late-en", form)
	draft := on(ada, chat.Request{Command: chat.CommandFill, Lang: "en", Form: form.Form.With(filledIn())})
	done := on(ada, chat.Request{Command: chat.CommandPublish, Lang: "en", Form: draft.Form})
	show("done-en", done)
	show("history-en", on(ada, chat.Request{Command: chat.CommandClaimHistory, Lang: "en", Claims: []string{"ukraine-medics-killed-ada-brook-2025"}}))
	on(ada, chat.Request{Command: chat.CommandSettings, Lang: "en", Values: map[string]string{"approvals": "1"}})
	retract := on(ada, chat.Request{Command: chat.CommandClaimRetract, Lang: "en", Claims: []string{"ukraine-medics-killed-ada-brook-2025"}})
	on(ada, chat.Request{Command: chat.CommandClaimRetract, Lang: "en", Form: retract.Form.With(map[string]string{"reason": "Nobody counted them."})})
	show("proposal-en", on(eva, chat.Request{Command: chat.CommandClaimPending, Lang: "en"}))
}
