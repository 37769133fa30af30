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
	New     []Stated
	Further int               // how many more claims changed, and aren't told
	Stages  []knowledge.Claim // the latest; at most one
	Issues  []knowledge.Claim // in any order
	Figures []knowledge.Claim
	Brief   bool // nothing changed: that is said, in a line, and no more
}

// Stated is a claim that is new.
type Stated struct {
	Claim  knowledge.Claim
	Before *knowledge.Claim // the state before it of the same count; nil: there is none
}

// Changed reports whether anything has changed.
func (d *Digest) Changed() bool { return len(d.Changes)+len(d.New)+d.Further > 0 }

// Digest writes a digest: where things stand, what changed, what is contested and figures, each claim once. Which one it is isn't in it
// yet: see Edition.
func (w Writer) Digest(d Digest, reach knowledge.Reach) chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: chat.Digest}
	r.Blocks = append(r.Blocks, w.Line(chat.RoleLead, d.lead()))
	if !d.Brief {
		w.stands(&r, d)
		w.changes(&r, d)
		w.issues(&r, ofKind(d.Issues, knowledge.KindIssue))
		w.glance(&r, unseen(&r, d.Figures))
	}
	r.Blocks = append(r.Blocks, w.Footer(reach))
	if len(r.Shown) > 0 {
		r.Offers = []chat.Command{chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandReport}
	}
	return r
}

// lead returns the id of the first line: it promises no more than follows.
func (d *Digest) lead() string {
	switch talks := len(d.Stages) > 0; {
	case d.First && talks:
		return "digest_first"
	case d.First && len(d.Issues)+len(d.Figures) > 0:
		return "digest_first_about"
	case d.First:
		return "digest_first_none"
	case !d.Changed():
		return "digest_same"
	case talks:
		return "digest_lead"
	}
	return "digest_changes"
}

// stands writes where the talks stand, and whether that is new.
func (w Writer) stands(r *chat.Reply, d Digest) {
	for _, c := range d.Stages {
		heading := "status_latest"
		if UpTo(c).IsZero() {
			heading = "status_stage"
		}
		r.Blocks = append(r.Blocks, w.Line(chat.RoleHeading, heading))
		if slices.ContainsFunc(d.New, func(n Stated) bool { return n.Claim.Key() == c.Key() }) {
			r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "digest_since"))
		}
		w.entry(r, c)
	}
}

// changes writes what changed: new claims, then those that were corrected, as they were and as they are, then those that were taken back.
func (w Writer) changes(r *chat.Reply, d Digest) {
	heading := []chat.Block{w.Line(chat.RoleHeading, "digest_new")}
	for _, n := range d.New {
		if shows(r, n.Claim) {
			continue
		}
		r.Blocks = append(r.Blocks, heading...)
		heading = nil
		w.entry(r, n.Claim)
		w.before(r, n)
	}
	w.corrections(r, "digest_corrected", d.Changes, func(c Correction) bool { return c.Was != nil && c.Now != nil })
	w.corrections(r, "digest_gone", d.Changes, func(c Correction) bool { return c.Was != nil && c.Now == nil })
	if d.Further > 0 {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
			Own(w.say("digest_further") + " "), {Kind: chat.Furniture, Text: strconv.Itoa(d.Further)},
		}})
	}
}

// before writes the state of a count that a new one follows, and where the way of counting changed between them.
func (w Writer) before(r *chat.Reply, n Stated) {
	if n.Before == nil || shows(r, *n.Before) {
		return
	}
	for _, b := range w.breaks(n.Claim) {
		if !slices.ContainsFunc(r.Blocks, func(o chat.Block) bool { return o.ClaimID == b.ClaimID && o.Text() == b.Text() }) {
			r.Blocks = append(r.Blocks, b)
		}
	}
	note := w.Line(chat.RoleNote, "digest_before")
	note.ClaimID = n.Claim.ID // they are read together
	r.Blocks = append(r.Blocks, note, w.told(*n.Before))
	r.Blocks = append(r.Blocks, w.first(w.sources(*n.Before), briefSources, "more_sources")...)
	r.Shown = append(r.Shown, chat.Shown{Claim: *n.Before})
}

// glance writes figures in few lines each: whose it is, the caveat that weighs most, on what basis, and where it can be read.
func (w Writer) glance(r *chat.Reply, figures []knowledge.Claim) {
	for i, c := range figures {
		if i == 0 {
			r.Blocks = append(r.Blocks, w.Line(chat.RoleHeading, "digest_figures"))
		}
		r.Blocks = append(r.Blocks, w.told(c))
		r.Blocks = append(r.Blocks, w.first(w.caveats(c), 1, "more_caveats")...)
		r.Blocks = append(r.Blocks, w.said(c))
		r.Blocks = append(r.Blocks, w.first(w.sources(c), briefSources, "more_sources")...)
		r.Shown = append(r.Shown, chat.Shown{Claim: c})
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
		switch {
		case c.Now == nil:
		case shows(r, *c.Now):
			r.Blocks = append(r.Blocks, w.after(c, "digest_above"))
		default:
			r.Blocks = append(r.Blocks, w.after(c, "corrected_is"))
			w.entry(r, *c.Now)
		}
		r.Blocks = append(r.Blocks, w.because(c)...)
	}
}

// Edition returns a digest as that of a slot, whose tag stands in its footer, on each of its pages. The digest stays as it is, and may be that of
// many channels.
func (w Writer) Edition(r chat.Reply, tag string) chat.Reply {
	shown := tagged(tag)
	r.Tag, r.Blocks = chat.Block{Parts: shown}.Text(), slices.Clone(r.Blocks) // it is looked for as it is shown
	for i := range r.Blocks {
		if b := &r.Blocks[i]; b.Role == chat.RoleFooter {
			b.Parts = slices.Concat([]chat.Part{Own(w.say("digest_slot") + " ")}, shown, []chat.Part{Own(" · ")}, b.Parts)
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
