package digest_test

import (
	"archive/zip"
	"fmt"
	"go/build"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
)

func TestNew(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		every, at, zone string
		fields          string // empty: refused
		says            string // what the refusal says
	}{
		"daily":                     {"daily", "09:00", "Europe/Kyiv", "0 9 * * *", ""},
		"daily, in capitals":        {"Daily", " 9.05 ", "Europe/Kyiv", "5 9 * * *", ""},
		"weekdays":                  {"weekdays", "18:30", "UTC", "30 18 * * 1-5", ""},
		"weekly":                    {"weekly", "0:00", "America/New_York", "0 0 * * 1", ""},
		"five fields":               {" 15  7,19 * *  mon-fri ", "", "Asia/Tokyo", "15 7,19 * * mon-fri", ""},
		"five fields and a time":    {"0 9 * * *", "9:00", "UTC", "", "leave the time out"},
		"no time":                   {"daily", "", "UTC", "", "one like 09:00"},
		"no such time":              {"daily", "24:00", "UTC", "", "one like 09:00"},
		"no such time either":       {"daily", "９:００", "UTC", "", "one like 09:00"},
		"no zone":                   {"daily", "09:00", "", "", "needs a time zone"},
		"the machine's zone":        {"daily", "09:00", "Local", "", "needs a time zone"},
		"no such zone":              {"daily", "09:00", "Mars/Olympus", "", "no time zone"},
		"a file":                    {"daily", "09:00", "../../etc/passwd", "", "no time zone"},
		"a zone alone (#554)":       {"CRON_TZ=UTC", "", "UTC", "", "five fields"},
		"a zone in front":           {"TZ=UTC 9 * * *", "", "UTC", "", "one number from 0 to 59"},
		"a zone within":             {"0 TZ=UTC * * *", "", "UTC", "", "can't be read"},
		"every nothing":             {"@every 0s", "", "UTC", "", "five fields"},
		"a word of cron":            {"@daily", "", "UTC", "", "five fields"},
		"out of range":              {"99 99 * * *", "", "UTC", "", "from 0 to 59"},
		"hours out of range":        {"0 99 * * *", "", "UTC", "", "within its range"},
		"every minute":              {"* * * * *", "", "UTC", "", "once an hour at most"},
		"every five minutes":        {"*/5 * * * *", "", "UTC", "", "once an hour at most"},
		"twice an hour":             {"0,30 * * * *", "", "UTC", "", "once an hour at most"},
		"four fields":               {"0 9 * *", "", "UTC", "", "five fields"},
		"six fields":                {"0 0 9 * * *", "", "UTC", "", "five fields"},
		"a day that there isn't":    {"0 9 30 2 *", "", "UTC", "", "never due"},
		"a day of leap years":       {"0 9 29 2 *", "", "UTC", "0 9 29 2 *", ""},
		"a step of nothing":         {"0 */0 * * *", "", "UTC", "", "within its range"},
		"a number without an end":   {"0 9 * * 99999999999999999999", "", "UTC", "", "within its range"},
		"an empty list":             {"0 , * * *", "", "UTC", "", "never due"},
		"nothing":                   {"", "", "UTC", "", "five fields"},
		"much":                      {strings.Repeat("1,", 100) + "1 9 * * *", "", "UTC", "", "five fields"},
		"a rhythm that there isn't": {"hourly", "09:00", "UTC", "", "leave the time out"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := digest.New(tc.every, tc.at, tc.zone)
			switch {
			case tc.fields != "":
				if diff := cmp.Diff(digest.Schedule{Fields: tc.fields, Zone: tc.zone}, s); err != nil || diff != "" {
					t.Errorf("%v\n%s", err, diff)
				}
			case knowledge.KindOf(err) != knowledge.Invalid || !strings.Contains(err.Error(), tc.says):
				t.Errorf("%+v, %v", s, err)
			}
		})
	}
}

// What clocks do to slots, by examples: guides/reliability.md has those of New York.
func TestSlots(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fields, zone string
		from         string
		want         []string
	}{
		"jumped over": {"30 2 * * *", "America/New_York", "2026-03-07T00:00:00-05:00", []string{
			"2026-03-07T02:30 2026-03-07T07:30:00Z", "2026-03-08T02:30 2026-03-08T07:00:00Z", "2026-03-09T02:30 2026-03-09T06:30:00Z",
		}},
		"shown twice": {"30 1 * * *", "America/New_York", "2026-10-31T00:00:00-04:00", []string{
			"2026-10-31T01:30 2026-10-31T05:30:00Z", "2026-11-01T01:30 2026-11-01T05:30:00Z", "2026-11-02T01:30 2026-11-02T06:30:00Z",
		}},
		"asked between the two": {"30 1 * * *", "America/New_York", "2026-11-01T01:10:00-05:00", []string{
			"2026-11-02T01:30 2026-11-02T06:30:00Z",
		}},
		"jumped over from midnight on": {"0 0 * * *", "America/Santiago", "2026-09-05T12:00:00-04:00", []string{
			"2026-09-06T00:00 2026-09-06T04:00:00Z", "2026-09-07T00:00 2026-09-07T03:00:00Z",
		}},
		"half an hour": {"45 1 * * *", "Australia/Lord_Howe", "2026-04-04T12:00:00+11:00", []string{
			"2026-04-05T01:45 2026-04-04T14:45:00Z", "2026-04-06T01:45 2026-04-05T15:15:00Z",
		}},
		"weekdays": {"0 9 * * 1-5", "Europe/Kyiv", "2026-11-27T08:00:00+02:00", []string{
			"2026-11-27T09:00 2026-11-27T07:00:00Z", "2026-11-30T09:00 2026-11-30T07:00:00Z",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := digest.Schedule{Fields: tc.fields, Zone: tc.zone}
			from, err := time.Parse(time.RFC3339, tc.from)
			if err != nil {
				t.Fatal(err)
			}
			p, err := s.Plan()
			if err != nil {
				t.Fatal(err)
			}
			slot := p.Next(from)
			var got []string
			for range tc.want {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, slot.Civil+" "+slot.At.Format(time.RFC3339))
				slot, err = p.After(slot)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Row 6 of guides/reliability.md: in each zone of the IANA database, over ten years, a daily slot comes once for each date that the
// zone has, in the order of the dates.
func TestDailyInEveryZone(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	to := from.AddDate(10, 0, 0)
	names := everyZone(t)
	if len(names) < 400 {
		t.Fatalf("only %d zones", len(names))
	}
	// Zones whose clocks show the same throughout these years are one.
	var zones []string
	seen := map[string]bool{}
	for _, name := range names {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		if c := course(zone, from.AddDate(0, 0, -2), to.AddDate(0, 0, 2)); !seen[c] {
			seen[c] = true
			zones = append(zones, name)
		}
	}
	var all sync.WaitGroup
	turn := make(chan struct{}, 4)
	for i, zone := range zones {
		all.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			s := digest.Schedule{Fields: fmt.Sprintf("%d %d * * *", i*7%60, i%5), Zone: zone} // by night, when clocks are changed
			if err := oncePerDate(s, from, to); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// course tells what the clocks of a zone show between two moments: their offset, and each change of it.
func course(zone *time.Location, from, to time.Time) string {
	var out strings.Builder
	for at := from.In(zone); at.Before(to); {
		_, offset := at.Zone()
		start, end := at.ZoneBounds()
		if start.Before(from) {
			start = from
		}
		_, _ = fmt.Fprintln(&out, start.Unix(), offset)
		if end.IsZero() {
			break
		}
		at = end
	}
	return out.String()
}

// oncePerDate reports where a daily schedule isn't due once on each date.
func oncePerDate(s digest.Schedule, from, to time.Time) error {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return err
	}
	p, err := s.Plan()
	if err != nil {
		return err
	}
	for slot, was := p.Next(from), (digest.Slot{}); slot.At.Before(to); was = slot {
		if was.Civil != "" {
			if slot, err = p.After(was); err != nil {
				return err
			}
			date, _ := time.Parse("2006-01-02", was.Civil[:10])
			if tomorrow := date.AddDate(0, 0, 1).Format("2006-01-02"); slot.Civil[:10] != tomorrow || slot.Civil[10:] != was.Civil[10:] {
				return fmt.Errorf("%s: %s behind %s", s.Zone, slot.Civil, was.Civil)
			}
			if slot.At.Sub(was.At) != 24*time.Hour { // the clock was changed in between
				if again := p.Next(was.At); again != slot {
					return fmt.Errorf("%s: behind %s comes %v, and then %v", s.Zone, was.At, slot, again)
				}
			}
		}
		if gap := slot.At.Sub(was.At); was.Civil != "" && (gap < 21*time.Hour || gap > 27*time.Hour) {
			return fmt.Errorf("%s: %v behind %v", s.Zone, slot, was)
		}
		shown := slot.At.In(zone).Format("2006-01-02T15:04")
		if shown[:10] != slot.Civil[:10] || shown < slot.Civil {
			return fmt.Errorf("%s: %s is due when the clocks show %s", s.Zone, slot.Civil, shown)
		}
		before := slot.At.Add(-time.Minute).In(zone).Format("2006-01-02T15:04")
		if before >= slot.Civil && before[:10] == slot.Civil[:10] {
			return fmt.Errorf("%s: %s is due after the clocks have shown it, at %s", s.Zone, slot.Civil, slot.At)
		}
	}
	return nil
}

// everyZone returns the names of all zones that Go knows.
func everyZone(t *testing.T) (names []string) {
	t.Helper()
	z, err := zip.OpenReader(filepath.Join(build.Default.GOROOT, "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "/") {
			names = append(names, f.Name)
		}
	}
	return names
}

func FuzzNew(f *testing.F) {
	for _, s := range []string{"daily", "CRON_TZ=UTC", "TZ=", "@every 0s", "@every 1h", "99 99 * * *", "0 9 * * 1-5", "0 9 L * ?", "0 0-23/0 * * *", "0 9 * * 7"} {
		f.Add(s, "09:00", "Europe/Kyiv")
		f.Add(s, "", "UTC")
	}
	f.Fuzz(func(t *testing.T, every, at, zone string) {
		s, err := digest.New(every, at, zone)
		if err != nil {
			if knowledge.KindOf(err) != knowledge.Invalid {
				t.Errorf("%q: %v", every, err)
			}
			return
		}
		p, err := s.Plan()
		if err != nil {
			t.Fatal(err)
		}
		slot := p.Next(time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC))
		if slot.At.IsZero() {
			t.Fatalf("%+v is never due", s)
		}
		next, err := p.After(slot)
		if err != nil || !next.At.IsZero() && next.At.Before(slot.At) || next.Civil != "" && next.Civil <= slot.Civil {
			t.Errorf("%+v: %v, %v, %v", s, slot, next, err)
		}
	})
}
