package question

import "github.com/whosays/whosays/knowledge/lexicon"

// Mood is how an assertion about a number is made.
type Mood uint8

// The moods. What isn't Stated says nothing that a source could say too.
const (
	Stated   Mood = iota
	Supposed      // "if … had been", "would", "may have been", "nearly killed"
	Foretold      // "will be", "predicted that"
	Queried       // "asked whether", "refused to say whether", "невже"
	Portion       // "one in five of the 55,000"
)

// mood reads how a stretch says its number, and whether it denies it.
func (r *reader) mood(p *Part, s stretch) {
	if r.mode != stating {
		return
	}
	said, denied := r.denies(s)
	if said {
		p.Negated = denied
	}
	for i := s.from; i < s.to; i++ {
		p.Final = p.Final || r.form(i, "final")
		p.Pauses = p.Pauses || r.form(i, "pauses")
		if said && r.form(i, "disowns") { // where it is denied itself, the negation turns what follows once more
			_, topic := r.find(i, lexicon.Topic)
			p.Disowned = p.Disowned || !topic // a topic's verb turns the next one itself
		}
		p.Rate = p.Rate || p.Quantity != nil && r.everyYear(i)
	}
	if p.Quantity == nil || p.Alien {
		return
	}
	p.Endorsed = len(p.Claimants) == 0 && r.endorsed(s)
	p.Present = p.Period.Kind == PeriodWhole && p.Said.Kind == PeriodOpen
	for i := s.from; i < s.to; i++ {
		p.Present = p.Present || r.form(i, "present") && p.Period.Kind == PeriodOpen && p.Said.Kind == PeriodOpen
		p.Spared = p.Spared || p.Metric == "" && r.form(i, "spared")
	}
	p.Negated = p.Negated || r.is(p.Quantity.first-1, "not") && r.outdone(p.Quantity.last+1, s)
	switch {
	case r.portion(p.Quantity.first):
		p.Mood = Portion
	case r.queried(p.Quantity.first, s):
		p.Mood = Queried
	case r.foretold(r.own(p.Quantity.last, s)):
		p.Mood = Foretold
	case r.supposed(p.Quantity.first, r.own(p.Quantity.last, s)):
		p.Mood = Supposed
	}
}

// denies reports whether a stretch holds a word of denial, and whether that stands: "doesn't deny" affirms.
func (r *reader) denies(s stretch) (said, denied bool) {
	for i := s.from; i < s.to; i++ {
		if r.form(i, "believes") && r.notBefore(i, s) {
			return true, true // "nobody believes that …"
		}
		if r.form(i, "denies") && !r.labels(i, s) {
			said, denied = true, !r.notBefore(i, s)
		}
	}
	return said, denied
}

// everyYear reports "a year", "каждый год": the number is one for each of them.
func (r *reader) everyYear(i int) bool {
	if r.form(i, "every_year") {
		return true
	}
	return r.form(i, "every") && r.form(i+1, "one_year") && !r.form(i+2, "span") && !r.is(i-1, "in", "into", "during", "about")
}

// endorsed reports that unnamed others are said to confirm it: "three independent sources confirm".
func (r *reader) endorsed(s stretch) bool {
	confirms, others := false, false
	for i := s.from; i < s.to; i++ {
		confirms, others = confirms || r.form(i, "confirms"), others || r.form(i, "unnamed")
	}
	return confirms && others
}

// notBefore reports a negation close before token i.
func (r *reader) notBefore(i int, s stretch) bool {
	const slack = 3
	for k := i - 1; k >= s.from && k >= i-slack && r.Tokens[k].Kind != lexicon.Mark && r.counted[k] == 0; k-- {
		if r.is(k, "not", "except") {
			return true
		}
	}
	return false
}

// outdone reports that a denied number is set against more or less of it: "not 55,000 but far more".
func (r *reader) outdone(from int, s stretch) bool {
	for i := from; i < s.to+1 && i < from+2; i++ {
		if r.is(i, "but", "contrast") || r.mark(i, ",") && r.is(i+1, "but", "contrast") {
			return true
		}
	}
	return false
}

// portion reports that the number at token first is only the whole of which something is a part: "one in five of the".
func (r *reader) portion(first int) bool {
	i := first - 1
	for r.form(i, "those") {
		i--
	}
	if !r.form(i, "out_of") {
		return false
	}
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		_, numeral := r.find(k, lexicon.Numeral)
		if numeral || r.counted[k] > 0 || r.form(k, "portion") {
			return true
		}
	}
	return false
}

// queried reports a number that is asked about: "whether 55,000 …", "невже 55 000 …".
func (r *reader) queried(first int, s stretch) bool {
	for i := s.from; i < s.to; i++ {
		switch {
		case r.form(i, "whether") && i < first && !r.is(i-1, "nearly") && r.counted[i] == 0:
			return true
		case r.form(i, "indeed_not"):
			return true
		case r.is(i, "or") && r.mark(i-1, ",") && r.cyrillic(i) && i < first: // ", чи загинуло …"
			return true
		}
	}
	return false
}

// own returns a stretch up to where another clause is joined to that of the number at token last.
func (r *reader) own(last int, s stretch) stretch {
	for i := last + 1; i < s.to; i++ {
		if r.mark(i, ",;") && r.is(i+1, "and", "but", "contrast") {
			s.to = i
		}
	}
	return s
}

// foretold reports what is yet to happen, or only expected to.
func (r *reader) foretold(s stretch) bool {
	for i := s.from; i < s.to; i++ {
		if r.form(i, "will") || r.form(i, "foretells") || r.form(i, "awaited") && r.form(i+1, "up_to") && r.counted[min(i+2, s.to-1)] == 0 {
			return true
		}
	}
	return false
}

// supposed reports what is only imagined: a condition before the number, a verb that says what may be, "nearly" before
// what befell them.
func (r *reader) supposed(first int, s stretch) bool {
	for i := s.from; i < s.to; i++ {
		switch {
		case r.form(i, "would"), r.form(i, "may") && r.form(i+1, "may_be"):
			return true
		case r.form(i, "supposes") && i < first && !r.credits(i, first):
			return true
		case i == s.from && r.form(i, "had") && i < first && first <= i+2 && !r.mark(s.to-1, "?"):
			return true
		}
		if m, ok := r.grammar(i, "nearly"); ok && r.counted[i] == 0 && r.metric(m.Last+1) {
			return true
		}
	}
	return false
}

// credits reports a condition that only names the source, or is a manner of speaking: "if you believe …", "если честно".
func (r *reader) credits(i, first int) bool {
	if m, ok := r.find(i, lexicon.Light); ok && m.Last > m.First || r.is(i, "according") {
		return true
	}
	for k := i; k < first; k++ {
		if r.form(k, "believes") {
			return true
		}
	}
	return false
}

func (r *reader) commaBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if r.mark(i, ",") {
			return true
		}
	}
	return false
}

// dismissal reports a stretch that only says of its neighbour that it isn't so ("Fake news:", "… That's a lie"), and
// returns whether it is about what follows.
func (r *reader) dismissal(p *Part, s stretch) bool {
	const longest = 5
	words := 0
	for i := s.from; i < s.to; i++ {
		if r.Tokens[i].Kind != lexicon.Mark {
			words++
		}
	}
	_, denied := r.denies(s)
	return r.mode == stating && denied && words <= longest && p.Quantity == nil && p.Metric == "" && p.Group == "" && p.Party == "" && p.Place == "" && len(p.Claimants) == 0
}

// dismissed lets what only dismisses deny the number beside it, before a colon the next one, else the one before, and
// leaves it out.
func dismissed(parts []Part) []Part {
	var out []Part
	next := false
	for _, p := range parts {
		last := len(out) - 1
		switch {
		case p.dismisses && !p.ahead && last >= 0 && out[last].Quantity != nil:
			out[last].Negated = true
			continue
		case p.dismisses && p.ahead:
			next = true
		case next:
			p.Negated, next = p.Negated || p.Quantity != nil, false
			if p.Quantity != nil {
				out = out[:last]
			}
		}
		out = append(out, p)
	}
	return out
}
