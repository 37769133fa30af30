package main

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge/lexicon"
)

func defaults(t *testing.T) *generator {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	return newGenerator(lex)
}

func TestClaimsAreValid(t *testing.T) {
	t.Parallel()
	g := defaults(t)
	for c := range g.claims(2000) {
		if err := c.Validate(g.lex); err != nil {
			t.Errorf("%s: %v\n%s", c.ID, err, c.Text)
		}
	}
}

func TestClaimsAreTheSameInEachRun(t *testing.T) {
	t.Parallel()
	a, b := defaults(t), defaults(t)
	for _, i := range []int{0, 40, 999_999} {
		if diff := cmp.Diff(a.claim(i), b.claim(i)); diff != "" {
			t.Errorf("claim %d: %s", i, diff)
		}
	}
}

func TestMessagesHaveTheirLength(t *testing.T) {
	t.Parallel()
	for _, m := range defaults(t).messages(200, 10_000) {
		if n := utf8.RuneCountInString(m); n != messageLength || !strings.Contains(m, "https://") {
			t.Errorf("%d letters: %s", n, m)
		}
	}
}

// Every engine answers on a small base; how fast is no matter of tests.
func TestEnginesRun(t *testing.T) {
	t.Parallel()
	g := defaults(t)
	for _, name := range engineNames() {
		r, err := measure(t.Context(), g, name, 200, options{questions: 30, budget: 10 * time.Second})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if r.Question.N == 0 || r.Message.N == 0 || r.MemoryMB <= 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
