package answer

import (
	"time"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// UpTo returns the date up to which a claim counts: see knowledge.When.
func UpTo(c knowledge.Claim) knowledge.Date { return c.When().UpTo() }

// Told grades the time of a claim for a part only by whether it is told at all.
func Told(p *question.Part) func(knowledge.When) int {
	return func(w knowledge.When) int { return boolInt(sayable(p, w)) }
}

// Timely grades the time of a claim for a part: whether it is told at all, and whether it is the one asked about.
func Timely(p *question.Part) func(knowledge.When) int {
	return func(w knowledge.When) int {
		switch {
		case !sayable(p, w):
			return 0
		case !periodFits(p, w) || !timeFits(p, w):
			return 1
		}
		return 2
	}
}

// Total reports a claim that counts everything since the events began.
func Total(c knowledge.Claim) bool { return c.Scope.Period.Total() }

// periodFits compares times: the same interval; everything so far on both sides; everything up to a date, where the
// claim counts no further. A total that was said at the time named is what was asked for, whatever it covers.
func periodFits(p *question.Part, w knowledge.When) bool {
	switch p.Period.Kind {
	case question.PeriodOpen:
		return p.Said.Kind == question.PeriodOpen || saidIn(p.Said, w.SaidOn) || sameDates(p.Said, w.Period)
	case question.PeriodWhole:
		return w.Period.Total()
	case question.PeriodUntil:
		end := w.UpTo().End()
		return w.Period.Total() && !end.IsZero() && !end.After(p.Period.To)
	case question.PeriodDates:
		return sameDates(p.Period, w.Period)
	}
	return false
}

func sameDates(asked question.Period, claim knowledge.Period) bool {
	return !claim.From.IsZero() && !claim.To.IsZero() &&
		claim.From.Start().Equal(asked.From) && claim.To.End().Equal(asked.To)
}

// saidIn reports whether a date lies in a period; a date that isn't known doesn't.
func saidIn(p question.Period, d knowledge.Date) bool {
	return !d.IsZero() && !d.Start().Before(p.From) && d.Start().Before(p.To)
}

// timeFits compares when something took place, or was said, with the dates that a part names.
func timeFits(p *question.Part, w knowledge.When) bool {
	for _, asked := range []question.Period{p.Period, p.Said} {
		if asked.Kind != question.PeriodDates {
			continue
		}
		from, to := w.Period.From, w.Period.To
		switch {
		case !from.IsZero() && !to.IsZero() && (!from.Start().Before(asked.To) || !asked.From.Before(to.End())):
			return false
		case from.IsZero() && !w.SaidOn.IsZero() && asked == p.Said && !saidIn(asked, w.SaidOn):
			return false
		}
	}
	return true
}

// sayable reports whether a claim had been said by the moment that a question is about.
func sayable(p *question.Part, w knowledge.When) bool {
	return p.AsOf.IsZero() || !w.SaidOn.IsZero() && w.SaidOn.Start().Before(p.AsOf)
}

// How far behind the newest total another one may be and still stand beside it: past eleven months they are counts
// of different times. And how far behind the newest of its own claimant: past some months it has been followed by that.
const (
	day      = 24 * time.Hour
	stale    = 330 * day
	followed = 120 * day
)

// behind reports a total that ends longer before the newest one than is allowed.
func behind(c knowledge.Claim, newest time.Time, allowed time.Duration) bool {
	end := UpTo(c).Start()
	return !end.IsZero() && newest.Sub(end) > allowed
}
