package bot

import (
	"context"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// followUp answers what is asked about claims that an earlier reply showed, from the base as it is now and as the asker's
// tenant sees it. Of the earlier reply nothing but the ids of the claims is known.
func (b *Bot) followUp(ctx context.Context, req chat.Request) (chat.Reply, error) {
	w := b.writer(req.Lang)
	reach, err := b.base.Reach(ctx, req.Tenant)
	if err != nil {
		return chat.Reply{}, err
	}
	if req.Command == chat.CommandNear && len(req.Claims) == 0 {
		return w.NearNothing(reach), nil
	}
	ids := req.Claims[:min(len(req.Claims), answer.MostNamed)]
	known, err := b.base.Known(ctx, req.Tenant, ids...)
	if err != nil {
		return chat.Reply{}, err
	}
	n := answer.Naming(known, len(req.Claims)-len(ids))
	switch {
	case len(n.Claims) == 0:
		return w.Gone(n, reach), nil
	case req.Command == chat.CommandSources:
		return w.Sources(n, reach), nil
	case req.Command == chat.CommandQuote:
		return w.Quote(n, reach), nil
	case req.Command == chat.CommandNear:
		return w.Near(n, reach), nil
	case req.Command == chat.CommandMethod:
		return b.method(ctx, w, n, reach)
	}
	return b.show(ctx, req.Tenant, w, n, reach)
}

// method tells of each claim what became of it, too.
func (b *Bot) method(ctx context.Context, w answer.Writer, n answer.Named, reach knowledge.Reach) (chat.Reply, error) {
	changes := map[string][]knowledge.Change{}
	for _, c := range n.Claims {
		all, err := b.base.History(ctx, c.Key())
		if err != nil && knowledge.KindOf(err) != knowledge.NotFound { // a base that is given as a whole keeps no changes
			return chat.Reply{}, err
		}
		changes[c.ID] = all
	}
	return w.Method(n, changes, reach), nil
}

// show writes the claims as an answer does: one that was picked with its rivals, several as they are.
func (b *Bot) show(ctx context.Context, tenant string, w answer.Writer, n answer.Named, reach knowledge.Reach) (chat.Reply, error) {
	chosen := answer.Chosen{Part: question.Part{Past: true}, Outcome: chat.Answered}
	for _, c := range n.Claims {
		chosen.Shown = append(chosen.Shown, chat.Shown{Claim: c})
	}
	if len(n.Claims) == 1 {
		p, concepts := answer.Picked(n.Claims[0])
		found, err := b.beside(ctx, tenant, &p, concepts)
		if err != nil {
			return chat.Reply{}, err
		}
		chosen = b.judge.Rivals(n.Claims[0], p, found)
	}
	all := []answer.Chosen{chosen}
	if err := b.follow(ctx, tenant, question.Question{}, all); err != nil {
		return chat.Reply{}, err
	}
	return w.Show(n, all[0], reach), nil
}

// beside looks up what may be of the scope of a claim.
func (b *Bot) beside(ctx context.Context, tenant string, p *question.Part, concepts []string) ([]knowledge.Found, error) {
	if len(concepts) == 0 {
		return nil, nil
	}
	return b.base.Find(ctx, knowledge.Query{Tenant: tenant, Concepts: concepts, Limit: candidates, Grade: answer.Timely(p)})
}

// Stands reports whether a reply may be shown again as it was written: each claim that it quotes is in the base as it was then,
// as the tenant sees it. What was taken back, corrected or revised since isn't shown again. The error is of the base.
func (b *Bot) Stands(ctx context.Context, tenant string, r *chat.Reply) (bool, error) {
	quoted := r.Quoted()
	ids := make([]string, 0, len(quoted))
	for i := range quoted {
		ids = append(ids, quoted[i].ID)
	}
	known, err := b.base.Known(ctx, tenant, ids...)
	if err != nil {
		return false, err
	}
	for i, k := range known {
		if !same(&quoted[i], k) {
			return false, nil
		}
	}
	return true, nil
}

// same reports whether a claim is what it was when it was quoted. One that was superseded or retracted already was quoted as such.
func same(quoted *knowledge.Claim, now knowledge.Known) bool {
	if now.Claim == nil {
		return now.Gone != "" && now.Gone == quoted.Status
	}
	return now.Claim.Key() == quoted.Key() && now.Claim.Revision == quoted.Revision
}

// offers returns what may be asked further about a reply. A list to choose from is chosen from; what was asked about an
// answer itself leads back to it.
func offers(command chat.Command, r *chat.Reply) []chat.Command {
	claims := len(r.Shown) > 0
	switch command {
	case chat.CommandSources, chat.CommandMethod, chat.CommandQuote:
		return nil
	case chat.CommandNear:
		if claims {
			return []chat.Command{chat.CommandShow}
		}
		return nil
	}
	var out []chat.Command
	if claims {
		out = append(out, chat.CommandSources, chat.CommandMethod, chat.CommandQuote)
	}
	if len(r.Near) > 0 {
		out = append(out, chat.CommandNear)
	}
	if claims {
		out = append(out, chat.CommandReport)
	}
	return out
}
