package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// TestPromises asks random bases random things: no number without a source, outcomes that hold together, and no
// claim that may not be shown.
func TestPromises(t *testing.T) {
	t.Parallel()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		m := maker{lex, t}
		claims := m.base()
		b, err := botOn(claims...)
		if err != nil {
			t.Fatal(err)
		}
		for range 6 {
			req := m.request(claims)
			r, err := b.reply(context.Background(), req)
			if err != nil {
				t.Fatalf("%+v: %v", req, err)
			}
			if err := guard.Check(r); err != nil {
				t.Fatalf("%s %q in %q: %v\n%s", req.Command, req.Text, req.Tenant, err, plain(r))
			}
			calm(t, r, req.Text)
			consistent(t, r, req)
			mine(t, r, req, claims)
			nearby(t, b, r, req)
			m.furtherAsked(b, claims, req.Tenant)
		}
	})
}

// request is a question or a statement of words that scopes are named by, and numbers.
func (m maker) request(claims []knowledge.Claim) chat.Request {
	req := chat.Request{Now: today, Tenant: rapid.SampledFrom(tenants).Draw(m.t, "asker"), Lang: rapid.SampledFrom([]string{"", "", "en", "uk", "ru", "de"}).Draw(m.t, "lang")}
	req.Command = rapid.SampledFrom([]chat.Command{chat.CommandAsk, chat.CommandAsk, chat.CommandCheck, chat.CommandCheck, chat.CommandStatus}).Draw(m.t, "command")
	near := rapid.SampledFrom(claims).Draw(m.t, "near") // most are about what the base has
	if m.often("asked at home") {
		req.Tenant = near.Tenant
	}
	lang := rapid.SampledFrom(lexicon.Languages).Draw(m.t, "words")
	var parts []string
	for range rapid.IntRange(1, 3).Draw(m.t, "parts") {
		words := []string{rapid.SampledFrom([]string{"How many", "", "Скільки", "Сколько", "Add up", "Who says that", "The UN says", "How many times more"}).Draw(m.t, "begin")}
		for _, s := range []struct {
			class lexicon.Class
			id    string
		}{{lexicon.Party, near.Scope.Party}, {lexicon.Group, near.Scope.Group}, {lexicon.Metric, near.Scope.Metric}, {lexicon.Place, near.Scope.Place}, {lexicon.Claimant, near.Attribution.Speaker}} {
			if !m.often("as it is") {
				s.id = m.one(s.class, true)
			}
			if c, ok := m.lex.Get(s.class, s.id); ok {
				words = append(words, c.In(lang))
			}
		}
		if m.yes("a number") {
			n := m.amount("stated")
			for _, bound := range []*float64{near.Figure.Low, near.Figure.Best, near.Figure.High} {
				if bound != nil && m.often("its own") {
					n = *bound
				}
			}
			words = append(words, fmt.Sprintf(rapid.SampledFrom([]string{"%.0f", "about %.0f", "%.0f thousand", "over %.0f"}).Draw(m.t, "form"), n))
		}
		words = append(words, rapid.SampledFrom([]string{"", "", "in 2025", "у 2024 році", "с начала войны", "last year"}).Draw(m.t, "when"))
		parts = append(parts, strings.Join(words, " "))
	}
	req.Text = strings.Join(parts, rapid.SampledFrom([]string{", and ", ". ", "? ", " та "}).Draw(m.t, "joint"))
	return req
}

// consistent holds an outcome against what is shown.
func consistent(t fataler, r chat.Reply, req chat.Request) {
	t.Helper()
	fail := func(why string) {
		t.Helper()
		t.Fatalf("%s %q: %s: %s\n%s", req.Command, req.Text, r.Outcome, why, plain(r))
	}
	switch r.Outcome {
	case chat.Answered:
		if len(r.Shown) == 0 {
			fail("nothing is shown")
		}
	case chat.Related:
		if len(r.Shown) == 0 || len(r.Shown[0].Mismatch) == 0 || begins(r) {
			fail("it doesn't say first in what the nearest claim differs")
		}
	case chat.Unsourced, chat.Help:
		if len(shownClaims(r)) > 0 {
			fail("claims are shown")
		}
	case chat.Checked:
		for _, f := range r.Findings {
			if (f.Verdict == chat.NoSource) != (f.Claim == nil) || (f.Verdict == chat.MixedUp) != (len(f.Mixups) > 0) {
				fail("a verdict without what it rests on: " + string(f.Verdict))
			}
		}
	default:
		fail("no such outcome")
	}
	for _, c := range shownClaims(r) {
		says := func(role chat.Role) bool {
			return slices.ContainsFunc(r.Blocks, func(b chat.Block) bool { return b.ClaimID == c.ID && b.Role == role && b.Text() != "" })
		}
		if !says(chat.RoleSaid) || !says(chat.RoleSource) {
			fail(c.ID + " stands there without who says it, or its source")
		}
	}
}

// begins reports whether a reply's first line is the sentence of its first claim, as if that were the answer.
func begins(r chat.Reply) bool {
	text, _ := r.Shown[0].Claim.In(r.Lang)
	return strings.Contains(r.Blocks[0].Text(), strings.TrimRight(text, "."))
}

// mine holds that a reply has only what the asker may be shown, as data and in its words.
func mine(t fataler, r chat.Reply, req chat.Request, claims []knowledge.Claim) {
	t.Helper()
	for _, c := range shownClaims(r) {
		if c.Tenant != "" && c.Tenant != req.Tenant || !c.Live() {
			t.Fatalf("%s %q of %q: shows %s of %q, which is %s", req.Command, req.Text, req.Tenant, c.ID, c.Tenant, c.Status)
		}
	}
	for i, c := range claims {
		shown := slices.ContainsFunc(shownClaims(r), func(s knowledge.Claim) bool { return s.Key() == c.Key() })
		if !shown && strings.Contains(plain(r), nameOf(i)+" ") {
			t.Fatalf("%s %q of %q: quotes %s, which it doesn't show:\n%s", req.Command, req.Text, req.Tenant, c.ID, plain(r))
		}
	}
}
