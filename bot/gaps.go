package bot

import (
	"context"
	"log/slog"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// missing bounds how long an answer waits until it is noted that it is none.
const missing = 250 * time.Millisecond

// miss notes what was asked and has no answer: what it was about, and none of its words. Who asked where nobody else could hear
// it isn't counted. That it can't be noted doesn't concern who asked.
func (b *Bot) miss(ctx context.Context, req chat.Request, reply *chat.Reply) {
	asked := req.Command == chat.CommandAsk || req.Command == ""
	if b.Gaps == nil || !asked || reply.Outcome != chat.Unsourced || req.Tenant == "" || req.From == "" || req.Actor.ID == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, missing)
	defer cancel()
	q := b.parser.Ask(req.Text, req.Now)
	for i := range q.Parts {
		if err := b.Gaps.Note(ctx, req.Tenant, req.Actor.ID, req.From, about(&q.Parts[i]), req.Now); err != nil {
			slog.WarnContext(ctx, "what has no answer can't be noted", "tenant", req.Tenant, "error", err)
			return
		}
	}
}

// about returns the keys of the concepts that a part names.
func about(p *question.Part) (out []string) {
	add := func(class lexicon.Class, ids ...string) {
		for _, id := range ids {
			if id != "" {
				out = append(out, lexicon.Key(class, id))
			}
		}
	}
	add(lexicon.Metric, p.Metric)
	add(lexicon.Metric, p.Metrics...)
	add(lexicon.Group, p.Group)
	add(lexicon.Party, p.Parties...)
	add(lexicon.Party, p.Party)
	add(lexicon.Place, p.Place)
	add(lexicon.Event, p.Events...)
	for _, id := range p.Claimants {
		if side, ok := question.SpeakingSide(id); ok {
			add(lexicon.Party, side)
			continue
		}
		add(lexicon.Claimant, id)
	}
	for _, t := range p.Topics {
		add(lexicon.Topic, t.ID)
	}
	return out
}
