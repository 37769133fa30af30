package rediscache_test

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

// course is a store that is put back to earlier states of itself, and that notes what is loaded.
type course struct {
	mu     sync.Mutex
	memory *knowledge.Memory
	loads  []string
}

func (c *course) now() *knowledge.Memory {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.memory
}

func (c *course) Heads(ctx context.Context, tenant string) (knowledge.Heads, error) {
	return c.now().Heads(ctx, tenant)
}

func (c *course) Claims(ctx context.Context, at knowledge.Heads, keys []knowledge.Key) ([]*knowledge.Claim, error) {
	c.mu.Lock()
	for _, k := range keys {
		c.loads = append(c.loads, k.ID)
	}
	c.mu.Unlock()
	return c.now().Claims(ctx, at, keys)
}

func (c *course) Scan(ctx context.Context, of knowledge.Snapshot) iter.Seq2[knowledge.Claim, error] {
	return c.now().Scan(ctx, of)
}

func (c *course) Edits(ctx context.Context, tenant string, from, to knowledge.Head) iter.Seq2[knowledge.Edit, error] {
	return c.now().Edits(ctx, tenant, from, to)
}

func (c *course) Changes(ctx context.Context, of knowledge.Trail) iter.Seq2[knowledge.Change, error] {
	return c.now().Changes(ctx, of)
}

func (c *course) Commit(ctx context.Context, change knowledge.Change) (knowledge.Head, error) {
	return c.now().Commit(ctx, change)
}

func (c *course) Tenants(ctx context.Context) ([]string, error) { return c.now().Tenants(ctx) }

// loaded returns the ids that were loaded since it was asked last, in their order.
func (c *course) loaded() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.loads
	c.loads = nil
	slices.Sort(out)
	return out
}

// putBack replaces the store by its state behind a revision of a tenant; the other tenants' changes stay.
func (c *course) putBack(t testing.TB, tenant string, revision int64) {
	t.Helper()
	earlier := memory(t)
	tenants, err := c.Tenants(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range tenants {
		for _, change := range storetest.Gather(t, c.Changes(t.Context(), knowledge.Trail{Tenant: of})) {
			if of == tenant && change.Revision > revision {
				continue
			}
			head, err := earlier.Commit(t.Context(), change)
			if err != nil {
				t.Fatal(err)
			}
			if !head.Same(change.Head()) {
				t.Fatalf("change %d of %q isn't the same when it is made again", change.Revision, of)
			}
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.memory = earlier
}

// TestAnEditLeavesTheOthersKept holds that a change makes nothing cold that it doesn't touch, also what isn't there.
func TestAnEditLeavesTheOthersKept(t *testing.T) {
	t.Parallel()
	inner := &course{memory: memory(t)}
	store, _ := cached(t, inner, "", 100)
	b := base(t, store)
	fill(t, b, 3)
	keys := []knowledge.Key{{ID: "c0"}, {ID: "c1"}, {ID: "c2"}, {ID: "none"}, {ID: "later"}}
	ask := func(want ...string) {
		t.Helper()
		if err := b.Refresh(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		inner.loaded()
		sameAsBehind(t, store, inner.now(), keys)
		if diff := cmp.Diff(want, inner.loaded()); diff != "" {
			t.Errorf("loaded: %s", diff)
		}
	}
	ask("c0", "c1", "c2", "later", "none")
	ask()
	if _, err := b.Retract(t.Context(), by("bob"), keys[1], 0); err != nil {
		t.Fatal(err)
	}
	ask("c1")
	add(t, b, "", "later")
	ask("later")
	add(t, b, "", "beside")
	ask()
	inner.putBack(t, "", 4) // before "later"
	add(t, base(t, inner), "", "c9")
	ask("c0", "c1", "c2", "later", "none")
	ask()
}

// TestManyEdits holds that a long history stays in bounds, and that what was asked lately is kept on.
func TestManyEdits(t *testing.T) {
	t.Parallel()
	inner := &course{memory: memory(t)}
	store, _ := cached(t, inner, "", 10_000)
	heads := func() knowledge.Heads { return heads(t, inner, "") }
	for i := range 1300 {
		before := heads().Shared
		storetest.Commit(t, store, storetest.Change(i, storetest.Claim("", fmt.Sprintf("c%d", i), 1, "x")))
		storetest.Gather(t, store.Edits(t.Context(), "", before, heads().Shared))
		sameAsBehind(t, store, inner.now(), []knowledge.Key{{ID: fmt.Sprintf("c%d", i)}, {ID: fmt.Sprintf("c%d", max(0, i-1))}, {ID: fmt.Sprintf("c%d", max(0, i-600))}})
	}
	sameAsBehind(t, store, inner.now(), []knowledge.Key{{ID: "c0"}, {ID: "c1250"}})
	inner.loaded()
	sameAsBehind(t, store, inner.now(), []knowledge.Key{{ID: "c0"}, {ID: "c1250"}, {ID: "c1299"}})
	if diff := cmp.Diff([]string(nil), inner.loaded()); diff != "" {
		t.Error(diff)
	}
}

// TestLinesAsTheStore holds that the cache hands out what the store behind has, whatever is changed here and elsewhere, put back
// and followed in between; behind an old head of the same course, nothing older than that.
func TestLinesAsTheStore(t *testing.T) {
	t.Parallel()
	tenants := []string{"", "one"}
	ids := []string{"a", "b", "c", "d", "e", "f"}
	var keys []knowledge.Key
	for _, tenant := range tenants {
		for _, id := range ids {
			keys = append(keys, knowledge.Key{Tenant: tenant, ID: id})
		}
	}
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		inner := &course{memory: memory(t)}
		store, _ := cached(t, inner, "", 1000)
		follows := []map[string]knowledge.Head{{}, {}} // as two bases would
		views := []knowledge.Heads{heads(t, inner, "one")}
		for step := range 300 {
			tenant := tenants[r.IntN(2)]
			switch r.IntN(8) {
			case 0, 1:
				commitSome(t, r, inner, tenant, ids, step)
			case 2:
				if r.IntN(4) == 0 {
					inner.putBack(t, tenant, r.Int64N(heads(t, inner, "one").Of(tenant).Revision+1))
					views = nil // those of another course say nothing
				}
			case 3, 4:
				followed := follows[r.IntN(2)]
				to := heads(t, inner, "one").Of(tenant)
				for _, err := range store.Edits(t.Context(), tenant, followed[tenant], to) {
					if err != nil { // put back
						break
					}
				}
				followed[tenant] = to
			default:
				some := slices.Clone(keys)
				r.Shuffle(len(some), func(i, j int) { some[i], some[j] = some[j], some[i] })
				some = some[:r.IntN(len(some))]
				now := heads(t, inner, "one")
				views = append(views, now)
				asTheStore(t, store, inner.now(), now, some)
				noOlder(t, store, inner.now(), views[r.IntN(len(views))], some)
			}
		}
	}
}

func commitSome(t *testing.T, r *rand.Rand, s *course, tenant string, ids []string, step int) {
	t.Helper()
	var claims []knowledge.Claim
	for _, id := range ids {
		if r.IntN(4) > 0 {
			continue
		}
		version := 1
		current, err := s.now().Claims(t.Context(), heads(t, s, tenant), []knowledge.Key{{Tenant: tenant, ID: id}})
		if err != nil {
			t.Fatal(err)
		}
		if current[0] != nil {
			version = current[0].Revision + 1
		}
		claims = append(claims, storetest.Claim(tenant, id, version, fmt.Sprintf("%s in step %d", id, step)))
	}
	if len(claims) > 0 {
		storetest.Commit(t, s, storetest.Change(step, claims...))
	}
}

func asTheStore(t *testing.T, store, inner knowledge.Store, at knowledge.Heads, keys []knowledge.Key) {
	t.Helper()
	got, gotErr := store.Claims(t.Context(), at, keys)
	want, wantErr := inner.Claims(t.Context(), at, keys)
	if gotErr != nil || wantErr != nil {
		t.Fatal(gotErr, wantErr)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
}

// noOlder holds that what is handed out behind an old head is of this course, and no older than the head.
func noOlder(t *testing.T, store, inner knowledge.Store, at knowledge.Heads, keys []knowledge.Key) {
	t.Helper()
	got, err := store.Claims(t.Context(), at, keys)
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range keys {
		of := knowledge.Snapshot{Tenant: k.Tenant, Revision: at.Of(k.Tenant).Revision}
		if of.Revision == 0 {
			continue
		}
		for _, then := range storetest.Gather(t, inner.Scan(t.Context(), of)) {
			if then.ID == k.ID && (got[i] == nil || got[i].Revision < then.Revision) {
				t.Fatalf("%v behind revision %d is %v, and was %v", k, of.Revision, got[i], then)
			}
		}
	}
}

// TestRetractedWhileRead holds promise 7: what is retracted isn't served by an answer whose check of the revision began later,
// with readers at work and another replica that edits.
func TestRetractedWhileRead(t *testing.T) {
	t.Parallel()
	inner := memory(t)
	store, err := rediscache.New(inner, rediscache.Options{Claims: 100})
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := base(t, inner)
	const claims = 60
	keys := fill(t, elsewhere, claims)
	here := base(t, store)
	var retracted atomic.Int64 // so many of the first are
	done := make(chan struct{})
	var readers sync.WaitGroup
	for n := range 4 {
		readers.Go(func() {
			r := rand.New(rand.NewPCG(uint64(n), 2))
			for {
				before := int(retracted.Load())
				view, err := here.View(context.Background(), "", time.Time{}) //nolint:usetesting // outlives no test: it is waited for
				if err != nil {
					t.Error(err)
					return
				}
				for range 5 {
					i := r.IntN(claims)
					_, err := view.Get(context.Background(), "", keys[i].ID) //nolint:usetesting // as above
					if i < before && err == nil {
						t.Errorf("%v is served, and was retracted", keys[i])
					}
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for i, k := range keys {
		if _, err := elsewhere.Retract(t.Context(), by("bob"), k, 0); err != nil {
			t.Fatal(err)
		}
		retracted.Store(int64(i + 1))
	}
	close(done)
	readers.Wait()
}
