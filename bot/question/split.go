package question

import (
	"sync"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// stretch is a run of tokens, from inclusive, to exclusive.
type stretch struct {
	from, to int
	quantity int // index + 1 of the quantity that it asserts
}

// Lengths in tokens that tell what a stretch is where its words alone don't.
const (
	shortestClause  = 4 // a subject, a verb and what it does: "the US has offered …"
	longestCredit   = 9 // "…, reports the UN Human Rights Monitoring Mission in Ukraine"
	longestNarrower = 7 // "Only the dead, not the wounded."
)

// sentences cuts at the marks that end one.
func (r *reader) sentences() []stretch {
	var out []stretch
	from := 0
	for i := range r.Tokens {
		if !r.ends(i) {
			continue
		}
		out = append(out, stretch{from: from, to: i + 1})
		from = i + 1
	}
	if from < len(r.Tokens) {
		out = append(out, stretch{from: from, to: len(r.Tokens)})
	}
	return out
}

// ends reports whether a sentence ends at token i. The full stop of an abbreviation ("тис.", "U.S.") ends none.
func (r *reader) ends(i int) bool {
	if r.mark(i, "!?;…") {
		return true
	}
	if i+1 < len(r.Tokens) && i > 0 {
		gap := r.Text[r.Tokens[i].End:r.Tokens[i+1].Start]
		if len(gap) > 0 && gap[len(gap)-1] == '\n' {
			return true
		}
	}
	if !r.mark(i, ".") || i == 0 || i+1 >= len(r.Tokens) || r.Tokens[i+1].Glued {
		return r.mark(i, ".") && i+1 >= len(r.Tokens)
	}
	prev := r.Tokens[i-1]
	if r.form(i-1, "abbreviation") {
		return r.Tokens[i+1].Upper
	}
	if _, magnitude := r.find(i-1, lexicon.Magnitude); magnitude || r.magnitude(prev.Suffix) != 0 {
		return r.Tokens[i+1].Upper
	}
	return len([]rune(prev.Norm)) > 2 || prev.Kind != lexicon.Word || r.Tokens[i+1].Upper
}

// clauses cuts a sentence where a second thing is asked or asserted.
func (r *reader) clauses(s stretch) []stretch {
	var out []stretch
	from := s.from
	for i := s.from + 1; i < s.to; i++ {
		if r.counted[i] > 0 || r.within(i) { // not within a number ("15–16 thousand"), nor within a time
			continue
		}
		next, ok := r.boundary(i, s)
		if q := r.counted[min(from+1, s.to-1)]; r.mode == stating && q > 0 && r.is(from, "not") && i <= r.quantities[q-1].last+2 {
			continue // "not 55,000 but 150,000"
		}
		if from == s.from && r.mark(i, ",") && r.introduces(from, i) {
			continue // "Given …, the toll is higher"
		}
		if !ok || !r.parted(from, i, next, s.to) {
			continue
		}
		out = append(out, stretch{from: from, to: i})
		from, i = next, next
	}
	return append(out, stretch{from: from, to: s.to})
}

// parted reports whether the clause from … at−1 and the one next … to−1 each say something of their own.
func (r *reader) parted(from, at, next, to int) bool {
	if !r.complete(from, at) && !(r.mark(at, ",") && r.meets(from, at)) {
		return false
	}
	if r.mode == asking && r.mark(next-1, ",") && !(r.questioning(from, at) && r.interrogative(next)) {
		return false // a comma alone doesn't part what only one of them asks
	}
	return r.opens(next, to, at)
}

// interrogative reports a word that only begins a question ("where", not "has"), or a count.
func (r *reader) interrogative(from int) bool {
	for i := from; i < from+3 && i < len(r.Tokens); i++ {
		if r.is(i, "howmany", "who", "where", "when", "why", "which", "what_issues", "state") {
			return true
		}
		_, group := r.find(i, lexicon.Group)
		_, party := r.find(i, lexicon.Party)
		if group || party || r.counted[i] > 0 {
			return true
		}
	}
	return false
}

// introduces reports a clause that begins with its reason, or with what somebody was asked.
func (r *reader) introduces(from, to int) bool {
	if r.mode != stating {
		return false
	}
	return r.form(from, "introduces") || (r.form(from, "asked") || r.is(from, "when") && r.form(from+1, "asked")) && !r.commaBetween(from, to)
}

// meets reports that the sides do what the domain's setting is: "Kyiv and Moscow are negotiating in Abu Dhabi".
func (r *reader) meets(from, to int) bool {
	setting, tied := false, false
	for i := from; i < to && r.mode == stating; i++ {
		for _, m := range r.at[i] {
			setting = setting || m.Class == lexicon.Topic && m.Is("setting")
			tied = tied || m.Class == lexicon.Party || m.Class == lexicon.Place
		}
	}
	return setting && tied
}

// questioning reports whether a word of asking stands among the tokens: "Of the dead, how many …" is one
// question.
func (r *reader) questioning(from, to int) bool {
	for i := from; i < to; i++ {
		if r.is(i, "howmany", "question", "who", "where", "when", "why", "which", "state") {
			return true
		}
	}
	return false
}

// boundary reports whether token i may part two clauses, and where the second one begins.
func (r *reader) boundary(i int, s stretch) (int, bool) {
	start := i
	comma := r.mark(i, ",") || r.mark(i, "—–:") || r.mark(i, "-") && !r.Tokens[i].Glued
	for i < s.to && r.mark(i, ",—–:-") {
		i++
	}
	if m, ok := r.grammar(i, "and", "but", "or"); ok && r.Tokens[i].Kind == lexicon.Word {
		if m.ID == "or" && !comma || m.ID == "and" && !comma && (r.named(i-1) && r.named(m.Last+1) || r.counted[i] == 0 && r.metric(i-1) && r.metric(m.Last+1)) {
			return 0, false
		}
		return m.Last + 1, m.Last+1 < s.to
	}
	if m, ok := r.grammar(i, "contrast"); ok && comma {
		return m.Last + 1, m.Last+1 < s.to
	}
	if !comma || i >= s.to || r.subordinate(i) {
		return 0, false
	}
	return i, i > start
}

// subordinate reports whether the clause that begins at token i depends on the one before.
func (r *reader) subordinate(i int) bool {
	if r.is(i, "until", "who", "into", "except") || r.is(i, "where", "when") && r.mode == stating {
		return true
	}
	return r.form(i, "subordinate")
}

// complete reports whether the tokens hold something that can be asked or asserted by itself.
func (r *reader) complete(from, to int) bool {
	vague := sync.OnceValue(func() bool { return r.vague(from, to) })
	if r.mode == asking && r.reports(from, to) && !r.is(from, "according") {
		return true
	}
	for i := from; i < to; i++ {
		if r.counted[i] > 0 && r.mode == stating {
			return true
		}
		for _, m := range r.at[i] {
			switch m.Class {
			case lexicon.Metric:
				if r.mode == asking || vague() {
					return true
				}
			case lexicon.Topic:
				if r.predicates(m) {
					return true
				}
			case lexicon.Function:
				if m.ID == "what_issues" || r.mode == asking && (m.ID == "state" || m.ID == "howmany") {
					return true
				}
			default:
			}
		}
	}
	return false
}

// vague reports an amount in words: "a large number", "hardly any", "no".
func (r *reader) vague(from, to int) bool {
	for i := from; i < to; i++ {
		if r.is(i, "many", "few") || r.none(i) {
			return true
		}
	}
	return false
}

// predicates reports topics that make an assertion or a question of what they stand in.
func (r *reader) predicates(m lexicon.Mention) bool {
	return !m.Is("shade") && (m.Is("verb") || r.mode == asking)
}

// opens reports whether the tokens from … to−1 begin a clause of their own behind the boundary at token at.
func (r *reader) opens(from, to, at int) bool {
	if r.mode == asking {
		return r.asksAnew(from, to)
	}
	if r.subordinate(from) {
		if !r.is(at, "and", "but") && !r.is(from-1, "and", "but") {
			return false
		}
		from++ // "… and that …"
	}
	if !r.complete(from, to) {
		// "…, and the US has offered to run it": a clause with a subject, though of unknown content
		return r.mark(at, ",") && r.is(from-1, "and", "but", "contrast") && r.subject(from, to) && to-from >= shortestClause && !r.reports(from, to)
	}
	return r.hasQuantity(from, to) || r.subject(from, to) || r.vague(from, min(from+4, to)) || r.is(from, "both", "now") || r.mark(at, ",")
}

// reports reports a trailing attribution: "…, the UN reports", "…, сообщила миссия ООН".
func (r *reader) reports(from, to int) bool {
	claimant, speech := false, false
	for i := from; i < to; i++ {
		for _, m := range r.at[i] {
			claimant = claimant || m.Class == lexicon.Claimant
			if m.Class == lexicon.Topic && !m.Is("shade") || m.Class == lexicon.Metric {
				return false
			}
		}
		speech = speech || r.is(i, "say", "according")
	}
	return claimant && (speech || r.mode == stating) && to-from <= longestCredit
}

// subject reports whether a party, a claimant, a group or a topic stands among the first words.
func (r *reader) subject(from, to int) bool {
	for i := from; i < to && i < from+4; i++ {
		if t := r.Tokens[i]; t.Upper && !r.Named[i] && i > 0 {
			return true
		}
		for _, m := range r.at[i] {
			switch m.Class {
			case lexicon.Party, lexicon.Claimant, lexicon.Group:
				return true
			case lexicon.Topic:
				if !m.Is("shade") && !m.Is("verb") {
					return true
				}
			default:
			}
		}
	}
	return false
}

func (r *reader) hasQuantity(from, to int) bool {
	for i := from; i < to; i++ {
		if r.counted[i] > 0 {
			return true
		}
	}
	return false
}

// asksAnew reports whether a second question begins at token from: with a question word, or with its own
// count of its own group.
func (r *reader) asksAnew(from, to int) bool {
	if r.is(from, "according") || !r.complete(from, to) {
		return false
	}
	if r.is(from, "about") && r.is(from-1, "and") {
		return true // "…, and about the missing?"
	}
	group, metric, party, claimant := false, false, false, false
	for i := from; i < to; i++ {
		if r.is(i, "howmany", "where", "what_issues", "why", "state") || i <= from+1 && r.is(i, "question", "who", "when") {
			return true
		}
		for _, m := range r.at[i] {
			group = group || m.Class == lexicon.Group
			metric = metric || m.Class == lexicon.Metric
			party = party || m.Class == lexicon.Party
			claimant = claimant || m.Class == lexicon.Claimant && m.First <= from+2
		}
	}
	return metric && (group || party) || claimant || r.matter(from, to) && r.matter(0, from)
}

// matter reports whether an issue of its own is named among the tokens.
func (r *reader) matter(from, to int) bool {
	for i := from; i < to; i++ {
		if m, ok := r.find(i, lexicon.Topic); ok && m.Is("matter") {
			return true
		}
	}
	return false
}

// byQuantity cuts a clause into one stretch for each number that it asserts.
func (r *reader) byQuantity(s stretch) []stretch {
	var out []stretch
	from, current := s.from, 0
	for i := s.from; i < s.to; i++ {
		k := r.counted[i]
		if k <= 0 || k == current || r.quantities[k-1].first < s.from {
			continue
		}
		if r.mode == stating && r.is(r.quantities[k-1].first-1, "not") && r.contrasted(r.quantities[k-1].last+1, s.to) {
			continue // "not 55,000 but 150,000"
		}
		if r.quantities[k-1].alien && r.otherFigure(s, k) && !r.derived(k, current) {
			continue
		}
		if current != 0 {
			cut := r.cutBefore(r.quantities[k-1].first, r.quantities[current-1].last)
			out = append(out, stretch{from: from, to: cut, quantity: current})
			from = cut
		}
		current = k
	}
	return append(out, stretch{from: from, to: s.to, quantity: current})
}

// derived reports a percentage that a clause behind a figure makes of it: "…, which is 13 % of all".
func (r *reader) derived(k, current int) bool {
	q := r.quantities[k-1]
	return r.mode == stating && current > 0 && r.mark(q.last+1, "%") && r.mark(r.cutBefore(q.first, r.quantities[current-1].last), ",—–")
}

// contrasted reports that another number is set against the one before token from.
func (r *reader) contrasted(from, to int) bool {
	for i := from; i < to && i < from+3; i++ {
		if r.is(i, "but", "contrast") {
			return r.hasQuantity(i, to)
		}
	}
	return false
}

// otherFigure reports that a stretch holds another number than the k-th, which may be a figure.
func (r *reader) otherFigure(s stretch, k int) bool {
	for i := s.from; i < s.to; i++ {
		if n := r.counted[i]; n > 0 && n != k && !r.quantities[n-1].alien {
			return true
		}
	}
	return false
}

// cutBefore returns where the stretch of a number begins: behind the last comma or conjunction before it.
func (r *reader) cutBefore(first, after int) int {
	for i := first - 1; i > after; i-- {
		if r.is(i, "and", "but", "or", "contrast") || r.mark(i, ",;:—–") {
			return i
		}
	}
	return first
}

// metric reports whether a metric stands on token i: two of them joined are one count.
func (r *reader) metric(i int) bool {
	_, ok := r.find(i, lexicon.Metric)
	return ok
}

// named reports whether a party or a claimant stands on token i: two of them joined are one subject.
func (r *reader) named(i int) bool {
	if i < 0 || i >= len(r.Tokens) {
		return false
	}
	for _, m := range r.Mentions {
		if m.First <= i && i <= m.Last && (m.Class == lexicon.Party || m.Class == lexicon.Claimant) {
			return true
		}
	}
	return false
}
