package question

import (
	"strings"
	"time"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// longestField is more bytes than a number or a time has that is filled in.
const longestField = 400

// Number reads a text that is one number with the words around it that bound it ("at least 2,514", "420,000–450,000 soldiers"), as
// numbers of questions are read, but one below ten and one that could be a year as well. It isn't ok where anything else stands there.
func (p *Parser) Number(text string) (q Quantity, ok bool) {
	if len(text) > longestField {
		return q, false
	}
	r := reader{lex: p.lex, Analysis: p.lex.Analyze(text), mode: stating, alone: true}
	r.index()
	r.findQuantities()
	if len(r.quantities) != 1 || r.quantities[0].alien {
		return q, false
	}
	q = r.quantities[0]
	return q, r.nothingElse(q.first, q.last)
}

// Time reads a text that names one time and nothing else ("in 2025", "since the invasion"), at the moment now.
func (p *Parser) Time(text string, now time.Time) (out Period, ok bool) {
	if len(text) > longestField {
		return out, false
	}
	r := reader{lex: p.lex, Analysis: p.lex.Analyze(text), mode: stating, now: now}
	r.prepare()
	if len(r.periods) != 1 {
		return out, false
	}
	d := r.periods[0]
	return d.Period, d.Kind != PeriodOther && d.Kind != PeriodOpen && r.nothingElse(d.first, d.last)
}

// nothingElse reports a text that has no words of content besides the tokens first to last, but what is counted.
func (r *reader) nothingElse(first, last int) bool {
	for i := range r.Tokens {
		if i >= first && i <= last || r.Tokens[i].Kind == lexicon.Mark && !strings.ContainsAny(r.Tokens[i].Text, "%°$€£₴₽#№?/+=") {
			continue
		}
		if !r.Named[i] || r.Tokens[i].Kind == lexicon.Number {
			return false
		}
	}
	return true
}

// Alien reports the number of money, a share, a duration or the like.
func (q *Quantity) Alien() bool { return q.alien }
