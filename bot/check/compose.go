package check

import (
	"slices"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// Compose writes the reply to a statement from its assertions and the finding on each, in their order; near is a claim
// that the whole text seems to be about, where nothing in it could be judged.
func Compose(w answer.Writer, q question.Question, findings []chat.Finding, near *knowledge.Claim, reach knowledge.Reach) chat.Reply {
	r := chat.Reply{Lang: w.Lang(), Outcome: chat.Checked, Findings: findings}
	for _, f := range findings {
		if f.Claim != nil {
			show(&r, *f.Claim)
		}
	}
	single, several := len(findings) == 1, len(r.Shown) > 1
	r.Blocks = append(r.Blocks, lead(w, q.Parts, findings))
	told := map[knowledge.Key]bool{}
	for i, f := range findings {
		r.Blocks = append(r.Blocks, finding(w, q.Parts[i], f))
		if f.Claim == nil {
			r.Blocks = append(r.Blocks, offered(w, &r, f)...)
			continue
		}
		if told[f.Claim.Key()] {
			last := &r.Blocks[len(r.Blocks)-1]
			last.Parts = append(last.Parts, answer.Own(" "), answer.Sourced(*f.Claim, w.Quotable(*f.Claim)))
			continue
		}
		told[f.Claim.Key()] = true
		blocks := w.Claim(*f.Claim, chat.RoleClaim, several)
		if single { // the lead has said it
			blocks = blocks[1:]
		}
		r.Blocks = append(r.Blocks, blocks...)
		others := slices.DeleteFunc(slices.Clone(f.Others), func(c knowledge.Claim) bool { return !show(&r, c) })
		r.Blocks = append(r.Blocks, w.Beside(f, others)...)
	}
	if near != nil && show(&r, *near) {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "near_note"))
		r.Blocks = append(r.Blocks, w.Claim(*near, chat.RoleClaim, true)...)
	}
	r.Blocks = append(r.Blocks, w.LeftOut(q)...)
	r.Blocks = append(r.Blocks, w.Footer(reach))
	return r
}

// offered writes the claims that an assertion which isn't stated as a fact is about.
func offered(w answer.Writer, r *chat.Reply, f chat.Finding) []chat.Block {
	var out []chat.Block
	for _, c := range f.Others {
		if !show(r, c) {
			continue
		}
		out = append(out, w.Line(chat.RoleNote, "near_note"))
		out = append(out, w.Claim(c, chat.RoleClaim, true)...)
	}
	return out
}

// show notes a claim as shown, and reports whether it is new.
func show(r *chat.Reply, c knowledge.Claim) bool {
	if slices.ContainsFunc(r.Shown, func(s chat.Shown) bool { return s.Claim.Key() == c.Key() }) {
		return false
	}
	r.Shown = append(r.Shown, chat.Shown{Claim: c})
	return true
}

// finding writes the verdict on one assertion.
func finding(w answer.Writer, p question.Part, f chat.Finding) chat.Block {
	b := chat.Block{Role: chat.RoleFinding, ClaimID: id(f), Parts: []chat.Part{
		w.Wrote(f.Quote), answer.Own(" — "), {Kind: chat.Own, Text: verdict(w, f), Strong: true},
	}}
	if unread(p, f) {
		b.Parts = []chat.Part{w.Wrote(f.Quote), answer.Own(" — " + w.Because("unreadable"))}
		return b
	}
	if f.Verdict == chat.MixedUp {
		b.Parts = append(append(b.Parts, answer.Own(": ")), w.Differences(&p, *f.Claim, f.Mixups)...)
	}
	b.Parts = append(b.Parts, answer.Own("."))
	return b
}

func id(f chat.Finding) string {
	if f.Claim == nil {
		return ""
	}
	return f.Claim.ID
}

// lead says the verdict where there is one, together with what is sourced, else that several follow.
func lead(w answer.Writer, parts []question.Part, findings []chat.Finding) chat.Block {
	if len(findings) != 1 {
		return w.Line(chat.RoleLead, "checked_lead")
	}
	f := findings[0]
	text := w.Because("because_" + string(f.Verdict))
	switch {
	case unread(parts[0], f):
		text = w.Because("unreadable")
	case parts[0].Mood != question.Stated && f.Verdict == chat.NoSource && len(f.Others) > 0:
		text = w.Because("because_open")
	case f.Verdict == chat.Differs && parts[0].Negated:
	case f.Verdict == chat.Differs && parts[0].Quantity != nil && answer.CutShort(parts[0].Quantity, f.Claim.Figure):
		text = w.Because("because_range")
	case f.Verdict == chat.Differs && !f.Claim.Figure.IsZero():
		text = w.Because("because_other_figure")
	case f.Verdict == chat.MixedUp:
		text = w.Mixed("because_mixed_up", f.Mixups)
	}
	b := chat.Block{Role: chat.RoleLead, ClaimID: id(f), Parts: []chat.Part{answer.Own(text)}}
	if f.Claim != nil {
		b.Parts = append(b.Parts, answer.Own(" "), answer.Sourced(*f.Claim, w.Quotable(*f.Claim)))
	}
	return b
}

func verdict(w answer.Writer, f chat.Finding) string {
	return w.Because("verdict_" + string(f.Verdict))
}

// unread reports an assertion whose number can't be read: there is nothing to judge.
func unread(p question.Part, f chat.Finding) bool {
	return p.Unreadable && p.Quantity == nil && f.Verdict == chat.NoSource
}
