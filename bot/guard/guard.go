// Package guard is the last look at a reply before it goes out. It trusts nobody in front of it: it takes the
// reply apart and refuses it when a number stands in it without a source, when the asker's words stand where
// they aren't labelled as theirs, when a link leads elsewhere than to a source of the claim, when a figure
// comes without its attribution and source, or when a character in it can't be seen (DESIGN.md, promise 1).
//
// It reads numbers strictly: what can be read in two ways, or not at all, may be said only as the claim says
// it, letter by letter. It knows no domain and no platform.
package guard

import (
	"errors"
	"fmt"

	"github.com/whosays/whosays/bot/chat"
)

// Check looks r over and returns nil when it may go out, else an *Error that lists everything that is wrong.
// It doesn't change r, keeps nothing of it, and is safe for concurrent use.
func Check(r chat.Reply) error {
	c := checker{reply: &r}
	c.claims()
	c.outcome()
	c.figures()
	c.form()
	c.corrected()
	for i := range r.Blocks {
		c.block(i, &r.Blocks[i])
	}
	if len(c.found) == 0 {
		return nil
	}
	return &Error{Violations: c.found}
}

// Seal returns r when it passes Check; else refusal, together with the *Error for the log. The refusal says
// that there is no answer; bot/answer builds it, in the language of the reply, from words of our own and
// without any of the asker's. It has to pass Check itself: one that doesn't is a defect of bot/answer, and Seal
// then returns a Reply without blocks, which must not be sent, and an error that tells both.
func Seal(r, refusal chat.Reply) (chat.Reply, error) {
	err := Check(r)
	if err == nil {
		return r, nil
	}
	if worse := Check(refusal); worse != nil {
		return chat.Reply{}, errors.Join(err, fmt.Errorf("guard: the refusal is refused too: %w", worse))
	}
	return refusal, err
}

// checker is one run of Check.
type checker struct {
	reply  *chat.Reply
	found  []Violation
	books  []ledger // one for each claim that the reply shows
	before []ledger // one for each claim that a correction takes back
	past   bool     // the block in hand is about those
	spoken reader   // numbers of the reply
	texts  reader   // numbers of the claims
}

// add notes a violation in a block, or in the reply as a whole (-1).
func (c *checker) add(block int, text, why string) {
	v := Violation{Block: block, Text: text, Why: why}
	if block >= 0 {
		v.Role = c.reply.Blocks[block].Role
	}
	c.found = append(c.found, v)
}

// book returns the ledger of a claim that the block in hand may speak of: of a shown one, or in a block about what was told
// before, of that one as it was then. It is nil where there is none.
func (c *checker) book(id string) *ledger {
	if c.past {
		return find(c.before, id)
	}
	return find(c.books, id)
}

func find(books []ledger, id string) *ledger {
	for i := range books {
		if books[i].claim.ID == id {
			return &books[i]
		}
	}
	return nil
}
