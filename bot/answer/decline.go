package answer

import (
	"slices"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// declined reports a wish that isn't met: the figures are shown apart instead.
func declined(w question.Wish) bool { return w == question.Arithmetic || w == question.Judgement }

// decline turns an answer into a related one: what was asked for isn't given, and what keeps the figures apart is
// named.
func (w Writer) decline(r *chat.Reply, wish question.Wish) {
	id := "compute"
	if wish == question.Judgement {
		id = "judge"
	}
	apart := Apart(r.Shown)
	if len(apart) == 0 {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, id+"_same"))
		return
	}
	r.Outcome = chat.Related
	for i := range r.Shown {
		r.Shown[i].Mismatch = apart
	}
	r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, id+"_lead", fields{Dims: w.Dimensions(apart)}))
}

// Apart returns the dimensions in which claims differ from each other.
func Apart(shown []chat.Shown) []knowledge.Dimension {
	var out []knowledge.Dimension
	if len(shown) < 2 {
		return nil
	}
	a := shown[0].Claim
	for _, d := range []struct {
		dim    knowledge.Dimension
		differ func(b knowledge.Claim) bool
	}{
		{knowledge.DimMetric, func(b knowledge.Claim) bool { return a.Scope.Metric != b.Scope.Metric }},
		{knowledge.DimGroup, func(b knowledge.Claim) bool { return a.Scope.Group != b.Scope.Group }},
		{knowledge.DimParty, func(b knowledge.Claim) bool { return a.Scope.Party != b.Scope.Party }},
		{knowledge.DimPeriod, func(b knowledge.Claim) bool { return a.Scope.Period != b.Scope.Period }},
		{knowledge.DimPlace, func(b knowledge.Claim) bool { return a.Scope.Place != b.Scope.Place }},
		{knowledge.DimAttribution, func(b knowledge.Claim) bool { return a.Attribution.Speaker != b.Attribution.Speaker }},
	} {
		if slices.ContainsFunc(shown[1:], func(s chat.Shown) bool { return d.differ(s.Claim) }) {
			out = append(out, d.dim)
		}
	}
	return out
}

// LikeForLike narrows a comparison of sides to the claims of those who count every side alike: one claimant, one
// metric, one period. Without any, each side keeps what there is of it.
func LikeForLike(chosen []Chosen) {
	if !likeForLike(chosen) {
		return
	}
	for i := range chosen {
		chosen[i].Shown = slices.DeleteFunc(chosen[i].Shown, func(s chat.Shown) bool { return !everywhere(chosen, s.Claim) })
	}
}

// likeForLike reports whether there is a claimant who counts every side alike.
func likeForLike(chosen []Chosen) bool {
	return len(chosen) > 1 && slices.ContainsFunc(chosen[0].Shown, func(s chat.Shown) bool { return everywhere(chosen, s.Claim) })
}

// everywhere reports whether each part is shown a claim that counts the same as this one, by the same claimant.
func everywhere(chosen []Chosen, c knowledge.Claim) bool {
	return c.Attribution.Speaker != "" && !slices.ContainsFunc(chosen, func(o Chosen) bool {
		return !slices.ContainsFunc(o.Shown, func(s chat.Shown) bool {
			x := s.Claim
			return x.Attribution.Speaker == c.Attribution.Speaker && x.Attribution.Method == c.Attribution.Method &&
				x.Scope.Metric == c.Scope.Metric && x.Scope.Group == c.Scope.Group && x.Scope.Period == c.Scope.Period
		})
	})
}
