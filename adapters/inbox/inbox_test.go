package inbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/bot/chat"
)

// open returns an inbox, which is closed when the test ends, within its bubble.
func open(t *testing.T, o inbox.Options) (*inbox.Inbox, *prometheus.Registry) {
	t.Helper()
	metrics := prometheus.NewRegistry()
	o.Metrics = metrics
	b, err := inbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return b, metrics
}

func nothing(context.Context) {}

// offers offers works and returns how often each verdict was given.
func offers(b *inbox.Inbox, works ...inbox.Work) map[inbox.Verdict]int {
	out := map[inbox.Verdict]int{}
	for _, w := range works {
		out[b.Offer(context.Background(), w)]++
	}
	return out
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// value returns what a metric with these labels stands at; of a histogram, how much was observed.
func value(t *testing.T, metrics *prometheus.Registry, name, label string) (sum float64) {
	t.Helper()
	families, err := metrics.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == "whosays_inbox_"+name && (label == "" || m.GetLabel()[0].GetValue() == label) {
				sum += m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
			}
		}
	}
	return sum
}

func TestSeen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var done atomic.Int64
		b, metrics := open(t, inbox.Options{Workers: 2, Queue: 9, Memory: time.Hour})
		work := inbox.Work{Key: "event", Do: func(context.Context) { done.Add(1) }}
		same(t, map[inbox.Verdict]int{inbox.Accepted: 1, inbox.Seen: 3}, offers(b, work, work, work, work))
		work.Key = ""
		same(t, map[inbox.Verdict]int{inbox.Accepted: 2}, offers(b, work, work))
		synctest.Wait()
		same(t, int64(3), done.Load())
		same(t, 3.0, value(t, metrics, "offers_total", "seen"))
		time.Sleep(61 * time.Minute)
		work.Key = "event"
		same(t, map[inbox.Verdict]int{inbox.Accepted: 1}, offers(b, work))
	})
}

// shared is what replicas have seen.
type shared struct {
	keys  sync.Map
	asked atomic.Int64
}

func (s *shared) First(_ context.Context, key string) bool {
	_, there := s.keys.LoadOrStore(key, true)
	return !there
}

func (s *shared) Seen(_ context.Context, key string) bool {
	s.asked.Add(1)
	_, there := s.keys.Load(key)
	return there
}

// TestForgotten holds that what is forgotten is taken again, once.
func TestForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b, _ := open(t, inbox.Options{Workers: 1, Queue: 9})
		work := inbox.Work{Key: "event", Do: nothing}
		same(t, map[inbox.Verdict]int{inbox.Accepted: 1}, offers(b, work))
		b.Forget(t.Context(), "")
		same(t, map[inbox.Verdict]int{inbox.Seen: 1}, offers(b, work))
		b.Forget(t.Context(), "event")
		same(t, map[inbox.Verdict]int{inbox.Accepted: 1, inbox.Seen: 1}, offers(b, work, work))
	})
}

// TestSeenByAnotherReplica holds that a replica doesn't take what another has done, and takes what the other has only begun: it may die.
func TestSeenByAnotherReplica(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &shared{}
		one, _ := open(t, inbox.Options{Workers: 1, Queue: 9, Shared: s})
		two, _ := open(t, inbox.Options{Workers: 1, Queue: 9, Shared: s})
		begun := make(chan struct{})
		slow := inbox.Work{Key: "slow", Do: func(context.Context) { <-begun }}
		same(t, map[inbox.Verdict]int{inbox.Accepted: 1}, offers(one, slow))
		same(t, map[inbox.Verdict]int{inbox.Accepted: 1}, offers(two, inbox.Work{Key: "slow", Do: nothing}))
		close(begun)
		synctest.Wait()
		work := inbox.Work{Key: "event", Do: nothing}
		same(t, map[inbox.Verdict]int{inbox.Accepted: 1, inbox.Seen: 1}, offers(one, work, work))
		synctest.Wait()
		same(t, map[inbox.Verdict]int{inbox.Seen: 1}, offers(two, work))
		same(t, int64(4), s.asked.Load()) // what the process itself has seen, it doesn't ask for
	})
}

// The platforms' patience is 3 s (row 20 of the reliability table): of 1,000 in one burst as many wait as the queue is long,
// and the others are told at once, while not a moment passes.
func TestBurst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const workers, queue = 4, 50
		var running, most, done atomic.Int64
		b, metrics := open(t, inbox.Options{Workers: workers, Queue: queue, UserPerMinute: 5})
		slow := func(context.Context) {
			most.Store(max(most.Load(), running.Add(1)))
			time.Sleep(time.Second)
			running.Add(-1)
			done.Add(1)
		}
		for i := range workers {
			offers(b, inbox.Work{Key: fmt.Sprint("busy", i), Do: slow})
		}
		synctest.Wait() // all workers are at work
		begun := time.Now()
		verdicts := map[inbox.Verdict]int{}
		var mu sync.Mutex
		var all sync.WaitGroup
		for i := range 1000 {
			all.Go(func() {
				v := b.Offer(t.Context(), inbox.Work{Key: fmt.Sprint(i), User: fmt.Sprint("user", i), Tenant: "one", Do: slow})
				mu.Lock()
				defer mu.Unlock()
				verdicts[v]++
			})
		}
		all.Wait()
		same(t, map[inbox.Verdict]int{inbox.Accepted: queue, inbox.Busy: 1000 - queue}, verdicts)
		same(t, time.Duration(0), time.Since(begun))
		same(t, float64(queue), value(t, metrics, "queue_depth", ""))
		time.Sleep(time.Minute)
		same(t, int64(queue+workers), done.Load())
		same(t, int64(workers), most.Load())
		same(t, 950.0, value(t, metrics, "offers_total", "busy"))
		same(t, float64(queue+workers), value(t, metrics, "waited_seconds", ""))
		same(t, float64(queue+workers), value(t, metrics, "worked_seconds", ""))
		same(t, 0.0, value(t, metrics, "queue_depth", ""))
	})
}

func TestTooFast(t *testing.T) {
	t.Parallel()
	works := func(n int, user, tenant string) (out []inbox.Work) {
		for range n {
			out = append(out, inbox.Work{User: user, Tenant: tenant, Do: nothing})
		}
		return out
	}
	synctest.Test(t, func(t *testing.T) {
		b, metrics := open(t, inbox.Options{Workers: 1, Queue: 999, UserPerMinute: 6, TenantPerMinute: 12})
		same(t, map[inbox.Verdict]int{inbox.Accepted: 6, inbox.TooFast: 4}, offers(b, works(10, "ann", "one")...))
		same(t, map[inbox.Verdict]int{inbox.Accepted: 6, inbox.TooFast: 4}, offers(b, works(10, "bob", "one")...))
		same(t, map[inbox.Verdict]int{inbox.TooFast: 2}, offers(b, works(2, "cem", "one")...)) // the tenant's
		same(t, map[inbox.Verdict]int{inbox.Accepted: 6, inbox.TooFast: 1}, offers(b, works(7, "dee", "two")...))
		same(t, map[inbox.Verdict]int{inbox.Accepted: 20}, offers(b, works(20, "", "")...))
		time.Sleep(10 * time.Second)
		same(t, map[inbox.Verdict]int{inbox.Accepted: 1, inbox.TooFast: 1}, offers(b, works(2, "ann", "one")...))
		time.Sleep(time.Minute)
		same(t, map[inbox.Verdict]int{inbox.Accepted: 6, inbox.TooFast: 1}, offers(b, works(7, "ann", "one")...))
		same(t, 13.0, value(t, metrics, "offers_total", "too_fast"))
	})
}

// More people than are counted: nobody new is stopped, and what is remembered stays bounded.
func TestManyPeople(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b, _ := open(t, inbox.Options{Workers: 1, Queue: 100_000, UserPerMinute: 1, Remembered: 100})
		for i := range 50_000 {
			if v := b.Offer(t.Context(), inbox.Work{Key: fmt.Sprint(i), User: fmt.Sprint(i), Do: nothing}); v != inbox.Accepted {
				t.Fatal(i, v)
			}
		}
	})
}

func TestPanic(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		b, metrics := open(t, inbox.Options{Workers: 1, Queue: 9, Log: slog.New(slog.NewTextHandler(&log, nil))})
		var done atomic.Bool
		offers(b, inbox.Work{Do: func(context.Context) { panic("oh no") }}, inbox.Work{Do: func(context.Context) { done.Store(true) }})
		synctest.Wait()
		same(t, true, done.Load())
		same(t, 1.0, value(t, metrics, "panics_total", ""))
		same(t, 2.0, value(t, metrics, "worked_seconds", ""))
		for _, word := range []string{"oh no", "stack=", "inbox_test.go"} {
			if !strings.Contains(log.String(), word) {
				t.Errorf("the log hasn't %q: %s", word, &log)
			}
		}
	})
}

func TestContextOfWork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b, _ := open(t, inbox.Options{Workers: 1, Queue: 9, Deadline: 10 * time.Second})
		begun := time.Now()
		given, cancel := context.WithCancel(chat.WithRequestID(t.Context(), "given"))
		var ids []string
		work := inbox.Work{Do: func(ctx context.Context) {
			ids = append(ids, chat.RequestID(ctx))
			<-ctx.Done()
			same(t, context.DeadlineExceeded, ctx.Err())
		}}
		b.Offer(given, work)
		cancel() // who offered it has gone
		b.Offer(t.Context(), work)
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(ids) != 2 || ids[0] != "given" || len(ids[1]) < 16 {
			t.Errorf("ids %q", ids)
		}
		same(t, time.Minute, time.Since(begun))
	})
}

// As at SIGTERM: nothing more is taken, what was accepted is done, then it is closed.
func TestDrain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var done atomic.Int64
		b, _ := open(t, inbox.Options{Workers: 2, Queue: 9})
		slow := func(context.Context) {
			time.Sleep(time.Second)
			done.Add(1)
		}
		for range 6 {
			offers(b, inbox.Work{Do: slow})
		}
		begun := time.Now()
		closed := make(chan error)
		go func() { closed <- b.Close(t.Context()) }()
		synctest.Wait()
		same(t, map[inbox.Verdict]int{inbox.Draining: 1}, offers(b, inbox.Work{Key: "late", Do: slow}))
		same(t, nil, <-closed)
		same(t, int64(6), done.Load())
		same(t, 3*time.Second, time.Since(begun))
	})
}

func TestDrainTakesTooLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b, _ := open(t, inbox.Options{Workers: 1, Queue: 9})
		var ended []error
		stuck := inbox.Work{Do: func(ctx context.Context) {
			<-ctx.Done()
			ended = append(ended, ctx.Err())
		}}
		offers(b, stuck, stuck)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		begun := time.Now()
		if err := b.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		same(t, 5*time.Second, time.Since(begun))
		synctest.Wait()
		same(t, 2, len(ended)) // each is told
	})
}

// TestAsides does a little beside the queue: no more than may wait, in time, each once, and all before the inbox is closed.
func TestAsides(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b, err := inbox.New(inbox.Options{Workers: 1, Queue: 1, Asides: 100, AsideDeadline: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		var did, late, panicked atomic.Int64
		failed := func(_ context.Context, err error) {
			if errors.Is(err, context.DeadlineExceeded) {
				late.Add(1)
			} else {
				panicked.Add(1)
			}
		}
		begun, all := 0, make(chan struct{})
		for i := range 110 {
			if b.Aside(t.Context(), func(ctx context.Context) error {
				<-all // have begun
				switch {
				case i == 1:
					panic("at an aside")
				case i < 4: // these hold their places up, the others pass
					<-ctx.Done()
					return ctx.Err()
				}
				time.Sleep(100 * time.Millisecond) // on the bubble's clock
				did.Add(1)
				return nil
			}, failed) {
				begun++
			}
		}
		close(all)
		if err := b.Close(t.Context()); err != nil {
			t.Error(err)
		}
		if begun != 100 || did.Load() != 96 || late.Load() != 3 || panicked.Load() != 1 || b.Pending() != 0 {
			t.Errorf("%d begun: %d done, %d late, %d panicked, %d pending", begun, did.Load(), late.Load(), panicked.Load(), b.Pending())
		}
	})
}
