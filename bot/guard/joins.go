package guard

import (
	"strings"
	"unicode/utf8"
)

// join looks at the numbers side by side: "100–140 тис." shares its magnitude; "five hundred 20", "2 dozen" and
// "2025 thousands" can't be read apart; of "100 to 140 thousand" the low end isn't sure.
func (r *reader) join() {
	out := r.toks[:0]
	for _, tok := range r.toks {
		for len(out) > 0 {
			joined, whole := r.pair(&out[len(out)-1], &tok)
			if !whole {
				break
			}
			tok, out = joined, out[:len(out)-1]
		}
		out = append(out, tok)
	}
	r.toks = out
}

// maxGap is how many bytes may lie between two numbers that belong together.
const maxGap = 40

// pair settles what b makes of a, the number before it. Whole: both are one number, which is returned.
func (r *reader) pair(a, b *token) (joined token, whole bool) {
	sure := a.kind != unread && b.kind != unread && !a.scaled && !b.scaled && !b.grouped
	if sure || b.start < a.end || b.start-a.end > maxGap {
		return joined, false
	}
	switch gap := r.text[a.end:b.start]; {
	case isBlank(gap):
		whole = a.scaled || b.scaled || r.adjoin(a, b)
	case isDash(gap):
		whole = !r.shared(a, b, gap)
	case b.scaled && !a.scaled && a.num.below(1000) && isShortWord(gap):
		a.kind, a.end = unread, b.end
	}
	return token{start: a.start, end: b.end, kind: unread, scaled: a.scaled || b.scaled}, whole
}

// adjoin reports whether a space between two numbers may be one between groups, or before a fraction ("2 1/2"):
// where one of them is unread, nobody knows.
func (r *reader) adjoin(a, b *token) bool {
	width := runAt(r.text, b.start).width
	return a.kind == unread && width >= 3 || b.kind == unread && width > 0 && a.width > 0 && a.width <= 3
}

// shared reads a range, "a–b". It reports whether both ends can be read.
func (r *reader) shared(a, b *token, gap string) bool {
	switch {
	case a.kind == unread && gap == "-": // an unread number and its tail: "2025-12-3"
		return false
	case b.kind == unread:
		return a.scaled && a.kind == exact
	case a.scaled && b.scaled && a.kind == exact:
		return true
	case !b.scaled: // "50–70,000": nobody knows what the 50 counts
		a.weak = b.grouped && a.width > 0 && a.width <= 3
		return true
	case a.kind != exact || b.kind != exact || a.width == 0 || a.width > 3 || !isPlainDash(gap):
		return false
	}
	run := runAt(r.text, b.start)
	exp, ok := bareScale(*b, run)
	a.num, a.width = a.num.times(exp), 0
	return ok
}

// bareScale returns the power of ten of a number that is one to three digits and a magnitude.
func bareScale(b token, run digitRun) (int, bool) {
	if b.width == 0 || b.width > 3 {
		return 0, false
	}
	bare := decimal(run.mant, 0)
	return b.num.exp - bare.exp, b.num.mant == bare.mant && bare.mant != 0
}

func isBlank(gap string) bool { return strings.TrimFunc(gap, isSpace) == "" }

// isDash reports whether gap is a dash with spaces or without.
func isDash(gap string) bool {
	trimmed := strings.TrimFunc(gap, isSpace)
	ch, size := utf8.DecodeRuneInString(trimmed)
	switch ch {
	case '-', '\u2010', '\u2011', '\u2012', '–', '—', '\u2212', '…', '~':
		return size == len(trimmed)
	}
	return trimmed == "..." || trimmed == ".."
}

// isPlainDash reports whether gap is one of the three common dashes, with at most one space on each side.
func isPlainDash(gap string) bool {
	if ch, size := utf8.DecodeRuneInString(gap); isSpace(ch) {
		gap = gap[size:]
	}
	if ch, size := utf8.DecodeLastRuneInString(gap); isSpace(ch) {
		gap = gap[:len(gap)-size]
	}
	return gap == "-" || gap == "–" || gap == "—"
}

// isShortWord reports whether gap is a word such as "to", "and", "до", "или", or speaks of a half.
func isShortWord(gap string) bool {
	if strings.Contains(gap, "half") || strings.Contains(gap, "полов") {
		return true
	}
	word := strings.TrimFunc(gap, isSpace)
	for _, ch := range word {
		if classOf(ch) != letter {
			return false
		}
	}
	return utf8.RuneCountInString(word) <= 4
}
