package question

import (
	"slices"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// topics reads what a part is about besides its scope: which topics, which pole of each, who does it.
func (r *reader) topics(p *Part, s stretch, claimed map[int]bool) {
	sign := int8(1)
	verb := -1 // the last topic that a negation behind it can turn
	carried, flipped, condition, aimed := false, false, false, false
	for i := s.from; i < s.to; i++ {
		if r.is(i, "not") && !r.pleonastic(i, s) {
			sign, carried = -1, false
		}
		if r.is(i, "what_issues") {
			p.Topics = append(p.Topics, r.contested(sign)...)
		}
		if r.is(i, "undo") {
			sign = -sign
		}
		switch {
		case r.is(i, "until"):
			sign, condition = 1, true
		case r.mark(i, ",") && condition && r.is(s.from, "until"):
			condition = false // "until …, they will …"
		}
		turned := false
		for _, m := range r.at[i] {
			if m.Class == lexicon.Event {
				p.event(m.Concept, r.since(i))
			}
			if m.Class == lexicon.Metric && sign < 0 && !r.negatedAway(i) {
				p.Negated, turned = true, true
			}
			if m.Class != lexicon.Topic {
				continue
			}
			t := Topic{Concept: m.Concept, Sign: m.Sign, Agent: r.agent(m, s, claimed), Condition: condition, Aimed: aimed, Wanted: m.Is("setting") && r.wanted(m.First)}
			aimed = aimed || m.Is("aims")
			if m.Is("poles") {
				t.Sign *= sign
				turned = true
			}
			if m.Is("verb") && !m.Is("affirms") {
				t.Sign *= sign
				flipped = flipped || sign < 0
				turned = true
				verb = len(p.Topics)
			}
			p.Topics = append(p.Topics, t)
			p.Says = p.Says || m.Is("speech")
			p.Issues = p.Issues || m.Is("contested") && m.Sign > 0
		}
		if turned {
			sign = r.carries(i, s)
			carried = sign < 0
		}
	}
	if sign < 0 {
		p.deny(verb, carried, flipped)
		if verb < 0 && !carried && p.Metric == "" {
			r.stops(p)
		}
	}
	p.Topics = strongest(p.Topics)
}

// contested returns what is said to be contested, as a topic; none where the lexicon knows no such.
func (r *reader) contested(sign int8) []Topic {
	c := r.lex.Flagged(lexicon.Topic, "contested")
	if c == nil {
		return nil
	}
	return []Topic{{Concept: c, Sign: sign}}
}

// deny applies a negation that nothing behind it has taken up. verb: the last topic that it can turn, or −1; carried:
// it comes from that topic itself; flipped: a topic has taken it up before.
func (p *Part) deny(verb int, carried, flipped bool) {
	switch {
	case carried:
		p.turnBack(verb)
	case flipped: // "не требует никаких": one denial
	case verb >= 0:
		p.Topics[verb].Sign *= -1
	case p.Metric != "":
		p.Negated = true
	}
}

// wanted reports that what stands on token i is what somebody wants, asks or demands: not what he wants it for, nor where.
func (r *reader) wanted(i int) bool {
	const slack = 3
	for k := i - 1; k >= 0 && k >= i-slack; k-- {
		if m, ok := r.find(k, lexicon.Topic); ok && m.Is("asks") {
			return true
		}
		_, light := r.find(k, lexicon.Light)
		_, side := r.find(k, lexicon.Party) // "Хочет ли Россия мира?"
		if !light && !(side && r.cyrillic(k)) && !r.form(k, "article") && !r.is(k, "question") || r.is(k, "into", "in", "by") {
			return false
		}
	}
	return false
}

// stops says of the setting, where a negation stands with nothing else to turn, that it doesn't go on: "nobody is
// negotiating", "there are no talks".
func (r *reader) stops(p *Part) {
	course := r.lex.Flagged(lexicon.Topic, "course")
	about := slices.ContainsFunc(p.Topics, func(t Topic) bool { return t.Is("subject") && t.Is("setting") })
	others := slices.ContainsFunc(p.Topics, func(t Topic) bool { return t.Is("matter") || t.Is("poles") || t.Is("deed") })
	if course != nil && about && !others && r.mode == stating {
		p.Topics = append(p.Topics, Topic{Concept: course, Sign: -1})
	}
}

// turnBack turns the deed that stands before a refusal at the very end: "withdrawing is something Kyiv rejects".
func (p *Part) turnBack(refusal int) {
	for i := refusal - 1; i >= 0; i-- {
		if p.Topics[i].Is("deed") {
			p.Topics[i].Sign *= -1
			return
		}
	}
}

// carries returns the sign that goes on behind the topic at token i: "refuses" turns the next verb round.
func (r *reader) carries(i int, s stretch) int8 {
	for _, m := range r.at[i] {
		if m.Class == lexicon.Topic && m.Is("negates") {
			if r.before(i, 1, "not") || r.labels(i, s) {
				return 1
			}
			return -1
		}
	}
	return 1
}

// labels reports that a word of rejecting at token i only calls something the bad that follows: "dismissed the talks as a farce". To
// reject it and to call it that is one denial.
func (r *reader) labels(i int, s stretch) bool {
	const slack = 3
	for k := i + 1; k < s.to; k++ {
		if !r.form(k, "as") {
			continue
		}
		for n := k + 1; n < s.to && n <= k+slack; n++ {
			if m, ok := r.find(n, lexicon.Topic); ok && m.Sign < 0 {
				return true
			}
		}
	}
	return false
}

// pleonastic reports a "not" that denies nothing: "поки не", "not only", "why not".
func (r *reader) pleonastic(i int, s stretch) bool {
	if r.is(i+1, "only") && r.mode == stating {
		return true
	}
	if i+1 < len(r.Tokens) && r.is(i+1, "more_than", "less_than", "at_least", "at_most") {
		return true
	}
	for k := i; k >= s.from; k-- {
		if r.is(k, "until") {
			return true
		}
	}
	return false
}

// since reports whether the event at token i is named as a point in time.
func (r *reader) since(i int) bool {
	return r.before(i, 2, "since", "after")
}

func (p *Part) event(e *lexicon.Concept, since bool) {
	if e.Is("own") {
		p.Own = e.ID
		return
	}
	p.Since = p.Since || since
	if !slices.Contains(p.Events, e.ID) {
		p.Events = append(p.Events, e.ID)
	}
}

// agent returns the party that does what a topic says: the nearest one before it in the part, else, where
// the verb may come first (Ukrainian, Russian), the nearest behind it. A person stands for their side.
func (r *reader) agent(m lexicon.Mention, s stretch, claimed map[int]bool) string {
	if !m.Is("deed") {
		return ""
	}
	if by := m.Last + 1; by < s.to && r.is(by, "by") {
		for k := by + 1; k < s.to && k < by+4; k++ {
			if id := r.side(k, nil); id != "" {
				return id
			}
		}
	}
	for i := m.First - 1; i >= s.from; i-- {
		if id := r.side(i, claimed); id != "" && !r.object(i) {
			return id
		}
	}
	for i := m.Last + 1; i < s.to && i <= m.Last+3 && r.cyrillic(m.First); i++ {
		if id := r.side(i, claimed); id != "" && !r.object(i) {
			return id
		}
		if _, verb := r.find(i, lexicon.Topic); verb {
			break
		}
	}
	for i := m.First - 1; i >= s.from; i-- {
		if c, ok := r.find(i, lexicon.Claimant); ok && c.Party != "" && !r.before(i, 1, "according") {
			return c.Party
		}
		if id := r.side(i, nil); id != "" {
			return id
		}
	}
	return ""
}

// side returns the party named at token i; none where it is a place or speaks.
func (r *reader) side(i int, claimed map[int]bool) string {
	m, ok := r.find(i, lexicon.Party)
	if !ok || claimed[i] {
		return ""
	}
	if _, place := r.find(i, lexicon.Place); place && r.located(i) {
		return ""
	}
	return m.ID
}

// object reports a party that something is asked of or done with: "from Ukraine".
func (r *reader) object(i int) bool {
	return i > 0 && r.is(i-1, "into", "by")
}

// strongest keeps each topic once, with the first doer that is named for it, and its last pole ("the dispute has
// been resolved"); what stands in a condition doesn't change it.
func strongest(all []Topic) []Topic {
	var out []Topic
	for _, t := range all {
		i := slices.IndexFunc(out, func(o Topic) bool { return o.Concept == t.Concept })
		switch {
		case i >= 0 && out[i].Condition && !t.Condition:
			out[i] = t
		case i < 0:
			out = append(out, t)
		case out[i].Agent == "":
			out[i].Agent = t.Agent
		}
		if i >= 0 && !t.Condition {
			out[i].Sign = t.Sign
		}
	}
	return out
}

// asksHelp reports a greeting, or a question about the bot, with nothing else in it.
func (r *reader) asksHelp(q Question) bool {
	if !r.has("help") && !r.has("greet") {
		return false
	}
	for _, p := range q.Parts {
		if p.Metric != "" || len(p.Claimants) > 0 || p.Party != "" || p.Quantity != nil {
			return false
		}
		for _, t := range p.Topics {
			if t.Is("subject") || t.Is("matter") || !r.has("help") && !t.Is("shade") {
				return false
			}
		}
		if !r.has("help") && len(p.Unknown) > 1 {
			return false
		}
	}
	return true
}
