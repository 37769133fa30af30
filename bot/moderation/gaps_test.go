package moderation_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/gaptest"
	"github.com/whosays/whosays/knowledge"
)

func TestGapMemory(t *testing.T) {
	t.Parallel()
	gaptest.Run(t, func(testing.TB) moderation.GapStore { return gaptest.NewMemory() })
}

var asked = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// sees lets a person see some places.
func sees(visible ...chat.Address) chat.Sees {
	return func(_ context.Context, places []chat.Address) ([]chat.Address, error) {
		return slices.DeleteFunc(slices.Clone(places), func(p chat.Address) bool { return !slices.Contains(visible, p) }), nil
	}
}

// ask has people ask for something in a place.
func ask(t *testing.T, g *moderation.Gaps, place chat.Address, people, concepts string, at time.Time) {
	t.Helper()
	for who := range strings.FieldsSeq(people) {
		if err := g.Note(t.Context(), "one", who, place, strings.Fields(concepts), at); err != nil {
			t.Fatal(err)
		}
	}
}

func list(t *testing.T, g *moderation.Gaps, see chat.Sees, at time.Time) (out []string) {
	t.Helper()
	all, err := g.List(t.Context(), "one", see, at)
	if err != nil {
		t.Fatal(err)
	}
	for _, gap := range all {
		places := make([]string, len(gap.Places))
		for i, p := range gap.Places {
			places[i] = string(p)
		}
		out = append(out, strings.Join(gap.Scope, "+")+" "+strings.Repeat("*", gap.People)+" "+strings.Join(places, ",")+" "+gap.Day.String())
	}
	return out
}

// gapped are questions without an answer, and what is listed of them some days later.
type gapped map[string]struct {
	ask  func(t *testing.T, g *moderation.Gaps)
	see  chat.Sees
	days int
	want []string
}

func (all gapped) try(t *testing.T) {
	for name, tc := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := moderation.NewGaps(gaptest.NewMemory())
			tc.ask(t, g)
			if diff := cmp.Diff(tc.want, list(t, g, tc.see, asked.Add(time.Duration(tc.days)*24*time.Hour))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	const tanks, dam = "metric:lost group:tanks", "place:dam"
	gapped{
		"three people": {
			func(t *testing.T, g *moderation.Gaps) { ask(t, g, "c1", "a b c", tanks, asked) }, sees("c1"), 0,
			[]string{"group:tanks+metric:lost *** c1 2026-03-01"},
		},
		"two people, often": {
			func(t *testing.T, g *moderation.Gaps) {
				ask(t, g, "c1", "a b a b a b", tanks, asked)
				ask(t, g, "c2", "a b", tanks, asked)
			}, sees("c1", "c2"), 0, nil,
		},
		"in several places, in any order of words": {
			func(t *testing.T, g *moderation.Gaps) {
				ask(t, g, "c2", "a b", "group:tanks metric:lost group:tanks", asked)
				ask(t, g, "c1", "c", tanks, asked.Add(24*time.Hour))
			}, sees("c1", "c2"), 1,
			[]string{"group:tanks+metric:lost *** c1,c2 2026-03-02"},
		},
		"in a place that isn't seen": {
			func(t *testing.T, g *moderation.Gaps) {
				ask(t, g, "c1", "a b", tanks, asked)
				ask(t, g, "c2", "c d", tanks, asked)
			}, sees("c1"), 0, nil,
		},
		"none of the places are told that aren't seen": {
			func(t *testing.T, g *moderation.Gaps) {
				ask(t, g, "c1", "a b c", tanks, asked)
				ask(t, g, "c2", "d", tanks, asked)
			}, sees("c1"), 0,
			[]string{"group:tanks+metric:lost *** c1 2026-03-01"},
		},
		"nothing is seen": {func(t *testing.T, g *moderation.Gaps) { ask(t, g, "c1", "a b c", tanks, asked) }, nil, 0, nil},
		"what most ask first": {
			func(t *testing.T, g *moderation.Gaps) {
				ask(t, g, "c1", "a b c", tanks, asked)
				ask(t, g, "c1", "a b c d", dam, asked)
			}, sees("c1"), 0,
			[]string{"place:dam **** c1 2026-03-01", "group:tanks+metric:lost *** c1 2026-03-01"},
		},
		"after thirty days":     {func(t *testing.T, g *moderation.Gaps) { ask(t, g, "c1", "a b c", tanks, asked) }, sees("c1"), 30, []string{"group:tanks+metric:lost *** c1 2026-03-01"}},
		"after thirty-one days": {func(t *testing.T, g *moderation.Gaps) { ask(t, g, "c1", "a b c", tanks, asked) }, sees("c1"), 31, nil},
		"of nothing known":      {func(t *testing.T, g *moderation.Gaps) { ask(t, g, "c1", "a b c", "", asked) }, sees("c1"), 0, nil},
		"in private":            {func(t *testing.T, g *moderation.Gaps) { ask(t, g, "", "a b c", tanks, asked) }, sees(""), 0, nil},
	}.try(t)
}

// noting is a store that keeps what it was given.
type noting struct {
	*gaptest.Memory

	noted []moderation.Asking
}

func (n *noting) Note(ctx context.Context, a moderation.Asking) error {
	n.noted = append(n.noted, a)
	return n.Memory.Note(ctx, a)
}

// Who asked can't be told from what is kept: not by the account, nor by what another tenant keeps of the same one.
func TestWhoAskedIsNotKept(t *testing.T) {
	t.Parallel()
	s := &noting{Memory: gaptest.NewMemory()}
	g := moderation.NewGaps(s)
	for _, tenant := range []string{"one", "two", "one"} {
		if err := g.Note(t.Context(), tenant, "discord:1234", "c1", []string{"place:dam"}, asked); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.noted) != 3 || s.noted[0] != s.noted[2] || s.noted[0].Asker == s.noted[1].Asker {
		t.Errorf("noted: %+v", s.noted)
	}
	for _, a := range s.noted {
		if len(a.Asker) != 22 || strings.Contains(a.Asker, "1234") {
			t.Errorf("the asker is kept as %q", a.Asker)
		}
	}
}

func TestTellGap(t *testing.T) {
	t.Parallel()
	g := moderation.NewGaps(gaptest.NewMemory())
	ask(t, g, "c1", "a b c", "place:dam", asked)
	ask(t, g, "c2", "a b c", "place:dam", asked)
	ask(t, g, "c3", "a b c", "place:dam", asked)
	all, err := g.List(t.Context(), "one", sees("c1", "c2"), asked)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	gap, err := g.Gap(t.Context(), "one", all[0].ID, sees("c1", "c2"), asked)
	if diff := cmp.Diff(all[0], gap); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	said := map[string]chat.Address{}
	refused := errors.New("the place is gone")
	say := func(_ context.Context, tenant string, p chat.Post) error {
		if p.To == "c2" {
			return refused
		}
		said[tenant+" "+p.Key] = p.To
		return nil
	}
	for range 2 {
		if n, err := g.Tell(t.Context(), "one", gap, "dam-holds", chat.Reply{}, say); n != 1 || !errors.Is(err, refused) {
			t.Errorf("%d told, %v", n, err)
		}
	}
	if diff := cmp.Diff(map[string]chat.Address{"one gap:" + gap.ID + ":dam-holds:c1": "c1"}, said); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"place:dam *** c2,c3 2026-03-01"}, list(t, g, sees("c1", "c2", "c3"), asked)); diff != "" {
		t.Error(diff)
	}
	if _, err := g.Gap(t.Context(), "two", gap.ID, sees("c2"), asked); knowledge.KindOf(err) != knowledge.NotFound {
		t.Error(err)
	}
}
