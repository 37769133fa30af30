package question

import (
	"slices"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// where reads places. A country is a place behind "in" and a party elsewhere.
func (r *reader) where(p *Part, s stretch) {
	var best *lexicon.Concept
	for i := s.from; i < s.to; i++ {
		m, ok := r.find(i, lexicon.Place)
		if !ok {
			p.Elsewhere = p.Elsewhere || r.unknownPlace(i)
			continue
		}
		if r.coveredByTopic(m) {
			continue
		}
		if _, party := r.find(i, lexicon.Party); party && !r.located(i) {
			continue
		}
		if best == nil || r.inside(m.Concept, best) {
			best = m.Concept
		}
	}
	if best != nil {
		p.Place = best.ID
	}
}

// coveredByTopic reports a place that is only part of a topic's name ("the Zaporizhzhia plant").
func (r *reader) coveredByTopic(m lexicon.Mention) bool {
	for _, t := range r.Mentions {
		if t.Class == lexicon.Topic && t.First <= m.First && t.Last >= m.Last && t.Last > t.First {
			return true
		}
	}
	return false
}

// located reports whether token i stands behind a word of place.
func (r *reader) located(i int) bool {
	if r.Tokens[i].Owner {
		return false // "in Kyiv's hands"
	}
	if r.lang == "ru" && r.form(i-1, "whose") {
		return false // "у России" is whose, not where
	}
	return r.before(i, 1, "in")
}

// inside reports whether place a lies within place b.
func (r *reader) inside(a, b *lexicon.Concept) bool {
	for c := a; c.Within != ""; {
		next, ok := r.lex.Get(c.Class, c.Within)
		if !ok {
			return false
		}
		if next == b {
			return true
		}
		c = next
	}
	return false
}

// unknownPlace reports "in Xyz": a name behind a word of place that the lexicon doesn't know.
func (r *reader) unknownPlace(i int) bool {
	t := r.Tokens[i]
	return t.Kind == lexicon.Word && t.Upper && !r.Named[i] && i > 0 && r.is(i-1, "in")
}

// parties reads the sides named, those that speak as claimants and those that are places left out.
func (r *reader) parties(p *Part, s stretch, claimed map[int]bool) {
	doing := false // a side is named as the one who did it
	for i := s.from; i < s.to; i++ {
		m, ok := r.find(i, lexicon.Party)
		if !ok || claimed[i] {
			continue
		}
		if _, place := r.find(i, lexicon.Place); place && r.located(i) {
			continue
		}
		if p.Quantity != nil && r.opposer(m) || len(p.Parties) > 0 && (r.enemy(i) || r.heading(i) || r.doer(m)) {
			continue
		}
		if r.does(m) {
			doing = true
			continue
		}
		if !slices.Contains(p.Parties, m.ID) {
			p.Parties = append(p.Parties, m.ID)
		}
	}
	if doing && len(p.Parties) == 0 { // those it did it to aren't named: a count of all isn't one of them
		p.Cause = true
	}
	if side := r.ownSide(p, s); len(p.Parties) == 0 && side != "" {
		p.Parties = []string{side}
	}
	switch {
	case len(p.Parties) > 0:
		p.Party = p.Parties[0]
	case p.Quantity != nil && r.mode == stating && r.bothSides(s):
		if all := r.lex.Flagged(lexicon.Party, "every"); all != nil {
			p.Party, p.Parties = all.ID, []string{all.ID}
		}
	}
}

// ownSide returns the side of the one claimant that is named, where the text speaks of his own people: "his soldiers".
func (r *reader) ownSide(p *Part, s stretch) string {
	if len(p.Claimants) != 1 {
		return ""
	}
	side, _ := SpeakingSide(p.Claimants[0])
	if c := r.concept(lexicon.Claimant, p.Claimants[0]); c != nil {
		side = c.Party
	}
	for i := s.from + 1; i < s.to; i++ {
		_, group := r.find(i, lexicon.Group)
		if (group || r.metric(i)) && r.form(i-1, "own") || r.form(i, "admits") {
			return side
		}
	}
	return ""
}

// enemy reports a side that is only named as the other's: "the war against Russia".
func (r *reader) enemy(i int) bool {
	return r.form(i-1, "against")
}

// heading reports a side that something goes to or comes from: "returned to Ukraine", not "Russian to Ukrainian losses".
func (r *reader) heading(i int) bool {
	_, place := r.find(i, lexicon.Place)
	return place && r.form(i-1, "towards")
}

// groups reads who is counted. Of neighbouring words the last says it ("military aid", "army doctors"), unless
// it only says "people".
func (r *reader) groups(p *Part, s stretch) {
	var found []lexicon.Mention
	for i := s.from; i < s.to; i++ {
		m, ok := r.find(i, lexicon.Group)
		if !ok || r.negatedAway(i) {
			continue
		}
		if n := len(found); n > 0 && m.First == found[n-1].Last+1 && !m.Is("open") {
			if !r.inside(found[n-1].Concept, m.Concept) && !r.subgroup(found[n-1], m) {
				found[n-1] = m
			}
			continue
		}
		found = append(found, m)
	}
	if r.mode == asking && slices.ContainsFunc(found, func(m lexicon.Mention) bool { return m.Unit == "" }) { // "what percentage of the army"
		found = slices.DeleteFunc(found, func(m lexicon.Mention) bool { return m.Unit != "" && r.form(m.First, "share") })
	}
	for _, m := range found {
		switch {
		case p.Group == "" || r.isOpen(p.Group) || p.Quantity != nil && m.First > p.Quantity.last && !m.Is("open") && !r.after(p, s, m):
			p.Group = m.ID
		case r.inside(m.Concept, r.concept(lexicon.Group, p.Group)):
			p.Group = m.ID
		}
	}
	if g := r.concept(lexicon.Group, p.Group); g != nil && g.Unit != "" {
		p.Alien = true
	}
	p.Cause = p.Cause || slices.ContainsFunc(found, func(m lexicon.Mention) bool { return m.Unit != "" && m.ID != p.Group && r.causes(m.First) })
}

// subgroup reports "women soldiers": a word for some people before one for a whole group.
func (r *reader) subgroup(first, last lexicon.Mention) bool {
	whole := r.isOpen(last.Within)
	return whole && first.Unit == "" && first.Within != "" && !r.isOpen(first.Within)
}

// after reports whether a group stands behind another one that already follows the number.
func (r *reader) after(p *Part, s stretch, m lexicon.Mention) bool {
	for i := p.Quantity.last + 1; i < m.First && i < s.to; i++ {
		if g, ok := r.find(i, lexicon.Group); ok && !g.Is("open") {
			return true
		}
	}
	return false
}

func (r *reader) isOpen(group string) bool {
	c := r.concept(lexicon.Group, group)
	return c != nil && c.Is("open")
}

func (r *reader) concept(class lexicon.Class, id string) *lexicon.Concept {
	c, _ := r.lex.Get(class, id)
	return c
}

// negatedAway reports what is named only to be left out: "not wounded", "без учёта убитых", while something
// else stands that is meant.
func (r *reader) negatedAway(i int) bool {
	return r.before(i, 1, "except") || i > 0 && r.is(i-1, "not") && r.mode == asking && r.Tokens[i-1].Norm != "no"
}

// metrics reads what happened to them. Umbrella words yield to plain ones; several plain ones are counted
// together.
func (r *reader) metrics(p *Part, s stretch) {
	var plain, umbrella []string
	for i := s.from; i < s.to; i++ {
		m, ok := r.find(i, lexicon.Metric)
		if !ok || r.negatedAway(i) {
			continue
		}
		p.Alien = p.Alien || r.mode == asking && r.before(i, 1, "not") // those to whom it didn't happen
		if r.captives(m, s) {
			p.narrow(r, r.lex.Flagged(lexicon.Group, "captive"))
			continue
		}
		list := &plain
		if m.Is("umbrella") {
			list = &umbrella
		}
		if !slices.Contains(*list, m.ID) {
			*list = append(*list, m.ID)
		}
	}
	p.Lost = len(umbrella) > 0
	switch {
	case len(plain) == 1:
		p.Metric = plain[0]
	case len(plain) > 1:
		p.Metric, p.Metrics = r.sum(plain), plain
	case len(umbrella) > 0:
		p.Metric = umbrella[0]
	}
}

// captives reports prisoners of whom something else is asked, "how many prisoners died": they are who is counted. In a list they
// are counted beside the others, "killed, wounded, prisoners".
func (r *reader) captives(m lexicon.Mention, s stretch) bool {
	if r.mode != asking || !r.form(m.First, "captive") || r.listed(m) {
		return false
	}
	for i := s.from; i < s.to; i++ {
		if other, ok := r.find(i, lexicon.Metric); ok && !other.Is("apart") {
			return true
		}
	}
	return false
}

// listed reports what stands in a list.
func (r *reader) listed(m lexicon.Mention) bool {
	joins := func(i int) bool { return r.is(i, "and", "or") || r.mark(i, ",;/") }
	return joins(m.First-1) || joins(m.Last+1)
}

// narrow makes a group the one that is counted, unless another is named that it isn't part of.
func (p *Part) narrow(r *reader, g *lexicon.Concept) {
	if g != nil && (p.Group == "" || r.isOpen(p.Group) || p.Group == g.Within) {
		p.Group = g.ID
	}
}

// sum returns the metric that has exactly these parts; else the one of them that adds several together, else the
// first.
func (r *reader) sum(parts []string) string {
	for _, m := range r.lex.Of(lexicon.Metric) {
		if len(m.Parts) == len(parts) && !slices.ContainsFunc(parts, func(id string) bool { return !slices.Contains(m.Parts, id) }) {
			return m.ID
		}
	}
	for _, id := range parts {
		if m := r.concept(lexicon.Metric, id); m != nil && len(m.Parts) > 0 {
			return id
		}
	}
	return parts[0]
}

// unknown notes the content words that nothing explains, and whether one of them is what is counted.
func (r *reader) unknown(p *Part, s stretch, claimed map[int]bool) {
	for i := s.from; i < s.to; i++ {
		t := r.Tokens[i]
		if t.Kind != lexicon.Word || r.Named[i] || len([]rune(t.Norm)) < 2 || r.counted[i] != 0 || i > 0 && t.Glued && r.mark(i-1, "-") && r.Tokens[max(i-2, 0)].Kind == lexicon.Number {
			continue
		}
		if claimed[i] || r.aloof(i, s) || r.mode == asking && (r.form(i, "latest") || r.form(i, "opposes")) { // "… hosted the talks last?"
			continue
		}
		p.Unknown = append(p.Unknown, t.Norm)
		p.Cause = p.Cause || r.causes(i)
		if r.isCounted(i, s) || r.mode == asking && i > s.from && r.form(i-1, "which_one") && !r.attributes(i+1, s.to) {
			p.Alien = true
		}
	}
}

// aloof reports that token i stands between marks with nothing of the domain: what somebody says of himself before or
// behind his question.
func (r *reader) aloof(i int, s stretch) bool {
	const marks = ",–—:;()"
	from, to := i, i+1
	for from > s.from && !r.mark(from-1, marks) {
		from--
	}
	for to < s.to && !r.mark(to, marks) {
		to++
	}
	if r.mode != asking || from == s.from && to == s.to {
		return false
	}
	for k := from; k < to; k++ {
		if r.causes(k) || r.is(k, "howmany") || r.counted[k] > 0 {
			return false
		}
		for _, m := range r.at[k] {
			switch m.Class {
			case lexicon.Party, lexicon.Group, lexicon.Metric, lexicon.Claimant, lexicon.Place, lexicon.Event, lexicon.Topic:
				return false
			default:
			}
		}
	}
	return true
}

// causes reports a noun that did it: "killed by landslides", "died of disease", "загинули від вибуху".
func (r *reader) causes(i int) bool {
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		if r.form(k, "cause") || r.form(k, "befell") && r.metric(k-1) && !r.Tokens[i].Upper {
			return true
		}
		if _, light := r.find(k, lexicon.Light); !light {
			return false
		}
	}
	return false
}

// isCounted reports whether token i is the noun behind "how many" or behind a number.
func (r *reader) isCounted(i int, s stretch) bool {
	for k := i - 1; k >= s.from && k >= i-4; k-- {
		if r.is(k, "howmany") || r.counted[k] > 0 {
			return true
		}
		if m, ok := r.find(k, lexicon.Group); ok && !m.Is("open") {
			return false
		}
		_, metric := r.find(k, lexicon.Metric)
		_, topic := r.find(k, lexicon.Topic)
		if metric || topic || r.Tokens[k].Kind == lexicon.Mark && !r.mark(k, "-") || r.is(k, "in", "question", "say", "by", "during", "since") {
			return false
		}
	}
	return false
}
