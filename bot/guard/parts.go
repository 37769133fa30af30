package guard

import (
	"strings"

	"github.com/whosays/whosays/bot/chat"
)

// block judges one block: what each part may be, then every number in it.
func (c *checker) block(i int, b *chat.Block) {
	c.past = b.Was
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
	switch c.reply.Blocks[i].Role {
	case chat.RoleWrote, chat.RoleFinding, chat.RoleField:
	default:
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

// host returns the bare host of an address, without user, port and "www.".
func host(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	rest = rest[strings.LastIndexByte(rest, '@')+1:]
	name, _, _ := strings.Cut(rest, ":")
	return strings.TrimPrefix(name, "www.")
}
