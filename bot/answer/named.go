package answer

import (
	"strconv"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// MostNamed is how many claims a reply to a button is about; the answer's other ones are counted.
const MostNamed = 12

// Named is what is asked about claims that an earlier reply showed: those of them that are live, and those that correct
// one of them, each once.
type Named struct {
	Claims    []knowledge.Claim
	Withdrawn bool // one of them was taken back since
	Corrected bool // one of them held a mistake, and what corrects it is among the claims
	Left      int  // how many were named beyond MostNamed
}

// Naming sorts out what has become of named claims.
func Naming(known []knowledge.Known, left int) Named {
	n := Named{Left: left}
	for _, k := range known {
		switch {
		case k.Claim != nil:
			n.add(*k.Claim)
		case len(k.Instead) > 0:
			n.Corrected = true
			for _, c := range k.Instead {
				n.add(c)
			}
		case k.Gone != "":
			n.Withdrawn = true
		}
	}
	return n
}

func (n *Named) add(c knowledge.Claim) {
	for i := range n.Claims {
		if n.Claims[i].Key() == c.Key() {
			return
		}
	}
	n.Claims = append(n.Claims, c)
}

// changed says what has become of claims that aren't as they were shown.
func (w Writer) changed(n Named) []chat.Block {
	var out []chat.Block
	if n.Withdrawn {
		out = append(out, w.Line(chat.RoleNote, "gone_withdrawn"))
	}
	if n.Corrected {
		out = append(out, w.Line(chat.RoleNote, "gone_corrected"))
	}
	return out
}

// Gone returns the reply about claims of which none is left to be shown.
func (w Writer) Gone(n Named, reach knowledge.Reach) chat.Reply {
	if n.Withdrawn {
		r := w.sentence("gone_withdrawn")
		r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "ask_again"))
		return r
	}
	r := w.sentence("gone_unknown")
	r.Blocks = append(r.Blocks, w.covers(reach)...)
	return r
}

// each returns a reply that says something of each claim, behind a first line of ours.
func (w Writer) each(lead string, n Named, reach knowledge.Reach, about func(knowledge.Claim) []chat.Block) chat.Reply {
	r := chat.Reply{Lang: w.lang, Outcome: chat.Answered, Blocks: []chat.Block{w.Line(chat.RoleLead, lead)}}
	r.Blocks = append(r.Blocks, w.changed(n)...)
	for _, c := range n.Claims {
		r.Shown = append(r.Shown, chat.Shown{Claim: c})
		r.Blocks = append(r.Blocks, about(c)...)
	}
	w.beyond(&r, n)
	r.Blocks = append(r.Blocks, w.Footer(reach))
	return r
}

// beyond counts the claims that were named and aren't looked at.
func (w Writer) beyond(r *chat.Reply, n Named) {
	if n.Left > 0 {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
			Own(w.say("more_named")), {Kind: chat.Furniture, Text: strconv.Itoa(n.Left)},
		}})
	}
}

// told writes a claim's sentence.
func (w Writer) told(c knowledge.Claim) chat.Block {
	return chat.Block{Role: chat.RoleClaim, ClaimID: c.ID, Parts: []chat.Part{Sourced(c, w.Quotable(c))}}
}
