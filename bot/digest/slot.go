package digest

import "time"

// Slot is one time at which a digest is due.
type Slot struct {
	Civil string    // what the clocks of the zone show, "2026-11-30T09:00": it names the slot
	At    time.Time // when they show it first; where they jump over it, when they do
}

const civil = "2006-01-02T15:04"

// After returns the first slot that is named later than another, by its civil time; the zero slot where there is none within five years.
// The error is of a slot that no plan has named.
func (p Plan) After(slot Slot) (Slot, error) {
	shown, err := time.Parse(civil, slot.Civil)
	if err != nil {
		return Slot{}, invalid("%.40q is no time of a schedule.", slot.Civil)
	}
	return p.slot(p.fields.Next(shown)), nil
}

// Next returns the first slot that is due later than a moment; the zero slot where there is none within five years.
func (p Plan) Next(moment time.Time) Slot {
	// From a day before: where the clock was set back, what it shows says little of what it has shown.
	from := moment.In(p.zone).AddDate(0, 0, -1)
	for shown := p.fields.Next(wall(from)); ; shown = p.fields.Next(shown) {
		if slot := p.slot(shown); slot.At.IsZero() || slot.At.After(moment) {
			return slot
		}
	}
}

// Latest returns the last slot that is due by a moment, from one on that is, and those before it, in their order.
func (p Plan) Latest(from Slot, moment time.Time) (latest Slot, before []Slot, err error) {
	for latest = from; ; {
		next, err := p.After(latest)
		if err != nil {
			return Slot{}, nil, err
		}
		if next.At.IsZero() || next.At.After(moment) {
			return latest, before, nil
		}
		before = append(before, latest)
		latest = next
	}
}

// wall returns what a clock shows, as if it were of UTC.
func wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// slot returns the slot of a civil time. Civil times are kept as if they were of UTC, in which no clock jumps.
func (p Plan) slot(shown time.Time) Slot {
	if shown.IsZero() {
		return Slot{}
	}
	return Slot{shown.Format(civil), first(shown, p.zone)}
}

// first returns when the clocks of a zone show a time first. A time that they jump over is shown by none: then it is when they jump.
func first(shown time.Time, zone *time.Location) time.Time {
	at := time.Date(shown.Year(), shown.Month(), shown.Day(), shown.Hour(), shown.Minute(), 0, 0, zone)
	if !wall(at).Equal(shown) {
		// time.Date takes the offset of one side of the jump or of the other.
		start, end := at.ZoneBounds()
		if wall(at).After(shown) {
			return start.UTC()
		}
		return end.UTC()
	}
	// Where they show it twice, the other time is that by which the clock was set back before or behind it.
	start, _ := at.ZoneBounds()
	if start.IsZero() {
		return at.UTC()
	}
	_, now := at.Zone()
	_, before := start.Add(-time.Nanosecond).Zone()
	if earlier := at.Add(time.Duration(now-before) * time.Second); earlier.Before(start) && wall(earlier.In(zone)).Equal(shown) {
		return earlier.UTC()
	}
	return at.UTC()
}
