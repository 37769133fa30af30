package index

import "github.com/whosays/whosays/knowledge/lexicon"

// Bounds on the parts of a compound: shorter ones make up any word by chance. What stands in a tag or a name
// is often written together, other words seldom.
const (
	shortPart     = 3
	shortPartWord = 4
	longestWhole  = 40 // bytes; nobody writes more together that means something
)

// known returns the terms with those that no document holds taken apart, where they are words that
// documents hold, written together ("riverbank").
func (v *view) known(terms []lexicon.Term) []lexicon.Term {
	out := make([]lexicon.Term, 0, len(terms))
	for _, t := range terms {
		if parts := v.parts(t); parts != nil {
			for _, p := range parts {
				out = append(out, lexicon.Term{Text: p, Kind: t.Kind})
			}
			continue
		}
		out = append(out, t)
	}
	return out
}

// parts returns the two words of which a term is made; of several ways the one whose shorter part is longest.
// Nil if there is none.
func (v *view) parts(t lexicon.Term) []string {
	least := shortPart
	if t.Kind == lexicon.Plain || t.Kind == lexicon.Name {
		least = shortPartWord
	}
	if n := len(t.Text); n > longestWhole || isFigure(t.Text) || v.holds(t.Text) {
		return nil
	}
	for most := len(t.Text) / 2; most >= least; most-- {
		for _, at := range [2]int{most, len(t.Text) - most} {
			if v.holds(t.Text[:at]) && v.holds(t.Text[at:]) {
				return []string{t.Text[:at], t.Text[at:]}
			}
		}
	}
	return nil
}

// holds reports whether a document holds a word.
func (v *view) holds(w string) bool {
	for _, s := range v.shards {
		if s != nil {
			if n, ok := s.words[w]; ok && s.lists[n].live > 0 {
				return true
			}
		}
	}
	return false
}
