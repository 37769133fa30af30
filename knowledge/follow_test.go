package knowledge_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// TestFollowingIsBuildingAnew: a base that followed many changes answers as one that is built from what they made.
func TestFollowingIsBuildingAnew(t *testing.T) {
	t.Parallel()
	memory, err := knowledge.NewMemory(nil)
	if err != nil {
		t.Fatal(err)
	}
	l := floodLexicon(t)
	following, err := knowledge.NewBase(t.Context(), l, memory)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	var saved bytes.Buffer
	for step := range 300 {
		change(t, following, r)
		if step == 150 {
			if err := following.Save(&saved); err != nil {
				t.Fatal(err)
			}
		}
		if step%10 == 0 { // not after each change, so that several are taken over at once
			wantSame(t, l, memory, following)
		}
	}
	loaded, err := knowledge.LoadBase(t.Context(), &saved, l, memory)
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, l, memory, following)
	wantSame(t, l, memory, loaded)
}

// change makes one random change.
func change(t *testing.T, b *knowledge.Base, r *rand.Rand) {
	t.Helper()
	c := plain([]string{"", "", "one", "two"}[r.IntN(4)], fmt.Sprintf("c%d", r.IntN(20)))
	c.Scope.Party = []string{"delta", "upriver"}[r.IntN(2)]
	c.Attribution.SaidOn.Day = 1 + r.IntN(28)
	c.ReviewedOn.Month = c.Attribution.SaidOn.Month
	if r.IntN(3) == 0 {
		c.Kind = knowledge.KindIssue
	}
	if r.IntN(4) == 0 {
		c.Series = fmt.Sprintf("series-%d", r.IntN(3))
	}
	c.Status = []knowledge.Status{"", "", "", knowledge.StatusPending, knowledge.StatusSuperseded, knowledge.StatusHidden}[r.IntN(6)]
	c.Reason = "a reason"
	d, err := b.Import(t.Context(), c.Tenant, []knowledge.Claim{c})
	if knowledge.KindOf(err) == knowledge.Invalid {
		return // a series of two counts
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Commit(t.Context(), by("ann", 0), d); err != nil {
		t.Fatal(err)
	}
}

func wantSame(t *testing.T, l *lexicon.Lexicon, store knowledge.Store, b *knowledge.Base) {
	t.Helper()
	anew, err := knowledge.NewBase(t.Context(), l, store)
	if err != nil {
		t.Fatal(err)
	}
	for _, tenant := range []string{"", "one", "two"} {
		q := ask(t, tenant, "residents of the delta evacuated upriver")
		q.Limit = 12
		same(t, "Find", func(b *knowledge.Base) (any, error) { return b.Find(t.Context(), q) }, anew, b)
		same(t, "Reach", func(b *knowledge.Base) (any, error) { return b.Reach(t.Context(), tenant) }, anew, b)
		same(t, "List", func(b *knowledge.Base) (any, error) {
			return b.List(t.Context(), tenant, knowledge.KindIssue)
		}, anew, b)
		same(t, "Series", func(b *knowledge.Base) (any, error) {
			claims, left, err := b.Series(t.Context(), tenant, "series-1", 3, nil)
			return []any{claims, left}, err
		}, anew, b)
	}
}

// replaceable is a store that somebody replaces by an earlier state of itself.
type replaceable struct {
	mu    sync.Mutex
	store knowledge.Store
}

func (r *replaceable) now() knowledge.Store {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.store
}

func (r *replaceable) Heads(ctx context.Context, tenant string) (knowledge.Heads, error) {
	return r.now().Heads(ctx, tenant)
}

func (r *replaceable) Claims(ctx context.Context, at knowledge.Heads, keys []knowledge.Key) ([]*knowledge.Claim, error) {
	return r.now().Claims(ctx, at, keys)
}

func (r *replaceable) Scan(ctx context.Context, of knowledge.Snapshot) iter.Seq2[knowledge.Claim, error] {
	return r.now().Scan(ctx, of)
}

func (r *replaceable) Edits(ctx context.Context, tenant string, from, to knowledge.Head) iter.Seq2[knowledge.Edit, error] {
	return r.now().Edits(ctx, tenant, from, to)
}

func (r *replaceable) Changes(ctx context.Context, of knowledge.Trail) iter.Seq2[knowledge.Change, error] {
	return r.now().Changes(ctx, of)
}

func (r *replaceable) Commit(ctx context.Context, c knowledge.Change) (knowledge.Head, error) {
	return r.now().Commit(ctx, c)
}

func (r *replaceable) Tenants(ctx context.Context) ([]string, error) { return r.now().Tenants(ctx) }

// TestAStoreThatIsPutBack: whatever course the history of the store takes under a running base, it answers from that.
func TestAStoreThatIsPutBack(t *testing.T) {
	t.Parallel()
	history := func(ids ...string) knowledge.Store {
		t.Helper()
		m, err := knowledge.NewMemory(nil)
		if err != nil {
			t.Fatal(err)
		}
		b, err := knowledge.NewBase(t.Context(), floodLexicon(t), m)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range ids {
			add(t, b, by("ann", i), plain("", id))
		}
		return m
	}
	for name, tc := range map[string]struct {
		before, after []string
	}{
		"to an earlier state":             {[]string{"a", "b", "c"}, []string{"a"}},
		"to another course as long":       {[]string{"a", "b"}, []string{"a", "c"}},
		"to another course that's longer": {[]string{"a", "b"}, []string{"c", "d", "e"}},
		"to nothing":                      {[]string{"a"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &replaceable{store: history(tc.before...)}
			b, err := knowledge.NewBase(t.Context(), floodLexicon(t), s)
			if err != nil {
				t.Fatal(err)
			}
			s.mu.Lock()
			s.store = history(tc.after...)
			s.mu.Unlock()
			var want []string
			for _, id := range tc.after {
				want = append(want, "/"+id)
			}
			wantLive(t, b, "", want...)
		})
	}
}

// TestARetractedClaimIsNeverServed is the seventh promise: an answer whose view began after the commit doesn't hold the
// claim, however many ask and change meanwhile.
func TestARetractedClaimIsNeverServed(t *testing.T) {
	t.Parallel()
	b := newBase(t)
	const claims, readers = 30, 4
	for i := range claims {
		add(t, b, by("ann", 0), plain("", fmt.Sprintf("c%d", i)))
	}
	var gone sync.Map
	done := make(chan struct{})
	var reading sync.WaitGroup
	q := ask(t, "", "residents evacuated")
	for range readers {
		reading.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				var before []string
				gone.Range(func(id, _ any) bool { before = append(before, id.(string)); return true })
				found, err := b.Find(t.Context(), q)
				if err != nil {
					t.Error(err)
					return
				}
				for _, f := range found {
					for _, id := range before {
						if f.Claim.ID == id {
							t.Errorf("%s was served after it was retracted", id)
						}
					}
				}
			}
		})
	}
	for i := range claims {
		id := fmt.Sprintf("c%d", i)
		if _, err := b.Retract(t.Context(), by("ann", 1), knowledge.Key{ID: id}, 0); err != nil {
			t.Error(err)
		}
		gone.Store(id, true)
	}
	close(done)
	reading.Wait()
}

func TestWhoWaitsForAnothersTurnCanLeave(t *testing.T) {
	t.Parallel()
	memory, err := knowledge.NewMemory(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &slow{Memory: memory, entered: make(chan struct{}), leave: make(chan struct{})}
	b, err := knowledge.NewBase(t.Context(), floodLexicon(t), s)
	if err != nil {
		t.Fatal(err)
	}
	add(t, b, by("ann", 0), plain("", "a"))
	first := make(chan error, 1)
	go func() { first <- b.Refresh(context.WithoutCancel(t.Context()), "") }()
	<-s.entered
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Refresh(ctx, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("the second: %v", err)
	}
	close(s.leave)
	if err := <-first; err != nil {
		t.Errorf("the first: %v", err)
	}
	if diff := cmp.Diff([]string{"/a"}, live(t, b, "")); diff != "" {
		t.Error(diff)
	}
}

// A base is saved between changes: one of which half was taken over, behind the head before it, would take it over twice.
func TestSavingWaitsForItsTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		memory, err := knowledge.NewMemory(nil)
		if err != nil {
			t.Fatal(err)
		}
		s := &slow{Memory: memory, entered: make(chan struct{}), leave: make(chan struct{})}
		b, err := knowledge.NewBase(t.Context(), floodLexicon(t), s)
		if err != nil {
			t.Fatal(err)
		}
		add(t, b, by("ann", 0), plain("", "a"))
		var refreshed, saved error
		var all sync.WaitGroup
		all.Go(func() { refreshed = b.Refresh(t.Context(), "") })
		<-s.entered
		var file bytes.Buffer
		all.Go(func() { saved = b.Save(&file) })
		synctest.Wait()
		if file.Len() > 0 {
			t.Error("it was saved while a change was being taken over")
		}
		close(s.leave)
		if all.Wait(); refreshed != nil || saved != nil || file.Len() == 0 {
			t.Errorf("refreshed: %v, saved: %v, %d bytes", refreshed, saved, file.Len())
		}
	})
}

// slow is a store whose edits take until they may leave.
type slow struct {
	*knowledge.Memory

	once           sync.Once
	entered, leave chan struct{}
}

func (s *slow) Edits(ctx context.Context, tenant string, from, to knowledge.Head) iter.Seq2[knowledge.Edit, error] {
	s.once.Do(func() {
		close(s.entered)
		<-s.leave
	})
	return s.Memory.Edits(ctx, tenant, from, to)
}
