package index

import "github.com/whosays/whosays/knowledge/lexicon"

// How many terms in common are half of enough, and of plain words the rarest there are.
const (
	levelMatches = 3
	levelPlainly = 2
)

// terms fills in what the terms of the message tell that l.held says the document has.
func (l *look) terms(f *Features) {
	var matches, plainly float64
	var names, heldNames, most, mostHeld float64
	for k := range l.r.terms {
		t, held := &l.r.terms[k], l.held[k]
		said := t.kind != lexicon.Signature
		rarity := t.idf / l.r.rarest
		if said {
			most = max(most, t.weight)
		}
		if t.kind == lexicon.Name {
			names += t.weight
		}
		switch {
		case held:
			matches++
			f[Held] += t.weight / l.r.weight
			f[Rarest] = max(f[Rarest], rarity)
			if said {
				mostHeld = max(mostHeld, t.weight)
			}
			if t.kind == lexicon.Plain {
				plainly += rarity
			}
			if t.kind == lexicon.Name {
				heldNames += t.weight
			}
		case said && t.df > 0:
			f[Lacks] = max(f[Lacks], rarity)
		}
	}
	f[Matches] = matches / (matches + levelMatches)
	f[Plainly] = plainly / (plainly + levelPlainly)
	f[Names] = heldNames / max(names, tiny)
	f[Tells] = mostHeld / max(most, tiny)
}
