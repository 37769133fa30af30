package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/whosays/whosays/knowledge"
)

func empty(t *testing.T, s knowledge.Store) {
	same(t, "heads", knowledge.Heads{Tenant: "one"}, headsOf(t, s, "one"))
	same(t, "claims", map[knowledge.Key]string{}, served(t, s, "one", key("one", "a"), key("", "a")))
	same(t, "scan", []string(nil), texts(t, s, knowledge.Snapshot{}))
	same(t, "changes", 0, len(Gather(t, s.Changes(t.Context(), knowledge.Trail{}))))
	same(t, "edits", 0, len(Gather(t, s.Edits(t.Context(), "one", knowledge.Head{}, knowledge.Head{}))))
	tenants, err := s.Tenants(t.Context())
	same(t, "tenants", []string(nil), tenants)
	kindIs(t, "", err)
}

func heads(t *testing.T, s knowledge.Store) {
	shared := Commit(t, s, Change(0, Claim("", "a", 1, "shared")))
	first := Commit(t, s, Change(1, Claim("one", "a", 1, "own")))
	own := Commit(t, s, Change(2, Claim("one", "a", 2, "own, again")))
	if first.Hash == own.Hash || first.Revision != 1 || own.Revision != 2 || shared.Revision != 1 {
		t.Errorf("heads %v, %v and %v", shared, first, own)
	}
	same(t, "at", Start.Add(2*time.Minute), own.At)
	same(t, "of the tenant", knowledge.Heads{Tenant: "one", Shared: shared, Own: own}, headsOf(t, s, "one"))
	same(t, "of another", knowledge.Heads{Tenant: "two", Shared: shared}, headsOf(t, s, "two"))
	same(t, "of the shared base", knowledge.Heads{Shared: shared}, headsOf(t, s, ""))
}

func claims(t *testing.T, s knowledge.Store) {
	full := Claim("one", "a", 1, "Об'єкт: “quoted” <b>&</b> \u2028 \\u0000 🙂")
	full.Kind, full.Status, full.Reason = knowledge.KindIssue, knowledge.StatusRetracted, "why not"
	full.Translations = map[string]string{"uk": "так", "ru": "да"}
	full.Supersedes, full.Disputes, full.Aliases = []string{"b"}, []string{"c"}, []string{"d", "e"}
	h := Commit(t, s, Change(0, full))
	got, err := s.Claims(t.Context(), headsOf(t, s, "one"), []knowledge.Key{key("one", "a")})
	kindIs(t, "", err)
	full.At = h.At
	same(t, "claim", []*knowledge.Claim{&full}, got)
	Commit(t, s, Change(1, Claim("one", "a", 2, "newer")))
	same(t, "newest", map[knowledge.Key]string{key("one", "a"): "newer"}, served(t, s, "one", key("one", "a"), key("one", "b"), key("", "a")))
	same(t, "none", map[knowledge.Key]string{}, served(t, s, "one"))
}

func tenantsApart(t *testing.T, s knowledge.Store) {
	for _, tenant := range []string{"", "one", "two"} {
		Commit(t, s, Change(0, Claim(tenant, "a", 1, "of "+tenant), Claim(tenant, "only-"+tenant, 1, "only of "+tenant)))
	}
	all := []knowledge.Key{key("", "a"), key("one", "a"), key("two", "a"), key("", "only-one"), key("one", "only-two"), key("two", "only-one")}
	same(t, "shared", map[knowledge.Key]string{key("", "a"): "of "}, served(t, s, "", all...))
	same(t, "one", map[knowledge.Key]string{key("", "a"): "of ", key("one", "a"): "of one"}, served(t, s, "one", all...))
	same(t, "two", map[knowledge.Key]string{key("", "a"): "of ", key("two", "a"): "of two"}, served(t, s, "two", all...))
	same(t, "none", map[knowledge.Key]string{key("", "a"): "of "}, served(t, s, "three", all...))
	same(t, "scan", []string{"of one", "only of one"}, texts(t, s, knowledge.Snapshot{Tenant: "one"}))
	same(t, "trail", 0, len(Gather(t, s.Changes(t.Context(), knowledge.Trail{Tenant: "one", ID: "only-two"}))))
	same(t, "changes", 1, len(Gather(t, s.Changes(t.Context(), knowledge.Trail{Tenant: "one"}))))
	tenants, err := s.Tenants(t.Context())
	kindIs(t, "", err)
	same(t, "tenants", []string{"", "one", "two"}, tenants)
}

// course makes a short history of three revisions.
func course(t testing.TB, s knowledge.Store) (first, second, third knowledge.Head) {
	t.Helper()
	b := Claim("", "b", 1, "b1")
	b.Kind = knowledge.KindStatus
	first = Commit(t, s, Change(10, Claim("", "c", 1, "c1"), Claim("", "a", 1, "a1")))
	second = Commit(t, s, Change(20, Claim("", "a", 2, "a2"), b))
	third = Commit(t, s, Change(30, Claim("", "a", 3, "a3"), Claim("", "c", 2, "c2")))
	return first, second, third
}

func byRevision(t *testing.T, s knowledge.Store) {
	course(t, s)
	for revision, want := range map[int64][]string{
		0: {"a3", "b1", "c2"}, 1: {"a1", "c1"}, 2: {"a2", "b1", "c1"}, 3: {"a3", "b1", "c2"}, 4: {"a3", "b1", "c2"},
	} {
		same(t, fmt.Sprintf("revision %d", revision), want, texts(t, s, knowledge.Snapshot{Revision: revision}))
	}
}

func byTime(t *testing.T, s knowledge.Store) {
	course(t, s)
	for name, tc := range map[string]struct {
		at   time.Time
		want []string
	}{
		"before all":        {Start, nil},
		"just before one":   {Start.Add(10*time.Minute - time.Nanosecond), nil},
		"with one":          {Start.Add(10 * time.Minute), []string{"a1", "c1"}},
		"in another zone":   {Start.Add(25 * time.Minute).In(time.FixedZone("", 7200)), []string{"a2", "b1", "c1"}},
		"long after":        {Start.AddDate(100, 0, 0), []string{"a3", "b1", "c2"}},
		"revision is first": {time.Time{}, []string{"a3", "b1", "c2"}},
	} {
		same(t, name, tc.want, texts(t, s, knowledge.Snapshot{At: tc.at}))
	}
}

func kinds(t *testing.T, s knowledge.Store) {
	course(t, s)
	same(t, "status", []string{"b1"}, texts(t, s, knowledge.Snapshot{Kinds: []knowledge.Kind{knowledge.KindStatus}}))
	same(t, "both", []string{"a2", "b1", "c1"}, texts(t, s, knowledge.Snapshot{Revision: 2, Kinds: []knowledge.Kind{knowledge.KindStatus, knowledge.KindFigure}}))
	same(t, "no kind", []string(nil), texts(t, s, knowledge.Snapshot{Kinds: []knowledge.Kind{}}))
	now := Claim("", "c", 3, "c3")
	now.Kind = knowledge.KindContext
	Commit(t, s, Change(40, now))
	same(t, "changed kind", []string{"a3"}, texts(t, s, knowledge.Snapshot{Kinds: []knowledge.Kind{knowledge.KindFigure}}))
	same(t, "its kind then", []string{"a3", "c2"}, texts(t, s, knowledge.Snapshot{Revision: 3, Kinds: []knowledge.Kind{knowledge.KindFigure}}))
}

func edits(t *testing.T, s knowledge.Store) {
	first, second, third := course(t, s)
	for name, tc := range map[string]struct {
		from, to knowledge.Head
		want     []string
	}{
		"all":         {knowledge.Head{}, third, []string{"→a3", "→b1", "→c2"}},
		"first":       {knowledge.Head{}, first, []string{"→a1", "→c1"}},
		"two at once": {first, third, []string{"a1→a3", "→b1", "c1→c2"}},
		"one":         {first, second, []string{"a1→a2", "→b1"}},
		"none":        {third, third, nil},
	} {
		var got []string
		for _, e := range Gather(t, s.Edits(t.Context(), "", tc.from, tc.to)) {
			was := ""
			if e.Was != nil {
				was = e.Was.Text
			}
			got = append(got, was+"→"+e.Is.Text)
		}
		same(t, name, tc.want, got)
	}
}

func forks(t *testing.T, s knowledge.Store) {
	first, second, third := course(t, s)
	for name, from := range map[string]knowledge.Head{
		"another hash": {Revision: 2, Hash: first.Hash},
		"not there":    {Revision: 4, Hash: third.Hash},
	} {
		if err := firstError(s.Edits(t.Context(), "", from, third)); !errors.Is(err, knowledge.ErrForked) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := firstError(s.Edits(t.Context(), "one", second, third)); !errors.Is(err, knowledge.ErrForked) {
		t.Errorf("of another tenant: %v", err)
	}
}

func changes(t *testing.T, s knowledge.Store) {
	course(t, s)
	all := Gather(t, s.Changes(t.Context(), knowledge.Trail{}))
	same(t, "number", 3, len(all))
	var before knowledge.Head
	for i, c := range all {
		same(t, "revision", int64(i+1), c.Revision)
		same(t, "bodies", len(c.Claims), len(c.Bodies))
		same(t, "action", knowledge.ActionImport, c.Action)
		same(t, "actor", "ann", c.Actor)
		if !c.Follows(before) {
			t.Errorf("change %d isn't as it was sealed", c.Revision)
		}
		before = c.Head()
		for j := range c.Claims {
			read, err := knowledge.Decode(c.Bodies[j])
			kindIs(t, "", err)
			same(t, "body", &c.Claims[j], read)
		}
	}
	same(t, "order", []string{"a", "c"}, ids(all[0].Claims))
	var trail []string
	for _, c := range Gather(t, s.Changes(t.Context(), knowledge.Trail{ID: "c"})) {
		trail = append(trail, fmt.Sprint(c.Revision, " ", c.Reason, " ", c.Claims[0].Text, " ", len(c.Claims), len(c.Bodies)))
	}
	same(t, "trail", []string{"1 after 10 minutes c1 1 1", "3 after 30 minutes c2 1 1"}, trail)
	madeBy(t, s)
}

// madeBy holds what the trail of an actor is, behind a course.
func madeBy(t *testing.T, s knowledge.Store) {
	t.Helper()
	byBob := Change(40, Claim("", "d", 1, "d1"))
	byBob.Actor = "bob"
	Commit(t, s, byBob)
	for actor, want := range map[string][]int64{"ann": {1, 2, 3}, "bob": {4}, "eve": nil, "\x00": nil} {
		var got []int64
		for _, c := range Gather(t, s.Changes(t.Context(), knowledge.Trail{Actor: actor})) {
			got = append(got, c.Revision)
			same(t, "without claims", 0, len(c.Claims)+len(c.Bodies))
		}
		same(t, actor, want, got)
	}
}

// many has more than a store reads at once, in a change and of changes.
func many(t *testing.T, s knowledge.Store) {
	const n, again = 1250, 550 // more than a store reads at once
	batch := make([]knowledge.Claim, n)
	keys := make([]knowledge.Key, n)
	var names []string
	for i := range n {
		batch[i] = Claim("one", fmt.Sprintf("c-%d", i), 1, fmt.Sprint(i))
		keys[i] = batch[i].Key()
		names = append(names, batch[i].ID)
	}
	slices.Sort(names)
	first := Commit(t, s, Change(0, batch...))
	same(t, "claims", n, len(served(t, s, "one", keys...)))
	same(t, "scan", names, ids(Gather(t, s.Scan(t.Context(), knowledge.Snapshot{Tenant: "one"}))))
	for i := range again {
		Commit(t, s, Change(i, Claim("one", "c-7", i+2, fmt.Sprint("v", i))))
	}
	for i := range n {
		batch[i].Revision = 2
	}
	batch[7].Revision = again + 2
	last := Commit(t, s, Change(again, batch...))
	same(t, "edits", names, editIDs(Gather(t, s.Edits(t.Context(), "one", first, last))))
	all := Gather(t, s.Changes(t.Context(), knowledge.Trail{Tenant: "one"}))
	same(t, "changes", again+2, len(all))
	same(t, "of the last", names, ids(all[again+1].Claims))
	same(t, "trail", again+2, len(Gather(t, s.Changes(t.Context(), knowledge.Trail{Tenant: "one", ID: "c-7"}))))
	for _, err := range s.Changes(t.Context(), knowledge.Trail{Tenant: "one"}) {
		if err != nil {
			t.Error(err)
		}
		break
	}
	for _, err := range s.Scan(t.Context(), knowledge.Snapshot{Tenant: "one"}) {
		if err != nil {
			t.Error(err)
		}
		break
	}
}

func editIDs(edits []knowledge.Edit) []string {
	var out []string
	for _, e := range edits {
		out = append(out, e.Is.ID)
	}
	return out
}
