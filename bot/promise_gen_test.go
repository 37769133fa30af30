package bot

import (
	"fmt"
	"strings"

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

// base is a random base.
func (m maker) base() []knowledge.Claim {
	out := make([]knowledge.Claim, rapid.IntRange(3, 12).Draw(m.t, "claims"))
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
	c.Status = rapid.SampledFrom([]knowledge.Status{"", knowledge.StatusLive, "", "", "", knowledge.StatusPending, knowledge.StatusSuperseded, knowledge.StatusRetracted}).Draw(m.t, "status")
	if c.Status == knowledge.StatusRetracted {
		c.Reason = "A mistake in 4,321 places."
	}
	c.Scope, c.Figure = m.scope(), m.figure()
	if !m.often("a figure") {
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
	if to := c.Scope.Period.To; !c.Attribution.SaidOn.IsZero() && to.Compare(c.Attribution.SaidOn) > 0 {
		c.Attribution.SaidOn = to // nobody counts what is still to come
	}
	if m.yes("reviewed") {
		c.ReviewedOn = m.date("reviewed")
	}
	return c
}

// scope is one that questions are near to more often than not: most claims are about soldiers and civilians.
func (m maker) scope() knowledge.Scope {
	s := knowledge.Scope{Party: m.one(lexicon.Party, true), Group: m.one(lexicon.Group, false), Metric: m.one(lexicon.Metric, false), Place: m.one(lexicon.Place, true), Period: m.period()}
	if m.often("near") {
		s.Party = rapid.SampledFrom([]string{"", "ukraine", "russia", "both"}).Draw(m.t, "side")
		s.Group = rapid.SampledFrom([]string{"persons", "soldiers", "civilians", "children"}).Draw(m.t, "people")
		s.Metric = rapid.SampledFrom([]string{"killed", "wounded", "missing", "killed_or_wounded", "losses"}).Draw(m.t, "harm")
		s.Place = rapid.SampledFrom([]string{"", "", "ukraine", "europe"}).Draw(m.t, "ground")
	}
	return s
}

func (m maker) period() knowledge.Period {
	year := knowledge.Date{Year: rapid.IntRange(2021, 2026).Draw(m.t, "period")}
	return rapid.SampledFrom([]knowledge.Period{
		{},
		{Cumulative: true},
		{From: year, To: year},
		{From: year},
		{To: year, Cumulative: true},
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
