package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/whosays/whosays/knowledge"
)

func figure(d draft) knowledge.Figure {
	n := float64(d.number)
	f := knowledge.Figure{Qualifier: d.qualifier, Unit: "persons"}
	switch d.qualifier {
	case knowledge.Nearly:
		f.High = &n
	case knowledge.AtLeast, knowledge.MoreThan:
		f.Low = &n
	default:
		f.Best = &n
	}
	return f
}

func scope(d draft) knowledge.Scope {
	s := knowledge.Scope{Party: d.party.ID, Group: d.group.ID, Metric: d.metric.ID, Period: d.period}
	if d.place != nil {
		s.Place = d.place.ID
	}
	return s
}

func attribution(r *rand.Rand, d draft) knowledge.Attribution {
	a := knowledge.Attribution{Standing: knowledge.Unattributed, Method: "unstated"}
	if d.speaker != nil {
		a = knowledge.Attribution{Speaker: d.speaker.ID, Office: d.speaker.Office["en"], Standing: "research", Method: even(r, []string{"official_statement", "named_list", "statistical_estimate"})}
		if d.speaker.Standing != "" {
			a.Standing = d.speaker.Standing
		}
	}
	if r.IntN(8) > 0 {
		a.SaidOn = knowledge.Date{Year: 2026 - zipf(r, 5, 0), Month: time.Month(1 + r.IntN(11)), Day: 1 + r.IntN(28)}
	}
	if to := d.period.To; to.Valid() && a.SaidOn.Valid() && !to.Start().Before(a.SaidOn.End()) { // nobody counts what is still to come
		last := to.End().AddDate(0, 0, -1)
		a.SaidOn = knowledge.Date{Year: last.Year(), Month: last.Month(), Day: last.Day()}
	}
	return a
}

func caveats(r *rand.Rand, d draft) []knowledge.Caveat {
	var out []knowledge.Caveat
	if d.speaker == nil {
		out = append(out, knowledge.Caveat{Code: "unattributed"})
	}
	if d.metric.ID == "killed_or_wounded" {
		out = append(out, knowledge.Caveat{Code: "combined_metric"})
	}
	if r.IntN(3) == 0 {
		out = append(out, knowledge.Caveat{Code: "access_limited", Text: map[string]string{"en": "Cases out of reach aren't in this count."}})
	}
	return out
}

func (g *generator) source(r *rand.Rand, d draft, on knowledge.Date) knowledge.Source {
	title := strings.TrimPrefix(g.filler(r, 5+r.IntN(4)), ", ")
	return knowledge.Source{
		Publisher:   "The " + strings.ToUpper(title[:1]) + title[1:strings.IndexByte(title, ' ')] + " Register",
		Title:       fmt.Sprintf("%s of %s: %s", d.group.In("en"), d.party.In("en"), title),
		URL:         fmt.Sprintf("https://register.example/%d/%d", 2020+r.IntN(7), r.IntN(1_000_000)),
		PublishedOn: on,
		Quote:       fmt.Sprintf("%s %s %s", grouped(d.number, ","), d.group.In("en"), d.metric.In("en")),
		Lang:        "en",
	}
}

// english writes the sentence of a claim, without its end.
func (d draft) english() string {
	words := map[knowledge.Qualifier]string{knowledge.Exact: "A total of", knowledge.About: "About", knowledge.AtLeast: "At least", knowledge.MoreThan: "More than", knowledge.Nearly: "Nearly"}
	s := fmt.Sprintf("%s %s %s of %s were counted as %s", words[d.qualifier], grouped(d.number, ","), d.group.In("en"), d.party.In("en"), d.metric.In("en"))
	if d.place != nil {
		s += " in " + d.place.In("en")
	}
	if y := d.period.To.Year; y > 0 && !d.period.Cumulative {
		s += fmt.Sprintf(" in %d", y)
	}
	if d.speaker != nil {
		s += ", " + d.speaker.In("en") + " said"
	}
	return s
}

func (d draft) ukrainian() string { return d.listed("uk", "близько", "за даними") }
func (d draft) russian() string   { return d.listed("ru", "около", "по данным") }

// listed writes the sentence as a list of what it counts, which needs no grammar.
func (d draft) listed(lang, about, by string) string {
	s := fmt.Sprintf("%s, %s, %s: %s %s", d.party.In(lang), d.group.In(lang), d.metric.In(lang), about, grouped(d.number, "\u00a0"))
	if d.place != nil {
		s += ", " + d.place.In(lang)
	}
	if d.speaker != nil {
		s += ", " + by + " " + d.speaker.In(lang)
	}
	return s
}

// grouped writes a number with a mark between its groups of three digits.
func grouped(n int, mark string) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s%s%03d", grouped(n/1000, mark), mark, n%1000)
}
