package guard

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// claims opens a ledger for every claim that the reply shows: those of Shown, and those that findings rest on.
func (c *checker) claims() {
	c.books = make([]ledger, 0, len(c.reply.Shown)+len(c.reply.Findings))
	for i := range c.reply.Shown {
		c.show(&c.reply.Shown[i].Claim)
	}
	for i := range c.reply.Findings {
		f := &c.reply.Findings[i]
		if f.Claim != nil {
			c.show(f.Claim)
		} else if f.Verdict != chat.NoSource {
			c.add(-1, string(f.Verdict), WhyNoVerdict)
		}
	}
}

func (c *checker) show(claim *knowledge.Claim) {
	if known := c.book(claim.ID); known == nil {
		c.books = append(c.books, ledger{claim: claim})
	} else if known.claim.Tenant != claim.Tenant || known.claim.Revision != claim.Revision {
		c.add(-1, claim.ID, WhyTwoClaims)
	}
}

// corrected opens a ledger for every claim as it was told before, and sees to it that nothing but a correction and a digest has any: that
// it says of each whose it was, and where it could be read, and that what it shows in its place holds.
func (c *checker) corrected() {
	r := c.reply
	digest := r.Outcome == chat.Digest || r.Outcome == chat.Listed // the second is a digest that one person looks at beforehand
	if (len(r.Was) > 0) != (r.Outcome == chat.Corrected) && !digest {
		c.add(-1, string(r.Outcome), WhyWas)
	}
	for i := range r.Was {
		if find(c.before, r.Was[i].ID) != nil {
			c.add(-1, r.Was[i].ID, WhyTwoClaims)
		}
		c.before = append(c.before, ledger{claim: &r.Was[i]})
		c.attributed(&r.Was[i], true)
	}
	for i := range r.Shown {
		if (r.Outcome == chat.Corrected || r.Outcome == chat.Digest) && !r.Shown[i].Claim.Live() {
			c.add(-1, r.Shown[i].Claim.ID, WhyNotLive)
		}
	}
}

// outcome holds the reply's shape against what it says of itself.
func (c *checker) outcome() {
	r := c.reply
	switch {
	case len(r.Blocks) == 0:
		c.add(-1, "", WhyNoBlocks)
	case r.Blocks[0].Role != chat.RoleLead || !saysSomething(&r.Blocks[0]):
		c.add(0, r.Blocks[0].Text(), WhyLead)
	}
	switch r.Outcome {
	case chat.Unsourced, chat.Help:
		for i := range c.books {
			c.add(-1, c.books[i].claim.ID, WhyShowsClaims)
		}
	case chat.Answered, chat.Related:
		if len(r.Shown) == 0 {
			c.add(-1, string(r.Outcome), WhyShowsNothing)
		} else if r.Outcome == chat.Related && len(r.Shown[0].Mismatch) == 0 {
			c.add(-1, r.Shown[0].Claim.ID, WhyNoMismatch)
		}
	}
}

// figures sees to it that every figure shown comes with whose it is and where it can be read.
func (c *checker) figures() {
	for i := range c.reply.Shown {
		c.attributed(&c.reply.Shown[i].Claim, false)
	}
}

// attributed holds that blocks say of a figure whose it is, and where it can be read: of one as it was told before, blocks about
// that.
func (c *checker) attributed(claim *knowledge.Claim, was bool) {
	if claim.Figure.IsZero() {
		return
	}
	if !c.says(claim.ID, was, chat.RoleLead, chat.RoleClaim, chat.RoleSaid) {
		c.add(-1, claim.ID, WhyNoAttribution)
	}
	if !c.says(claim.ID, was, chat.RoleSource) {
		c.add(-1, claim.ID, WhyNoSource)
	}
}

// says reports whether a block of one of the roles speaks of the claim.
func (c *checker) says(id string, was bool, roles ...chat.Role) bool {
	for i := range c.reply.Blocks {
		block := &c.reply.Blocks[i]
		if block.ClaimID == id && block.Was == was && slices.Contains(roles, block.Role) && saysSomething(block) {
			return true
		}
	}
	return false
}

// saysSomething reports whether a block has words besides its label.
func saysSomething(b *chat.Block) bool {
	for i := range b.Parts {
		if strings.TrimSpace(b.Parts[i].Text) != "" {
			return true
		}
	}
	return false
}
