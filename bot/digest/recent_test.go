package digest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter/startertest"
)

// counting is a store that counts how often claims are read from it.
type counting struct {
	knowledge.Store

	reads atomic.Int64
}

func (c *counting) Claims(ctx context.Context, at knowledge.Heads, keys []knowledge.Key) ([]*knowledge.Claim, error) {
	c.reads.Add(1)
	return c.Store.Claims(ctx, at, keys)
}

// newsroom is an editor over a base that tenants and moderators change at random.
type newsroom struct {
	t      *testing.T
	r      *rand.Rand
	store  *counting
	base   *knowledge.Base
	editor *digest.Editor
	told   map[string][]knowledge.Heads // by tenant, what digests have known of
	n      int
}

func newNewsroom(t *testing.T, seed uint64) *newsroom {
	t.Helper()
	memory, lex := startertest.Store(t)
	store := &counting{Store: memory}
	base, err := knowledge.NewBase(t.Context(), lex, store)
	if err != nil {
		t.Fatal(err)
	}
	e, err := digest.NewEditor(base, lex)
	if err != nil {
		t.Fatal(err)
	}
	return &newsroom{t, rand.New(rand.NewPCG(seed, 0)), store, base, e, map[string][]knowledge.Heads{}, 0}
}

func (n *newsroom) tenant() string { return []string{"one", "two", "three", "four"}[n.r.IntN(4)] }

// edit changes shared claims, or a tenant's own; the tenant "four" never has any.
func (n *newsroom) edit() {
	n.n++
	ctx, by := n.t.Context(), knowledge.By{Actor: "terminal:editor", Reason: "a recount", At: moment.Add(-time.Hour)}
	tenant := []string{"", "", "one", "two", "three"}[n.r.IntN(5)]
	c, err := n.base.Get(ctx, "", "ukraine-soldiers-killed-zelenskyy")
	if err != nil {
		n.t.Fatal(err)
	}
	switch n.r.IntN(4) {
	case 0: // another figure
		c.ID = fmt.Sprint("figure-", n.n)
		c.Tenant, c.Revision, c.Series, c.Disputes, c.Supersedes, c.Aliases = tenant, 0, "", nil, nil, nil
		_, err = n.base.Add(ctx, by, c)
	case 1: // their own, in the place of the shared one
		if tenant == "" {
			tenant = "one"
		}
		if _, err := n.base.Get(ctx, tenant, c.ID); err == nil {
			c.Tenant, c.Revision, c.Series, c.Disputes, c.Supersedes, c.Aliases = tenant, 0, "", nil, nil, nil
			_, _ = n.base.Add(ctx, by, c) // there is one already
		}
	case 2: // a shared one is hidden from them
		if tenant != "" {
			if d, hidden := n.base.Hiding(ctx, by, tenant, "talks-first-round-abu-dhabi", 0); hidden == nil {
				_, err = n.base.Commit(ctx, by, d)
			}
		}
	default: // a shared one is revised
		more := float64(56_000 + n.n)
		c.Figure.Best, c.Text, c.Translations = &more, fmt.Sprintf("%d Ukrainian soldiers have been killed.", int(more)), nil
		_, err = n.base.Revise(ctx, by, c)
	}
	if err != nil {
		n.t.Fatal(err)
	}
}

// subscription draws who is told, what about, and since when.
func (n *newsroom) subscription() digest.Subscription {
	s := subscription(n.t, "a", "daily", "09:00")
	s.Tenant, s.Lang = n.tenant(), lexicon.Languages[n.r.IntN(2)]
	s.Next = digest.Slot{Civil: fmt.Sprintf("2026-11-30T09:%02d", n.r.IntN(60)), At: moment}
	s.Topics = [][]digest.Topic{nil, {digest.Casualties}, {digest.Negotiations, digest.Corrections}}[n.r.IntN(3)]
	if told := n.told[s.Tenant]; len(told) > 0 && n.r.IntN(4) > 0 {
		s.Since = told[n.r.IntN(len(told))]
	}
	return s
}

func foreign(r *chat.Reply, tenant string) bool {
	other := func(c knowledge.Claim) bool { return c.Tenant != "" && c.Tenant != tenant }
	return slices.ContainsFunc(r.Was, other) || slices.ContainsFunc(r.Shown, func(s chat.Shown) bool { return other(s.Claim) })
}

// TestKeptDrafts holds, whatever is changed by whom, that a digest of which the draft was kept is the one that would be composed anew, and
// that no tenant is told what is another's.
func TestKeptDrafts(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t, 8)
	kept, own := 0, 0
	for range 30 {
		n.edit()
		for range 6 {
			s := n.subscription()
			before := n.store.reads.Load()
			got, knows, changed, err := n.editor.Compose(t.Context(), s, moment)
			if err != nil {
				t.Fatal(err)
			}
			if n.store.reads.Load() == before {
				kept++
			}
			want, wantKnows, wantChanged, err := n.editor.Fresh().Compose(t.Context(), s, moment)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%+v (-want +got):\n%s", s, diff)
			}
			same(t, "what it knows of, and whether it changed", []any{wantKnows, wantChanged}, []any{knows, changed})
			same(t, "of whom", s.Tenant, knows.Tenant)
			if foreign(&got, s.Tenant) {
				t.Errorf("%s is told what is another's", s.Tenant)
			}
			if slices.ContainsFunc(got.Shown, func(c chat.Shown) bool { return c.Claim.Tenant != "" }) {
				own++
			}
			n.told[s.Tenant] = append(n.told[s.Tenant], knows)
		}
	}
	if kept < 20 || own < 20 {
		t.Errorf("of 180 digests %d were kept, and %d showed a claim of the tenant's own: the test shows little", kept, own)
	}
}

// A draft that is kept is many channels': what one does with its own isn't in that of another.
func TestDraftsAreApart(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var all []chat.Reply
	for _, civil := range []string{"2026-11-30T09:00", "2026-11-30T09:01"} {
		s := subscription(t, "a", "daily", "09:00")
		s.Next = digest.Slot{Civil: civil, At: moment}
		r, _, _, err := d.Compose(t.Context(), s, moment)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	want := read(all[0])
	all[1].Blocks[len(all[1].Blocks)-1].Parts[0].Text = "another"
	all[1].Blocks = append(all[1].Blocks, chat.Block{})
	same(t, "the first", want, read(all[0]))
}
