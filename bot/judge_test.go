package bot

import (
	"fmt"
	"slices"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// The rules of eval/score.py: why a reply to a line is wrong; "" where it is right.

func judgeQuestion(d dialogue, r chat.Reply) string {
	want := d.Expect
	if !slices.Contains(want.Outcome, r.Outcome) {
		return fmt.Sprintf("outcome %s, wanted %v", r.Outcome, want.Outcome)
	}
	var shown []string
	for _, s := range r.Shown {
		shown = append(shown, keyOf(s.Claim.ID))
	}
	for _, ids := range []([]string){want.First, want.MustHave, want.AlsoOK} { // labels may name claims by id
		for i := range ids {
			ids[i] = keyOf(ids[i])
		}
	}
	strange := func(k string) bool {
		return !slices.Contains(slices.Concat(want.First, want.MustHave, want.AlsoOK), k)
	}
	lacks := func(k string) bool { return !slices.Contains(shown, k) }
	switch {
	case r.Outcome == chat.Unsourced || r.Outcome == chat.Help:
		if len(shown) > 0 {
			return fmt.Sprintf("shows %v though %s", shown, r.Outcome)
		}
	case len(want.First) > 0 && (len(shown) == 0 || !slices.Contains(want.First, shown[0])):
		return fmt.Sprintf("shows %v, wanted one of %v first", shown, want.First)
	case slices.ContainsFunc(want.MustHave, lacks):
		return fmt.Sprintf("shows %v, wanted all of %v", shown, want.MustHave)
	case slices.ContainsFunc(shown, strange):
		return fmt.Sprintf("shows %v, of which some don't belong", shown)
	case r.Outcome == chat.Related && len(want.Mismatch) > 0:
		have := r.Shown[0].Mismatch
		unsaid := func(dim knowledge.Dimension) bool { return !slices.Contains(have, dim) }
		if slices.ContainsFunc(want.Mismatch, unsaid) || len(have) > len(want.Mismatch)+1 {
			return fmt.Sprintf("mismatch %v, wanted %v", have, want.Mismatch)
		}
	}
	return ""
}

func judgeStatement(d dialogue, r chat.Reply) string {
	if len(r.Findings) != len(d.Expect.Findings) {
		return fmt.Sprintf("%d findings, wanted %d", len(r.Findings), len(d.Expect.Findings))
	}
	for i, want := range d.Expect.Findings {
		for k := range want.Claim {
			want.Claim[k] = keyOf(want.Claim[k])
		}
		f, about := r.Findings[i], ""
		if f.Claim != nil {
			about = keyOf(f.Claim.ID)
		}
		switch {
		case !slices.Contains(want.Verdict, f.Verdict):
			return fmt.Sprintf("finding %d: %s %s %v, wanted %v", i+1, f.Verdict, about, f.Mixups, want)
		case f.Verdict != chat.NoSource && len(want.Claim) > 0 && !slices.Contains(want.Claim, about):
			return fmt.Sprintf("finding %d is about %s, wanted %v", i+1, about, want.Claim)
		case f.Verdict == chat.MixedUp && len(want.Mixups) > 0 && !sameSet(f.Mixups, want.Mixups):
			return fmt.Sprintf("finding %d: mixups %v, wanted %v", i+1, f.Mixups, want.Mixups)
		}
	}
	return ""
}

func sameSet(a, b []knowledge.Dimension) bool {
	return slices.Equal(slices.Compact(slices.Sorted(slices.Values(a))), slices.Compact(slices.Sorted(slices.Values(b))))
}

func keyOf(id string) string {
	for key, known := range keys {
		if known == id {
			return key
		}
	}
	return id
}

// idOf is the id of a claim that is named by its key, or by its id.
func idOf(key string) string {
	if id, ok := keys[key]; ok {
		return id
	}
	return key
}
