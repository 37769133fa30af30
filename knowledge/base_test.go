package knowledge_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

// short makes a valid claim that differs from the others by id, tenant and status.
func short(tenant, id string, status knowledge.Status) knowledge.Claim {
	c := complete()
	c.Tenant, c.ID, c.Status, c.Reason = tenant, id, status, "a reason"
	c.Sources, c.Caveats = nil, nil
	return c
}

func newBase(t testing.TB, claims ...knowledge.Claim) *knowledge.Base {
	t.Helper()
	store, err := knowledge.NewMemory(claims)
	if err != nil {
		t.Fatal(err)
	}
	b, err := knowledge.NewBase(t.Context(), floodLexicon(t), store)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func ask(t testing.TB, tenant, text string) knowledge.Query {
	t.Helper()
	l := floodLexicon(t)
	q := knowledge.Query{Tenant: tenant, Concepts: knowledge.Concepts(l.Analyze(text))}
	for _, term := range l.Read(text) {
		q.Words = append(q.Words, term.Text)
	}
	return q
}

// keys finds, and names what was found as tenant/id, in the order of the ids.
func keys(t testing.TB, b *knowledge.Base, q knowledge.Query) []string {
	t.Helper()
	found, err := b.Find(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range found {
		out = append(out, f.Claim.Tenant+"/"+f.Claim.ID)
	}
	return sorted(out)
}

func TestFindKeepsTenantsApart(t *testing.T) {
	t.Parallel()
	b := newBase(t,
		short("", "shared", ""), short("", "both", ""), short("", "hidden", ""),
		short("one", "ones", knowledge.StatusLive), short("one", "both", ""),
		short("two", "twos", ""), short("two", "hidden", knowledge.StatusRetracted),
	)
	for tenant, want := range map[string][]string{
		"":      {"/both", "/hidden", "/shared"},
		"one":   {"/hidden", "/shared", "one/both", "one/ones"},
		"two":   {"/both", "/hidden", "/shared", "two/twos"},
		"three": {"/both", "/hidden", "/shared"},
	} {
		if diff := cmp.Diff(want, keys(t, b, ask(t, tenant, "residents evacuated"))); diff != "" {
			t.Errorf("tenant %q finds: %s", tenant, diff)
		}
		list, err := b.List(t.Context(), tenant)
		if err != nil {
			t.Fatal(err)
		}
		var listed []string
		for _, c := range list {
			listed = append(listed, c.Tenant+"/"+c.ID)
		}
		if diff := cmp.Diff(want, sorted(listed)); diff != "" {
			t.Errorf("tenant %q lists: %s", tenant, diff)
		}
	}
}

func TestOnlyLiveClaimsAreThere(t *testing.T) {
	t.Parallel()
	b := newBase(t,
		short("", "live", ""), short("", "pending", knowledge.StatusPending),
		short("", "superseded", knowledge.StatusSuperseded), short("", "retracted", knowledge.StatusRetracted),
	)
	if diff := cmp.Diff([]string{"/live"}, keys(t, b, ask(t, "", "residents evacuated"))); diff != "" {
		t.Error(diff)
	}
	for _, id := range []string{"pending", "superseded", "retracted", "nowhere"} {
		if c, err := b.Get(t.Context(), "", id); knowledge.KindOf(err) != knowledge.NotFound {
			t.Errorf("Get(%s) = %q, %v", id, c.ID, err)
		}
	}
}

// changing is a store in which claims changed after the index was built.
type changing struct {
	knowledge.Store

	now []knowledge.Claim
	err error
}

func (s changing) Claims(_ context.Context, _ knowledge.Heads, keys []knowledge.Key) ([]*knowledge.Claim, error) {
	out := make([]*knowledge.Claim, len(keys))
	for i, k := range keys {
		if at := slices.IndexFunc(s.now, func(c knowledge.Claim) bool { return c.Key() == k }); at >= 0 {
			out[i] = &s.now[at]
		}
	}
	return out, s.err
}

func (s changing) Scan(ctx context.Context, of knowledge.Snapshot) iter.Seq2[knowledge.Claim, error] {
	if s.err == nil {
		return s.Store.Scan(ctx, of)
	}
	return func(yield func(knowledge.Claim, error) bool) { yield(knowledge.Claim{}, s.err) }
}

func TestFindAsksTheStoreAgain(t *testing.T) {
	t.Parallel()
	store, err := knowledge.NewMemory([]knowledge.Claim{short("", "a", ""), short("", "b", ""), short("", "c", "")})
	if err != nil {
		t.Fatal(err)
	}
	s := &changing{Store: store, now: []knowledge.Claim{
		short("", "a", knowledge.StatusRetracted), short("", "b", ""), short("other", "c", ""),
	}}
	b, err := knowledge.NewBase(t.Context(), floodLexicon(t), s)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"/b"}, keys(t, b, ask(t, "", "residents"))); diff != "" {
		t.Error(diff)
	}
	s.err = &knowledge.Error{Kind: knowledge.Unavailable, Msg: "The base doesn't answer.", Err: errors.New("refused")}
	_, find := b.Find(t.Context(), ask(t, "", "residents"))
	_, get := b.Get(t.Context(), "", "b")
	_, list := b.List(t.Context(), "")
	_, built := knowledge.NewBase(t.Context(), floodLexicon(t), s)
	for name, err := range map[string]error{"Find": find, "Get": get, "List": list, "NewBase": built} {
		if knowledge.KindOf(err) != knowledge.Unavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFindRanksAndNamesThePattern(t *testing.T) {
	t.Parallel()
	near := short("", "near", "")
	near.Aliases = []string{"the of", "drowned dam", "delta drowned"}
	far := knowledge.Claim{ID: "far", Text: "The dam of Upriver."}
	b := newBase(t, far, near)
	found, err := b.Find(t.Context(), ask(t, "", "did the Delta see anyone drown?"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%d found, %v", len(found), err)
	}
	if f := found[0]; f.Claim.ID != "near" || f.Pattern != 2 || f.PatternSize != 2 || f.Score <= 0 {
		t.Errorf("found %s by pattern %d of %d, score %g", f.Claim.ID, f.Pattern, f.PatternSize, f.Score)
	}
	if found, err := b.Find(t.Context(), knowledge.Query{Numbers: []float64{1200}}); err != nil || len(found) != 1 || found[0].Pattern != -1 {
		t.Errorf("by its number: %+v, %v", found, err)
	}
	if found, err := b.Find(t.Context(), ask(t, "", "nothing of the kind")); err != nil || found == nil || len(found) != 0 {
		t.Errorf("nothing near: %#v, %v", found, err)
	}
}

func TestGetServesListsEvenIfEmpty(t *testing.T) {
	t.Parallel()
	b := newBase(t, short("", "a", ""), short("one", "a", ""))
	c, err := b.Get(t.Context(), "one", "a")
	if err != nil || c.Tenant != "one" || c.Sources == nil || c.Caveats == nil {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := b.Get(t.Context(), "", "a"); err != nil || c.Tenant != "" {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestListByKind(t *testing.T) {
	t.Parallel()
	issue := short("", "issue", "")
	issue.Kind = knowledge.KindIssue
	b := newBase(t, short("", "figure", ""), issue)
	got, err := b.List(t.Context(), "", knowledge.KindIssue, knowledge.KindStatus)
	if err != nil || len(got) != 1 || got[0].ID != "issue" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReach(t *testing.T) {
	t.Parallel()
	date := func(s string) (d knowledge.Date) {
		if err := d.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
		return d
	}
	said := func(tenant, id string, status knowledge.Status, said, published, reviewed string) knowledge.Claim {
		c := short(tenant, id, status)
		c.Attribution.SaidOn, c.ReviewedOn = date(said), date(reviewed)
		c.Sources = []knowledge.Source{{Publisher: "p", PublishedOn: date(published)}, {Publisher: "q"}}
		return c
	}
	b := newBase(t,
		said("", "a", "", "2026-02-04", "2026-02-05", "2026-03"),
		said("", "b", "", "2025", "", ""),
		said("", "c", knowledge.StatusRetracted, "2027", "2027", "2027"),
		said("one", "d", "", "2026-04-01", "", "2026-01"),
	)
	for tenant, want := range map[string]knowledge.Reach{
		"":    {Reviewed: date("2026-03"), AsOf: date("2026-02-05")},
		"one": {Reviewed: date("2026-03"), AsOf: date("2026-04-01")},
		"two": {Reviewed: date("2026-03"), AsOf: date("2026-02-05")},
	} {
		if got, err := b.Reach(t.Context(), tenant); err != nil || got != want {
			t.Errorf("tenant %q: %+v, %v", tenant, got, err)
		}
	}
}

func TestMemoryRefusesTwins(t *testing.T) {
	t.Parallel()
	_, err := knowledge.NewMemory([]knowledge.Claim{short("", "a", ""), short("one", "a", ""), short("", "a", "")})
	if knowledge.KindOf(err) != knowledge.Conflict {
		t.Errorf("%v", err)
	}
}

func TestMemoryStopsWhenNobodyWaits(t *testing.T) {
	t.Parallel()
	store, err := knowledge.NewMemory([]knowledge.Claim{short("", "a", "")})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := knowledge.NewBase(ctx, floodLexicon(t), store); !errors.Is(err, context.Canceled) {
		t.Errorf("NewBase: %v", err)
	}
	if _, err := store.Claims(ctx, knowledge.Heads{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Claims: %v", err)
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	dam := knowledge.Claim{ID: "dam", Text: "Farmers of Upriver broke the old dam of the mill."}
	own := knowledge.Claim{ID: "own", Tenant: "a", Text: "Farmers of Upriver sold the new mill of the Delta."}
	b := newBase(t, dam, own)
	for _, tt := range []struct {
		name, tenant, text, first string
		answered                  bool
	}{
		{"a message about it", "", "They say #Farmers broke the old dam of the mill!! https://example.org/x", "dam", true},
		{"another tenant's", "", "farmers sold the new mill", "dam", false},
		{"its own", "a", "farmers of Upriver sold the new mill of the Delta", "own", true},
		{"a topic", "", "mill", "dam", false},
		{"nothing of it", "", "guitar", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			found, answered, err := b.Nearest(t.Context(), tt.tenant, tt.text, 5)
			if err != nil || answered != tt.answered || (len(found) > 0) != (tt.first != "") {
				t.Fatalf("answered %v, %d found, %v", answered, len(found), err)
			}
			if len(found) > 0 && found[0].Claim.ID != tt.first {
				t.Errorf("%q is first", found[0].Claim.ID)
			}
		})
	}
}

func TestAReviewHoldsForAFortnight(t *testing.T) {
	t.Parallel()
	c := short("", "a", "")
	c.ReviewedOn = knowledge.Date{Year: 2026, Month: 5, Day: 1}
	b := newBase(t, c)
	for now, want := range map[string]bool{"2026-05-01": false, "2026-05-16": false, "2026-05-17": true, "2026-04-01": false} {
		at, err := time.Parse(time.DateOnly, now)
		if err != nil {
			t.Fatal(err)
		}
		view, err := b.View(t.Context(), "", at)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := view.Reach(t.Context(), ""); err != nil || r.Stale != want {
			t.Errorf("on %s: %+v, %v", now, r, err)
		}
	}
}
