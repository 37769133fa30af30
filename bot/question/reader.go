package question

import (
	"slices"
	"time"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// reader is the state of reading one text.
type reader struct {
	lexicon.Analysis
	lex        *lexicon.Lexicon
	now        time.Time
	lang       string
	mode       mode
	at         [][]lexicon.Mention // mentions by their first token
	quantities []Quantity
	periods    []dated
	ending     bool  // the end of a period is being read
	alone      bool  // the text is one number
	counted    []int // by token: 1 + index of the quantity that it belongs to; 0: none; −1: of a time
}

// prepare finds what stands on each token, then numbers and periods.
func (r *reader) prepare() {
	r.index()
	r.findPeriods()
	r.findQuantities()
}

// index finds what stands on each token.
func (r *reader) index() {
	r.at = make([][]lexicon.Mention, len(r.Tokens))
	for i, k := 0, 0; i < len(r.Mentions); i = k {
		for k = i; k < len(r.Mentions) && r.Mentions[k].First == r.Mentions[i].First; k++ {
		}
		r.at[r.Mentions[i].First] = r.Mentions[i:k]
	}
	r.counted = make([]int, len(r.Tokens))
}

// find returns the mention of a class that begins at token i.
func (r *reader) find(i int, class lexicon.Class) (lexicon.Mention, bool) {
	if i < 0 || i >= len(r.at) {
		return lexicon.Mention{}, false
	}
	for _, m := range r.at[i] {
		if m.Class == class {
			return m, true
		}
	}
	return lexicon.Mention{}, false
}

// is reports whether a word of grammar begins at token i.
func (r *reader) is(i int, ids ...string) bool {
	_, ok := r.grammar(i, ids...)
	return ok
}

// grammar returns the mention of one of these words of grammar that begins at token i.
func (r *reader) grammar(i int, ids ...string) (lexicon.Mention, bool) {
	if i < 0 || i >= len(r.at) {
		return lexicon.Mention{}, false
	}
	for _, m := range r.at[i] {
		if m.Class != lexicon.Function {
			continue
		}
		if slices.Contains(ids, m.ID) {
			return m, true
		}
	}
	return lexicon.Mention{}, false
}

// form reports whether token i is in a list of forms. Unlike is, it looks at the one word, whatever longer phrase
// it begins or stands in.
func (r *reader) form(i int, list string) bool {
	return i >= 0 && i < len(r.Tokens) && r.lex.IsForm(list, r.Tokens[i].Norm)
}

// has reports whether a word of grammar stands anywhere.
func (r *reader) has(id string) bool {
	for _, m := range r.Mentions {
		if m.Class == lexicon.Function && m.ID == id {
			return true
		}
	}
	return false
}

// mark reports whether token i is one of these marks.
func (r *reader) mark(i int, marks string) bool {
	if i < 0 || i >= len(r.Tokens) || r.Tokens[i].Kind != lexicon.Mark {
		return false
	}
	for _, m := range marks {
		if r.Tokens[i].Text == string(m) {
			return true
		}
	}
	return false
}

// before reports whether one of these words of grammar ends right before token i, over at most slack words
// that say nothing.
func (r *reader) before(i, slack int, ids ...string) bool {
	for k := i - 1; k >= 0 && slack >= 0; k-- {
		for s := k; s >= 0 && s > k-4; s-- {
			if m, ok := r.grammar(s, ids...); ok && m.Last == k {
				return true
			}
		}
		if _, light := r.find(k, lexicon.Light); !light && r.Tokens[k].Kind != lexicon.Mark || r.mark(k, ".,;:!?") {
			return false
		}
		slack--
	}
	return false
}

// text returns the words of the tokens from … to−1, as they stand.
func (r *reader) text(from, to int) string {
	for from < to && r.mark(from, ",;:—–-.!?)") {
		from++
	}
	for to > from && r.mark(to-1, ",;:—–-.!?(") {
		to--
	}
	if from >= to {
		return ""
	}
	return r.Text[r.Tokens[from].Start:r.Tokens[to-1].End]
}
