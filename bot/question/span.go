package question

import (
	"strconv"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// through returns the whole of a period that is named by both of its ends: "between 2022 and 2024", "from March 2022 to
// May 2025". Where a change is asked about, they are two times to compare.
func (r *reader) through(d dated) dated {
	if d.From.IsZero() || r.has("changed") || r.compares() {
		return d
	}
	next := d.last + 1
	if m, ok := r.find(next, lexicon.Function); ok && m.ID == "whole_year" {
		next = m.Last + 1 // "з 2022 року до 2024 року"
	}
	between := r.before(d.first, 0, "between") && r.is(next, "and")
	if !between && !(r.form(d.first-1, "from") && r.form(next, "up_to")) || r.ending {
		return d
	}
	r.ending = true
	end, ok := r.period(next + 1)
	r.ending = false
	if !ok || end.Kind != PeriodDates || !end.To.After(d.From) {
		return d
	}
	d = r.dates(d.first, end.last, d.From, end.To)
	d.through = true
	return d
}

// lately reads the time that ends now: "in the last two years", "за останні 12 місяців", "за последние полгода".
func (r *reader) lately(i int) (dated, bool) {
	if !r.form(i, "latest") {
		return dated{}, false
	}
	n, k, known := 1, i+1, true
	if k >= len(r.Tokens) {
		return dated{}, false
	}
	if m, ok := r.find(k, lexicon.Numeral); ok {
		n, k = int(m.Value), m.Last+1
	} else if r.Tokens[k].Kind == lexicon.Number {
		var err error
		n, err = strconv.Atoi(r.Tokens[k].Norm)
		k, known = k+1, err == nil
	} else if r.is(k, "few", "many") || r.form(k, "several") {
		k, known = k+1, false
	}
	d := dated{Period: Period{Kind: PeriodOther, From: r.now, To: r.now}, first: i, last: k}
	const half = 6 // months
	switch {
	case r.form(k, "half_year"):
		return r.dates(i, k, r.now.AddDate(0, -half, 0), r.now), true
	case !r.form(k, "time_unit"):
		return dated{}, false
	case known && r.form(k, "of_years"):
		return r.dates(i, k, r.now.AddDate(-n, 0, 0), r.now), true
	case known && r.form(k, "of_months"):
		return r.dates(i, k, r.now.AddDate(0, -n, 0), r.now), true
	}
	return d, true
}

// within reports that token i stands within a time: what joins its ends joins no clauses.
func (r *reader) within(i int) bool {
	for _, d := range r.periods {
		if d.first < i && i <= d.last {
			return true
		}
	}
	return false
}
