// Package layout tells which blocks of a reply stand or fall together, for platforms that show a reply in cards or sections.
package layout

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// Kind is what an item is about.
type Kind int

// The kinds of items.
const (
	Note    Kind = iota // sentences of ours, of no claim; what the asker wrote
	Claim               // a claim, sourced
	Finding             // a verdict on what the asker wrote, and the claim that it rests on
)

// Item is what stands or falls together: a claim with all that is said of it, a verdict with the claim that it rests on,
// notes of ours. A reply is cut between items only.
type Item struct {
	Kind    Kind
	Verdict chat.Verdict // of a Finding
	Section int          // of the board; its items belong together. 0: it stands alone
	Heading string       // of its section, cleaned
	Intro   string       // a note that leads to it, cleaned
	Blocks  []chat.Block
	Claimed bool // a claim's sentence stands in it, or what is said of the first line's claim
}

// Plain reports an item of notes alone, under no heading and led to by nothing.
func (it Item) Plain() bool {
	return it.Kind == Note && it.Heading == "" && it.Intro == "" && !it.Claimed
}

// Has reports a block of one of some roles.
func (it Item) Has(roles ...chat.Role) bool {
	return slices.ContainsFunc(it.Blocks, func(b chat.Block) bool { return slices.Contains(roles, b.Role) })
}

// Who returns the claimant of the claim whose figure block i shows, cleaned: the first part of what says by whom and when.
// It is empty where the item doesn't say it.
func (it Item) Who(i int) string {
	for _, b := range it.Blocks[i+1:] {
		switch {
		case b.ClaimID != it.Blocks[i].ClaimID || b.Role == chat.RoleClaim:
			return ""
		case b.Role == chat.RoleSaid && len(b.Parts) > 0:
			return strings.TrimSpace(prose.Clean(b.Parts[0].Text))
		}
	}
	return ""
}

// Remaining counts items: those of notes only where there is nothing else.
func Remaining(items []Item) int {
	n := 0
	for _, it := range items {
		if it.Kind != Note {
			n++
		}
	}
	if n == 0 {
		return len(items)
	}
	return n
}

// Text returns the words of parts, cleaned: where a platform takes no markup.
func Text(parts []chat.Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(prose.Clean(p.Text))
	}
	return strings.TrimSpace(b.String())
}
