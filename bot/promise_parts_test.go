package bot

import (
	"fmt"
	"slices"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

func (m maker) one(class lexicon.Class, open bool) string {
	ids := []string{}
	if open {
		ids = append(ids, "")
	}
	for _, c := range m.lex.Of(class) {
		ids = append(ids, c.ID)
	}
	return rapid.SampledFrom(ids).Draw(m.t, string(class))
}

func (m maker) yes(what string) bool { return rapid.Bool().Draw(m.t, what) }

// often says yes three times in four.
func (m maker) often(what string) bool { return rapid.IntRange(0, 3).Draw(m.t, what) > 0 }

// amount is a number that isn't another's by chance: most are large, and none is a year (see TestFigureLikeAYear).
func (m maker) amount(what string) float64 {
	return float64(rapid.OneOf(rapid.IntRange(2027, 9_999_999), rapid.IntRange(101, 2019), rapid.IntRange(3, 100), rapid.Map(rapid.IntRange(1, 900), func(n int) int { return n * 1000 })).Draw(m.t, what))
}

func (m maker) date(what string) knowledge.Date {
	d := knowledge.Date{Year: rapid.IntRange(2020, 2026).Draw(m.t, what+" year")}
	if m.yes(what + " has a month") {
		d.Month = time.Month(rapid.IntRange(1, 12).Draw(m.t, what+" month"))
		d.Day = rapid.IntRange(0, 28).Draw(m.t, what+" day")
	}
	return d
}

func (m maker) attribution() knowledge.Attribution {
	a := knowledge.Attribution{Standing: knowledge.Unattributed, Method: m.one(lexicon.Method, true)}
	if m.yes("named") {
		a.Speaker = rapid.SampledFrom([]string{m.one(lexicon.Claimant, false), "Radio 24", "Ada Brook"}).Draw(m.t, "speaker")
		a.Office = rapid.SampledFrom([]string{"", "head of the 3rd department"}).Draw(m.t, "office")
		for a.Standing == knowledge.Unattributed {
			a.Standing = m.one(lexicon.Standing, false)
		}
	}
	if m.yes("dated") {
		a.SaidOn = m.date("said")
	}
	a.Venue = rapid.SampledFrom([]string{"", "France 2", "the summit of 1,374 guests"}).Draw(m.t, "venue")
	return a
}

func (m maker) caveats() []knowledge.Caveat {
	var out []knowledge.Caveat
	for _, code := range []string{m.one(lexicon.CaveatOf, true), m.one(lexicon.CaveatOf, true)} {
		v := knowledge.Caveat{Code: code}
		if code == "" || m.yes("a text") {
			n := message.NewPrinter(language.English).Sprintf("%d", int64(m.amount("caveat")))
			v.Text = map[string]string{"en": "In " + n + " cases nobody knows, and half a million are missing.", "uk": "У " + n + " випадках ніхто не знає."}
		}
		if !slices.ContainsFunc(out, func(o knowledge.Caveat) bool { return o.Code == code }) {
			out = append(out, v)
		}
	}
	return out
}

func (m maker) sources() []knowledge.Source {
	s := knowledge.Source{Publisher: rapid.SampledFrom([]string{"", "Channel 24", "A newspaper"}).Draw(m.t, "publisher"), URL: "https://example.org/2026/02/04/toll-987654"}
	if m.yes("a title") {
		s.Title = fmt.Sprintf("Day %d of it", int(m.amount("day")))
	}
	if m.yes("a quote") {
		s.Quote = fmt.Sprintf("some %d of them", int(m.amount("quote")))
	}
	if m.yes("published") {
		s.PublishedOn = m.date("published")
	}
	return []knowledge.Source{s}
}
