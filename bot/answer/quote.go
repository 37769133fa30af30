package answer

import (
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// undated is the code of the caveat that a source gives no date.
const undated = "undated"

// Quote writes for each claim what can be pasted elsewhere as it stands, and where it can be read.
func (w Writer) Quote(n Named, reach knowledge.Reach) chat.Reply {
	return w.each("quote_lead", n, reach, func(c knowledge.Claim) []chat.Block {
		pasted := chat.Block{Role: chat.RoleClaim, ClaimID: c.ID, Parts: w.pasted(c)}
		return append([]chat.Block{pasted}, w.first(w.sources(c), briefSources, "more_sources")...)
	})
}

// pasted writes a claim as it can stand alone where nobody sees the rest of an answer: its sentence with whose it is, on
// which side, and when it was said or published, and the first of its caveats. It holds nothing that anybody asked.
func (w Writer) pasted(c knowledge.Claim) []chat.Part {
	out := []chat.Part{Sourced(c, w.attributed(c, w.from(c)))}
	if main := w.mainCaveat(c); main != "" {
		out = append(out, Own(" "), Sourced(c, main)) // each stands in the claim by itself
	}
	return out
}

// from returns when a claim is from: when it was said, else when it was published, else that this isn't known.
func (w Writer) from(c knowledge.Claim) string {
	if on := c.Attribution.SaidOn; !on.IsZero() {
		return on.String()
	}
	var published knowledge.Date
	for _, s := range c.Sources {
		if on := s.PublishedOn; published.IsZero() || !on.IsZero() && on.Compare(published) < 0 {
			published = on
		}
	}
	if published.IsZero() {
		return w.say("said_undated")
	}
	return w.say("published") + " " + published.String()
}

// mainCaveat returns the caveat that weighs most, which stands first; that no date is known the sentence says itself.
func (w Writer) mainCaveat(c knowledge.Claim) string {
	for _, v := range c.Caveats {
		if text := w.caveat(v); text != "" && v.Code != undated {
			return text
		}
	}
	return ""
}
