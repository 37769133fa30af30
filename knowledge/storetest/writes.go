package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

func conflicts(t *testing.T, s knowledge.Store) {
	Commit(t, s, Change(0, Claim("one", "a", 1, "a1")))
	Commit(t, s, Change(1, Claim("one", "a", 2, "a2")))
	for name, tc := range map[string]struct {
		claim knowledge.Claim
		want  error
	}{
		"there already": {Claim("one", "a", 1, "x"), knowledge.Edited("a", 0, 2)},
		"older version": {Claim("one", "a", 2, "x"), knowledge.Edited("a", 1, 2)},
		"ahead":         {Claim("one", "a", 4, "x"), knowledge.Edited("a", 3, 2)},
		"not there":     {Claim("one", "b", 2, "x"), knowledge.Edited("b", 1, 0)},
		"of another":    {Claim("two", "a", 3, "x"), knowledge.Edited("a", 2, 0)},
	} {
		_, err := s.Commit(t.Context(), Change(2, tc.claim))
		kindIs(t, knowledge.Conflict, err)
		same(t, name, knowledge.MessageOf(tc.want), knowledge.MessageOf(err))
	}
	same(t, "heads", int64(2), headsOf(t, s, "one").Own.Revision)
}

func allOrNothing(t *testing.T, s knowledge.Store) {
	h := Commit(t, s, Change(0, Claim("", "a", 1, "a1"), Claim("", "c", 1, "c1")))
	_, err := s.Commit(t.Context(), Change(1, Claim("", "a", 2, "a2"), Claim("", "b", 1, "b1"), Claim("", "c", 1, "again")))
	kindIs(t, knowledge.Conflict, err)
	same(t, "head", h, headsOf(t, s, "").Shared)
	same(t, "claims", map[knowledge.Key]string{key("", "a"): "a1", key("", "c"): "c1"}, served(t, s, "", key("", "a"), key("", "b"), key("", "c")))
	same(t, "changes", 1, len(Gather(t, s.Changes(t.Context(), knowledge.Trail{}))))
	_, err = s.Commit(t.Context(), Change(1, Claim("new", "a", 2, "a2")))
	kindIs(t, knowledge.Conflict, err)
	tenants, err := s.Tenants(t.Context())
	kindIs(t, "", err)
	same(t, "tenants", []string{""}, tenants)
}

func notOfTheChange(t *testing.T, s knowledge.Store) {
	_, err := s.Commit(t.Context(), Change(0, Claim("one", "a", 1, "a1"), Claim("two", "b", 1, "b1")))
	kindIs(t, knowledge.Internal, err)
	_, err = s.Commit(t.Context(), Change(0, Claim("one", "a", 1, "a1"), Claim("one", "a", 1, "a2")))
	kindIs(t, knowledge.Invalid, err)
	given := Change(0, Claim("one", "a", 1, "a1"))
	Commit(t, s, given)
	same(t, "the caller's claims", time.Time{}, given.Claims[0].At)
}

func clockSetBack(t *testing.T, s knowledge.Store) {
	Commit(t, s, Change(10, Claim("", "a", 1, "a1")))
	h := Commit(t, s, Change(-10, Claim("", "a", 2, "a2")))
	same(t, "at", Start.Add(10*time.Minute), h.At)
	same(t, "then", []string{"a2"}, texts(t, s, knowledge.Snapshot{At: Start.Add(10 * time.Minute)}))
	same(t, "other chains", Start.Add(-10*time.Minute), Commit(t, s, Change(-10, Claim("one", "a", 1, "a1"))).At)
}

// quiet holds that a change stays quiet, which its hash says too.
func quiet(t *testing.T, s knowledge.Store) {
	loud := Commit(t, s, Change(0, Claim("", "a", 1, "a1")))
	c := Change(1, Claim("", "a", 2, "a2"))
	c.Quiet = true
	Commit(t, s, c)
	Commit(t, s, Change(2, Claim("", "a", 3, "a3")))
	for _, of := range []knowledge.Trail{{}, {ID: "a"}, {Actor: "ann"}} {
		var got []bool
		for _, c := range Gather(t, s.Changes(t.Context(), of)) {
			got = append(got, c.Quiet)
		}
		same(t, "quiet", []bool{false, true, false}, got)
	}
	made := Gather(t, s.Changes(t.Context(), knowledge.Trail{}))[1]
	same(t, "as it was made", true, made.Follows(loud))
	made.Quiet = false
	same(t, "made loud", false, made.Follows(loud))
}

// ofNothing holds that a change without claims is one of the chain, and changes nothing of what is served.
func ofNothing(t *testing.T, s knowledge.Store) {
	first := Commit(t, s, Change(0, Claim("one", "a", 1, "a1")))
	c := knowledge.Change{Tenant: "one", Action: knowledge.ActionModerate, Actor: "bob", Reason: "added the moderator ann", At: Start.Add(time.Minute)}
	second := Commit(t, s, c)
	same(t, "revision", int64(2), second.Revision)
	same(t, "edits", 0, len(Gather(t, s.Edits(t.Context(), "one", first, second))))
	same(t, "scan", []string{"a1"}, texts(t, s, knowledge.Snapshot{Tenant: "one"}))
	same(t, "of the claim", 1, len(Gather(t, s.Changes(t.Context(), knowledge.Trail{Tenant: "one", ID: "a"}))))
	all := Gather(t, s.Changes(t.Context(), knowledge.Trail{Tenant: "one"}))
	same(t, "reason", c.Reason, all[1].Reason)
	same(t, "follows", true, all[1].Follows(first))
	Commit(t, s, Change(2, Claim("one", "a", 2, "a2")))
	v, err := knowledge.Verify(t.Context(), s, "one", second)
	kindIs(t, "", err)
	same(t, "wrong", []string(nil), v.Wrong)
}

// hostileText holds that what is looked for is never taken for anything else than a name that isn't there.
func hostileText(t *testing.T, s knowledge.Store) {
	Commit(t, s, Change(0, Claim("", "a", 1, "a1")))
	for _, text := range []string{"\x00", "\xff", "'; DROP TABLE versions; --", "%", "a\x00", "$1", strings.Repeat("x", 100000), "\ufeffa", "A"} {
		same(t, "claims", map[knowledge.Key]string{}, served(t, s, text, key("", text), key(text, text), key(text, "a")))
		same(t, "shared beside it", map[knowledge.Key]string{key("", "a"): "a1"}, served(t, s, text, key("", text), key("", "a")))
		same(t, "scan", []string(nil), texts(t, s, knowledge.Snapshot{Tenant: text}))
		same(t, "then", []string(nil), texts(t, s, knowledge.Snapshot{Tenant: text, At: Start}))
		same(t, "changes", 0, len(Gather(t, s.Changes(t.Context(), knowledge.Trail{Tenant: text}))))
		same(t, "trail", 0, len(Gather(t, s.Changes(t.Context(), knowledge.Trail{ID: text}))))
	}
	c := Change(1, Claim("", "b", 1, "NUL \x00 and \xff in the text; '\"\\"))
	c.Actor, c.Reason = "'; DROP TABLE changes; --", "Ж 🙂 \u2028 \t\n"
	Commit(t, s, c)
	got := Gather(t, s.Changes(t.Context(), knowledge.Trail{ID: "b"}))[0]
	same(t, "actor and reason", c.Actor+c.Reason, got.Actor+got.Reason)
	all := Gather(t, s.Changes(t.Context(), knowledge.Trail{}))
	if !all[1].Follows(all[0].Head()) {
		t.Error("the change isn't as it was sealed")
	}
}

// commitsAtOnce holds that no revision is lost or made twice, and that of two edits of one version one wins.
func commitsAtOnce(t *testing.T, s knowledge.Store) {
	const writers, each = 8, 10
	won := make(chan int, writers*each)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				if _, err := s.Commit(t.Context(), Change(i, Claim("", fmt.Sprintf("own-%d-%d", w, i), 1, "x"))); err != nil {
					t.Error(err)
				}
				switch _, err := s.Commit(t.Context(), Change(i, Claim("", "fought-over", i+1, fmt.Sprint(w)))); knowledge.KindOf(err) {
				case "":
					won <- i
				case knowledge.Conflict:
				default:
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	close(won)
	seen := map[int]int{}
	for i := range won {
		seen[i]++
	}
	var before knowledge.Head
	for _, c := range Gather(t, s.Changes(t.Context(), knowledge.Trail{})) {
		if !c.Follows(before) {
			t.Errorf("change %d doesn't follow %d", c.Revision, before.Revision)
		}
		before = c.Head()
	}
	same(t, "revisions", int64(writers*each+len(seen)), before.Revision)
	for i, n := range seen {
		if n != 1 {
			t.Errorf("version %d was won by %d", i+1, n)
		}
	}
}

// commitsWhileReading holds that a reader who takes its time keeps nobody from writing, and reads one state.
func commitsWhileReading(t *testing.T, s knowledge.Store) {
	batch := make([]knowledge.Claim, 2100)
	for i := range batch {
		batch[i] = Claim("", fmt.Sprintf("c-%04d", i), 1, "old")
	}
	Commit(t, s, Change(0, batch...))
	n := 0
	for c, err := range s.Scan(t.Context(), knowledge.Snapshot{}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 1 || n == 1500 {
			for i := range batch {
				batch[i].Revision, batch[i].Text = batch[i].Revision+1, "new"
			}
			Commit(t, s, Change(n, append(batch, Claim("", fmt.Sprintf("d-%d", n), 1, "new"))...))
		}
		if c.Text != "old" {
			t.Fatalf("claim %s is of a later state", c.ID)
		}
	}
	same(t, "claims", len(batch), n)
	n = 0
	for _, err := range s.Changes(t.Context(), knowledge.Trail{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		if n <= 3 {
			Commit(t, s, Change(n, Claim("", fmt.Sprintf("e-%d", n), 1, "new")))
		}
	}
	if n < 3 {
		t.Errorf("%d changes", n)
	}
}

func cancelled(t *testing.T, s knowledge.Store) {
	Commit(t, s, Change(0, Claim("", "a", 1, "a1")))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, headsErr := s.Heads(ctx, "")
	_, claimsErr := s.Claims(ctx, knowledge.Heads{}, []knowledge.Key{key("", "a")})
	_, commitErr := s.Commit(ctx, Change(1, Claim("", "b", 1, "b1")))
	_, tenantsErr := s.Tenants(ctx)
	for name, err := range map[string]error{
		"heads": headsErr, "claims": claimsErr, "commit": commitErr, "tenants": tenantsErr,
		"scan": firstError(s.Scan(ctx, knowledge.Snapshot{})), "changes": firstError(s.Changes(ctx, knowledge.Trail{})),
		"edits": firstError(s.Edits(ctx, "", knowledge.Head{}, knowledge.Head{Revision: 1})),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	same(t, "head", int64(1), headsOf(t, s, "").Shared.Revision)
}

// verified holds that a Base finds nothing wrong with what the store keeps, and follows it.
func verified(t *testing.T, s knowledge.Store) {
	course(t, s)
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	b, err := knowledge.NewBase(t.Context(), l, s)
	if err != nil {
		t.Fatal(err)
	}
	kept := Commit(t, s, Change(50, Claim("", "a", 4, "a4")))
	Commit(t, s, Change(60, Claim("", "a", 5, "a5")))
	v, err := knowledge.Verify(t.Context(), s, "", kept)
	kindIs(t, "", err)
	same(t, "wrong", []string(nil), v.Wrong)
	same(t, "head", headsOf(t, s, "").Shared, v.Head)
	got, err := b.Get(t.Context(), "", "a")
	kindIs(t, "", err)
	same(t, "followed", "a5", got.Text)
}
