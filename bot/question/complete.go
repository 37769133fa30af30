package question

import (
	"slices"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// empty reports a part in which nothing is asked or asserted.
func (p *Part) empty(m mode) bool {
	if p.Quantity != nil || p.Metric != "" || len(p.Claimants) > 0 || len(p.Events) > 0 {
		return false
	}
	if m == asking {
		return len(p.Topics) == 0 && p.Group == "" && p.Party == "" && len(p.Unknown) == 0 && p.Place == ""
	}
	return len(p.Topics) == 0 && p.Party == "" && len(p.Unknown) < 2 && !p.Unreadable
}

// elliptical reports a part that leaves out what a neighbour says: "…, and another 12,142 injured".
func (p *Part) elliptical() bool {
	return p.Quantity != nil && !p.Alien && (p.Metric == "" || p.Group == "")
}

// complete lets parts take over from their neighbours what they leave out: from the one before, and, where the
// shared words come last ("420,000 Russian and 55,000 Ukrainian soldiers were killed"), from the one behind.
func complete(parts []Part, m mode) {
	for i := range parts {
		p := &parts[i]
		if i > 0 {
			p.takeSubject(parts[i-1])
		}
		if m == asking {
			completeQuestion(parts, i)
			continue
		}
		if i > 0 && p.elliptical() {
			inherit(p, parts[i-1])
		}
	}
	for i := len(parts) - 2; i >= 0; i-- {
		if parts[i].elliptical() && parts[i].Metric == "" && parts[i+1].Quantity != nil {
			inherit(&parts[i], parts[i+1])
		}
	}
	if m == stating {
		trailing := trailingClaimant(parts)
		for i := range parts {
			if trailing != nil && len(parts[i].Claimants) == 0 && parts[i].Quantity != nil {
				parts[i].Claimants = trailing
			}
		}
	}
}

// trailingClaimant returns who is named at the very end for all that was said: "…, the UN reports".
func trailingClaimant(parts []Part) []string {
	if len(parts) < 2 {
		return nil
	}
	last := parts[len(parts)-1]
	for _, p := range parts[:len(parts)-1] {
		if len(p.Claimants) > 0 {
			return nil
		}
	}
	if last.Quantity != nil {
		return last.Claimants
	}
	return nil
}

// inherit fills what p leaves out with what its neighbour says.
func inherit(p *Part, from Part) {
	if from.Alien {
		return
	}
	subject := p.Party != "" && p.Metric != "" // "…, and Russia lost 420,000": who was counted before isn't meant
	if p.Metric == "" {
		p.Metric, p.Metrics = from.Metric, from.Metrics
	}
	if subject {
		return
	}
	switch {
	case p.Period.Kind == PeriodOpen:
		p.Period = from.Period
	case p.Period.Kind == PeriodDates && from.Said.Kind == PeriodDates && p.Said.Kind == PeriodOpen:
		p.Said, p.Period = p.Period, from.Period // "In 2024 he said …, and in 2026 …"
	}
	if p.Place == "" {
		p.Place = from.Place
	}
	if len(p.Claimants) == 0 {
		p.Claimants = from.Claimants
	}
	if p.Group == "" {
		p.Group = from.Group
		if p.Party == "" {
			p.Party, p.Parties = from.Party, from.Parties
		}
	}
}

// completeQuestion lets the parts of a compound question share group, party, metric and period.
func completeQuestion(parts []Part, i int) {
	p := &parts[i]
	if p.Alien || len(p.Topics) > 0 && p.Metric == "" {
		return
	}
	if i > 0 && p.HowMany && p.Metric == "" && p.Group != "" && parts[i-1].Metric != "" && len(p.Unknown) == 0 {
		p.Metric, p.Metrics = parts[i-1].Metric, parts[i-1].Metrics
	}
	if i > 0 && p.Says && p.bare() && len(p.Claimants) > 0 && p.Group == "" && p.Party == "" && p.Period.Kind == PeriodOpen && p.Place == "" {
		p.takeScope(parts[i-1]) // "How many died in Mariupol, and what does the UN say?"
	}
	p.sharePeriod(parts, i)
	if i > 0 && p.Metric != "" && len(p.Claimants) == 0 && !p.HowMany {
		p.Claimants = parts[i-1].Claimants
	}
	if i > 0 && p.Metric != "" && p.Group == "" && !parts[i-1].Alien && parts[i-1].Metric != "" {
		p.Group = parts[i-1].Group
		if p.Party == "" {
			p.Party, p.Parties = parts[i-1].Party, parts[i-1].Parties
		}
		if p.Place == "" {
			p.Place = parts[i-1].Place
		}
	}
	if i+1 < len(parts) && p.Metric == "" && p.Group != "" && parts[i+1].Metric != "" {
		p.Metric, p.Metrics = parts[i+1].Metric, parts[i+1].Metrics
		if p.Period.Kind == PeriodOpen {
			p.Period = parts[i+1].Period
		}
	}
}

// takeScope takes over all that the part before counts.
func (p *Part) takeScope(from Part) {
	p.Metric, p.Metrics, p.Group, p.Place, p.Period = from.Metric, from.Metrics, from.Group, from.Place, from.Period
	p.Party, p.Parties, p.HowMany = from.Party, from.Parties, from.HowMany
}

// sharePeriod takes over the dates of a neighbour of which the part, or which of the part, leaves out who is counted
// ("How many were hurt in 2025, and how many died?").
func (p *Part) sharePeriod(parts []Part, i int) {
	if p.Metric == "" || p.Period.Kind != PeriodOpen {
		return
	}
	if i > 0 && p.Group == "" && p.Party == "" {
		p.Period = parts[i-1].Period
	}
	if next := i + 1; p.Period.Kind == PeriodOpen && next < len(parts) && parts[next].Metric != "" && parts[next].Group == "" && parts[next].Party == "" {
		p.Period = parts[next].Period
	}
}

// takeSubject takes over what the part before was about ("…, and where are they taking place?").
func (p *Part) takeSubject(from Part) {
	if p.Metric != "" || p.Quantity != nil || slices.ContainsFunc(p.Topics, func(t Topic) bool { return t.Is("subject") || t.Is("matter") }) {
		return
	}
	if !p.Where && !slices.ContainsFunc(p.Topics, func(t Topic) bool { return t.Is("verb") }) {
		return
	}
	for _, t := range from.Topics {
		if t.Is("setting") {
			p.Topics = append(p.Topics, t)
		}
	}
}

// expand makes one part for each of several outcomes, groups, sides or times that a question names side by side.
func (r *reader) expand(parts []Part) []Part {
	var out []Part
	for _, p := range parts {
		if p.Metric == "" || p.Alien {
			out = append(out, p)
			continue
		}
		sides := r.sides(p)
		groups := r.sideBySide(p)
		switch {
		case len(p.Metrics) > 1 && !r.adds(p):
			for _, m := range p.Metrics {
				q := p
				q.Metric, q.Metrics = m, nil
				out = append(out, q)
			}
		case len(groups) > 1:
			for _, g := range groups {
				q := p
				q.Group = g
				out = append(out, q)
			}
		case len(p.spans) > 1:
			for _, d := range p.spans {
				q := p
				q.Period, q.spans = d, nil
				out = append(out, q)
			}
		case len(sides) > 1:
			for _, s := range sides {
				q := p
				q.Party, q.Parties = s, []string{s}
				out = append(out, q)
			}
		default:
			out = append(out, p)
		}
	}
	return out
}

// adds reports that the metrics of a part are counted together, or are to be.
func (r *reader) adds(p Part) bool {
	m := r.concept(lexicon.Metric, p.Metric)
	return m != nil && len(m.Parts) > 0 || r.has("compute") || r.has("rate") || r.plus()
}

// sides returns the sides that a part asks about: those named, or both where it says so.
func (r *reader) sides(p Part) []string {
	var out []string
	for _, id := range p.Parties {
		if c := r.concept(lexicon.Party, id); c != nil && c.Is("side") {
			out = append(out, id)
		}
	}
	if len(out) > 0 || !r.bothSides(stretch{to: len(r.Tokens)}) && !r.whichSide(p) || slices.ContainsFunc(p.Topics, func(t Topic) bool { return !t.Is("shade") }) {
		return out
	}
	for _, c := range r.lex.Of(lexicon.Party) {
		if c.Is("side") {
			out = append(out, c.ID)
		}
	}
	return out
}

// whichSide reports a question of which side has more: of both of them.
func (r *reader) whichSide(p Part) bool {
	if !r.compares() || p.Doer {
		return false
	}
	for i := range r.Tokens {
		if r.form(i, "doer") || r.is(i, "which") && r.form(i+1, "side") {
			return true
		}
	}
	return false
}

// bothSides reports "both sides" and the like; "both" alone may mean anything.
func (r *reader) bothSides(s stretch) bool {
	for i := s.from; i < s.to; i++ {
		if m, ok := r.grammar(i, "both"); ok && (m.First < m.Last || !r.form(i, "pair")) {
			return true
		}
	}
	return false
}

// sideBySide returns the groups that are joined by "and", neither within the other.
func (r *reader) sideBySide(p Part) []string {
	var out []string
	for i := range r.Tokens {
		m, ok := r.find(i, lexicon.Group)
		if !ok || m.Is("open") || m.Unit != "" {
			continue
		}
		if len(out) == 0 && m.ID != p.Group || slices.Contains(out, m.ID) {
			continue
		}
		if len(out) > 0 && !r.is(m.First-1, "and") && !r.is(m.First-2, "and") {
			continue
		}
		out = append(out, m.ID)
	}
	return out
}

// Concepts returns the keys by which the base is searched.
func (p *Part) Concepts() []string { return p.concepts }

// name collects the keys of all that the part names, and of what that lies within or implies.
func (p *Part) name(lex *lexicon.Lexicon) {
	add := func(class lexicon.Class, id string) {
		for id != "" {
			key := lexicon.Key(class, id)
			if slices.Contains(p.concepts, key) {
				return
			}
			p.concepts = append(p.concepts, key)
			c, ok := lex.Get(class, id)
			if !ok {
				return
			}
			id = c.Within
		}
	}
	add(lexicon.Metric, p.Metric)
	if p.Metric != "" || slices.ContainsFunc(p.Topics, func(t Topic) bool { return t.Is("counts") }) {
		p.concepts = append(p.concepts, knowledge.AnyMetric)
	}
	for _, m := range p.Metrics {
		add(lexicon.Metric, m)
	}
	if c, ok := lex.Get(lexicon.Metric, p.Metric); ok {
		for _, m := range c.Covers {
			add(lexicon.Metric, m)
		}
	}
	add(lexicon.Group, p.Group)
	add(lexicon.Place, p.Place)
	for _, id := range p.Parties {
		add(lexicon.Party, id)
	}
	for _, id := range p.Claimants {
		if side, ok := SpeakingSide(id); ok {
			add(lexicon.Party, side)
			continue
		}
		add(lexicon.Claimant, id)
		if c, ok := lex.Get(lexicon.Claimant, id); ok { // who speaks for a side names it
			add(lexicon.Party, c.Party)
		}
	}
	add(lexicon.Event, p.Own)
	for _, id := range p.Events {
		add(lexicon.Event, id)
	}
	for _, t := range p.Topics {
		add(lexicon.Topic, t.ID)
		for _, implied := range t.Parts {
			add(lexicon.Topic, implied)
		}
	}
}
