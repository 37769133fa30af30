package starter_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

func words(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// claims returns the whole base.
func claims(t testing.TB) []knowledge.Claim {
	t.Helper()
	all, err := starter.Claims()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// articleClaims returns the claims of the seed article as they are without the other files: whoever loads it
// alone gets these.
func articleClaims(t testing.TB) []knowledge.Claim {
	t.Helper()
	all, err := exchange.LoadPaths(words(t), "seed-article.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func byID(all []knowledge.Claim) map[string]knowledge.Claim {
	by := make(map[string]knowledge.Claim, len(all))
	for _, c := range all {
		by[c.ID] = c
	}
	return by
}

// compared holds a text against a golden file, which is written only where what the text says was compared with the sources.
func compared(t *testing.T, got, name string, with bool) {
	t.Helper()
	if golden.FlagUpdate() && (!with || t.Failed()) {
		t.Fatal("not written: run with -update beside the sources, with which what it says is compared")
	}
	golden.Assert(t, got, name)
}

// meets fails where a claim lacks the caveat that keeps a reader out of a trap.
func meets(t *testing.T, by map[string]knowledge.Claim, traps map[string]map[string][]string) {
	t.Helper()
	for trap, codes := range traps {
		for code, ids := range codes {
			for _, id := range ids {
				if !slices.ContainsFunc(by[id].Caveats, func(c knowledge.Caveat) bool { return c.Code == code }) {
					t.Errorf("%s: %s has no caveat %s", trap, id, code)
				}
			}
		}
	}
}

// texts returns everything of a claim that is in our words, by a name for errors that ends in its language.
func texts(c knowledge.Claim) map[string]string {
	out := map[string]string{"text en": c.Text, "office en": c.Attribution.Office, "venue en": c.Attribution.Venue}
	for lang, s := range c.Translations {
		out["text "+lang] = s
	}
	for i, v := range c.Caveats {
		for lang, s := range v.Text {
			out[fmt.Sprintf("caveat %d %s", i, lang)] = s
		}
	}
	return out
}

// digits are a number as a language groups it: a comma or a no-break space before groups of three.
var digits = regexp.MustCompile("[0-9]+(?:[,\u00a0][0-9]{3})*")

// numbers returns the numbers of a text, without grouping and leading zeros.
func numbers(s string) map[string]bool {
	out := map[string]bool{}
	for _, n := range digits.FindAllString(s, -1) {
		out[plain(n)] = true
	}
	return out
}

func plain(n string) string {
	n = strings.NewReplacer(",", "", "\u00a0", "").Replace(n)
	return strings.TrimLeft(n[:len(n)-1], "0") + n[len(n)-1:]
}

func bounds(c knowledge.Claim) (out []string) {
	for _, b := range []*float64{c.Figure.Low, c.Figure.Best, c.Figure.High} {
		if b != nil {
			out = append(out, strconv.FormatFloat(*b, 'f', -1, 64))
		}
	}
	return out
}

// ownNumbers are those that a claim states as fields: the bounds of its figure, its dates, and the year in
// which the events began that the lexicon is about.
func ownNumbers(t testing.TB, c knowledge.Claim) map[string]bool {
	t.Helper()
	war, ok := words(t).Get(lexicon.Event, "this_war")
	if !ok || war.Value == 0 {
		t.Fatal("the lexicon doesn't say when the events began")
	}
	own := map[string]bool{strconv.FormatFloat(war.Value, 'f', -1, 64): true}
	for _, b := range bounds(c) {
		own[b] = true
	}
	dates := []knowledge.Date{c.Scope.Period.From, c.Scope.Period.To, c.Attribution.SaidOn}
	for _, s := range c.Sources {
		dates = append(dates, s.PublishedOn)
	}
	for _, d := range dates {
		own[strconv.Itoa(d.Year)], own[strconv.Itoa(d.Day)] = true, true
	}
	return own
}
