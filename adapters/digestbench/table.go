package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// row is one line of the table.
type row struct {
	Store         string  `json:"store"`
	Claims        int     `json:"claims,omitempty"`
	Subscriptions int     `json:"subscriptions"`
	Due           int     `json:"due"`       // written
	WallS         float64 `json:"wall_s"`    // of the tick
	CPUS          float64 `json:"cpu_s"`     // of this process, meanwhile
	ComposeS      float64 `json:"compose_s"` // to compose all
	Compose       latency `json:"compose"`   // each
	Take          latency `json:"take"`      // its share of the call that took it up with others
	Publish       latency `json:"publish"`
	Idle          latency `json:"idle"` // a tick with nothing due
	Late          latency `json:"late"` // how long a post waited for the platform's pace
	LateMost      float64 `json:"late_max_ms"`
	BeforeMB      float64 `json:"rss_before_mb"`
	MostMB        float64 `json:"rss_most_mb"`
}

// latency is in milliseconds.
type latency struct {
	P50 float64 `json:"p50_ms"`
	P99 float64 `json:"p99_ms"`
}

func (l latency) String() string {
	if l == (latency{}) {
		return "–"
	}
	return fmt.Sprintf("%.3f / %.3f", l.P50, l.P99)
}

// quantiles returns those of times; the nth of a hundred is the least that as many aren't above.
func quantiles(of []time.Duration) latency {
	if len(of) == 0 {
		return latency{}
	}
	of = slices.Sorted(slices.Values(of))
	at := func(hundredths int) float64 { return float64(of[(len(of)*hundredths+99)/100-1].Nanoseconds()) / 1e6 }
	return latency{at(50), at(99)}
}

func seconds(of []time.Duration) float64 {
	var sum time.Duration
	for _, d := range of {
		sum += d
	}
	return sum.Seconds()
}

func printJSON(w io.Writer, rows []row) error {
	out := json.NewEncoder(w)
	for _, r := range rows {
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

const legend = `
all due: seconds on the clock (of processor of this process) until all that is due is composed and kept. compose: seconds for all, of eight
at once, and milliseconds for one, median / 99th percentile. take, publish: milliseconds that a delivery's calls of the database take, of eight
at once. idle tick: milliseconds of a tick with nothing due; at most 5 were asked for. rss: of this process, which has the base, before and
at most meanwhile; PostgreSQL is another one. robfig/cron: an entry for each subscription: it calls a function that does nothing, and keeps
nothing.
`

// printTable prints one aligned table.
func printTable(out io.Writer, o options, rows []row) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\t\n", args...) }
	say("store\tclaims\tsubscriptions\tdue\tall due, s (cpu)\tcompose all, s\tone, ms\ttake, ms\tpublish, ms\tidle tick, ms\trss, MB")
	for _, r := range rows {
		say("%s\t%d\t%d\t%d\t%.2f (%.2f)\t%.2f\t%s\t%s\t%s\t%s\t%.0f → %.0f", r.Store, r.Claims, r.Subscriptions, r.Due, r.WallS, r.CPUS,
			r.ComposeS, r.Compose, r.Take, r.Publish, r.Idle, r.BeforeMB, r.MostMB)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprint(out, legend)
	for _, r := range rows {
		if r.LateMost > 0 && err == nil {
			_, err = fmt.Fprintf(out, "Sent from %s at %d a second, %d posts waited %.1f s (median), %.1f s (99th percentile), %.1f s (the last).\n",
				r.Store, o.Pace, r.Due, r.Late.P50/1000, r.Late.P99/1000, r.LateMost/1000)
		}
	}
	return err
}
