package form

import (
	"strings"
	"time"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// writePeriod writes a period in one line: "2025", "2022-02-24 – 2026-02-04", in front of it that it is everything so far.
func writePeriod(p printer, c *knowledge.Claim) string {
	d := c.Scope.Period
	out := ""
	switch from, to := d.From.String(), d.To.String(); {
	case from != "" && from == to:
		out = from
	case from != "" && to != "":
		out = from + " – " + to
	case from != "":
		out = p.w.Term("period_since") + " " + from
	case to != "":
		out = p.w.Term("period_until") + " " + to
	}
	if !d.Cumulative {
		return out
	}
	return strings.TrimSuffix(p.w.Term("field_cumulative")+": "+out, ": ")
}

// readPeriod reads a period as it is written, in any language, else as the times of questions are read.
func readPeriod(r *reading, value string) bool {
	r.is.Scope.Period = knowledge.Period{}
	value = oneLine(value)
	if value == "" {
		return true
	}
	d, ok := r.written(value)
	if !ok {
		d, ok = r.spokenPeriod(value)
	}
	if ok {
		r.is.Scope.Period = d
	}
	return ok
}

// written reads what writePeriod writes.
func (r *reading) written(value string) (d knowledge.Period, ok bool) {
	for _, w := range r.writers {
		if rest, is := cutWord(value, w.Term("field_cumulative")); is {
			value, d.Cumulative = strings.TrimSpace(strings.TrimPrefix(rest, ":")), true
			break
		}
	}
	if value == "" {
		return d, d.Cumulative
	}
	for _, w := range r.writers {
		if rest, is := cutWord(value, w.Term("period_since")); is {
			d.From, ok = day(rest)
			return d, ok
		}
		if rest, is := cutWord(value, w.Term("period_until")); is {
			d.To, ok = day(rest)
			return d, ok
		}
	}
	from, to, two := value, value, false
	for _, dash := range []string{" – ", " — ", " - ", "–", "—", "/"} {
		if from, to, two = strings.Cut(value, dash); two {
			break
		}
	}
	if !two {
		to = from
	}
	d.From, ok = day(from)
	if !ok {
		return d, false
	}
	d.To, ok = day(to)
	return d, ok
}

// cutWord takes a word of ours from the beginning of a text, whatever its capitals.
func cutWord(s, word string) (rest string, ok bool) {
	if len(s) < len(word) || !strings.EqualFold(s[:len(word)], word) {
		return s, false
	}
	rest = s[len(word):]
	return strings.TrimSpace(rest), rest == "" || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, " ")
}

func day(s string) (knowledge.Date, bool) {
	d, err := knowledge.ParseDate(strings.TrimSpace(s))
	return d, err == nil
}

// spokenPeriod reads "in 2025", "since the invasion", "by 16 February 2025".
func (r *reading) spokenPeriod(value string) (knowledge.Period, bool) {
	p, ok := r.parser.Time(value, r.now)
	if !ok {
		return knowledge.Period{}, false
	}
	return period(p, r.now, false)
}

// period returns a period that was read, with the precision in which it can be said. What goes on up to now, or of which only the
// beginning is named, has no end.
func period(p question.Period, now time.Time, onward bool) (knowledge.Period, bool) {
	switch p.Kind {
	case question.PeriodWhole:
		return knowledge.Period{Cumulative: true}, true
	case question.PeriodUntil:
		to := dateUpTo(p.From, p.To)
		return knowledge.Period{To: to, Cumulative: true}, !to.IsZero()
	case question.PeriodDates:
		if p.From.IsZero() || !p.From.Before(p.To) {
			return knowledge.Period{}, false
		}
		if onward || p.To.Equal(now) {
			return knowledge.Period{From: beginningAt(p.From)}, true
		}
		if d := dateUpTo(p.From, p.To); !d.IsZero() {
			return knowledge.Period{From: d, To: d}, true
		}
		return knowledge.Period{From: beginningAt(p.From), To: endingAt(p.To)}, true
	}
	return knowledge.Period{}, false
}

// dates returns the year, the month and the day of a moment.
func dates(t time.Time) []knowledge.Date {
	t = t.UTC()
	return []knowledge.Date{{Year: t.Year()}, {Year: t.Year(), Month: t.Month()}, {Year: t.Year(), Month: t.Month(), Day: t.Day()}}
}

// beginningAt returns the least precise date that begins then.
func beginningAt(t time.Time) knowledge.Date {
	for _, d := range dates(t) {
		if d.Start().Equal(t) {
			return d
		}
	}
	return dayOf(t)
}

// endingAt returns the least precise date that ends then.
func endingAt(t time.Time) knowledge.Date {
	for _, d := range dates(t.Add(-1)) {
		if d.End().Equal(t) {
			return d
		}
	}
	return dayOf(t.Add(-1))
}

// dateUpTo returns the one date that begins and ends then: a year, a month or a day; else the last day before the end.
func dateUpTo(from, to time.Time) knowledge.Date {
	for _, d := range dates(from) {
		if !from.IsZero() && d.Start().Equal(from) && d.End().Equal(to) {
			return d
		}
	}
	if from.IsZero() && !to.IsZero() {
		return dayOf(to.Add(-1))
	}
	return knowledge.Date{}
}

func dayOf(t time.Time) knowledge.Date {
	t = t.UTC()
	return knowledge.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}
}

// date is a field of one date.
func date(at func(*knowledge.Claim) *knowledge.Date) fieldOf {
	return fieldOf{
		longest: mostName,
		write:   func(_ printer, c *knowledge.Claim) string { return at(c).String() },
		read: func(r *reading, value string) bool {
			*at(&r.is) = knowledge.Date{}
			if value = oneLine(value); value == "" {
				return true
			}
			d, ok := day(value)
			if !ok {
				p, read := r.parser.Time(value, r.now)
				d, ok = dateUpTo(p.From, p.To), read && p.Kind == question.PeriodDates
			}
			*at(&r.is) = d
			return ok && !d.IsZero()
		},
	}
}
