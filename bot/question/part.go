package question

import (
	"slices"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// parts reads the text part by part, and lets the parts complete each other.
func (r *reader) parts() []Part {
	var out []Part
	for _, s := range r.asked(r.sentences()) {
		for _, c := range r.clauses(s) {
			if r.mode == asking && !r.has("compute") && !r.plus() && !(r.has("rate") && len(r.quantities) > 1) {
				out = append(out, r.part(c))
				continue
			}
			for _, q := range r.byQuantity(c) {
				out = append(out, r.part(q))
			}
		}
	}
	out = dismissed(out)
	out = slices.DeleteFunc(out, func(p Part) bool { return p.empty(r.mode) })
	complete(out, r.mode)
	if r.mode == asking {
		out = r.expand(r.assume(out))
	}
	for i := range out {
		if p := &out[i]; r.mode == asking && len(p.Claimants) > 0 && p.bare() && p.Group == "" && p.Party == "" {
			p.Says = p.Says || p.HowMany || p.Which || slices.ContainsFunc(p.Topics, func(t Topic) bool { return t.Is("counts") }) // "Mediazona's numbers?"
		}
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
	for i := s.from; i < s.to && s.to-s.from <= longestNarrower; i++ {
		if r.is(i, "only") {
			return true
		}
	}
	return false
}

// part fills the slots from one stretch.
func (r *reader) part(s stretch) Part {
	p := Part{Text: r.text(s.from, s.to), Asserted: r.mode == stating}
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
	r.unknown(&p, s, claimed)
	r.mood(&p, s)
	p.Doer = r.asksDoer(&p, s)
	r.sought(&p, s)
	r.finer(&p, s)
	p.Broker = p.Doer && r.brokers(s)
	p.dismisses = r.dismissal(&p, s)
	p.ahead = p.dismisses && (r.mark(s.to, ":—–-") || r.mark(s.to-1, ":—–-"))
	return p
}

// sought reads what is asked of something besides what it is: why or how it came about, when it will be.
func (r *reader) sought(p *Part, s stretch) {
	if r.mode != asking || p.HowMany {
		return
	}
	for i := s.from; i < s.to && i <= s.from+1 && !p.Reason; i++ {
		p.Reason = r.is(i, "why") || r.form(i, "how") && (r.form(i+1, "auxiliary") || r.form(i-1, "cause"))
	}
	p.Reason = p.Reason && !r.has("changed") && !r.attributes(s.from, s.to) // "How did the figure change?", "Why does he say …?"
	if r.has("when") {
		for i := s.from; i < s.to && !p.Coming; i++ {
			p.Coming = r.form(i, "will") || r.form(i, "next")
		}
	}
}

// whichIssues reports a phrase about what is contested that itself asks for a list: "what keeps them apart".
func (r *reader) whichIssues(i int) bool {
	return r.is(i, "what_issues") && r.form(i, "list_question")
}

// none reports "no civilians": a negation right before who is counted.
func (r *reader) none(i int) bool {
	m, ok := r.grammar(i, "not")
	if !ok {
		return false
	}
	if r.form(i, "nobody") {
		return r.metricSoon(m.Last + 1)
	}
	next := m.Last + 1
	if _, party := r.find(next, lexicon.Party); party {
		next++
	}
	_, group := r.find(next, lexicon.Group)
	return group
}

// metricSoon reports that what befell somebody follows, over little words at most.
func (r *reader) metricSoon(from int) bool {
	const soon = 3
	for i := from; i < len(r.Tokens) && i < from+soon; i++ {
		if r.metric(i) {
			return true
		}
		if _, light := r.find(i, lexicon.Light); !light && !r.form(i, "auxiliary") {
			return false
		}
	}
	return false
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
		p.Where = p.Where || r.is(i, "where")
		p.Few = p.Few || r.is(i, "few")
		p.Until = p.Until || r.is(i, "until")
		p.Both = p.Both || r.is(i, "both")
		p.Says = p.Says || r.is(i, "say")
		p.Issues = p.Issues || r.is(i, "what_issues")
		p.State = p.State || r.is(i, "state")
		p.Yearly = p.Yearly || r.is(i, "yearly")
		p.Past = p.Past || r.form(i, "past")
		p.Last = p.Last || r.mode == asking && r.form(i, "latest")
		p.Cases = p.Cases || r.form(i, "events")
		p.Includes = p.Includes || r.is(i, "includes")
		p.Rate = p.Rate || r.is(i, "rate")
		p.Which = p.Which || r.is(i, "which") || r.whichIssues(i)
		p.Zero = p.Zero || r.none(i)
		p.Only = p.Only || r.is(i, "only") && (r.named(i-1) || r.named(i+1))
		p.Unreadable = p.Unreadable || r.Tokens[i].Kind == lexicon.Unreadable && !r.Named[i]
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
		switch {
		case d.same:
			p.Period = r.periodBefore(d.first)
		case d.Kind == PeriodOther && r.aside(d, s):
		case !d.To.IsZero() && p.AsOf.IsZero() && r.known(s): // further dates say what it is about
			p.AsOf = d.To
		case d.Kind == PeriodDates && !d.through && r.ofSaying(d, s):
			p.Said = join(p.Said, d.Period)
		default:
			p.Period = join(p.Period, d.Period)
			p.Onward = p.Onward || !d.through && r.form(d.first-1, "from")
			if d.Kind == PeriodDates {
				p.spans, p.dates = append(p.spans, d.Period), p.dates+1
			}
		}
	}
	if !p.AsOf.IsZero() && p.Period.Kind == PeriodOpen {
		p.Period = Period{Kind: PeriodUntil, To: p.AsOf}
	}
}

// aside reports a time that isn't read exactly and stands far from all that is counted: "I had an argument yesterday
// about …".
func (r *reader) aside(d dated, s stretch) bool {
	const far = 4
	if !d.From.IsZero() {
		return false
	}
	if r.form(d.last+1, "about_what") && r.is(d.last+2, "howmany", "question", "which", "who") {
		return r.mode == asking // "we argued yesterday about how many …"
	}
	_, away := r.nearest(d, s, r.subjectAt)
	return r.mode == asking && away >= far && away < len(r.Tokens)
}

// known reports a question about what was known at a time.
func (r *reader) known(s stretch) bool {
	for i := s.from; i < s.to && r.mode == asking; i++ {
		if r.is(i, "known") {
			return true
		}
	}
	return false
}

// ofSaying reports whether a date is that of a saying: a word of saying is nearer to it than what is counted, or as
// near and before it.
func (r *reader) ofSaying(d dated, s stretch) bool {
	say, says := r.nearest(d, s, func(i int) (int, bool) {
		m, ok := r.grammar(i, "say")
		return m.Last, ok && r.speech(i)
	})
	if says < len(r.Tokens) && say < d.first && r.form(d.last+1, "that") { // "told the paper in February that …"
		return true
	}
	if r.mode == stating && say > d.last && r.commaBetween(d.last, say) {
		return false // "killed in 2025, says the UN"
	}
	_, other := r.nearest(d, s, r.subjectAt)
	const apart = 2 // nearer stands only what belongs to its neighbour behind it ("last year's losses")
	return says < other || says == other && says >= apart && says < len(r.Tokens) && say < d.first
}

// nearest returns the token nearest to a date at which something wanted begins, and how far away that is. wanted
// returns where it ends.
func (r *reader) nearest(d dated, s stretch, wanted func(i int) (last int, ok bool)) (at, away int) {
	at, away = -1, len(r.Tokens)
	for i := s.from; i < s.to; i++ {
		last, ok := wanted(i)
		if n := max(d.first-last, i-d.last); ok && n > 0 && n < away {
			at, away = i, n
		}
	}
	return at, away
}

// subjectAt returns where something ends that is counted, said or done, if it begins at token i.
func (r *reader) subjectAt(i int) (last int, ok bool) {
	for _, m := range r.at[i] {
		if m.Class == lexicon.Metric || m.Class == lexicon.Topic && !m.Is("shade") || m.Class == lexicon.Function && m.ID == "howmany" {
			return m.Last, true
		}
	}
	return i, r.counted[i] > 0
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

// join makes one period of two: two intervals span what lies between them, else the closer one counts.
func join(a, b Period) Period {
	if a.Kind != PeriodDates || b.Kind != PeriodDates {
		if b.Kind > a.Kind {
			return b
		}
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
