package main

import (
	"fmt"
	"time"

	"github.com/whosays/whosays/adapters/benchtable"
)

// row is what was measured of a store, or of the peer.
type row struct {
	Store         string
	Claims        int
	Subscriptions int
	Due           int              // written
	WallS         float64          // of the tick
	CPUS          float64          // of this process, meanwhile
	ComposeS      float64          // to compose all
	Compose       benchtable.Times // each
	Take          benchtable.Times // its share of the call that took it up with others
	Publish       benchtable.Times
	Idle          benchtable.Times // a tick with nothing due
	Late          benchtable.Times // how long a post waited for the platform's pace
	LateMost      float64
	BeforeMB      float64
	MostMB        float64
}

func seconds(of []time.Duration) float64 {
	var sum time.Duration
	for _, d := range of {
		sum += d
	}
	return sum.Seconds()
}

// figures are what the table tells of each store, beside the peer.
func figures(o options, rows []row) (out []benchtable.Figure) {
	var cron *row
	for i := range rows {
		if rows[i].Store == peer {
			cron = &rows[i]
		}
	}
	for _, r := range rows {
		if r.Store == peer {
			continue
		}
		of := fmt.Sprintf("%d of %d digests due in one minute, %s, %d claims", r.Due, r.Subscriptions, r.Store, r.Claims)
		add := func(what, unit, asked string, seen ...float64) {
			out = append(out, benchtable.Figure{Of: of, What: what, Unit: unit, Asked: asked, Seen: seen})
		}
		beside := func(seen ...float64) {
			f := out[len(out)-1]
			f.Peer, f.Seen, f.Asked = peer, seen, ""
			out = append(out, f)
		}
		add("all are composed and kept", "s, clock / processor of this process", "", r.WallS, r.CPUS)
		if cron != nil { // it has called a function for each, which does nothing
			beside(cron.WallS, cron.CPUS)
		}
		add("composing all of them, eight at once", "s", "", r.ComposeS)
		add("composing one", "ms, p50 / p99", "", r.Compose.P50, r.Compose.P99)
		add("a delivery is taken from the database", "ms, p50 / p99", "", r.Take.P50, r.Take.P99)
		add("a delivery is kept in the database", "ms, p50 / p99", "", r.Publish.P50, r.Publish.P99)
		add("a tick with nothing due", "ms, p50 / p99", idleAsked, r.Idle.P50, r.Idle.P99)
		add("memory, with the base", "MB, before / at most", "", r.BeforeMB, r.MostMB)
		if cron != nil {
			beside(cron.BeforeMB, cron.MostMB)
		}
		if r.LateMost > 0 {
			add(fmt.Sprintf("sent %d a second, a post waited", o.Pace), "s, p50 / p99 / longest", "", r.Late.P50/1000, r.Late.P99/1000, r.LateMost/1000)
		}
	}
	return out
}

// idleAsked is how long a tick may take that has nothing to do, in milliseconds.
const idleAsked = "≤ 5"
