package question

import (
	"strconv"
	"time"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// PeriodKind says how a text fixes its time.
type PeriodKind uint8

// The kinds of periods, the closer ones last.
const (
	PeriodOpen  PeriodKind = iota // nothing is said
	PeriodWhole                   // everything since the events began
	PeriodDates                   // From … To
	PeriodUntil                   // everything up to To; From is where the date begins that was named
	PeriodOther                   // a time that isn't read exactly ("last summer")
)

// Period is the time that a part is about: From inclusive, To exclusive.
type Period struct {
	Kind PeriodKind
	From time.Time
	To   time.Time
}

// dated is a period where it stands in the text.
type dated struct {
	Period
	first, last int
	same        bool // "that year": the one named before
	through     bool // named by both of its ends
}

// findPeriods reads years, months and relative times. The dates are read here and not by a library: the one
// that knows Ukrainian and Russian (go-dateparser v1.4.7) takes 170 ms and 95 MB to start, three times what a
// whole answer may take, and reads moments where a claim has intervals.
func (r *reader) findPeriods() {
	for i := 0; i < len(r.Tokens); i++ {
		d, ok := r.period(i)
		if !ok {
			continue
		}
		r.periods = append(r.periods, d)
		for k := d.first; k <= d.last; k++ {
			r.counted[k] = -1
		}
		i = d.last
	}
}

func (r *reader) period(i int) (dated, bool) {
	if r.Tokens[i].Kind == lexicon.Number {
		d, ok := r.numeric(i)
		return r.through(d), ok
	}
	for _, read := range []func(int) (dated, bool){r.relative, r.lately, r.month, r.whole, r.spoken} {
		d, ok := read(i)
		if !ok {
			continue
		}
		return r.through(r.closer(d)), true
	}
	return dated{}, false
}

// closer returns the year that stands right behind "this year" and the like, or what was read.
func (r *reader) closer(d dated) dated {
	next := d.last + 1
	if d.Kind != PeriodDates || next >= len(r.Tokens) || r.Tokens[next].Kind != lexicon.Number || len(r.Tokens[next].Norm) != 4 {
		return d
	}
	y, err := strconv.Atoi(r.Tokens[next].Norm)
	if err != nil || y < 1900 || y > 2100 {
		return d
	}
	from := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
	return r.dates(d.first, next, from, from.AddDate(1, 0, 0))
}

// numeric reads "2025", "2025-м", "2025–2026", "12 January 2026", "2025-06-01", "12.01.2026".
func (r *reader) numeric(i int) (dated, bool) {
	t := r.Tokens[i]
	if d, ok := r.dayMonth(i); ok {
		return d, true
	}
	if d, err := time.Parse("2.1.2006", t.Norm); err == nil {
		return r.widen(r.dates(i, i, d, d.AddDate(0, 0, 1))), true
	}
	if d, ok := r.iso(i); ok {
		return r.widen(r.dates(i, i+4, d, d.AddDate(0, 0, 1))), true
	}
	y, ok := r.year(i)
	if !ok {
		return dated{}, false
	}
	from := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
	last := i
	if r.mark(i+1, "-–—‑") && i+2 < len(r.Tokens) {
		if d, err := strconv.Atoi(r.Tokens[i+2].Norm); err == nil && r.Tokens[i+2].Kind == lexicon.Number && r.Tokens[i+2].Glued {
			switch {
			case d > y && d < y+100:
				return r.dates(i, i+2, from, time.Date(d+1, 1, 1, 0, 0, 0, 0, time.UTC)), true
			case d > y%100 && d < 100 && len(r.Tokens[i+2].Norm) == 2 && d > 12:
				return r.dates(i, i+2, from, time.Date(y-y%100+d+1, 1, 1, 0, 0, 0, 0, time.UTC)), true
			case d >= 1 && d <= 12 && len(r.Tokens[i+2].Norm) == 2:
				m := time.Date(y, time.Month(d), 1, 0, 0, 0, 0, time.UTC)
				return r.widen(r.dates(i, i+2, m, m.AddDate(0, 1, 0))), true
			}
		}
		if len([]rune(r.Tokens[i+2].Norm)) <= 2 && r.Tokens[i+2].Glued && r.Tokens[i+2].Kind == lexicon.Word {
			last = i + 2 // "2025-м"
		}
	}
	d := r.dates(i, last, from, from.AddDate(1, 0, 0))
	return r.widen(d), true
}

// iso reads the five tokens of "2025-06-01".
func (r *reader) iso(i int) (time.Time, bool) {
	if i+4 >= len(r.Tokens) || !r.mark(i+1, "-") || !r.mark(i+3, "-") {
		return time.Time{}, false
	}
	d, err := time.Parse("2006-01-02", r.Text[r.Tokens[i].Start:r.Tokens[i+4].End])
	return d, err == nil
}

// widen reads the words around a year: "since 2022", "first half of 2025", "summer 2025".
func (r *reader) widen(d dated) dated {
	switch {
	case r.ending: // the words before it join it to where the period begins
	case r.before(d.first, 2, "first_half", "second_half", "quarter", "season"):
		d.Kind = PeriodOther
		d.To = r.seasonEnd(d)
	case r.before(d.first, 2, "since"), r.before(d.first, 1, "after"):
		d.To = r.now
		d.Kind = r.sinceOwn(d)
	case r.mode == asking && r.form(d.first-1, "from") && r.sinceOwn(d) == PeriodWhole: // "from February 2022"
		d.Kind = PeriodWhole
	case r.before(d.first, 2, "asof"), r.before(d.first, 0, "by"):
		d.Kind = PeriodUntil
	case r.before(d.first, 0, "until", "at_most"): // the date itself is past it
		d.Kind, d.From, d.To = PeriodUntil, time.Time{}, d.From
	}
	return d
}

// seasonEnd returns the first day after the season of a year: what was known then is asked for as of its end.
func (r *reader) seasonEnd(d dated) time.Time {
	for i := max(d.first-3, 0); i < d.first; i++ {
		if month := r.behindSeason(i); month > 0 {
			return time.Date(d.From.Year(), month, 1, 0, 0, 0, 0, time.UTC)
		}
	}
	return d.To
}

// behindSeason returns the month that follows the season named at token i; 0 where none is.
func (r *reader) behindSeason(i int) time.Month {
	switch {
	case r.form(i, "winter"):
		return time.March
	case r.form(i, "spring"):
		return time.June
	case r.form(i, "summer"):
		return time.September
	case r.form(i, "autumn"):
		return time.December
	}
	return 0
}

// sinceOwn returns the kind of a period that begins with a date: the whole, where the domain's own events began then.
func (r *reader) sinceOwn(d dated) PeriodKind {
	if own, ok := r.ownStart(); ok && d.From.Year() == own {
		return PeriodWhole
	}
	return PeriodDates
}

// ownStart returns the year in which the domain's own events began, for reading "since 2022".
func (r *reader) ownStart() (int, bool) {
	for _, e := range r.lex.Of(lexicon.Event) {
		if e.Is("own") && e.Value > 0 {
			return int(e.Value), true
		}
	}
	return 0, false
}

// year reports whether token i is a year: four digits without separators, not the count of something.
func (r *reader) year(i int) (int, bool) {
	t := r.Tokens[i]
	if y, ok := r.shortYear(i); ok {
		return y, true
	}
	if len(t.Norm) != 4 || !plain(t.Norm) || t.Plus {
		return 0, false
	}
	y, err := strconv.Atoi(t.Norm)
	if err != nil || y < 1900 || y > 2100 {
		return 0, false
	}
	if r.magnitude(t.Suffix) != 0 {
		return 0, false
	}
	if r.before(i, 0, "in", "since", "during", "until", "after", "by", "into", "between", "whole_year", "about") {
		return y, !r.countsPeople(i + 1)
	}
	return y, r.mode == asking || !r.counts(i+1) // nobody asks for a count by naming it
}

// shortYear reads "25" where a word for the year stands behind it: "в 25 году", "за 25-й рік". It is of this century.
func (r *reader) shortYear(i int) (int, bool) {
	t := r.Tokens[i]
	n, err := strconv.Atoi(t.Norm)
	if err != nil || len(t.Norm) != 2 {
		return 0, false
	}
	next := i + 1
	if r.mark(next, "-") {
		next += 2
	}
	if !r.form(next, "year") {
		return 0, false
	}
	return r.now.Year() - r.now.Year()%100 + n, true
}

// countsPeople reports whether who is counted, or a magnitude, begins at token i.
func (r *reader) countsPeople(i int) bool {
	_, group := r.find(i, lexicon.Group)
	_, magnitude := r.find(i, lexicon.Magnitude)
	return group || magnitude
}

// counts reports whether what begins at token i is counted by a number before it.
func (r *reader) counts(i int) bool {
	for k := i; k < len(r.Tokens) && k < i+3; k++ {
		if _, ok := r.find(k, lexicon.Group); ok {
			return true
		}
		if _, ok := r.find(k, lexicon.Magnitude); ok && k == i {
			return true
		}
		if m, ok := r.find(k, lexicon.Metric); ok && k == i && !m.Is("umbrella") {
			return true
		}
		if _, ok := r.find(k, lexicon.Party); !ok {
			return false
		}
	}
	return false
}

// dayMonth reads "12 January 2026" and "12 січня".
func (r *reader) dayMonth(i int) (dated, bool) {
	day, err := strconv.Atoi(r.Tokens[i].Norm)
	if err != nil || day < 1 || day > 31 {
		return dated{}, false
	}
	next := i + 1
	if next < len(r.Tokens) && r.mark(next, "-") {
		next += 2
	}
	d, ok := r.month(next)
	if !ok {
		return dated{}, false
	}
	d.first = i
	if d.Kind == PeriodWhole || d.To.Equal(r.now) { // "since 24 February 2022"
		return r.widen(d), true
	}
	d.From = time.Date(d.From.Year(), d.From.Month(), day, 0, 0, 0, 0, time.UTC)
	d.To = d.From.AddDate(0, 0, 1)
	return r.widen(d), true
}

// month reads "January 2026", "у січні 2026 року", "in January" (the last one that has begun).
func (r *reader) month(i int) (dated, bool) {
	m, ok := r.find(i, lexicon.Month)
	if !ok || r.Tokens[i].Norm == "may" && (!r.Tokens[i].Upper || i == 0 || !r.dated(i)) || r.Tokens[i].Norm == "march" && !r.Tokens[i].Upper {
		return dated{}, false
	}
	last, day, dated := i, 0, false
	year := r.now.Year()
	if time.Month(int(m.Value)) > r.now.Month() {
		year--
	}
	for k := i + 1; k < len(r.Tokens) && k <= i+3; k++ {
		if r.Tokens[k].Kind != lexicon.Number {
			if r.mark(k, ",") || r.is(k, "into", "whole_year") {
				continue
			}
			break
		}
		n, err := strconv.Atoi(r.Tokens[k].Norm)
		if err == nil && n >= 1900 && n <= 2100 {
			year, dated, last = n, true, k
			break
		}
		if err != nil || n < 1 || n > 31 {
			break
		}
		day, dated, last = n, !r.countsPeople(k+1), k
	}
	from := time.Date(year, time.Month(int(m.Value)), 1, 0, 0, 0, 0, time.UTC)
	if day > 0 && dated { // "February 4, 2026"
		from = from.AddDate(0, 0, day-1)
		return r.widen(r.dates(i, last, from, from.AddDate(0, 0, 1))), true
	}
	return r.widen(r.dates(i, last, from, from.AddDate(0, 1, 0))), true
}

// dated reports that a word which is a month among other things stands in a date: "in May", "May 2025".
func (r *reader) dated(i int) bool {
	return i+1 < len(r.Tokens) && r.Tokens[i+1].Kind == lexicon.Number || r.before(i, 0, "in", "since", "during", "until", "by", "into")
}

// relative reads "last year", "торік", "yesterday", "that year".
func (r *reader) relative(i int) (dated, bool) {
	year := time.Date(r.now.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	month := time.Date(r.now.Year(), r.now.Month(), 1, 0, 0, 0, 0, time.UTC)
	for _, m := range r.at[i] {
		if m.Class != lexicon.Function {
			continue
		}
		switch m.ID {
		case "last_year":
			return r.dates(i, m.Last, year.AddDate(-1, 0, 0), year), true
		case "this_year":
			return r.dates(i, m.Last, year, year.AddDate(1, 0, 0)), true
		case "year_before_last":
			return r.dates(i, m.Last, year.AddDate(-2, 0, 0), year.AddDate(-1, 0, 0)), true
		case "last_month":
			return r.dates(i, m.Last, month.AddDate(0, -1, 0), month), true
		case "this_month":
			return r.dates(i, m.Last, month, month.AddDate(0, 1, 0)), true
		case "last_week", "yesterday", "season":
			return dated{Period: Period{Kind: PeriodOther}, first: i, last: m.Last}, true
		case "that_year":
			return dated{Period: Period{Kind: PeriodOpen}, first: i, last: m.Last, same: true}, true
		}
	}
	return dated{}, false
}

// spoken reads a year as it is spoken: "twenty twenty five".
func (r *reader) spoken(i int) (dated, bool) {
	const century, tens = 20, 20
	first, ok := r.find(i, lexicon.Numeral)
	if !ok || first.Value != century {
		return dated{}, false
	}
	second, ok := r.find(first.Last+1, lexicon.Numeral)
	if !ok || second.Value != tens {
		return dated{}, false
	}
	year, last := century*100+tens, second.Last
	if unit, ok := r.find(last+1, lexicon.Numeral); ok && unit.Value < 10 {
		year, last = year+int(unit.Value), unit.Last
	}
	from := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	return r.widen(r.dates(i, last, from, from.AddDate(1, 0, 0))), true
}

// whole reads "since the invasion", "so far", "за час війни".
func (r *reader) whole(i int) (dated, bool) {
	d := dated{Period: Period{Kind: PeriodWhole}, first: i}
	if m, ok := r.grammar(i, "sofar"); ok {
		d.last = m.Last
		return d, true
	}
	m, ok := r.grammar(i, "since", "during", "after")
	if !ok {
		return d, false
	}
	for k := m.Last + 1; k < len(r.Tokens) && k <= m.Last+5; k++ {
		if e, is := r.find(k, lexicon.Event); is {
			d.last = e.Last
			return d, e.Is("own")
		}
		_, light := r.find(k, lexicon.Light)
		if _, party := r.find(k, lexicon.Party); !party && !light && !r.is(k, "into", "whole_year", "since", "question", "only") || r.Tokens[k].Kind == lexicon.Mark && !r.mark(k, "-") {
			return d, false
		}
	}
	return d, false
}

func (r *reader) dates(first, last int, from, to time.Time) dated {
	return dated{Period: Period{Kind: PeriodDates, From: from, To: to}, first: first, last: last}
}
