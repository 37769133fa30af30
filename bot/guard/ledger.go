package guard

import (
	"slices"

	"github.com/whosays/whosays/knowledge"
)

// ledger is what one claim gives the right to say. Its texts are read only when a number isn't among the
// figures and dates.
type ledger struct {
	claim  *knowledge.Claim
	values []number
	dates  []knowledge.Date
	opened bool // figures and dates are entered
	read   bool // the texts are read
}

// holds reports whether the claim states the number tok of text. What belongs to tok begins not before from.
func (l *ledger) holds(r *reader, tok token, text string, from int) bool {
	if l.states(tok) {
		return true
	}
	if tok.kind == unread || tok.weak {
		start := tok.start
		if tok.scaled {
			start = window(text, from, start)
		}
		return l.standsIn(r, text[start:tok.end])
	}
	l.readTexts(r)
	return l.states(tok)
}

// states looks tok up by its value.
func (l *ledger) states(tok token) bool {
	l.open()
	switch tok.kind {
	case exact:
		return slices.Contains(l.values, tok.num)
	case calendar:
		for _, date := range l.dates {
			if date.Year == tok.date.Year && (tok.date.Month == 0 || date.Month == tok.date.Month) &&
				(tok.date.Day == 0 || date.Day == tok.date.Day) {
				return true
			}
		}
	}
	return false
}

// open enters the figures and the dates.
func (l *ledger) open() {
	if l.opened {
		return
	}
	l.opened = true
	l.values = make([]number, 0, 16)
	c := l.claim
	for _, bound := range [...]*float64{c.Figure.Low, c.Figure.Best, c.Figure.High} {
		if bound == nil {
			continue
		}
		if value, ok := fromFloat(*bound); ok {
			l.values = append(l.values, value)
		}
	}
	l.enter(c.Scope.Period.From)
	l.enter(c.Scope.Period.To)
	l.enter(c.Attribution.SaidOn)
	for i := range c.Sources {
		l.enter(c.Sources[i].PublishedOn)
		l.enter(c.Sources[i].RetrievedOn)
	}
}

// enter adds a date: the whole, its year, and its day as it stands beside a month's name. A month is a number
// of the claim only within a date in digits.
func (l *ledger) enter(date knowledge.Date) {
	if date.IsZero() {
		return
	}
	l.dates = append(l.dates, date)
	l.values = append(l.values, decimal(uint64(max(date.Year, 0)), 0))
	if date.Day > 0 {
		l.values = append(l.values, decimal(uint64(date.Day), 0))
	}
}

// readTexts enters every number of the claim's words that can be read in one way.
func (l *ledger) readTexts(r *reader) {
	if l.read {
		return
	}
	l.read = true
	eachText(l.claim, func(text string) bool {
		for _, tok := range r.read(withoutLinks(text)) {
			switch {
			case tok.kind == exact && !tok.weak:
				l.values = append(l.values, tok.num)
			case tok.kind == calendar && tok.monthYear:
				l.dates = append(l.dates, tok.date)
			case tok.kind == calendar:
				l.enter(tok.date)
			}
		}
		return true
	})
}

// eachText calls visit with each text of the claim that a reply may quote, until visit returns false.
func eachText(c *knowledge.Claim, visit func(string) bool) {
	for _, text := range [...]string{c.Text, c.Attribution.Speaker, c.Attribution.Office, c.Attribution.Venue} {
		if !visit(text) {
			return
		}
	}
	for _, text := range c.Translations {
		if !visit(text) {
			return
		}
	}
	for i := range c.Sources {
		s := &c.Sources[i]
		if !visit(s.Publisher) || !visit(s.Title) || !visit(s.Quote) {
			return
		}
	}
	for i := range c.Caveats {
		for _, text := range c.Caveats[i].Text {
			if !visit(text) {
				return
			}
		}
	}
}

// has reports whether words are a whole text of the claim.
func (l *ledger) has(words string) bool {
	found := false
	eachText(l.claim, func(text string) bool {
		found = text == words
		return !found
	})
	return found
}

// names reports whether address is one of the claim's sources.
func (l *ledger) names(address string) bool {
	for i := range l.claim.Sources {
		if s := &l.claim.Sources[i]; address == s.URL || address == s.ArchiveURL {
			return true
		}
	}
	return false
}
