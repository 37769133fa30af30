package question

import (
	"slices"

	"github.com/whosays/whosays/knowledge/lexicon"
)

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
			note(sideSpeaks+m.ID, i)
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
	if next < s.to && (r.is(next, "say") && r.speech(next) || r.judges(next)) {
		return true
	}
	return first > s.from && r.cyrillic(first) && r.is(first-1, "say") && r.speech(first-1)
}

// judges reports a topic's word at token i that says what somebody thinks: "think of".
func (r *reader) judges(i int) bool {
	m, ok := r.find(i, lexicon.Topic)
	return ok && m.Is("opines")
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
	if next >= s.to || !r.Tokens[last].Owner {
		return false
	}
	m, ok := r.find(next, lexicon.Topic)
	return ok && m.Is("counts") || r.is(next, "howmany")
}

// speech reports that a word of saying is one here: it isn't a noun that counts ("tally"), nor a topic's verb.
func (r *reader) speech(i int) bool {
	_, light := r.find(i, lexicon.Light)
	return !light || r.cyrillic(i) || r.form(i, "speech")
}

func (r *reader) cyrillic(i int) bool { return r.Tokens[i].Text[0] >= 0x80 }
