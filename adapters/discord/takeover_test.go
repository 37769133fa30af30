package discord

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	dto "github.com/prometheus/client_model/go"
)

// inTime is how soon a replica that dies is replaced.
const inTime = 30 * time.Second

// The figures that a replica works with, and nothing else, say how soon another stands in its place.
func TestTheFiguresAreInTime(t *testing.T) {
	t.Parallel()
	pace := gatewayPace{}.withDefaults()
	look, poll := pace.lease/3, 2*pace.window/10
	if worst := max(pace.lease, pace.bucket()) + look + poll; worst > inTime-pace.window {
		t.Errorf("a shard is taken over after %v", worst)
	}
	if rest := pace.bucket() - pace.bucket()/3; rest < pace.window {
		t.Errorf("the bucket of a replica that died is free %v after its Identify, Discord's window is %v", rest, pace.window)
	}
	if pace.holds() >= pace.lease || pace.holds() < 2*look {
		t.Errorf("a lease of %v that is renewed every %v is relied on for %v", pace.lease, look, pace.holds())
	}
}

// rights are leases in memory, by the clock of the test, as a database has them.
type rights struct {
	mu    sync.Mutex
	all   map[string]*right
	began time.Time
	taken []hadRight
}

type right struct {
	holder string
	epoch  int64
	until  time.Time
}

// hadRight is a lease that somebody got.
type hadRight struct {
	name, holder string
	at           time.Duration
}

func newRights() *rights { return &rights{all: map[string]*right{}, began: time.Now()} }

func (r *rights) Lease(_ context.Context, name, holder string, ttl time.Duration) (int64, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	is := r.all[name]
	if is == nil {
		is = &right{}
		r.all[name] = is
	}
	held := is.until.After(now)
	if held && is.holder != holder {
		return 0, false, nil
	}
	if !held {
		is.epoch++
		r.taken = append(r.taken, hadRight{name, holder, now.Sub(r.began)})
	}
	is.holder, is.until = holder, now.Add(ttl)
	return is.epoch, true, nil
}

func (r *rights) Renew(_ context.Context, name, holder string, epoch int64, ttl time.Duration) (bool, error) {
	return r.set(name, holder, epoch, time.Now().Add(ttl)), nil
}

func (r *rights) Release(_ context.Context, name, holder string, epoch int64) (bool, error) {
	return r.set(name, holder, epoch, time.Time{}), nil
}

func (r *rights) set(name, holder string, epoch int64, until time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	is := r.all[name]
	if is == nil || is.holder != holder || is.epoch != epoch || is.until.IsZero() {
		return false
	}
	is.until = until
	return true
}

func (r *rights) Held(_ context.Context, prefix string) (map[string]string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[string]string{}
	for name, is := range r.all {
		if strings.HasPrefix(name, prefix) && is.until.After(time.Now()) {
			out[name] = is.holder
		}
	}
	return out, nil
}

// had returns when a lease was first got since then; false where it wasn't.
func (r *rights) had(name string, since time.Duration) (time.Duration, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.taken, func(h hadRight) bool { return h.name == name && h.at > since })
	if i < 0 {
		return 0, false
	}
	return r.taken[i].at, true
}

// steal gives a lease to another, as when its holder slept past it.
func (r *rights) steal(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	is := r.all[name]
	is.holder, is.until = "another", time.Now().Add(time.Hour)
	is.epoch++
}

// somewhere says that the gateway is where nobody listens: a connection fails at once, and the shard tries again. While it hangs it
// says nothing.
type somewhere struct {
	shards int
	hangs  *hangs
}

func (s somewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	for hung := s.hangs.asked(); hung; hung = s.hangs.is() {
		select {
		case <-r.Context().Done():
			return nil, context.Cause(r.Context())
		case <-time.After(10 * time.Millisecond):
		}
	}
	body := fmt.Sprintf(`{"url":"ws://127.0.0.1:1","shards":%d,"session_start_limit":{"remaining":999,"max_concurrency":16}}`, s.shards)
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(body)),
	}, nil
}

type hangs struct {
	mu    sync.Mutex
	yes   bool
	first int // so many are answered all the same
}

func (h *hangs) asked() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.first--
	return h.yes && h.first < 0
}

func (h *hangs) is() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.yes
}

func (h *hangs) set(yes bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.yes = yes
}

// paced is a replica at the pace of production, on the clock of the test.
type paced struct {
	*Shards
	cut  *gwCut
	hang *hangs
	stop func()
}

func newPaced(t *testing.T, leases Leases, name string, shards int) *paced {
	t.Helper()
	return newPacedOn(t, leases, name, somewhere{shards, &hangs{}})
}

func newPacedOn(t *testing.T, leases Leases, name string, place somewhere) *paced {
	t.Helper()
	p := &paced{cut: &gwCut{Leases: leases}, hang: place.hangs}
	var err error
	p.Shards, err = NewShards(GatewayOptions{Token: "token", Transport: place, Leases: p.cut, Replica: name})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() { _ = p.Run(ctx) }) // nil
	p.stop = func() {
		cancel()
		work.Wait()
	}
	return p
}

// dies ends a replica, which gives nothing back.
func (p *paced) dies() {
	p.cut.cut(true)
	p.stop()
}

// At the figures of production, whenever a replica dies: another identifies its shards in time.
func TestAReplicaThatDiesIsReplacedInTime(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		after time.Duration // it dies, when all have their share
		hang  time.Duration // before that its Identifies hang so long
	}{
		"right after a look": {after: time.Millisecond},
		"between two looks":  {after: 2500 * time.Millisecond},
		"before a look":      {after: 4999 * time.Millisecond},
		"while it identifies": {
			after: 3 * time.Minute, hang: 15 * time.Second,
		},
		"when it begins to identify": {after: 3 * time.Minute, hang: 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const shards = 6
				leases := newRights()
				var all []*paced
				for i := range 3 {
					all = append(all, newPaced(t, leases, fmt.Sprint("r", i), shards))
					time.Sleep(1700 * time.Millisecond)
				}
				time.Sleep(5 * time.Minute)
				// The first looks every five seconds since it began.
				time.Sleep(5*time.Second - time.Since(leases.began)%(5*time.Second) + tc.after)
				if tc.hang > 0 {
					all[0].hang.set(true)
					time.Sleep(tc.hang)
				}
				dead := slices.Sorted(maps.Keys(all[0].holdings()))
				if len(dead) != shards/3 {
					t.Fatalf("it has the shards %v", dead)
				}
				died := time.Since(leases.began)
				all[0].dies()
				time.Sleep(5 * time.Minute)
				for _, shard := range dead {
					had, ok := leases.had(all[0].shardName(shard), died)
					if !ok {
						t.Fatalf("nobody has shard %d", shard)
					}
					// A bucket is had by who may identify in it at once, and each shard has one of its own.
					identified, ok := leases.had(fmt.Sprintf("%sidentify/%d", leasePrefix, shard), had-1)
					if after := identified - died; !ok || after > inTime {
						t.Errorf("shard %d is identified %v after it died", shard, after)
					}
				}
				for _, p := range all[1:] {
					p.stop()
				}
			})
		})
	}
}

// Who loses the database closes a shard before another replica can have it.
func TestAShardIsClosedBeforeAnotherHasIt(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]time.Duration{
		"in the long run": 5 * time.Minute,
		// It has seen nobody else yet, and isn't alone for all that.
		"when it has just started": 2 * time.Second,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				leases := newRights()
				first := newPaced(t, leases, "first", 1)
				time.Sleep(1300 * time.Millisecond)
				second := newPaced(t, leases, "second", 1)
				time.Sleep(after)
				h := first.holdings()[0]
				if h == nil {
					t.Fatal("the first hasn't the shard")
				}
				first.cut.cut(true)
				closed := time.Duration(0)
				go func() {
					<-h.closed
					closed = time.Since(leases.began)
				}()
				cut := time.Since(leases.began)
				time.Sleep(time.Minute)
				synctest.Wait()
				had, ok := leases.had(second.shardName(0), cut)
				if !ok || closed == 0 || closed >= had {
					t.Errorf("closed at %v, had at %v, %v", closed, had, ok)
				}
				first.stop()
				second.stop()
			})
		})
	}
}

// Who is alone goes on without the database: it is better to tell people so than to be silent.
func TestWhoIsAloneGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPaced(t, newRights(), "only", 1)
		time.Sleep(time.Minute)
		p.cut.cut(true)
		time.Sleep(10 * time.Minute)
		if p.shards() != 1 {
			t.Error("the shard is closed")
		}
		p.stop()
	})
}

func (p *paced) shards() int { return len(p.holdings()) }

// No shard is identified whose lease isn't had at that moment, whatever was known of it before.
func TestNothingIdentifiesWithoutTheLeaseOfItsShard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		leases := newRights()
		// The lease is had, and the Identify waits for Discord's answer.
		p := newPacedOn(t, leases, "only", somewhere{1, &hangs{yes: true, first: 1}})
		time.Sleep(time.Second)
		identified := func() int {
			var m dto.Metric
			if err := p.metrics.identifies.Write(&m); err != nil {
				t.Fatal(err)
			}
			return int(m.GetCounter().GetValue())
		}
		if identified() != 0 || p.shards() != 1 {
			t.Fatalf("%d shards, %d Identifies", p.shards(), identified())
		}
		leases.steal(p.shardName(0))
		p.hang.set(false)
		time.Sleep(time.Minute)
		if n := identified(); n != 0 || p.shards() != 0 {
			t.Errorf("%d shards, %d Identifies", p.shards(), n)
		}
		p.stop()
	})
}
