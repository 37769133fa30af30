package form

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// writeCaveats writes caveats, each in its line: in its own words, else in the standard ones.
func writeCaveats(p printer, c *knowledge.Claim) string {
	lines := make([]string, 0, len(c.Caveats))
	for _, v := range c.Caveats {
		lines = append(lines, p.caveat(v))
	}
	return strings.Join(lines, "\n")
}

func (p printer) caveat(v knowledge.Caveat) string {
	standard := ""
	if c, ok := p.lex.Get(lexicon.CaveatOf, v.Code); ok {
		standard = c.In(p.w.Lang())
	}
	words := cmp.Or(v.Text[p.w.Lang()], standard, v.Text["en"])
	for _, lang := range slices.Sorted(maps.Keys(v.Text)) {
		words = cmp.Or(words, v.Text[lang])
	}
	return cmp.Or(oneLine(words), v.Code)
}

// readCaveats reads a caveat in each line: one that the claim had stays as it was, standard wordings and codes are those of the
// lexicon, other words are the caveat's own.
func readCaveats(r *reading, value string) bool {
	r.is.Caveats = nil
	for line := range strings.SplitSeq(value, "\n") {
		if line = oneLine(line); line != "" {
			r.is.Caveats = append(r.is.Caveats, r.caveat(line))
		}
	}
	return true
}

func (r *reading) caveat(line string) knowledge.Caveat {
	for _, w := range r.writers {
		p := r.printer(w)
		for _, v := range r.was.Caveats {
			if p.caveat(v) == line {
				return v
			}
		}
	}
	for _, c := range r.lex.Of(lexicon.CaveatOf) {
		if c.ID == line || slices.ContainsFunc(slices.Collect(maps.Values(c.Label)), func(label string) bool { return strings.EqualFold(label, line) }) {
			return knowledge.Caveat{Code: c.ID}
		}
	}
	return knowledge.Caveat{Text: map[string]string{r.parser.Language(line): line}}
}
