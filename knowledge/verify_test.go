package knowledge_test

import (
	"context"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/knowledge"
)

// altered is a store in which somebody has changed rows behind the chain's back.
type altered struct {
	*knowledge.Memory

	tamper func([]knowledge.Change) []knowledge.Change
}

func (s altered) Changes(ctx context.Context, of knowledge.Trail) iter.Seq2[knowledge.Change, error] {
	return func(yield func(knowledge.Change, error) bool) {
		var all []knowledge.Change
		for c, err := range s.Memory.Changes(ctx, of) {
			if err != nil {
				yield(c, err)
				return
			}
			c.Claims, c.Bodies = slices.Clone(c.Claims), slices.Clone(c.Bodies)
			all = append(all, c)
		}
		for _, c := range s.tamper(all) {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// TestTamperingIsSeen is row 19 of what must hold: an audit row that was edited, put in, taken out or cut off is seen.
func TestTamperingIsSeen(t *testing.T) {
	t.Parallel()
	memory, err := knowledge.NewMemory(nil)
	if err != nil {
		t.Fatal(err)
	}
	honest, err := knowledge.NewBase(t.Context(), floodLexicon(t), memory)
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range []string{"a", "b", "c"} {
		add(t, honest, by("ann", i), plain("", id))
	}
	v, err := knowledge.Verify(t.Context(), memory, "", knowledge.Head{})
	if err != nil || len(v.Wrong) > 0 || v.Head.Revision != 3 {
		t.Fatalf("untouched: %+v, %v", v, err)
	}
	kept := v.Head
	for name, tamper := range map[string]func([]knowledge.Change) []knowledge.Change{
		"actor":     func(c []knowledge.Change) []knowledge.Change { c[1].Actor = "eve"; return c },
		"reason":    func(c []knowledge.Change) []knowledge.Change { c[1].Reason = "none"; return c },
		"time":      func(c []knowledge.Change) []knowledge.Change { c[1].At = noon; return c },
		"body":      func(c []knowledge.Change) []knowledge.Change { c[1].Bodies[0] = []byte("{}"); return c },
		"claim out": func(c []knowledge.Change) []knowledge.Change { c[1].Bodies, c[1].Claims = nil, nil; return c },
		"row out":   func(c []knowledge.Change) []knowledge.Change { return slices.Delete(c, 1, 2) },
		"row twice": func(c []knowledge.Change) []knowledge.Change { return slices.Insert(c, 1, c[0]) },
		"cut off":   func(c []knowledge.Change) []knowledge.Change { return c[:2] },
		"all out":   func([]knowledge.Change) []knowledge.Change { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if v, err := knowledge.Verify(t.Context(), altered{memory, tamper}, "", kept); err != nil || len(v.Wrong) == 0 {
				t.Errorf("%+v, %v", v, err)
			}
		})
	}
}

// TestACutOffEndNeedsAKeptHead: where claims, chain and head are all put back, only a head from elsewhere shows it.
func TestACutOffEndNeedsAKeptHead(t *testing.T) {
	t.Parallel()
	memory, err := knowledge.NewMemory(nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := knowledge.NewBase(t.Context(), floodLexicon(t), memory)
	if err != nil {
		t.Fatal(err)
	}
	add(t, b, by("ann", 0), plain("", "a"))
	kept := knowledge.Head{Revision: 2, Hash: "0123456789abcdef"}
	if v, err := knowledge.Verify(t.Context(), memory, "", knowledge.Head{}); err != nil || len(v.Wrong) > 0 {
		t.Errorf("without: %+v, %v", v, err)
	}
	if v, err := knowledge.Verify(t.Context(), memory, "", kept); err != nil || len(v.Wrong) != 1 || !strings.Contains(v.Wrong[0], "cut off") {
		t.Errorf("with: %+v, %v", v, err)
	}
}
