package adaptertest

import (
	"strings"
	"unicode"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// reading is what can be read, as one who knows the base reads it.
type reading struct {
	book  *book
	lang  string
	lines []string
	items []item
}

// item is a claim's sentence, in a line of its own, with the lines down to the next one.
type item struct {
	claim *knowledge.Claim
	lines []string
}

func (b *book) read(lang, text string) *reading {
	r := &reading{book: b, lang: lang}
	for line := range strings.SplitSeq(text, "\n") {
		if line = fold(line); line != "" {
			r.lines = append(r.lines, line)
		}
	}
	for i, line := range r.lines {
		if c := r.opens(line); c != nil {
			r.items = append(r.items, item{claim: c})
		}
		if n := len(r.items); n > 0 {
			r.items[n-1].lines = append(r.items[n-1].lines, r.lines[i])
		}
	}
	return r
}

// fold returns a line with plain blanks, one at a time: the narrow ones within numbers are a matter of looks.
func fold(line string) string { return strings.Join(strings.FieldsFunc(line, unicode.IsSpace), " ") }

// opens returns the claim whose sentence stands in a line, at its start or behind a sentence of ours; of several with the
// same sentence the one whose claimant stands there. Within the words of a source it isn't the claim's.
func (r *reading) opens(line string) (found *knowledge.Claim) {
	line = ". " + strings.TrimLeft(line, "•↳ ")
	for i := range r.book.claims {
		c := &r.book.claims[i]
		if s := r.sentence(c); !strings.Contains(line, ". "+s) && !strings.Contains(line, ": "+s) {
			continue
		}
		if strings.Contains(line, r.claimant(c)) {
			return c
		}
		found = c
	}
	return found
}

func (r *reading) sentence(c *knowledge.Claim) string {
	text, _ := c.In(r.lang)
	return fold(strings.TrimRight(text, "."))
}

// claimant returns who says a claim; that nobody is named where nobody is.
func (r *reading) claimant(c *knowledge.Claim) string {
	if c.Attribution.Speaker == "" {
		return r.label(lexicon.Standing, knowledge.Unattributed)
	}
	return r.label(lexicon.Claimant, c.Attribution.Speaker)
}

// label returns how a concept is called; a name that isn't one, as it is.
func (r *reading) label(class lexicon.Class, id string) string {
	if c, ok := r.book.lex.Get(class, id); ok {
		return fold(c.In(r.lang))
	}
	return fold(id)
}

// warnings returns a claim's caveats.
func (r *reading) warnings(c *knowledge.Claim) []string {
	var out []string
	for _, v := range c.Caveats {
		text := v.Text[r.lang]
		if text == "" {
			text = r.label(lexicon.CaveatOf, v.Code)
		}
		out = append(out, fold(text))
	}
	return out
}

func (r *reading) has(text string) bool {
	return strings.Contains(strings.Join(r.lines, "\n"), fold(text))
}

func (i *item) has(text string) bool { return strings.Contains(strings.Join(i.lines, "\n"), text) }
