package bot

import (
	"context"

	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
)

// SearchHit is one claim of a search.
type SearchHit struct {
	Claim knowledge.Claim
	Score float64
}

// SearchResult is what a search found, best first. Answered: the first hit is near enough to be offered as the
// claim that the text is about.
type SearchResult struct {
	Answered bool
	Hits     []SearchHit
}

// Search lists the claims nearest to a text of any kind, a tenant's own and the shared ones. Of a
// longer text it takes the beginning: see question.Clip.
func (b *Bot) Search(ctx context.Context, tenant, text string, limit int) (SearchResult, error) {
	found, answered, err := b.base.Nearest(ctx, tenant, question.Clip(text), limit)
	if err != nil {
		return SearchResult{}, err
	}
	out := SearchResult{Answered: answered, Hits: make([]SearchHit, 0, len(found))}
	for _, f := range found {
		out.Hits = append(out.Hits, SearchHit{*f.Claim, f.Score})
	}
	return out, nil
}
