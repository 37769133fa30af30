package answer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Board writes where things stand: the stage, each contested issue with the last attributed position of each
// side, what the sides said, and how far the base reaches. claims may be in any order.
func (w Writer) Board(claims []knowledge.Claim, reach knowledge.Reach) chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: chat.Answered}
	stage := ofKind(claims, knowledge.KindStatus)
	issues := ofKind(claims, knowledge.KindIssue)
	said := slices.DeleteFunc(ofKind(claims, knowledge.KindStatement), func(c knowledge.Claim) bool {
		return Countable(c) || len(c.Disputes) > 0 // about a figure, not about where things stand
	})
	if len(stage)+len(issues)+len(said) == 0 {
		return w.sentence("status_none")
	}
	r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "status_lead"))
	w.stages(&r, stage)
	w.issues(&r, issues)
	w.section(&r, "status_statements", said)
	w.horizon(&r)
	r.Blocks = append(r.Blocks, w.Footer(reach))
	return r
}

// stages writes the latest stage first, then those before it in the order of their time, then those without a date.
func (w Writer) stages(r *chat.Reply, stages []knowledge.Claim) {
	dated := slices.DeleteFunc(slices.Clone(stages), func(c knowledge.Claim) bool { return UpTo(c).IsZero() })
	undated := slices.DeleteFunc(slices.Clone(stages), func(c knowledge.Claim) bool { return !UpTo(c).IsZero() })
	slices.SortStableFunc(dated, byTime)
	if len(dated) > 0 {
		last := len(dated) - 1
		w.section(r, "status_latest", dated[last:])
		w.section(r, "status_before", dated[:last])
	}
	w.section(r, "status_stage", undated)
}

// Later returns the latest of the stages that says later of the same thing what a claim says of it, if there is one.
func (j *Judge) Later(c knowledge.Claim, stages []knowledge.Claim) (latest knowledge.Claim, ok bool) {
	if c.Kind != knowledge.KindStatus || UpTo(c).IsZero() {
		return knowledge.Claim{}, false
	}
	latest = c
	for _, s := range stages {
		if byTime(s, latest) > 0 && j.sameDeed(c, s) {
			latest = s
		}
	}
	return latest, latest.Key() != c.Key()
}

// sameDeed reports two claims of one topic that say, or deny, the same of it.
func (j *Judge) sameDeed(a, b knowledge.Claim) bool {
	return a.Topic == b.Topic && slices.ContainsFunc(j.read(a).topics(), func(t question.Topic) bool {
		_, ok := j.read(b).topic(t.ID)
		return ok && t.Is("verb")
	})
}

// byTime orders claims by the date up to which they count.
func byTime(a, b knowledge.Claim) int { return UpTo(a).Compare(UpTo(b)) }

// horizon says where the knowledge that the board shows ends.
func (w Writer) horizon(r *chat.Reply) {
	var last knowledge.Date
	for _, s := range r.Shown {
		if at := UpTo(s.Claim); last.Compare(at) < 0 {
			last = at
		}
	}
	if !last.IsZero() {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
			Own(w.say("status_horizon") + " "), {Kind: chat.Furniture, Text: last.String()},
		}})
	}
}

// ofKind returns the claims of a kind, the latest first; of equal date those that say where.
func ofKind(claims []knowledge.Claim, kind knowledge.Kind) []knowledge.Claim {
	var out []knowledge.Claim
	for _, c := range claims {
		if c.Kind == kind {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b knowledge.Claim) int {
		return cmp.Or(b.Attribution.SaidOn.Compare(a.Attribution.SaidOn), boolInt(a.Scope.Place == "")-boolInt(b.Scope.Place == ""))
	})
	return out
}

func (w Writer) section(r *chat.Reply, heading string, claims []knowledge.Claim) {
	if len(claims) == 0 {
		return
	}
	r.Blocks = append(r.Blocks, w.Line(chat.RoleHeading, heading))
	for _, c := range claims {
		w.entry(r, c)
	}
}

// entry writes a claim as one item of the board: its sentence, by whom and when, its source.
func (w Writer) entry(r *chat.Reply, c knowledge.Claim) {
	blocks := slices.DeleteFunc(w.Claim(c, chat.RoleClaim, true), func(b chat.Block) bool { return b.Role == chat.RoleCounts })
	r.Blocks = append(r.Blocks, blocks...)
	r.Shown = append(r.Shown, chat.Shown{Claim: c})
}

// issues groups positions by their topic: the sides of one dispute stand together, and a side that has no
// position of its own is named. Of a side whose last position the reply has shown already, that is said.
func (w Writer) issues(r *chat.Reply, claims []knowledge.Claim) {
	var topics []string
	for _, c := range claims {
		if !slices.Contains(topics, c.Topic) {
			topics = append(topics, c.Topic)
		}
	}
	for _, topic := range topics {
		heading := chat.Block{Role: chat.RoleHeading, Parts: []chat.Part{Own(w.say("status_issues"))}}
		if topic != "" {
			heading.Parts = append(heading.Parts, Own(": "+w.label(lexicon.Topic, topic)))
		}
		r.Blocks = append(r.Blocks, heading)
		seen, above := map[string]bool{}, []string(nil)
		for _, c := range claims {
			if c.Topic != topic || seen[c.Scope.Party] {
				continue
			}
			seen[c.Scope.Party] = true
			if !shows(r, c) {
				w.entry(r, c)
			} else if c.Scope.Party != "" {
				above = append(above, w.label(lexicon.Party, c.Scope.Party))
			}
		}
		w.sides(r, above, "position_above")
		w.silent(r, seen)
	}
}

// silent names the sides without a position of their own on an issue.
func (w Writer) silent(r *chat.Reply, seen map[string]bool) {
	var silent []string
	for _, side := range w.lex.Of(lexicon.Party) {
		if side.Is("side") && !seen[side.ID] {
			silent = append(silent, side.In(w.lang))
		}
	}
	w.sides(r, silent, "position_none")
}

// sides says something of some sides, under the heading of an issue.
func (w Writer) sides(r *chat.Reply, names []string, id string) {
	if len(names) > 0 {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Label: strings.Join(names, ", "), Parts: []chat.Part{Own(w.say(id))}})
	}
}
