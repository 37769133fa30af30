package question

import (
	"slices"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// longestOpening is how many little words may stand before the "who" that a question begins with ("ok so who …").
const longestOpening = 3

// asksDoer reports a question of who does something ("Who paid for …?", "By whom …?"), not of who says it, whom it
// befell, or who has more of it.
func (r *reader) asksDoer(p *Part, s stretch) bool {
	who := r.opensWithWho(s)
	if r.mode != asking || who < 0 || p.HowMany || r.has("right") || r.whichIsRight() || r.opposes(p) {
		return false
	}
	verb, passive := who+1, false
	for verb < s.to && r.form(verb, "auxiliary") {
		passive = passive || r.form(verb, "suffers")
		verb++
	}
	agent := r.form(who-1, "agent") || r.form(who, "agent_who")
	named := verb // "Who are the 420,000?"
	if r.form(named, "article") {
		named++
	}
	if verb >= s.to || r.counted[min(named, s.to-1)] > 0 && passive || r.attributes(who+1, s.to) {
		return false
	}
	if m, ok := r.find(verb, lexicon.Metric); ok {
		return agent || !m.Is("umbrella") && !passive && r.form(verb, "did_it")
	}
	if r.compares() { // who has more of it
		return false
	}
	_, claimant := r.find(verb, lexicon.Claimant)
	_, party := r.find(verb, lexicon.Party)
	return agent || verb == who+1 && !claimant || !claimant && !party // "Who did Russia …", "Who is Umerov?" ask for another
}

// opensWithWho returns the token of the "who" that a stretch begins with, −1 without one: further on it only joins a clause.
func (r *reader) opensWithWho(s stretch) int {
	for i := s.from; i < s.to && i <= s.from+longestOpening; i++ {
		if r.form(i, "doer") {
			return i
		}
		_, light := r.find(i, lexicon.Light)
		if !light && r.Tokens[i].Kind != lexicon.Mark && !r.is(i, "and", "but", "by", "greet") && !r.form(i, "agent") {
			return -1
		}
	}
	return -1
}

// attributes reports that something is said, counted or thought there: who does that is whose word it is.
func (r *reader) attributes(from, to int) bool {
	for i := from; i < to; i++ {
		if r.is(i, "say", "according", "right") || r.form(i, "count_word") {
			return true
		}
		if slices.ContainsFunc(r.at[i], func(m lexicon.Mention) bool {
			return m.Class == lexicon.Topic && (m.Is("speech") || m.Is("opines") || m.Is("counts"))
		}) {
			return true
		}
	}
	return false
}

// brokers reports a word for what somebody other than the sides does: to host, to mediate.
func (r *reader) brokers(s stretch) bool {
	for i := s.from; i < s.to; i++ {
		if r.form(i, "brokers") {
			return true
		}
	}
	return false
}
