package slack

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/starter/startertest"
)

// TestRetracted presses buttons that show again what was said before, after a claim that it quotes was taken back.
func TestRetracted(t *testing.T) {
	t.Parallel()
	store, lex := startertest.Store(t)
	base, err := knowledge.NewBase(t.Context(), lex, store)
	if err != nil {
		t.Fatal(err)
	}
	b, err := bot.New(base, lex)
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, rigOptions{bot: b, http: true})
	said := r.slack.Say(r.channel, r.olena, "55,000 Ukrainian soldiers have been killed.")
	m := r.response(r.slack.MessageShortcut(r.channel, said.TS, r.olena, factCheck))
	if !strings.Contains(m.Text, "55,000") {
		t.Fatalf("%q", m.Text)
	}
	rec, err := r.desk.Get(t.Context(), r.tenant(), r.record(m))
	r.ok(err)
	q := rec.Quotes()[0]
	_, err = base.Retract(t.Context(), knowledge.By{Actor: "slack:1", Reason: "a mistake"}, q.Key, q.Revision)
	r.ok(err)
	got := r.response(r.slack.Press(r.channel, m.TS, r.olena, actionOf(chat.CommandShare)))
	if got.For != r.olena || strings.Contains(got.Text, "55,000") || r.replies(r.channel) != 0 {
		t.Errorf("shared with %q: %s", got.For, got.Text)
	}
}
