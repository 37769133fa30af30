package answer

import (
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Sources writes where claims can be read: every source of each, with the copy that was archived and when it was read.
func (w Writer) Sources(n Named, reach knowledge.Reach) chat.Reply {
	return w.each("sources_lead", n, reach, func(c knowledge.Claim) []chat.Block {
		out := []chat.Block{w.told(c)}
		for _, s := range readable(c.Sources) {
			out = append(out, w.whole(c, s))
		}
		return out
	})
}

// whole writes all that is known of a source.
func (w Writer) whole(c knowledge.Claim, s knowledge.Source) chat.Block {
	b := w.source(c, s)
	if s.ArchiveURL != "" && s.URL != "" {
		copied := Sourced(c, w.say("archived"))
		copied.URL = s.ArchiveURL
		b.Parts = append(b.Parts, Own(" · "), copied)
	}
	if !s.RetrievedOn.IsZero() {
		b.Parts = append(b.Parts, Own(" · "+w.say("retrieved")+" "), Sourced(c, s.RetrievedOn.String()))
	}
	return b
}
