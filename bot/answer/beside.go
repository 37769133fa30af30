package answer

import (
	"slices"
	"strings"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// body writes the claims. Figures that stand side by side are grouped by what they count and on what basis; those
// that aren't independent of each other are named. nearest: it was said how the first differs from what was asked, and whichever
// differs otherwise than the one before says so too.
func (w Writer) body(r *chat.Reply, chosen []Chosen, first chat.Role, nearest bool) {
	beside := oneAnswer(chosen) && rivals(r.Shown)
	group, old := "", oldest(r.Shown)
	for i, s := range r.Shown {
		blocks := w.Claim(s.Claim, first, len(r.Shown) > 1)
		if beside {
			blocks = slices.Insert(blocks, 1, w.span(s.Claim))
			if i > 0 && i == old {
				r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "older_note"))
			}
			group = w.heading(r, s.Claim, group, i == 0 && first == chat.RoleLead)
		}
		if i > 0 && len(s.Mismatch) > 0 && (r.Outcome == chat.Answered || nearest && !w.alike(chosen, r.Shown[i-1], s)) {
			r.Blocks = append(r.Blocks, w.how(chosen, s, chat.RoleNote))
		}
		r.Blocks = append(r.Blocks, blocks...)
		if i == 0 && beside {
			r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "rivals_note"))
		}
		first = chat.RoleClaim
	}
	if beside {
		w.dependence(r)
	}
}

// Beside writes what else is sourced of a claim's scope, in short: first what its own claimant has said since.
// Where the claim isn't of the scope that was stated, they are.
func (w Writer) Beside(f chat.Finding, others []knowledge.Claim) []chat.Block {
	var out []chat.Block
	for _, note := range []string{"since_note", "later_note", "stated_note", "rivals_note"} {
		open := false
		for _, o := range others {
			if relation(f, o) != note {
				continue
			}
			if !open {
				out, open = append(out, w.Line(chat.RoleNote, note)), true
			}
			out = append(out, short(w.Claim(o, chat.RoleClaim, true))...)
		}
	}
	return out
}

// relation returns the note under which a claim stands beside another.
func relation(f chat.Finding, other knowledge.Claim) string {
	c := f.Claim
	switch {
	case f.Verdict == chat.MixedUp && other.Kind != knowledge.KindStatus:
		return "stated_note"
	case other.Series != "" && other.Series == c.Series:
		return "since_note"
	case other.Kind == knowledge.KindStatus:
		return "later_note"
	}
	return "rivals_note"
}

// short leaves of a claim's blocks its sentence, the caveat that weighs most, by whom and when, and where it can be read.
func short(blocks []chat.Block) []chat.Block {
	seen := map[chat.Role]int{}
	return slices.DeleteFunc(blocks, func(b chat.Block) bool {
		seen[b.Role]++
		return b.Role == chat.RoleCounts || seen[b.Role] > 1 && (b.Role == chat.RoleCaveat || b.Role == chat.RoleSource)
	})
}

// oneAnswer reports that all that is shown answers one part: what answers different ones is no rival of each other.
func oneAnswer(chosen []Chosen) bool {
	answers := 0
	for _, c := range chosen {
		answers += boolInt(len(c.Shown) > 0)
	}
	return answers == 1
}

// rivals reports figures of one scope, the period and what exactly is counted aside.
func rivals(shown []chat.Shown) bool {
	return len(shown) > 1 && !slices.ContainsFunc(shown, func(s chat.Shown) bool {
		a, b := s.Claim, shown[0].Claim
		return a.Figure.IsZero() || a.Scope.Party != b.Scope.Party || a.Scope.Group != b.Scope.Group || a.Scope.Place != b.Scope.Place
	})
}

// oldest returns where totals begin that end long before the newest one shown; −1 where none does.
func oldest(shown []chat.Shown) int {
	var newest time.Time
	for _, s := range shown {
		if end := UpTo(s.Claim).Start(); Total(s.Claim) && end.After(newest) {
			newest = end
		}
	}
	return slices.IndexFunc(shown, func(s chat.Shown) bool { return Total(s.Claim) && behind(s.Claim, newest, stale) })
}

// heading opens a group of figures of one metric and one basis, unless it is open or the reply begins with it.
// It returns the group.
func (w Writer) heading(r *chat.Reply, c knowledge.Claim, open string, silent bool) string {
	group := c.Scope.Metric + " " + c.Attribution.Method + " " + c.Attribution.Standing
	if group == open || silent {
		return group
	}
	words := []string{}
	if slices.ContainsFunc(r.Shown, func(s chat.Shown) bool { return s.Claim.Scope.Metric != c.Scope.Metric }) {
		words = append(words, w.label(lexicon.Metric, c.Scope.Metric))
	}
	if c.Attribution.Method != "" {
		words = append(words, w.label(lexicon.Method, c.Attribution.Method))
	}
	words = append(words, w.label(lexicon.Standing, c.Attribution.Standing))
	r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleHeading, Parts: []chat.Part{Own(strings.Join(words, " · "))}})
	return group
}

// dependence says which of the figures shown are built on others of them, or on the same ones: they don't confirm
// each other.
func (w Writer) dependence(r *chat.Reply) {
	var built []string
	for i, s := range r.Shown {
		others := slices.Delete(slices.Clone(r.Shown), i, i+1)
		if slices.ContainsFunc(others, func(o chat.Shown) bool { return w.dependent(s.Claim, o.Claim) }) {
			names := make([]string, 0, len(s.Claim.DrawsOn))
			for _, id := range s.Claim.DrawsOn {
				names = append(names, w.label(lexicon.Claimant, id))
			}
			built = append(built, w.say("draws_on", fields{Who: w.label(lexicon.Claimant, s.Claim.Attribution.Speaker), Text: strings.Join(names, ", ")}))
		}
	}
	if len(built) > 0 {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
			Own(w.say("not_independent") + " " + strings.Join(built, "; ") + "."),
		}})
	}
}

// dependent reports that a is built on figures of b's claimant, of another body of b's side, or on what b is built on too.
func (w Writer) dependent(a, b knowledge.Claim) bool {
	return slices.ContainsFunc(a.DrawsOn, func(id string) bool {
		return id == b.Attribution.Speaker || slices.Contains(b.DrawsOn, id) || w.oneSide(id, b.Attribution.Speaker)
	})
}

// oneSide reports two claimants who speak for one side.
func (w Writer) oneSide(a, b string) bool {
	x, known := w.lex.Get(lexicon.Claimant, a)
	y, ok := w.lex.Get(lexicon.Claimant, b)
	return known && ok && x.Party != "" && x.Party == y.Party
}

// linked writes, in short, what the claims shown are linked with: who disputes them, and where things stand later.
func (w Writer) linked(r *chat.Reply, chosen []Chosen) {
	var disputes, later []knowledge.Claim
	for _, c := range chosen {
		disputes, later = append(disputes, c.Disputes...), append(later, c.Later...)
	}
	w.contested(r, disputes)
	w.further(r, "disputed_note", disputes)
	w.further(r, "later_note", later)
}

// contested says which of the claims shown dispute others of them.
func (w Writer) contested(r *chat.Reply, disputes []knowledge.Claim) {
	for _, a := range r.Shown {
		if !slices.ContainsFunc(disputes, func(c knowledge.Claim) bool { return c.Key() == a.Claim.Key() }) {
			continue
		}
		for _, b := range r.Shown {
			if slices.Contains(a.Claim.Disputes, b.Claim.ID) {
				r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
					Own(w.say("disputed_note") + " "), Sourced(a.Claim, w.voice(a.Claim.Attribution)), Own(" " + w.say("disputes") + " "), Sourced(b.Claim, w.voice(b.Claim.Attribution)), Own("."),
				}})
			}
		}
	}
}

// voice returns who says it, or on which ground where nobody is named.
func (w Writer) voice(a knowledge.Attribution) string {
	if a.Speaker == "" {
		return w.label(lexicon.Standing, a.Standing)
	}
	return w.label(lexicon.Claimant, a.Speaker)
}

// further adds claims that aren't shown yet, under a note.
func (w Writer) further(r *chat.Reply, note string, claims []knowledge.Claim) {
	for _, c := range claims {
		if slices.ContainsFunc(r.Shown, func(s chat.Shown) bool { return s.Claim.Key() == c.Key() }) {
			continue
		}
		if note != "" {
			r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, note))
			note = ""
		}
		r.Blocks = append(r.Blocks, short(w.Claim(c, chat.RoleClaim, true))...)
		r.Shown = append(r.Shown, chat.Shown{Claim: c})
	}
}

// span writes a figure alone, for the bars that stand side by side: its bounds, with the word that says which
// of them the source leaves open.
func (w Writer) span(c knowledge.Claim) chat.Block {
	b := chat.Block{Role: chat.RoleRange, ClaimID: c.ID}
	if q := c.Figure.Qualifier; q != knowledge.Range && q != knowledge.Exact { // these say it by themselves
		b.Parts = append(b.Parts, Own(w.say("bound_"+string(q))+" "))
	}
	var bounds []string
	for _, v := range []*float64{c.Figure.Low, c.Figure.Best, c.Figure.High} {
		if v != nil {
			bounds = append(bounds, w.number(*v))
		}
	}
	b.Parts = append(b.Parts, Sourced(c, strings.Join(bounds, " – ")))
	return b
}
