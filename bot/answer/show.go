package answer

import (
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Show writes named claims as an answer shows them. chosen are the claims with what stands beside them.
func (w Writer) Show(n Named, chosen Chosen, reach knowledge.Reach) chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: chat.Answered, Shown: chosen.Shown}
	first := chat.RoleLead
	if gone := w.changed(n); len(gone) > 0 {
		gone[0].Role, first = chat.RoleLead, chat.RoleClaim
		r.Blocks = append(r.Blocks, gone...)
	}
	all := []Chosen{chosen}
	w.body(&r, all, first, false)
	w.linked(&r, all)
	w.left(&r, chosen.Left)
	w.beyond(&r, n)
	r.Blocks = append(r.Blocks, w.Footer(reach))
	return r
}

// Picked returns what stands for a claim that was picked out of several: a part that asks for exactly its scope, and the
// concepts under which others of that scope are found. A claim that counts nothing has no rivals.
func Picked(c knowledge.Claim) (p question.Part, concepts []string) {
	p.Past = true // what followed it is told, and doesn't take its place
	if !Countable(c) {
		return p, nil
	}
	s := c.Scope
	p.Party, p.Group, p.Metric, p.Place = s.Party, s.Group, s.Metric, s.Place
	for _, of := range []struct {
		class lexicon.Class
		id    string
	}{{lexicon.Party, s.Party}, {lexicon.Group, s.Group}, {lexicon.Metric, s.Metric}, {lexicon.Place, s.Place}} {
		if of.id != "" {
			concepts = append(concepts, lexicon.Key(of.class, of.id))
		}
	}
	if s.Party != "" {
		p.Parties = []string{s.Party}
	}
	switch period := s.Period; {
	case period.Total():
		p.Period = question.Period{Kind: question.PeriodWhole}
	case !period.From.IsZero() && !period.To.IsZero():
		p.Period = question.Period{Kind: question.PeriodDates, From: period.From.Start(), To: period.To.End()}
	}
	return p, concepts
}

// Rivals returns a claim with its rivals: claims of its very scope, as they stand side by side in an answer.
func (j *Judge) Rivals(c knowledge.Claim, p question.Part, found []knowledge.Found) Chosen {
	out := Chosen{Part: p, Outcome: chat.Answered, Shown: []chat.Shown{{Claim: c}}}
	rivals := j.count(&p, found, question.WishNone)
	if rivals.Outcome != chat.Answered {
		return out
	}
	for _, s := range rivals.Shown {
		if !out.shows(s.Claim) && len(s.Mismatch) == 0 && sameScope(c.Scope, s.Claim.Scope) && !state(c, s.Claim) {
			out.Shown = append(out.Shown, s)
		}
	}
	out.Left = rivals.Left
	out.trim(mostShown)
	return out
}

// Beside adds the rivals of what is shown.
func (c *Chosen) Beside(rivals Chosen) {
	for _, s := range rivals.Shown {
		if !c.shows(s.Claim) {
			c.Shown = append(c.Shown, s)
		}
	}
	c.Left = rivals.Left
	c.Alone = len(c.Shown) == 1 && c.Left == (Left{})
	c.trim(mostShown)
}

// sameScope reports claims that count the same: what is more or less exact than the other isn't its rival.
func sameScope(a, b knowledge.Scope) bool {
	return a.Party == b.Party && a.Group == b.Group && a.Metric == b.Metric && a.Place == b.Place
}

// state reports claims that are states of one count: they follow each other.
func state(a, b knowledge.Claim) bool { return countOf(&a) == countOf(&b) }
