package bot

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// today is the moment of every request: the dialogues' "last year" is the year before it.
var today = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// The claims of the seed article by the keys of eval/README.md.
var keys = map[string]string{
	"K1": "ukraine-soldiers-killed-zelenskyy", "K2": "ukraine-soldiers-missing-zelenskyy",
	"K3": "russia-soldiers-killed-or-wounded-2025", "K4": "civilians-killed-2025-un-hrmmu",
	"K5": "civilians-injured-2025-un-hrmmu", "K6": "both-sides-accused-of-misreporting",
	"K7": "overall-toll-likely-higher", "N1": "talks-continue-abu-dhabi", "N2": "umerov-talks-productive",
	"N3": "sides-far-apart", "N4": "peskov-fight-until-decisions", "N5": "moscow-demands-land",
	"N6": "zaporizhzhia-plant-contested", "N7": "kyiv-refuses-withdrawal", "W1": "largest-conflict-since-ww2",
}

// fifteen are the claims of the seed article, and seeded is a bot on them: what the dialogues are labelled for.
var (
	fifteen = sync.OnceValues(func() ([]knowledge.Claim, error) {
		lex, err := lexicon.Default()
		if err != nil {
			return nil, err
		}
		const name = "../knowledge/starter/seed-article.yaml"
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		return exchange.Load(lex, exchange.File{Name: name, Data: data})
	})
	seeded = sync.OnceValues(func() (*Bot, error) {
		all, err := fifteen()
		if err != nil {
			return nil, err
		}
		return botOn(all...)
	})
)

func botOn(claims ...knowledge.Claim) (*Bot, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	store, err := knowledge.NewMemory(claims)
	if err != nil {
		return nil, err
	}
	base, err := knowledge.NewBase(context.Background(), lex, store)
	if err != nil {
		return nil, err
	}
	return New(base, lex)
}

func seedBot(t testing.TB) *Bot {
	t.Helper()
	b, err := seeded()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// seedBotAnd is a bot on the seed article and more.
func seedBotAnd(t testing.TB, more ...knowledge.Claim) *Bot {
	t.Helper()
	all, err := fifteen()
	if err != nil {
		t.Fatal(err)
	}
	b, err := botOn(slices.Concat(all, more)...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// fataler is what a test and a rapid.T have in common.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// handle answers, and expects no error: whatever is typed gets a reply.
func handle(t fataler, b *Bot, req chat.Request) chat.Reply {
	t.Helper()
	if req.Now.IsZero() {
		req.Now = today
	}
	r, err := b.Handle(context.Background(), req)
	if err != nil {
		t.Fatalf("%s %.80q: %v", req.Command, req.Text, err)
	}
	return r
}

func asks(t fataler, b *Bot, text string) chat.Reply {
	t.Helper()
	return handle(t, b, chat.Request{Command: chat.CommandAsk, Text: text})
}

func checks(t fataler, b *Bot, text string) chat.Reply {
	t.Helper()
	return handle(t, b, chat.Request{Command: chat.CommandCheck, Text: text})
}

// plain is a reply as text, a line for each block: "label: words".
func plain(r chat.Reply) string { return lines(r, func(chat.Part) bool { return true }) }

// unquoted is plain without what the asker wrote.
func unquoted(r chat.Reply) string {
	return lines(r, func(p chat.Part) bool { return p.Kind != chat.Wrote })
}

func lines(r chat.Reply, keep func(chat.Part) bool) string {
	var out strings.Builder
	for _, b := range r.Blocks {
		if b.Label != "" {
			out.WriteString(b.Label + ": ")
		}
		for _, p := range b.Parts {
			if keep(p) {
				out.WriteString(p.Text)
			}
		}
		out.WriteByte('\n')
	}
	return out.String()
}
