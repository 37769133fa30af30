package guard

import "unicode/utf8"

// spelled is a run of number words as it is read: "fifty-five thousand two hundred and three".
type spelled struct {
	start, end   int
	total, group uint64 // what is closed by a scale, and what isn't yet
	lastScale    uint64
	last         numeralKind
	words        int
	large        bool // some word is ten or more; else the run is no number at all
	bad          bool // the words make no number, or not one number for sure
}

// spell takes one more number word into the run, or begins a new one.
func (r *reader) spell(k numeralKind, value uint64, start, end int) {
	if r.run.words > 0 && !r.run.joins(r.text[r.run.end:start]) {
		r.endRun()
	}
	run := &r.run
	if run.words == 0 {
		run.start = start
	}
	run.take(k, value)
	run.end, run.last, run.large = end, k, run.large || k != unit
	run.words++
}

// joins reports whether gap keeps two number words together. "And" does so behind hundreds and thousands only.
func (run *spelled) joins(gap string) bool {
	switch gap {
	case " ", "-", "\u00a0", "\u2010", "\u2011":
		return true
	case " and ":
		return run.last == hundred || run.last == scale
	}
	return false
}

// take applies the grammar of one word: a unit closes tens, tens follow hundreds, a scale closes the group and
// is smaller than the one before.
func (run *spelled) take(k numeralKind, value uint64) {
	opens := run.last == noNumber || run.last == scale
	switch k {
	case unit:
		run.need(opens || run.last == tens || run.last == hundred || run.last == hundreds)
		run.need(value > 0)
		run.group += value
	case teen, tens:
		run.need(opens || run.last == hundred || run.last == hundreds)
		run.group += value
	case hundreds:
		run.need(opens)
		run.group += value
	case hundred:
		run.need(run.last == unit && run.group < 10)
		run.group *= value
	case scale:
		run.need(run.group > 0 && (run.lastScale == 0 || value < run.lastScale))
		run.total, run.group, run.lastScale = run.total+run.group*value, 0, value
	default:
		run.need(false)
	}
}

func (run *spelled) need(ok bool) { run.bad = run.bad || !ok }

// endRun closes the run of number words, if there is one.
func (r *reader) endRun() {
	run := r.run
	r.run = spelled{}
	if !run.large {
		return
	}
	tok := token{start: run.start, end: run.end, kind: unread, scaled: true}
	if !run.bad {
		tok.kind, tok.num = exact, decimal(run.total+run.group, 0)
	}
	r.toks = append(r.toks, tok)
}

// window returns where the words that belong to a spelled amount begin: up to three words in front of it, so
// that "half a million" isn't taken for "two and a half million". It doesn't look further back than from.
func window(text string, from, start int) int {
	for range 3 {
		gap := backWhile(text, from, start, func(ch rune) bool { return ch == '-' || isSpace(ch) })
		begin := backWhile(text, from, gap, func(ch rune) bool { c := classOf(ch); return c == letter || c == mark })
		if begin == gap {
			break
		}
		start = begin
	}
	return start
}

// backWhile returns the start of the longest run of runes that are so, ending at end and not before from.
func backWhile(text string, from, end int, is func(rune) bool) int {
	for end > from {
		ch, size := utf8.DecodeLastRuneInString(text[from:end])
		if !is(ch) {
			break
		}
		end -= size
	}
	return end
}
