package question

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// parts reads the text part by part, and lets the parts complete each other.
func (r *reader) parts() []Part {
	var out []Part
	for _, s := range r.asked(r.sentences()) {
		for _, c := range r.clauses(s) {
			if r.mode == asking && !r.has("compute") {
				out = append(out, r.part(c))
				continue
			}
			for _, q := range r.byQuantity(c) {
				out = append(out, r.part(q))
			}
		}
	}
	out = slices.DeleteFunc(out, func(p Part) bool { return p.empty(r.mode) })
	complete(out, r.mode)
	if r.mode == asking {
		out = r.expand(out)
	}
	for i := range out {
		out[i].name(r.lex)
	}
	return out
}

// asked leaves only the questions where there are some: what stands around them is said to nobody here.
func (r *reader) asked(all []stretch) []stretch {
	if r.mode != asking {
		return all
	}
	var questions []stretch
	for _, s := range all {
		last := len(questions) - 1
		switch {
		case r.mark(s.to-1, "?") && r.complete(s.from, s.to):
			questions = append(questions, s)
		case last >= 0 && questions[last].to == s.from && r.restricts(s): // "…? Only the dead."
			questions[last].to = s.to
		}
	}
	if len(questions) == 0 {
		return all
	}
	return questions
}

// restricts reports a sentence that narrows the question before it.
func (r *reader) restricts(s stretch) bool {
	for i := s.from; i < s.to && s.to-s.from < 8; i++ {
		if r.is(i, "only") {
			return true
		}
	}
	return false
}

// part fills the slots from one stretch.
func (r *reader) part(s stretch) Part {
	p := Part{Text: r.text(s.from, s.to)}
	if s.quantity > 0 {
		q := r.quantities[s.quantity-1]
		p.Quantity = &q
	} else if r.mode == asking {
		p.Quantity = r.anyQuantity(s)
	}
	r.words(&p, s)
	r.when(&p, s)
	claimed := r.claimants(&p, s)
	r.where(&p, s)
	r.parties(&p, s, claimed)
	r.groups(&p, s)
	r.metrics(&p, s)
	r.topics(&p, s, claimed)
	r.unknown(&p, s)
	return p
}

// none reports "no civilians": a negation right before who is counted.
func (r *reader) none(i int) bool {
	m, ok := r.grammar(i, "not")
	if !ok {
		return false
	}
	next := m.Last + 1
	if _, party := r.find(next, lexicon.Party); party {
		next++
	}
	_, group := r.find(next, lexicon.Group)
	return group
}

func (r *reader) anyQuantity(s stretch) *Quantity {
	for i := s.from; i < s.to; i++ {
		if k := r.counted[i]; k > 0 && !r.quantities[k-1].alien {
			q := r.quantities[k-1]
			return &q
		}
	}
	return nil
}

// words reads the words of grammar that colour a whole part.
func (r *reader) words(p *Part, s stretch) {
	for i := s.from; i < s.to; i++ {
		p.HowMany = p.HowMany || r.mode == asking && r.is(i, "howmany")
		p.Who = p.Who || r.is(i, "who")
		p.Where = p.Where || r.is(i, "where")
		p.Few = p.Few || r.is(i, "few")
		p.Many = p.Many || r.is(i, "many")
		p.Says = p.Says || r.is(i, "say")
		p.Issues = p.Issues || r.is(i, "what_issues")
		p.Which = p.Which || r.is(i, "which")
		p.Zero = p.Zero || r.none(i)
		p.Only = p.Only || r.is(i, "only") && (r.named(i-1) || r.named(i+1))
		p.Unreadable = p.Unreadable || r.Tokens[i].Kind == lexicon.Unreadable
	}
	if p.Quantity != nil {
		p.Alien = p.Quantity.alien
	}
}

// when joins the periods of a stretch.
func (r *reader) when(p *Part, s stretch) {
	for _, d := range r.periods {
		if d.first < s.from || d.first >= s.to {
			continue
		}
		if d.same {
			p.Period = r.periodBefore(d.first)
			continue
		}
		p.Period = join(p.Period, d.Period)
	}
}

// periodBefore returns the last dates named before a token: what "that year" points to.
func (r *reader) periodBefore(token int) Period {
	out := Period{}
	for _, d := range r.periods {
		if d.last < token && d.Kind == PeriodDates {
			out = d.Period
		}
	}
	return out
}

func join(a, b Period) Period {
	switch {
	case a.Kind == PeriodOpen:
		return b
	case b.Kind == PeriodOpen || a.Kind == PeriodOther:
		return a
	case b.Kind == PeriodOther:
		return b
	case a.Kind == PeriodWhole:
		return b
	case b.Kind == PeriodWhole:
		return a
	}
	if b.From.Before(a.From) {
		a.From = b.From
	}
	if b.To.After(a.To) {
		a.To = b.To
	}
	return a
}

// claimants reads whom the text names as its source, and returns the tokens that do so.
func (r *reader) claimants(p *Part, s stretch) map[int]bool {
	claimed := map[int]bool{}
	note := func(id string, i int) {
		claimed[i] = true
		if !slices.Contains(p.Claimants, id) {
			p.Claimants = append(p.Claimants, id)
		}
	}
	for i := s.from; i < s.to; i++ {
		c, ok := r.find(i, lexicon.Claimant)
		if ok && (!r.alsoParty(c) || r.speaks(c.First, c.Last, s)) {
			note(c.ID, i)
			continue
		}
		if m, ok := r.find(i, lexicon.Party); ok && !claimed[i] && r.speaks(m.First, m.Last, s) {
			note("party:"+m.ID, i)
		}
	}
	return claimed
}

// alsoParty reports a claimant whose words name a side as well ("the Kremlin").
func (r *reader) alsoParty(c lexicon.Mention) bool {
	p, ok := r.find(c.First, lexicon.Party)
	return ok && p.Last == c.Last
}

// speaks reports whether what stands on the tokens is named as the one who says so: "according to Kyiv",
// "Russia says", "заявил Кремль".
func (r *reader) speaks(first, last int, s stretch) bool {
	if r.before(first, 1, "according") {
		return true
	}
	if r.counter(first, last, s) {
		return true
	}
	next := last + 1
	if next < s.to && r.is(next, "say") && r.speech(next) {
		return true
	}
	return first > s.from && r.cyrillic(first) && r.is(first-1, "say") && r.speech(first-1)
}

// counter reports somebody's own count: "the Kremlin's own tally", "цифры Кремля".
func (r *reader) counter(first, last int, s stretch) bool {
	if r.cyrillic(first) {
		m, ok := r.find(first-1, lexicon.Topic)
		return ok && first > s.from && m.Is("counts") && m.Last == first-1
	}
	next := last + 1
	if next < s.to && r.Tokens[next].Norm == "own" {
		next++
	}
	if next >= s.to || !strings.HasSuffix(fold(r.Tokens[last].Text), "'s") {
		return false
	}
	m, ok := r.find(next, lexicon.Topic)
	return ok && m.Is("counts") || r.is(next, "howmany")
}

func fold(s string) string { return strings.ReplaceAll(strings.ToLower(s), "’", "'") }

// speech reports that a word of saying is one here: it isn't a noun that counts ("tally"), nor a topic's verb.
func (r *reader) speech(i int) bool {
	_, light := r.find(i, lexicon.Light)
	return !light || slices.Contains([]string{"claim", "say", "said", "admits", "state", "claims", "says"}, r.Tokens[i].Norm)
}

func (r *reader) cyrillic(i int) bool { return r.Tokens[i].Text[0] >= 0x80 }

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
	for i := s.from; i < s.to; i++ {
		m, ok := r.find(i, lexicon.Party)
		if !ok || claimed[i] {
			continue
		}
		if _, place := r.find(i, lexicon.Place); place && r.located(i) {
			continue
		}
		if !slices.Contains(p.Parties, m.ID) {
			p.Parties = append(p.Parties, m.ID)
		}
	}
	if len(p.Parties) > 0 {
		p.Party = p.Parties[0]
	}
}

// groups reads who is counted. Of neighbouring words the last says it ("military aid", "army doctors"), unless
// it only says "people".
func (r *reader) groups(p *Part, s stretch) {
	var found []lexicon.Mention
	for i := s.from; i < s.to; i++ {
		m, ok := r.find(i, lexicon.Group)
		if !ok || r.negatedAway(i, s) {
			continue
		}
		if n := len(found); n > 0 && m.First == found[n-1].Last+1 && !m.Is("open") {
			if !r.inside(found[n-1].Concept, m.Concept) {
				found[n-1] = m
			}
			continue
		}
		found = append(found, m)
	}
	for _, m := range found {
		switch {
		case p.Group == "" || r.isOpen(p.Group) || p.Quantity != nil && m.First > p.Quantity.last && !r.after(p, s, m):
			p.Group = m.ID
		case r.inside(m.Concept, r.concept(lexicon.Group, p.Group)):
			p.Group = m.ID
		}
	}
	if g := r.concept(lexicon.Group, p.Group); g != nil && g.Unit != "" {
		p.Alien = true
	}
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
func (r *reader) negatedAway(i int, _ stretch) bool {
	return r.before(i, 1, "except") || i > 0 && r.is(i-1, "not") && r.mode == asking && r.Tokens[i-1].Norm != "no"
}

// metrics reads what happened to them. Umbrella words yield to plain ones; several plain ones are counted
// together.
func (r *reader) metrics(p *Part, s stretch) {
	var plain, umbrella []string
	for i := s.from; i < s.to; i++ {
		m, ok := r.find(i, lexicon.Metric)
		if !ok || r.negatedAway(i, s) {
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
	switch {
	case len(plain) == 1:
		p.Metric = plain[0]
	case len(plain) > 1:
		p.Metric, p.Metrics = r.sum(plain), plain
	case len(umbrella) > 0:
		p.Metric = umbrella[0]
	}
}

// sum returns the metric that has exactly these parts; without one the first.
func (r *reader) sum(parts []string) string {
	for _, m := range r.lex.Of(lexicon.Metric) {
		if len(m.Parts) == len(parts) && !slices.ContainsFunc(parts, func(id string) bool { return !slices.Contains(m.Parts, id) }) {
			return m.ID
		}
	}
	if slices.Contains(parts, "killed_or_wounded") {
		return "killed_or_wounded"
	}
	return parts[0]
}

// unknown notes the content words that nothing explains, and whether one of them is what is counted.
func (r *reader) unknown(p *Part, s stretch) {
	for i := s.from; i < s.to; i++ {
		t := r.Tokens[i]
		if t.Kind != lexicon.Word || r.Named[i] || len([]rune(t.Norm)) < 2 || r.counted[i] != 0 || i > 0 && t.Glued && r.mark(i-1, "-") && r.Tokens[max(i-2, 0)].Kind == lexicon.Number {
			continue
		}
		p.Unknown = append(p.Unknown, t.Norm)
		if r.isCounted(i, s) {
			p.Alien = true
		}
	}
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
