package guard

import (
	"strings"

	"github.com/whosays/whosays/bot/chat"
)

// block judges one block: what each part may be, then every number in it.
func (c *checker) block(i int, b *chat.Block) {
	if b.ClaimID != "" && c.book(b.ClaimID) == nil {
		c.add(i, b.ClaimID, WhyForeignClaim)
	}
	c.label(i, b.Label)
	for j := range b.Parts {
		c.part(i, &b.Parts[j])
	}
	c.numbers(i, b)
}

func (c *checker) label(i int, label string) {
	if label == "" {
		return
	}
	c.visible(i, label)
	for _, tok := range c.spoken.read(label) {
		c.add(i, label[tok.start:tok.end], WhyOwnNumber)
	}
}

func (c *checker) visible(i int, text string) {
	if _, found := unseen(text); found {
		c.add(i, text, WhyUnseen)
	}
}

// part judges what a part claims to be; its numbers are looked at with the whole block's.
func (c *checker) part(i int, p *chat.Part) {
	c.visible(i, p.Text)
	if p.ClaimID != "" && c.book(p.ClaimID) == nil {
		c.add(i, p.ClaimID, WhyForeignClaim)
	}
	switch p.Kind {
	case chat.Own:
	case chat.Sourced:
		if p.ClaimID == "" {
			c.add(i, p.Text, WhyNoClaim)
		}
	case chat.Wrote:
		c.wrote(i, p)
	case chat.Furniture:
		c.furniture(i, p.Text)
	default:
		c.add(i, p.Text, WhyPartKind)
	}
	if p.URL != "" {
		c.link(i, p)
	}
}

func (c *checker) wrote(i int, p *chat.Part) {
	if i == 0 {
		c.add(i, p.Text, WhyWroteFirst)
	}
	if role := c.reply.Blocks[i].Role; role != chat.RoleWrote && role != chat.RoleFinding {
		c.add(i, p.Text, WhyWroteRole)
	}
}

func (c *checker) link(i int, p *chat.Part) {
	if p.Kind != chat.Sourced {
		c.add(i, p.URL, WhyLinkKind)
		return
	}
	if !isWebAddress(p.URL) {
		c.add(i, p.URL, WhyLinkScheme)
	}
	if book := c.book(p.ClaimID); book != nil && !book.names(p.URL) {
		c.add(i, p.URL, WhyLinkTarget)
	}
}

// isWebAddress reports whether address is http or https to some host, without anything that a link can't hold.
func isWebAddress(address string) bool {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return false
	}
	if rest == "" || strings.IndexByte("/?#@:", rest[0]) >= 0 {
		return false
	}
	if _, found := unseen(address); found {
		return false
	}
	return !strings.ContainsFunc(address, func(ch rune) bool { return isSpace(ch) || ch == '"' || ch == '<' || ch == '>' })
}

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
		book := c.book(p.ClaimID)
		if p.URL != "" && p.Text == p.URL { // an address printed whole: link has judged it
			return
		}
		whole := func() bool { return book.has(p.Text) && wholeAt(text, start, start+len(p.Text)) }
		if book != nil && !book.states(tok) && !whole() && !book.holds(&c.texts, tok, text, start) {
			c.add(i, text[tok.start:tok.end], WhyNotInClaim)
		}
	case chat.Furniture:
		if tok.scaled {
			c.add(i, text[tok.start:tok.end], WhyFurniture)
		}
	}
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
