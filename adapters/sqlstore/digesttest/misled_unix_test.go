//go:build unix

package digesttest

import (
	"fmt"
	"testing"
	"time"
)

// Row 7 of the reliability table: replicas whose clocks are wrong by two hours. What is due is told by the database: each slot is over
// once, at its time, and none that lies ahead.
func TestRow7ClocksAreWrong(t *testing.T) {
	t.Parallel()
	const wrong = 2 * time.Hour
	for _, e := range engines {
		for name, clocks := range map[string][]time.Duration{"ahead": {wrong}, "behind": {-wrong}, "apart": {wrong, -wrong, 0}} {
			if (len(clocks) == 1) != (e.replicas == 1) {
				continue
			}
			t.Run(e.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, e)
				for range 4 {
					r.subscribe(hourly, time.Minute)
					r.subscribe(hourly, time.Minute)
					r.subscribe(daily, 5*time.Hour) // in reach, and not any more by a clock that is ahead
					r.subscribe(daily, 5*time.Hour)
				}
				var all []*process
				for _, clock := range clocks {
					all = append(all, r.start(func(t *task) { t.Clock = clock }))
				}
				begin(all)
				r.settle()
				r.end(all)
				r.once()
				for _, s := range r.subs {
					next := s.Next.At.Add(24 * time.Hour)
					if s.Rhythm() == "" { // hourly
						next = s.Next.At.Add(time.Hour)
					}
					is, err := r.store.Digests().At(t.Context(), s.Tenant, s.Desk, s.To)
					r.ok(err)
					if !is.Next.At.Equal(next) {
						t.Errorf("%s (%s), due at %v, is due next at %v", s.ID, s.Fields, s.Next.At, is.Next.At)
					}
				}
			})
		}
	}
}

// Row 7: a digest that can't be composed without a panic. It keeps no other from its channel, is tried again, and the process goes on.
func TestRow7AJobPanics(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, r *rig) {
		r.subscribe(daily, time.Hour) // it is due before all others, and is taken up first each time
		for range 8 {
			r.subscribe(daily, 0)
		}
		all := r.run(func(t *task) { t.Panics = r.subs[0].ID })
		for n := 1; n < len(r.subs); n++ {
			r.said(n)
		}
		panics := 0
		r.await("a second try of what panics", func() bool {
			for _, p := range all {
				if _, ok := p.heard("panics " + r.subs[0].ID); ok {
					panics++
				}
			}
			return panics > 1
		})
		r.end(all)
		for n := range r.subs {
			if p := r.posts(n); p != min(n, 1) {
				t.Errorf("%s: %d posts", r.subs[n].ID, p)
			}
		}
	})
}

// Row 7: schedules that nobody could have stored, such as those on which cron panics. None of them is a crash, nor in the way of others.
func TestRow7BadSchedulesAreStored(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, r *rig) {
		bad := []string{"CRON_TZ=UTC", "@every 0s", "99 99 * * *", "* * * * *", "TZ=", ""}
		for range bad { // they are due before all others
			r.subscribe(daily, time.Hour)
		}
		for range 8 {
			r.subscribe(daily, 0)
		}
		b := newHand(t, r.engine, r.url)
		for n, fields := range bad {
			b.alter(r.subs[n].Tenant, "UPDATE subscriptions SET fields = $1 WHERE id = $2", fields, r.subs[n].ID)
		}
		b.alter(r.subs[0].Tenant, "UPDATE subscriptions SET zone = 'Europe/Nowhere' WHERE id = $1", r.subs[0].ID)
		all := r.run()
		for n := len(bad); n < len(r.subs); n++ {
			r.said(n)
		}
		r.end(all)
		for n := range r.subs {
			want := "1 [written sent]"
			if n < len(bad) {
				want = "0 []"
			}
			if got := fmt.Sprint(r.posts(n), " ", r.past(n)); got != want {
				t.Errorf("%s: %s", r.subs[n].ID, got)
			}
		}
	})
}
