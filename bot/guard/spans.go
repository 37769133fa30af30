package guard

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
)

// numbers reads the block as it will be seen, all parts in a row, and judges every number by the parts that it
// lies in.
func (c *checker) numbers(i int, b *chat.Block) {
	text := joined(b)
	first, start := 0, 0 // the part in which the number begins, and where that part begins
	for _, tok := range c.spoken.read(text) {
		for first < len(b.Parts) && start+len(b.Parts[first].Text) <= tok.start {
			start += len(b.Parts[first].Text)
			first++
		}
		if tok.end <= start+len(b.Parts[first].Text) {
			c.number(i, &b.Parts[first], tok, text, start)
		} else {
			c.across(i, b.Parts[first:], tok, text, start)
		}
	}
}

// joined returns the block's words.
func joined(b *chat.Block) string {
	if len(b.Parts) == 1 {
		return b.Parts[0].Text
	}
	n := 0
	for i := range b.Parts {
		n += len(b.Parts[i].Text)
	}
	var out strings.Builder
	out.Grow(n)
	for i := range b.Parts {
		out.WriteString(b.Parts[i].Text)
	}
	return out.String()
}

// number judges a number that lies in one part, which begins at start.
func (c *checker) number(i int, p *chat.Part, tok token, text string, start int) {
	switch p.Kind {
	case chat.Own:
		c.add(i, text[tok.start:tok.end], WhyOwnNumber)
	case chat.Sourced:
		if !c.stands(i, p, tok, text, start) {
			c.add(i, text[tok.start:tok.end], WhyNotInClaim)
		}
	case chat.Furniture:
		if tok.scaled {
			c.add(i, text[tok.start:tok.end], WhyFurniture)
		}
	}
}

// stands reports whether a number of a sourced part stands in the part's claim. Two parts are sound without a
// look at the number: a text of the claim said whole, and a link that shows its own address or the host of it,
// which link has judged. A part without a claim has been judged too. A note on why a claim isn't told any more may speak of
// what stands in its place as well.
func (c *checker) stands(i int, p *chat.Part, tok token, text string, start int) bool {
	book := c.book(p.ClaimID)
	if book == nil || p.URL != "" && (p.Text == p.URL || p.Text == host(p.URL)) || book.states(tok) {
		return true
	}
	if book.has(p.Text) && wholeAt(text, start, start+len(p.Text)) || book.holds(&c.texts, tok, text, start) {
		return true
	}
	return c.past && c.reply.Blocks[i].Role == chat.RoleNote &&
		slices.ContainsFunc(c.books, func(now ledger) bool { return now.holds(&c.texts, tok, text, start) })
}

// across judges a number that begins in the first of parts, at start, and ends in a later one. It is sound
// where one claim has all of it, and words of ours give nothing but what stands between digits.
func (c *checker) across(i int, parts []chat.Part, tok token, text string, start int) {
	id, from := "", start
	for j := range parts {
		begin, end := max(start, tok.start), min(start+len(parts[j].Text), tok.end)
		start += len(parts[j].Text)
		if begin >= end || !hasContent(text[begin:end]) {
			continue
		}
		if p := &parts[j]; p.Kind != chat.Sourced || p.ClaimID == "" || id != "" && id != p.ClaimID {
			c.add(i, text[tok.start:tok.end], WhyAcrossParts)
			return
		}
		id = parts[j].ClaimID
	}
	if book := c.book(id); book != nil && !book.holds(&c.texts, tok, text, from) {
		c.add(i, text[tok.start:tok.end], WhyNotInClaim)
	}
}

// hasContent reports whether s has more than spaces and separators.
func hasContent(s string) bool {
	return strings.ContainsFunc(s, func(ch rune) bool { return classOf(ch) != other })
}
