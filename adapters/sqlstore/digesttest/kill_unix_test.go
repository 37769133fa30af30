//go:build unix

package digesttest

import (
	"fmt"
	"maps"
	"testing"
)

// Row 2 of the reliability table: SIGKILL at each point between a tick and the last commit. Each digest is posted, and once, on Discord
// by its nonce, on Slack by what is read there.
func TestRow2KilledAtEachPoint(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, r *rig) {
		k := killing{rig: r, barrier: newBarrier(t, r.engine, r.url), hit: map[string]int{}}
		for range r.engine.replicas {
			k.all = append(k.all, r.start())
		}
		begin(k.all)
		const atOnce = 10 // a digest that is due is killed for a while, not for longer than Discord keeps its nonce
		for done := 0; done < *kills; done += atOnce {
			k.settle()
			for _, point := range points {
				k.at(point, min(atOnce, *kills-done))
			}
		}
		for len(r.subs) < *slots {
			r.subscribe(daily, 0)
		}
		r.settle()
		for _, p := range k.all {
			p.end()
		}
		r.once()
		want := map[string]int{}
		for _, point := range points {
			want[point] = *kills
		}
		if !maps.Equal(want, k.hit) {
			t.Errorf("killed at %v, not at %v", k.hit, want)
		}
	})
}

// killing kills replicas, and replaces them.
type killing struct {
	*rig
	barrier *barrier
	all     []*process
	hit     map[string]int
}

// at kills replicas that stand at a point. For each a digest more is due, so that there always is one that comes by; on which platform,
// alternates. Nothing is written while a replica of SQLite may stand inside of a transaction: it is due before there is one.
func (k *killing) at(point string, times int) {
	k.t.Helper()
	if point == insidePublish && !k.outside(point) {
		k.settle()
	}
	for _, p := range k.all {
		k.arm(p, point)
	}
	k.more()
	for n := range times {
		i, what := k.stands(point)
		k.sees(point, what)
		k.all[i].kill()
		k.hit[point]++
		if k.outside(point) {
			k.barrier.open(k.all[i].number)
		}
		if n < times-1 {
			k.more()
		}
		k.all[i] = k.start()
		k.all[i].until("ready")
		k.arm(k.all[i], point)
		k.all[i].order("begin")
	}
	for _, p := range k.all {
		if k.outside(point) {
			k.barrier.open(p.number)
		} else {
			p.order("free")
		}
	}
}

// more has one more digest due, as long as there is one.
func (k *killing) more() {
	k.t.Helper()
	if len(k.subs) < *slots {
		k.subscribe(daily, 0)
	}
}

// outside reports a point at which it is the database that keeps a replica waiting.
func (k *killing) outside(point string) bool { return point == insidePublish && k.barrier.conn != nil }

func (k *killing) arm(p *process, point string) {
	k.t.Helper()
	if k.outside(point) {
		k.barrier.close(p.number)
		return
	}
	p.stand(point)
}

// stands waits until one of the replicas stands at a point, and returns which, and what it is about where it says so.
func (k *killing) stands(point string) (i int, what string) {
	k.t.Helper()
	k.await("standing at "+point, func() bool {
		for n, p := range k.all {
			if k.outside(point) && k.barrier.stands(k.t.Context(), p.number) {
				i = n
				return true
			}
			if rest, ok := p.heard("at " + point); ok {
				i, what = n, rest
				return true
			}
		}
		return false
	})
	return i, what
}

// sees holds that who stands at a point has come as far, and no farther.
func (k *killing) sees(point, what string) {
	k.t.Helper()
	if what == "" {
		return
	}
	n := k.number(what)
	past := fmt.Sprint(k.past(n))
	switch point {
	case behindTake, behindCompose, insidePublish:
		if past != "[]" {
			k.t.Errorf("who stands at %q has slots %s", point, past)
		}
	case behindPublish:
		if past == "[]" {
			k.t.Errorf("who stands at %q has no slot", point)
		}
	case behindClaim, behindPost: // where the lease has ended since, another may have tried, and not known what came of it
		if past == "[]" || past == "[written sent]" {
			k.t.Errorf("who stands at %q has slots %s", point, past)
		}
		if posts := k.posts(n); point == behindPost && posts != 1 {
			k.t.Errorf("who stands at %q has %d posts", point, posts)
		}
	}
}
