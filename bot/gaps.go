package bot

import (
	"context"
	"strings"
	"time"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// missing bounds how long an answer waits until it is noted that it is none.
const missing = 250 * time.Millisecond

// note keeps that a question has no answer: what it is about, and none of its words. Where that fails the question is answered all
// the same.
func (b *Bot) note(ctx context.Context, req *chat.Request, r *chat.Reply, chosen []answer.Chosen) {
	if b.Gaps == nil || r.Outcome != chat.Unsourced || req.Command != chat.CommandAsk && req.Command != "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, missing)
	defer cancel()
	for i := range chosen {
		if err := b.Gaps.Note(ctx, req.Tenant, req.Actor.ID, req.From, sought(&chosen[i].Part), req.Now); err != nil {
			b.log.WarnContext(ctx, "that a question has no answer couldn't be kept", "error", err)
			return
		}
	}
}

// sought returns the concepts that a question names, and none that only come near: what several people ask is told apart by them.
func sought(p *question.Part) []string {
	var out []string
	for _, of := range []struct {
		class lexicon.Class
		id    string
	}{{lexicon.Party, p.Party}, {lexicon.Group, p.Group}, {lexicon.Metric, p.Metric}, {lexicon.Place, p.Place}} {
		if of.id != "" {
			out = append(out, lexicon.Key(of.class, of.id))
		}
	}
	for _, id := range p.Claimants {
		if _, side := question.SpeakingSide(id); !side {
			out = append(out, lexicon.Key(lexicon.Claimant, id))
		}
	}
	for _, t := range p.Topics {
		if t.Is("matter") || t.Is("deed") {
			out = append(out, t.Key())
		}
	}
	return out
}

// gaps shows what several people asked without an answer; for one that was picked it opens the form of a claim.
func (b *Bot) gaps(ctx context.Context, a *turn) (chat.Reply, error) {
	if b.Gaps == nil {
		return a.w.Told(chat.Listed, "gaps_none"), nil
	}
	if a.Pick != "" {
		gap, err := b.Gaps.Gap(ctx, a.Tenant, a.Pick, a.sight(), a.Now)
		if err != nil {
			return chat.Reply{}, err
		}
		return a.w.Open(b.forms.Gap(a.w.Lang(), gap.ID, gap.Scope)), nil
	}
	all, err := b.Gaps.List(ctx, a.Tenant, a.sight(), a.Now)
	if err != nil {
		return chat.Reply{}, err
	}
	out := make([]answer.Gap, 0, len(all))
	for _, g := range all[:min(len(all), mostListed)] {
		out = append(out, answer.Gap{ID: g.ID, Scope: b.scope(g.Scope, a.w.Lang()), People: g.People, Places: len(g.Places), Day: g.Day})
	}
	return a.w.Gaps(out), nil
}

// sight returns what tells which places somebody can see: none but where they ask, where the platform doesn't say.
func (a *turn) sight() chat.Sees {
	if a.Sees != nil {
		return a.Sees
	}
	return func(_ context.Context, places []chat.Address) ([]chat.Address, error) {
		for _, p := range places {
			if p == a.From && p != "" {
				return []chat.Address{p}, nil
			}
		}
		return nil, nil
	}
}

// scope names concepts in a row.
func (b *Bot) scope(keys []string, lang string) string {
	var names []string
	for _, key := range keys {
		class, id, _ := strings.Cut(key, ":")
		if c, ok := b.lex.Get(lexicon.Class(class), id); ok && len(c.Label) > 0 {
			names = append(names, c.In(lang))
		}
	}
	return strings.Join(names, " · ")
}

// filled tells those who asked that there is an answer now, once, in the channels that whoever makes it can see; where no gap was
// to be filled, or nothing is made yet, nobody.
func (b *Bot) filled(ctx context.Context, a *turn, id string, made []knowledge.Claim) {
	if id == "" || b.Gaps == nil || b.Say == nil || len(made) == 0 {
		return
	}
	gap, err := b.Gaps.Gap(ctx, a.Tenant, id, a.sight(), a.Now)
	if knowledge.KindOf(err) == knowledge.NotFound { // they have been told
		return
	}
	if err == nil {
		var r chat.Reply
		lang := a.w
		if s, fault := b.Council.Settings(ctx, a.Tenant); fault == nil {
			lang = b.writer(s.Lang)
		}
		r = lang.Answered(made)
		_, err = b.Gaps.Tell(ctx, a.Tenant, gap, made[0].ID, r, b.Say)
	}
	if err != nil {
		b.log.WarnContext(ctx, "those who asked couldn't all be told that there is an answer", "error", err)
	}
}
