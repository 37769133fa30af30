package answer

import (
	"slices"
	"strconv"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// Compose writes the reply to a question from what was chosen for each of its parts.
func (w Writer) Compose(q question.Question, chosen []Chosen, reach knowledge.Reach) chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: best(chosen)}
	if r.Outcome == chat.Unsourced {
		return w.unsourced(q, reach)
	}
	if i := slices.IndexFunc(chosen, func(c Chosen) bool { return c.Unfolded }); i >= 0 { // a history is no list of parts
		chosen = chosen[i : i+1]
		r.Outcome = chosen[0].Outcome
	}
	r.Shown = union(chosen)
	w.claims(&r, q, chosen)
	w.linked(&r, chosen)
	var left Left
	for _, c := range chosen {
		w.missing(&r, c, len(chosen))
		left.add(c.Left)
	}
	if !declined(q.Wish) {
		w.left(&r, left)
	}
	w.asOf(&r, q)
	w.unread(&r, q)
	r.Blocks = append(r.Blocks, w.LeftOut(q)...)
	r.Blocks = append(r.Blocks, w.Footer(reach))
	return r
}

// claims writes the first line and the claims shown.
func (w Writer) claims(r *chat.Reply, q question.Question, chosen []Chosen) {
	unfolded := slices.ContainsFunc(chosen, func(c Chosen) bool { return c.Unfolded })
	lead, nearest := "", false
	switch {
	case declined(q.Wish):
		w.decline(r, q.Wish)
		if q.Wish == question.Arithmetic && likeForLike(chosen) {
			r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "like_for_like"))
		}
	case unfolded:
		lead = "change_lead"
	case r.Outcome == chat.Related:
		nearest = true
		r.Blocks = append(r.Blocks, w.how(chosen, r.Shown[0], chat.RoleLead))
	case chosen[0].Listing:
		lead = "issues_lead"
	case slices.ContainsFunc(chosen, func(c Chosen) bool { return c.Components }):
		lead = "components_lead"
	}
	if lead != "" {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, lead))
	}
	switch {
	case unfolded:
		w.history(r)
	case len(r.Blocks) == 0:
		w.body(r, chosen, chat.RoleLead, nearest)
	default:
		w.body(r, chosen, chat.RoleClaim, nearest)
	}
	if q.Wish == question.Change && !unfolded && len(chosen) == 1 {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "change_none"))
	}
	if chosen[0].Alone && len(chosen[0].Disputes) == 0 {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "rivals_none"))
	}
}

// best returns the outcome of the best part.
func best(chosen []Chosen) chat.Outcome {
	out := chat.Unsourced
	for _, c := range chosen {
		if c.Outcome == chat.Answered || c.Outcome == chat.Related && out == chat.Unsourced {
			out = c.Outcome
		}
	}
	return out
}

// union returns every claim shown, those that answer before those that are only near, each once.
func union(chosen []Chosen) []chat.Shown {
	var out []chat.Shown
	for _, outcome := range []chat.Outcome{chat.Answered, chat.Related} {
		for _, c := range chosen {
			if c.Outcome != outcome {
				continue
			}
			for _, s := range c.Shown {
				if !slices.ContainsFunc(out, func(o chat.Shown) bool { return o.Claim.Key() == s.Claim.Key() }) {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// missing says what part of the question has no answer.
func (w Writer) missing(r *chat.Reply, c Chosen, parts int) {
	if c.Outcome == chat.Unsourced && parts > 1 && c.Part.Text != "" {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleWrote, Label: w.say("label_wrote"), Parts: []chat.Part{
			w.Wrote(c.Part.Text), Own(" " + w.say("part_unsourced")),
		}})
	}
}

// asOf says that only what had been said by a date is shown.
func (w Writer) asOf(r *chat.Reply, q question.Question) {
	for _, p := range q.Parts {
		if !p.AsOf.IsZero() {
			last := p.AsOf.AddDate(0, 0, -1).Format(time.DateOnly)
			r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
				Own(w.say("known_then") + " "), {Kind: chat.Furniture, Text: last},
			}})
			return
		}
	}
}

// left says what else there is.
func (w Writer) left(r *chat.Reply, l Left) {
	for _, left := range []struct {
		id    string
		count int
	}{{"more", l.More}, {"more_earlier", l.Earlier}, {"more_periods", l.Periods}} {
		if left.count > 0 {
			r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
				Own(w.say(left.id)), {Kind: chat.Furniture, Text: strconv.Itoa(left.count)},
			}})
		}
	}
}

// LeftOut says how many parts of a long text weren't looked at.
func (w Writer) LeftOut(q question.Question) []chat.Block {
	if q.More == 0 {
		return nil
	}
	return []chat.Block{{Role: chat.RoleNote, Parts: []chat.Part{
		Own(w.say("more_parts")), {Kind: chat.Furniture, Text: strconv.Itoa(q.More)},
	}}}
}

// unread says that the text holds a number that can't be read.
func (w Writer) unread(r *chat.Reply, q question.Question) {
	if slices.ContainsFunc(q.Parts, func(p question.Part) bool { return p.Unreadable }) {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "unreadable"))
	}
}
