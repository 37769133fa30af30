package answer

import (
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Correction is what those are told who were told a claim that doesn't stand any more as they were told it.
type Correction struct {
	Was    *knowledge.Claim // as it was told; nil: they were told that it was taken back
	Now    *knowledge.Claim // what stands in its place; nil: nothing does. Not both are nil
	Reason string           // why, as it is on record; empty: nobody has said
	Unsaid bool             // the reason can't be said
}

// Corrected writes a correction: what was told with whose it was, what stands in its place in full, and why. What was told is
// in no answer any more: here alone it is, as what was.
func (w Writer) Corrected(c Correction, reach knowledge.Reach) chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: chat.Corrected}
	switch {
	case c.Was == nil:
		r.Outcome = chat.Answered
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "corrected_restored"))
	case c.Now == nil:
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "corrected_gone"))
	default:
		r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, "corrected_now"))
	}
	if c.Was != nil {
		r.Was = []knowledge.Claim{*c.Was}
		r.Blocks = append(append(r.Blocks, w.Line(chat.RoleNote, "corrected_was")), w.was(*c.Was)...)
	}
	if c.Now != nil {
		r.Shown = []chat.Shown{{Claim: *c.Now}}
		r.Blocks = append(append(r.Blocks, w.after(c, "corrected_is")), w.Claim(*c.Now, chat.RoleClaim, false)...)
		r.Offers = []chat.Command{chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandReport}
	}
	r.Blocks = append(r.Blocks, w.because(c)...)
	r.Blocks = append(r.Blocks, w.Footer(reach))
	return r
}

// was writes a claim as it was told: its sentence, and where it could be read.
func (w Writer) was(c knowledge.Claim) []chat.Block {
	out := append([]chat.Block{w.told(c)}, w.first(w.sources(c), briefSources, "more_sources")...)
	for i := range out {
		out[i].Was = true
	}
	return out
}

// after returns a sentence of ours that follows what a correction is of: they are read together.
func (w Writer) after(c Correction, id string) chat.Block {
	b := w.Line(chat.RoleNote, id)
	if c.Was != nil {
		b.ClaimID, b.Was = c.Was.ID, true
	}
	return b
}

// because writes why. The words are those of whoever changed the claim: they may hold no number but those of the claims.
func (w Writer) because(c Correction) []chat.Block {
	switch {
	case c.Unsaid:
		return []chat.Block{w.after(c, "corrected_unsaid")}
	case c.Reason == "":
		return nil
	}
	of := c.Was
	if of == nil {
		of = c.Now
	}
	return []chat.Block{{
		Role: chat.RoleNote, Label: w.say("label_because"), ClaimID: of.ID, Was: c.Was != nil, Parts: []chat.Part{Sourced(*of, harmless(c.Reason))},
	}}
}
