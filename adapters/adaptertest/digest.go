package adaptertest

import (
	"context"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// DigestEditor returns what writes digests of a starter base of its own.
func DigestEditor() (*digest.Editor, error) {
	_, base, _, err := Starter()
	if err != nil {
		return nil, err
	}
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	return digest.NewEditor(base, lex)
}

// digestDay is when the digests of tests are told.
func digestDay() time.Time { return time.Date(2026, 11, 30, 7, 0, 0, 0, time.UTC) }

// Digest returns the digest of a channel in a language: of a starter base in which one figure was corrected, and one claim taken back.
func Digest(lang string) (chat.Reply, error) {
	ctx, at := context.Background(), digestDay()
	_, base, _, err := Starter()
	if err != nil {
		return chat.Reply{}, err
	}
	lex, err := lexicon.Default()
	if err != nil {
		return chat.Reply{}, err
	}
	before, err := base.View(ctx, "test", at)
	if err != nil {
		return chat.Reply{}, err
	}
	by := knowledge.By{Actor: "test:editor", Reason: "a recount", At: at}
	c, err := base.Get(ctx, "", "ukraine-soldiers-killed-zelenskyy")
	if err != nil {
		return chat.Reply{}, err
	}
	more := 56_000.0
	c.Figure.Best, c.Text, c.Translations = &more, "56,000 Ukrainian soldiers have been killed.", nil
	if _, err := base.Revise(ctx, by, c); err != nil {
		return chat.Reply{}, err
	}
	by.Reason = "the speaker has withdrawn it"
	if _, err := base.Retract(ctx, by, knowledge.Key{ID: "ukraine-soldiers-missing-zelenskyy"}, 0); err != nil {
		return chat.Reply{}, err
	}
	editor, err := digest.NewEditor(base, lex)
	if err != nil {
		return chat.Reply{}, err
	}
	s := digest.Subscription{
		Tenant: "test", Lang: lang, Since: before.At(), Schedule: digest.Schedule{Fields: "0 9 * * *", Zone: "Europe/Kyiv"},
		Next: digest.Slot{Civil: "2026-11-30T09:00", At: at},
	}
	r, _, _, err := editor.Compose(ctx, s, at)
	return r, err
}
