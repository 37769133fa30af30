package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Random bases: valid claims of every kind, with numbers in their words, caveats and sources. Each claim's words hold
// a name of its own, so that a reply that quotes it can be told from one that doesn't.

// tenants are whose claims a base holds: everyone's, one's own, somebody else's.
var tenants = []string{"", "slack:T1", "discord:G9"}

type maker struct {
	lex *lexicon.Lexicon
	t   *rapid.T
}

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

// amount is a number that isn't another's by chance: most are large.
func (m maker) amount(what string) float64 {
	return float64(rapid.OneOf(rapid.IntRange(101, 9_999_999), rapid.IntRange(3, 100), rapid.Map(rapid.IntRange(1, 900), func(n int) int { return n * 1000 })).Draw(m.t, what))
}

func (m maker) date(what string) knowledge.Date {
	d := knowledge.Date{Year: rapid.IntRange(2020, 2026).Draw(m.t, what+" year")}
	if m.yes(what + " has a month") {
		d.Month = time.Month(rapid.IntRange(1, 12).Draw(m.t, what+" month"))
		d.Day = rapid.IntRange(0, 28).Draw(m.t, what+" day")
	}
	return d
}

// base is a random base.
func (m maker) base() []knowledge.Claim {
	out := make([]knowledge.Claim, rapid.IntRange(1, 8).Draw(m.t, "claims"))
	for i := range out {
		out[i] = m.claim(i)
		if err := out[i].Validate(m.lex); err != nil {
			m.t.Fatalf("the generator made a claim that isn't valid: %v\n%+v", err, out[i])
		}
	}
	return out
}

// nameOf is the word that only one claim has.
func nameOf(i int) string { return "Qualdrix" + strings.Repeat("y", i+1) + "o" }

func (m maker) claim(i int) knowledge.Claim {
	c := knowledge.Claim{ID: fmt.Sprintf("claim-%d", i), Tenant: rapid.SampledFrom(tenants).Draw(m.t, "tenant"), Kind: knowledge.KindFigure}
	c.Status = rapid.SampledFrom([]knowledge.Status{"", knowledge.StatusLive, knowledge.StatusLive, knowledge.StatusPending, knowledge.StatusSuperseded, knowledge.StatusRetracted}).Draw(m.t, "status")
	if c.Status == knowledge.StatusRetracted {
		c.Reason = "A mistake in 4,321 places."
	}
	c.Scope = knowledge.Scope{Party: m.one(lexicon.Party, true), Group: m.one(lexicon.Group, false), Metric: m.one(lexicon.Metric, false), Place: m.one(lexicon.Place, true), Period: m.period()}
	c.Figure = m.figure()
	if !m.yes("a figure") {
		c.Kind = rapid.SampledFrom([]knowledge.Kind{knowledge.KindStatement, knowledge.KindStatus, knowledge.KindIssue, knowledge.KindContext}).Draw(m.t, "kind")
		c.Figure, c.Topic = knowledge.Figure{}, m.one(lexicon.Topic, true)
	}
	c.Text = m.sentence(c, "en", i)
	c.Translations = map[string]string{}
	for _, lang := range []string{"uk", "ru"} {
		if m.yes("in " + lang) {
			c.Translations[lang] = m.sentence(c, lang, i)
		}
	}
	c.Attribution, c.Caveats, c.Sources = m.attribution(), m.caveats(), m.sources()
	if m.yes("reviewed") {
		c.ReviewedOn = m.date("reviewed")
	}
	return c
}

func (m maker) period() knowledge.Period {
	year := knowledge.Date{Year: rapid.IntRange(2021, 2026).Draw(m.t, "period")}
	return rapid.SampledFrom([]knowledge.Period{
		{}, {Cumulative: true}, {From: year, To: year}, {From: year}, {To: year, Cumulative: true},
		{From: knowledge.Date{Year: year.Year, Month: 2, Day: 24}, To: knowledge.Date{Year: year.Year + 1, Month: 3}},
	}).Draw(m.t, "period")
}

func (m maker) figure() knowledge.Figure {
	low := m.amount("low")
	high := low + m.amount("spread")
	f := knowledge.Figure{Unit: m.one(lexicon.Unit, false), Qualifier: rapid.SampledFrom([]knowledge.Qualifier{
		knowledge.Exact, knowledge.About, knowledge.Nearly, knowledge.AtMost, knowledge.AtLeast, knowledge.MoreThan, knowledge.Range,
	}).Draw(m.t, "qualifier")}
	switch f.Qualifier {
	case knowledge.Exact, knowledge.About:
		f.Best = &low
	case knowledge.Nearly, knowledge.AtMost:
		f.High = &high
	case knowledge.Range:
		f.Low, f.High = &low, &high
	default:
		f.Low = &low
	}
	return f
}

// sentence names the scope, the figure as the language writes it, and the claim's own word.
func (m maker) sentence(c knowledge.Claim, lang string, i int) string {
	words := []string{nameOf(i)}
	for _, s := range []struct {
		class lexicon.Class
		id    string
	}{{lexicon.Party, c.Scope.Party}, {lexicon.Group, c.Scope.Group}, {lexicon.Metric, c.Scope.Metric}, {lexicon.Place, c.Scope.Place}, {lexicon.Topic, c.Topic}} {
		if known, ok := m.lex.Get(s.class, s.id); ok {
			words = append(words, known.In(lang))
		}
	}
	for _, n := range []*float64{c.Figure.Low, c.Figure.Best, c.Figure.High} {
		if n != nil {
			words = append(words, message.NewPrinter(language.Make(lang)).Sprintf("%d", int64(*n)))
		}
	}
	return strings.Join(words, " ") + "."
}

func (m maker) attribution() knowledge.Attribution {
	a := knowledge.Attribution{Standing: knowledge.Unattributed, Method: m.one(lexicon.Method, true)}
	if m.yes("named") {
		a.Speaker = rapid.SampledFrom([]string{m.one(lexicon.Claimant, false), "Ada Brook"}).Draw(m.t, "speaker")
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
