package answer

import (
	"slices"
	"strconv"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Digest is what a digest has to tell.
type Digest struct {
	First   bool         // there was none before
	Changes []Correction // what was taken back or corrected since the last one, the latest first; at most one of each claim
	New     []knowledge.Claim
	Further int // how many more claims changed, and aren't told
	Stages  []knowledge.Claim
	Issues  []knowledge.Claim
	Figures []knowledge.Claim
	Brief   bool // nothing changed: that is said, in a line, and no more
}

// Changed reports whether anything has changed.
func (d *Digest) Changed() bool { return len(d.Changes)+len(d.New)+d.Further > 0 }

// Digest writes a digest: where things stand, what changed, what is contested and figures, each claim once. Which one it is isn't in it
// yet: see Edition.
func (w Writer) Digest(d Digest, reach knowledge.Reach) chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: chat.Digest}
	lead := "digest_lead"
	switch {
	case d.First:
		lead = "digest_first"
	case !d.Changed():
		lead = "digest_same"
	}
	r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, lead))
	if !d.Brief {
		w.stages(&r, d.Stages)
		w.changes(&r, d)
		w.issues(&r, unseen(&r, d.Issues))
		w.section(&r, "digest_figures", unseen(&r, d.Figures))
	}
	r.Blocks = append(r.Blocks, w.Footer(reach))
	if len(r.Shown) > 0 {
		r.Offers = []chat.Command{chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandReport}
	}
	return r
}

// changes writes what changed: new claims, then those that were corrected, as they were and as they are, then those that were taken back.
func (w Writer) changes(r *chat.Reply, d Digest) {
	w.section(r, "digest_new", unseen(r, d.New))
	w.corrections(r, "digest_corrected", d.Changes, func(c Correction) bool { return c.Was != nil && c.Now != nil })
	w.corrections(r, "digest_gone", d.Changes, func(c Correction) bool { return c.Was != nil && c.Now == nil })
	if d.Further > 0 {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
			Own(w.say("digest_further") + " "), {Kind: chat.Furniture, Text: strconv.Itoa(d.Further)},
		}})
	}
}

func (w Writer) corrections(r *chat.Reply, heading string, all []Correction, these func(Correction) bool) {
	for _, c := range all {
		if !these(c) {
			continue
		}
		if heading != "" {
			r.Blocks = append(r.Blocks, w.Line(chat.RoleHeading, heading))
			heading = ""
		}
		r.Was = append(r.Was, *c.Was)
		r.Blocks = append(append(r.Blocks, w.Line(chat.RoleNote, "corrected_was")), w.was(*c.Was)...)
		if c.Now != nil && !shows(r, *c.Now) {
			r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "corrected_is"))
			w.entry(r, *c.Now)
		}
		r.Blocks = append(r.Blocks, w.because(c)...)
	}
}

// Edition returns a digest as that of a slot, whose tag stands in its footer, on each of its pages. The digest stays as it is, and may be that of
// many channels.
func (w Writer) Edition(r chat.Reply, tag string) chat.Reply {
	r.Tag, r.Blocks = tag, slices.Clone(r.Blocks)
	for i := range r.Blocks {
		if b := &r.Blocks[i]; b.Role == chat.RoleFooter {
			b.Parts = append([]chat.Part{Own(w.say("digest_slot") + " "), furniture(tag), Own(" · ")}, b.Parts...)
		}
	}
	return r
}

// unseen returns the claims that a reply doesn't show yet, each once.
func unseen(r *chat.Reply, claims []knowledge.Claim) (out []knowledge.Claim) {
	for _, c := range claims {
		same := func(o knowledge.Claim) bool { return o.Key() == c.Key() }
		if !shows(r, c) && !slices.ContainsFunc(out, same) {
			out = append(out, c)
		}
	}
	return out
}

func shows(r *chat.Reply, c knowledge.Claim) bool {
	return slices.ContainsFunc(r.Shown, func(s chat.Shown) bool { return s.Claim.Key() == c.Key() })
}
