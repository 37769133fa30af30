package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// generator makes claims after the figures of the starter base: of other parties, groups, metrics and places, said by others on other
// days. Their texts stay as they are: nobody reads them.
type generator struct {
	models                                     []knowledge.Claim
	parties, groups, metrics, places, speakers []*lexicon.Concept
}

func newGenerator(lex *lexicon.Lexicon, base []knowledge.Claim) *generator {
	return &generator{
		models:  slices.DeleteFunc(slices.Clone(base), func(c knowledge.Claim) bool { return c.Kind != knowledge.KindFigure }),
		parties: lex.Of(lexicon.Party), groups: lex.Of(lexicon.Group), metrics: lex.Of(lexicon.Metric), places: lex.Of(lexicon.Place),
		speakers: lex.Of(lexicon.Claimant),
	}
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// claim makes claim i of a tenant, which is always the same.
func (g *generator) claim(tenant string, i int) knowledge.Claim {
	r := rand.New(rand.NewPCG(7, uint64(i)))
	c := pick(r, g.models)
	c.Tenant, c.ID, c.Revision = tenant, fmt.Sprintf("generated-%06d", i), 1
	c.Series, c.Disputes, c.Supersedes, c.Aliases = "", nil, nil, nil
	c.Scope.Party, c.Scope.Group, c.Scope.Metric = pick(r, g.parties).ID, pick(r, g.groups).ID, pick(r, g.metrics).ID
	c.Scope.Place, c.Attribution.Speaker = pick(r, g.places).ID, pick(r, g.speakers).ID
	c.Attribution.SaidOn = knowledge.Date{Year: 2022 + r.IntN(4), Month: time.Month(1 + r.IntN(12)), Day: 1 + r.IntN(28)}
	return c
}

// fill commits the starter base with so many claims in all, and returns it.
func fill(ctx context.Context, lex *lexicon.Lexicon, store knowledge.Store, n int) (*generator, error) {
	claims, err := starter.Claims()
	if err != nil {
		return nil, err
	}
	for i := range claims {
		claims[i].Revision = 1
	}
	g := newGenerator(lex, claims)
	for i := len(claims); i < n; i++ {
		claims = append(claims, g.claim("", i))
	}
	_, err = store.Commit(ctx, knowledge.Change{
		Action: knowledge.ActionImport, Actor: "bench", Reason: "a base", At: time.Now().Add(-48 * time.Hour), Claims: claims,
	})
	return g, err
}

// own gives some tenants claims of their own.
func own(ctx context.Context, g *generator, store knowledge.Store, tenants []string) error {
	for i, tenant := range tenants {
		claims := []knowledge.Claim{g.claim(tenant, 3*i), g.claim(tenant, 3*i+1), g.claim(tenant, 3*i+2)}
		if _, err := store.Commit(ctx, knowledge.Change{
			Tenant: tenant, Action: knowledge.ActionImport, Actor: "bench", Reason: "their own", At: time.Now().Add(-12 * time.Hour), Claims: claims,
		}); err != nil {
			return err
		}
	}
	return nil
}

// edit changes the shared base as a day does: claims are added, one is corrected, and one is taken back.
func edit(ctx context.Context, g *generator, base *knowledge.Base) error {
	by := knowledge.By{Actor: "bench", Reason: "the news of a day", At: time.Now().Add(-time.Hour)}
	for i := range 4 {
		c := g.models[i]
		c.ID, c.Revision, c.Series, c.Disputes, c.Supersedes, c.Aliases = fmt.Sprintf("news-%d", i), 0, "", nil, nil, nil
		if _, err := base.Add(ctx, by, c); err != nil {
			return err
		}
	}
	more := 56000.0
	c, err := base.Get(ctx, "", "ukraine-soldiers-killed-zelenskyy")
	if err != nil {
		return err
	}
	c.Figure.Best, c.Text, c.Translations = &more, "56,000 Ukrainian soldiers have been killed.", nil
	if _, err := base.Revise(ctx, by, c); err != nil {
		return err
	}
	_, err = base.Retract(ctx, by, knowledge.Key{ID: "ukraine-soldiers-missing-zelenskyy"}, 0)
	return err
}
