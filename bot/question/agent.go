package question

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// does reports a side that is named as the one who did it, not as the one whose people are counted: "Ukraine killed …
// civilians", "How many did Russia kill?", "… were killed by Ukraine", "сколько солдат убила Россия".
func (r *reader) does(m lexicon.Mention) bool {
	return r.kills(m) || r.killed(m)
}

// kills reports a side with a verb of doing it.
func (r *reader) kills(m lexicon.Mention) bool {
	if r.Tokens[m.Last].Owner || r.victims(m) {
		return false
	}
	verb := m.Last + 1
	forces, ok := r.find(verb, lexicon.Group) // "Ukrainian forces killed …"
	if ok {
		verb = forces.Last + 1
	}
	asked := r.mode == asking && r.form(m.First-1, "did")
	switch {
	case r.form(m.First-1, "did_it") && r.cyrillic(m.First): // "убила Россия"
		return true
	case r.form(m.First-1, "they_did_it") && r.inflected(m.First, "і", "и", "ы", "е"): // "убили украинцы", not "убили украинцев"
		return true
	case (r.form(m.First-1, "was_done") || r.form(verb, "was_done")) && r.instrumental(m.First): // "убито украинцами"
		return true
	case !r.form(verb, "did_it"):
		return false
	case asked || r.cyrillic(verb) || r.behindVictims(m):
		return true
	}
	// "Ukrainian soldiers killed" says whom, unless it goes on with whom they killed.
	return r.countsSoon(verb + 1)
}

// victims reports a side whose people a question counts: right behind "how many", wherever the verb and who did it stand ("сколько
// украинских солдат убила Россия").
func (r *reader) victims(m lexicon.Mention) bool {
	return r.mode == asking && r.before(m.First, 0, "howmany")
}

// behindVictims reports a side right behind those of another whose people are counted: "how many Ukrainian soldiers Russia killed".
func (r *reader) behindVictims(m lexicon.Mention) bool {
	const longest = 4 // tokens of those who are counted, with an article behind them
	for i := max(0, m.First-longest); i < m.First; i++ {
		them, ok := r.find(i, lexicon.Party)
		if !ok || them.ID == m.ID || !r.victims(them) {
			continue
		}
		end := them.Last + 1
		if people, ok := r.find(end, lexicon.Group); ok {
			end = people.Last + 1
		}
		if r.form(end, "article") {
			end++
		}
		return end == m.First
	}
	return false
}

// killed reports a side behind "by", with nothing of its own behind it: "by Ukraine", "by the Ukrainian forces", not "by
// Ukraine's count".
func (r *reader) killed(m lexicon.Mention) bool {
	by := m.First - 1
	if r.form(by, "article") {
		by--
	}
	if !r.form(by, "agent") || r.Tokens[m.Last].Owner {
		return false
	}
	for i := max(0, by-2); i < by; i++ {
		if r.form(i, "did_it") {
			return true
		}
	}
	return false
}

// instrumental reports a word in the case of who did it, or of what it was done with, in Ukrainian and Russian.
func (r *reader) instrumental(i int) bool {
	return r.inflected(i, "ами", "ями", "ими", "ыми", "ою", "ею", "єю", "ой", "ей")
}

// inflected reports that a word ends so, which in Ukrainian and Russian says what part it has in its sentence.
func (r *reader) inflected(i int, endings ...string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(r.Tokens[i].Norm, e) })
}

// countsSoon reports that people follow as what is done to.
func (r *reader) countsSoon(from int) bool {
	const soon = 5
	for i := from; i < len(r.Tokens) && i < from+soon && r.Tokens[i].Kind != lexicon.Mark; i++ {
		if _, ok := r.find(i, lexicon.Group); ok {
			return true
		}
	}
	return false
}

// doer reports a side named as the one who did it: "how many Russians did Ukraine neutralise".
func (r *reader) doer(m lexicon.Mention) bool {
	next := m.Last + 1
	for next < len(r.Tokens) && r.Tokens[next].Kind == lexicon.Mark {
		next++
	}
	return r.mode == asking && r.form(m.First-1, "did") && r.metric(next)
}
