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
	if len(p.Claimants) == 0 {
		for i := s.from; i < s.to; i++ {
			if last := r.stranger(i, s); last >= i {
				p.Claimants = append(p.Claimants, r.text(i, last+1))
				for ; i <= last; i++ {
					claimed[i] = true
				}
			}
		}
	}
	return claimed
}

// longestName is how many words a name that the lexicon doesn't know has at most.
const longestName = 4

// stranger returns the last token of somebody named as the source whom the lexicon doesn't know ("according to Forbes",
// "did Joe Rogan say", "заявил Стрелков"), if his name begins at token i; −1 where none does.
func (r *reader) stranger(i int, s stretch) int {
	if !r.unnamed(i) {
		return -1
	}
	upper := r.Tokens[i].Upper
	last := i
	for last+1 < s.to && last-i+1 < longestName && r.unnamed(last+1) && (r.Tokens[last+1].Upper || !upper) {
		last++
	}
	quoted := r.before(i, 1, "according") && (upper || !r.form(i-1, "per"))
	next := last + 1
	says := upper && next < s.to && r.saying(next)
	said := upper && i > s.from && r.cyrillic(i) && r.is(i-1, "say") && r.speech(i-1)
	if quoted || says || said {
		return last
	}
	return -1
}

// unnamed reports a word that nothing explains.
func (r *reader) unnamed(i int) bool {
	return r.Tokens[i].Kind == lexicon.Word && !r.Named[i] && r.counted[i] == 0 && len([]rune(r.Tokens[i].Norm)) > 1
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
	if next < s.to && r.form(next, "self") {
		next++
	}
	if next < s.to && r.saying(next) {
		return true
	}
	return first > s.from && r.cyrillic(first) && r.is(first-1, "say") && r.speech(first-1)
}

// saying reports a verb at token i whose subject says or thinks something.
func (r *reader) saying(i int) bool { return r.is(i, "say") && r.speech(i) || r.judges(i) }

// judges reports a topic's word at token i that says what somebody thinks: "think of".
func (r *reader) judges(i int) bool {
	m, ok := r.find(i, lexicon.Topic)
	return ok && m.Is("opines")
}

// counter reports somebody's own count: "the Kremlin's own tally", "by the Ukrainian count", "цифры Кремля".
func (r *reader) counter(first, last int, s stretch) bool {
	if r.cyrillic(first) {
		m, ok := r.find(first-1, lexicon.Topic)
		return ok && first > s.from && m.Is("counts") && m.Last == first-1
	}
	next := last + 1
	if next < s.to && r.Tokens[next].Norm == "own" {
		next++
	}
	by := first - 1
	if r.form(by, "article") {
		by--
	}
	if next >= s.to || !r.Tokens[last].Owner && !r.form(by, "agent") {
		return false
	}
	m, ok := r.find(next, lexicon.Topic)
	return ok && m.Is("counts") || r.is(next, "howmany") || r.form(next, "count_word") && r.form(by, "agent")
}

// speech reports that a word of saying is one here: it isn't a noun that counts ("tally"), nor a topic's verb.
func (r *reader) speech(i int) bool {
	_, light := r.find(i, lexicon.Light)
	return !light || r.cyrillic(i) || r.form(i, "speech")
}

func (r *reader) cyrillic(i int) bool { return r.Tokens[i].Norm[0] >= 0x80 }
