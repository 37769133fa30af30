package digest

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/whosays/whosays/knowledge"
)

// Schedule says when a subscription's digests are due: by the five fields of cron, on the clocks of a zone. Both are kept as they
// are, never as cron's own specification, which may name a zone by itself.
type Schedule struct {
	Fields string // "0 9 * * 1-5": minute, hour, day of the month, month, day of the week; the minute is one number
	Zone   string // of the IANA database: "Europe/Kyiv"
}

// Rhythm is how often a digest comes, in the words that most choose from.
type Rhythm string

// The rhythms.
const (
	Daily    Rhythm = "daily"
	Weekdays Rhythm = "weekdays" // Monday to Friday
	Weekly   Rhythm = "weekly"   // on Mondays
)

// Rhythms returns all rhythms.
func Rhythms() []Rhythm { return []Rhythm{Daily, Weekdays, Weekly} }

// days are a rhythm's fields behind minute and hour.
func (r Rhythm) days() (string, bool) {
	switch r {
	case Daily:
		return "* * *", true
	case Weekdays:
		return "* * 1-5", true
	case Weekly:
		return "* * 1", true
	}
	return "", false
}

// Rhythm returns the rhythm of a schedule; empty: it has none.
func (s Schedule) Rhythm() Rhythm {
	for _, r := range Rhythms() {
		days, _ := r.days()
		f := strings.Fields(s.Fields)
		if len(f) == 5 && number.MatchString(f[0]) && number.MatchString(f[1]) && strings.Join(f[2:], " ") == days {
			return r
		}
	}
	return ""
}

var number = regexp.MustCompile(`^[0-9]+$`)

// longestFields is more than anybody needs, and little to read.
const longestFields = 100

// What can be wrong with a schedule: the cause of an error of kind Invalid.
var (
	ErrTime   = errors.New("the time of the day can't be read")
	ErrZone   = errors.New("there is no such time zone")
	ErrFields = errors.New("the fields can't be read")
	ErrOften  = errors.New("it is due more often than once an hour")
	ErrNever  = errors.New("it is never due")
)

// New returns the schedule of a rhythm, or of five fields, at a time of the day ("9:00", "18:30"), which five fields say themselves. The
// error is of kind Invalid, and says what is wrong.
func New(every, at, zone string) (Schedule, error) {
	s := Schedule{Fields: strings.Join(strings.Fields(every), " "), Zone: strings.TrimSpace(zone)}
	if days, ok := Rhythm(strings.ToLower(s.Fields)).days(); ok {
		hour, minute, err := clock(at)
		if err != nil {
			return Schedule{}, err
		}
		s.Fields = fmt.Sprintf("%d %d %s", minute, hour, days)
	} else if strings.TrimSpace(at) != "" {
		return Schedule{}, wrong(ErrTime, "Five fields say the time themselves: leave the time out, or choose daily, weekdays or weekly.")
	}
	_, err := s.Plan()
	return s, err
}

var timeOfDay = regexp.MustCompile(`^([01]?\d|2[0-3])[:.]([0-5]\d)$`)

// clock reads a time of the day.
func clock(at string) (hour, minute int, err error) {
	m := timeOfDay.FindStringSubmatch(strings.TrimSpace(at))
	if m == nil {
		return 0, 0, wrong(ErrTime, "The time has to be one like 09:00 or 18:30.")
	}
	hour, _ = strconv.Atoi(m[1]) // digits, as the expression says
	minute, _ = strconv.Atoi(m[2])
	return hour, minute, nil
}

// Plan is a schedule that was read, and can be asked. It is safe for concurrent use.
type Plan struct {
	fields cron.Schedule
	zone   *time.Location
}

var (
	field  = regexp.MustCompile(`^[0-9A-Za-z*/,?-]+$`)
	minute = regexp.MustCompile(`^[0-5]?[0-9]$`)
)

// Plan reads a schedule, or says what is wrong with it, as an error of kind Invalid. It takes some ten microseconds.
func (s Schedule) Plan() (Plan, error) {
	fields := strings.Fields(s.Fields)
	switch {
	case len(s.Fields) > longestFields || len(fields) != 5:
		return Plan{}, wrong(ErrFields, "A schedule is daily, weekdays, weekly, or five fields like 0 9 * * 1-5: minute, hour, day, month, day of the week.")
	case !minute.MatchString(fields[0]):
		return Plan{}, wrong(ErrOften, "The first field, the minute, has to be one number from 0 to 59: a digest comes once an hour at most.")
	}
	for _, f := range fields {
		if !field.MatchString(f) { // no zone, and nothing that begins with @
			return Plan{}, wrong(ErrFields, "The field %.20q of the schedule can't be read: fields are of digits, names of days and months, and * , - /", f)
		}
	}
	zone, err := location(s.Zone)
	if err != nil {
		return Plan{}, err
	}
	of, err := read(strings.Join(fields, " "))
	if err != nil {
		return Plan{}, wrong(ErrFields, "The schedule %q can't be read: each field has to be within its range, as in 0 9 * * 1-5.", s.Fields)
	}
	p := Plan{of, zone}
	if p.fields.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Plan{}, wrong(ErrNever, "The schedule %q is never due: there is no such day.", s.Fields)
	}
	return p, nil
}

// read reads five fields. The library panics on some (https://github.com/robfig/cron/issues/554), none of which come as far as here; it is
// asked nothing that it might take for a zone.
func read(fields string) (of cron.Schedule, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("digest: cron panicked: %v", p)
		}
	}()
	return cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(fields)
}

// location returns a zone of the IANA database.
func location(name string) (*time.Location, error) {
	if name == "" || strings.EqualFold(name, "local") { // time.LoadLocation's own words, for what isn't a place
		return nil, wrong(ErrZone, "A digest needs a time zone, like Europe/Kyiv.")
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, wrong(ErrZone, "There is no time zone %.40q: choose one like Europe/Kyiv.", name)
	}
	return zone, nil
}

func invalid(format string, args ...any) error { return wrong(nil, format, args...) }

func wrong(cause error, format string, args ...any) error {
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf(format, args...), Err: cause}
}
