package knowledge_test

import (
	"bytes"
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/index/section"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// starterBase returns the starter base with some claims of a tenant, and the store behind it.
func starterBase(t testing.TB) (*lexicon.Lexicon, *knowledge.Memory, *knowledge.Base) {
	t.Helper()
	l, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	claims, err := starter.Claims()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims[:5] {
		c.Tenant = "one"
		claims = append(claims, c)
	}
	store, err := knowledge.NewMemory(claims)
	if err != nil {
		t.Fatal(err)
	}
	b, err := knowledge.NewBase(t.Context(), l, store)
	if err != nil {
		t.Fatal(err)
	}
	return l, store, b
}

func savedBase(t testing.TB, b *knowledge.Base) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := b.Save(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSavedBasesAreTheSame(t *testing.T) {
	t.Parallel()
	l, store, built := starterBase(t)
	loaded, err := knowledge.LoadBase(t.Context(), bytes.NewReader(savedBase(t, built)), l, store)
	if err != nil {
		t.Fatal(err)
	}
	for _, tenant := range []string{"", "one", "two"} {
		for _, text := range []string{"How many Ukrainian soldiers have been killed?", "Where do the talks stand?", "nuclear plant", "55,000"} {
			q := knowledge.Query{Tenant: tenant, Concepts: knowledge.Concepts(l.Analyze(text)), Numbers: []float64{55000}, Limit: 64}
			same(t, "Find", func(b *knowledge.Base) (any, error) { return b.Find(t.Context(), q) }, built, loaded)
		}
		same(t, "Nearest", func(b *knowledge.Base) (any, error) {
			found, _, err := b.Nearest(t.Context(), tenant, "About 55,000 Ukrainian soldiers have been killed, says the president", 5)
			return found, err
		}, built, loaded)
		same(t, "Reach", func(b *knowledge.Base) (any, error) { return b.Reach(t.Context(), tenant) }, built, loaded)
		same(t, "List", func(b *knowledge.Base) (any, error) {
			return b.List(t.Context(), tenant, knowledge.KindIssue, knowledge.KindStatus)
		}, built, loaded)
		for c, err := range store.Scan(t.Context(), knowledge.Snapshot{}) {
			if err != nil {
				t.Fatal(err)
			}
			same(t, "Series", func(b *knowledge.Base) (any, error) {
				members, _, err := b.Series(t.Context(), tenant, c.Series, 100, nil)
				return members, err
			}, built, loaded)
			same(t, "Disputing", func(b *knowledge.Base) (any, error) { return b.Disputing(t.Context(), tenant, c.ID) }, built, loaded)
		}
	}
}

func same(t *testing.T, what string, of func(*knowledge.Base) (any, error), built, loaded *knowledge.Base) {
	t.Helper()
	want, err := of(built)
	if err != nil {
		t.Fatal(err)
	}
	got, err := of(loaded)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s", what, diff)
	}
}

func TestStaleBasesAreRefused(t *testing.T) {
	t.Parallel()
	l, store, b := starterBase(t)
	file := savedBase(t, b)
	other, err := lexicon.Load(lexicon.Language(), fstest.MapFS{"floods.yaml": {Data: []byte("party:\n  delta:\n")}})
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		file []byte
		lex  *lexicon.Lexicon
		want error // besides ErrStale
	}{
		"another lexicon": {file, other, nil},
		"cut off":         {file[:len(file)-1], l, section.ErrDamaged},
		"nothing":         {nil, l, section.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := knowledge.LoadBase(t.Context(), bytes.NewReader(tc.file), tc.lex, store)
			if !errors.Is(err, knowledge.ErrStale) || tc.want != nil && !errors.Is(err, tc.want) {
				t.Errorf("%v, want %v", err, knowledge.ErrStale)
			}
		})
	}
}

// FuzzLoadBase holds that no file makes loading crash.
func FuzzLoadBase(f *testing.F) {
	l, store, b := starterBase(f)
	f.Add(savedBase(f, b))
	f.Fuzz(func(t *testing.T, file []byte) {
		if _, err := knowledge.LoadBase(t.Context(), bytes.NewReader(file), l, store); err != nil && !errors.Is(err, knowledge.ErrStale) {
			t.Error(err)
		}
	})
}
