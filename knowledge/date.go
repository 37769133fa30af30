package knowledge

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a calendar date as precisely as its source states it: a year, a month or a day. Month is 0 where
// only the year is known, Day where only the month is; the zero Date is "not known". Dates compare with ==.
//
// Its text form is "2025", "2025-02" or "2025-02-04", in JSON and YAML too (in YAML also unquoted); the zero
// Date is the empty text, and null in JSON.
type Date struct {
	Year  int // 1 to 9999
	Month time.Month
	Day   int
}

// Precision is how much of a Date is known.
type Precision string

// The precisions of a date. The zero Date has none.
const (
	PrecisionYear  Precision = "year"
	PrecisionMonth Precision = "month"
	PrecisionDay   Precision = "day"
)

// The text forms, by precision.
const (
	layoutYear  = "2006"
	layoutMonth = "2006-01"
	layoutDay   = "2006-01-02"
)

// ParseDate reads "2025", "2025-02" or "2025-02-04". It takes no other form, and no day that the calendar
// doesn't have; the error names the value.
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{layoutYear, layoutMonth, layoutDay} {
		if len(s) != len(layout) {
			continue
		}
		t, err := time.Parse(layout, s)
		if err != nil || t.Year() == 0 {
			return Date{}, fmt.Errorf("%q isn't a date of the calendar", s)
		}
		return dateOf(t, layout), nil
	}
	return Date{}, fmt.Errorf("%q isn't a date: write 2025, 2025-02 or 2025-02-04", clip(s))
}

func dateOf(t time.Time, layout string) Date {
	d := Date{Year: t.Year()}
	if layout != layoutYear {
		d.Month = t.Month()
	}
	if layout == layoutDay {
		d.Day = t.Day()
	}
	return d
}

// IsZero reports whether the date isn't known.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether the calendar has the date. The zero Date isn't valid.
func (d Date) Valid() bool {
	parsed, err := ParseDate(d.String())
	return err == nil && parsed == d
}

// Precision says how much of the date is known; the zero Date has the empty one.
func (d Date) Precision() Precision {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return PrecisionYear
	case d.Day == 0:
		return PrecisionMonth
	}
	return PrecisionDay
}

// Start returns the first moment of the date, in UTC; the zero time where it isn't known.
func (d Date) Start() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, max(d.Month, 1), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// End returns the first moment after the date, in UTC: the date is [Start, End). It is the zero time where the
// date isn't known.
func (d Date) End() time.Time {
	switch d.Precision() {
	case PrecisionYear:
		return d.Start().AddDate(1, 0, 0)
	case PrecisionMonth:
		return d.Start().AddDate(0, 1, 0)
	case PrecisionDay:
		return d.Start().AddDate(0, 0, 1)
	}
	return time.Time{}
}

// Compare orders dates by their start, the unknown first, and of one start the less precise first: what is
// said "in 2025" counts as no newer than what is said on a day of 2025.
func (d Date) Compare(other Date) int {
	return cmp.Or(d.Start().Compare(other.Start()), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// String returns the text form.
func (d Date) String() string {
	switch d.Precision() {
	case PrecisionYear:
		return fmt.Sprintf("%04d", d.Year)
	case PrecisionMonth:
		return fmt.Sprintf("%04d-%02d", d.Year, int(d.Month))
	case PrecisionDay:
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
	}
	return ""
}

// MarshalText writes the text form. A date that the calendar doesn't have is an error.
func (d Date) MarshalText() ([]byte, error) {
	if !d.IsZero() && !d.Valid() {
		return nil, fmt.Errorf("%q isn't a date of the calendar", d.String())
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads the text form; the empty text is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// MarshalJSON writes the text form as a string, the zero Date as null.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	text, err := d.MarshalText()
	if err != nil {
		return nil, err
	}
	return []byte(`"` + string(text) + `"`), nil
}

// clip shortens a value that is shown in an error.
func clip(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
