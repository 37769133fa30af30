package knowledge

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/whosays/whosays/knowledge/index"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Base is the only door to claims. It finds them by its index, which is in memory, and takes what it hands
// out from the store. Only live claims pass: what is pending, superseded or retracted isn't there.
//
// A tenant sees its own claims and the shared ones, the empty tenant the shared ones only. An id that both
// have means the tenant's own claim, so that an id is never ambiguous within an answer. A shared claim that a tenant has
// hidden isn't there for that tenant, whatever is asked.
//
// Each call asks the store first where the claims stand, and takes over what changed: what was retracted before a call
// began isn't in its answer. A View asks once, for all of its calls.
//
// All of it may be called at once. Claims are handed out read-only.
type Base struct {
	*catalog

	store Store
	lex   *lexicon.Lexicon
	at    *Heads // of a view
	now   Date   // of a view: what was said later isn't there; zero: whatever was said is
}

// Query is what is looked for. Concepts are keys of the lexicon ("metric:killed"), Words the terms of Lexicon.Read. No limit means index.DefaultLimit. Grade says
// how well the time of a claim suits, where others state the same count at another time: zero is not at all, and only
// those of the highest grade are of use; nil: all suit alike.
type Query struct {
	Tenant   string
	Concepts []string
	Words    []string
	Numbers  []float64
	Limit    int
	Grade    func(When) int
}

// Found is a claim, read-only, that has something of a query, best first. Scores compare within one Find only. Pattern
// is −1 where the query doesn't hold the concepts of any alias whole; PatternSize is how many concepts the
// heaviest such alias has. Further is how many more states of the same count suit as well as this one, its latest, and
// aren't handed out.
type Found struct {
	Claim       *Claim
	Score       float64
	Pattern     int
	PatternSize int
	Further     int
}

// Reach is how far a base reaches: when a claim was last reviewed, and the newest date on which something in
// it was said or published. Either is zero where no claim says it. Stale: at the moment of the view, the last review is
// older than StaleAfter. Domain: some claim is about the lexicon's own domain: about one of its sides, or its ground.
type Reach struct {
	Reviewed Date
	AsOf     Date
	Stale    bool
	Domain   bool
}

// StaleAfter is for how long a review holds, unless ReviewsHold says otherwise: afterwards replies say that there may be
// newer figures.
const StaleAfter = 14 * 24 * time.Hour

func newBase(l *lexicon.Lexicon, store Store) *Base {
	return &Base{catalog: newCatalog(), store: store, lex: l}
}

// View returns the base as a tenant sees it, as the store has it now and as it could be known at a moment: without what
// is said later. What isn't dated is in it; the zero time hides nothing. It serves the calls of one request.
func (b *Base) View(ctx context.Context, tenant string, now time.Time) (*Base, error) {
	at, err := b.fresh(ctx, tenant)
	if err != nil {
		return nil, err
	}
	view := *at
	view.now = Date{}
	if !now.IsZero() {
		now = now.UTC()
		view.now = Date{Year: now.Year(), Month: now.Month(), Day: now.Day()}
	}
	return &view, nil
}

// fresh returns the base as the store has it now. What is a view of the tenant stays one.
func (b *Base) fresh(ctx context.Context, tenant string) (*Base, error) {
	if b.at != nil && b.at.Tenant == tenant {
		return b, nil
	}
	heads, err := b.store.Heads(ctx, tenant)
	if err != nil {
		return nil, err
	}
	for _, t := range sees(tenant) {
		if err := b.follow(ctx, t, heads.Of(t)); err != nil {
			return nil, err
		}
	}
	at := *b
	at.at = &heads
	return &at, nil
}

// told reports whether what is said on a date had been said.
func (b *Base) told(on Date) bool { return b.now.IsZero() || on.Compare(b.now) <= 0 }

// Nearest returns the claims nearest to a text of any kind, best first, and whether the first is near enough to
// be offered as what the text is about. Patterns aren't looked for.
func (b *Base) Nearest(ctx context.Context, tenant, text string, limit int) (found []Found, answered bool, err error) {
	if b, err = b.fresh(ctx, tenant); err != nil {
		return nil, false, err
	}
	m := Message(b.lex, tenant, text)
	if limit <= 0 {
		limit = index.DefaultLimit
	}
	m.Limit = limit + len(b.hides(tenant))
	r := b.index.Rank(m)
	found, err = b.found(ctx, tenant, r.Hits)
	found = found[:min(limit, len(found))]
	first := len(found) > 0 && found[0].Claim.Key() == Key{r.Hits[0].Tenant, r.Hits[0].ID} // what is withheld answers nothing
	return found, r.Answered && first, err
}

// found loads what the index found.
func (b *Base) found(ctx context.Context, tenant string, hits []index.Hit) ([]Found, error) {
	keys := make([]Key, 0, len(hits))
	for _, h := range hits {
		keys = append(keys, Key{h.Tenant, h.ID})
	}
	claims, err := b.load(ctx, tenant, keys)
	if err != nil {
		return nil, err
	}
	found := make([]Found, 0, len(hits))
	for i, h := range hits {
		if c := claims[i]; c != nil {
			found = append(found, Found{Claim: c, Score: h.Score, Pattern: h.Pattern, PatternSize: h.PatternSize})
		}
	}
	return found, nil
}

// load returns the claims that the tenant of a view may be shown, beside their keys; nil for the others.
func (b *Base) load(ctx context.Context, tenant string, keys []Key) ([]*Claim, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	claims, err := b.store.Claims(ctx, *b.at, keys)
	if err != nil {
		return nil, err
	}
	b.mu.RLock()
	defer b.mu.RUnlock()
	out := make([]*Claim, len(claims)) // what the store returned stays its own
	for i, c := range claims {
		if c != nil && b.shows(tenant, c) {
			out[i] = c.served()
		}
	}
	return out, nil
}

// shows reports whether a tenant may be shown a claim. The index has asked the same, of an older state.
func (b *Base) shows(tenant string, c *Claim) bool {
	if !c.Live() || !b.told(c.Attribution.SaidOn) || (c.Tenant != "" && c.Tenant != tenant) {
		return false
	}
	return c.Tenant == tenant || !b.covers(tenant, c.ID)
}

// served returns the claim as it is handed out: with lists, be they empty.
func (c *Claim) served() *Claim {
	if c.Sources != nil && c.Caveats != nil {
		return c
	}
	out := *c
	out.list()
	return &out
}

// list gives a claim the lists that it hasn't.
func (c *Claim) list() {
	if c.Sources == nil {
		c.Sources = []Source{}
	}
	if c.Caveats == nil {
		c.Caveats = []Caveat{}
	}
}

// Get returns the claim that an id means to a tenant, or an error of kind NotFound.
func (b *Base) Get(ctx context.Context, tenant, id string) (Claim, error) {
	b, err := b.fresh(ctx, tenant)
	if err != nil {
		return Claim{}, err
	}
	claims, err := b.load(ctx, tenant, []Key{{tenant, id}, {"", id}})
	if err != nil {
		return Claim{}, err
	}
	for _, c := range claims { // one at most: an own claim hides the shared one
		if c != nil {
			return *c, nil
		}
	}
	return Claim{}, &Error{Kind: NotFound, Msg: fmt.Sprintf("There is no claim %q.", clip(id))}
}

// List returns all that a tenant may be shown, of these kinds or of any, in the order of the ids.
// Of kinds that are kept by name only those claims are read, else the whole store.
func (b *Base) List(ctx context.Context, tenant string, kinds ...Kind) ([]Claim, error) {
	b, err := b.fresh(ctx, tenant)
	if err != nil {
		return nil, err
	}
	if len(kinds) > 0 && !slices.Contains(kinds, KindFigure) {
		return b.ofKinds(ctx, tenant, kinds)
	}
	var out []Claim
	for _, t := range sees(tenant) {
		for c, err := range b.store.Scan(ctx, Snapshot{Tenant: t, Kinds: kinds}) {
			if err != nil {
				return nil, err
			}
			if b.showsNow(tenant, &c) {
				out = append(out, *c.served())
			}
		}
	}
	slices.SortFunc(out, func(x, y Claim) int { return cmp.Compare(x.ID, y.ID) })
	return out, nil
}

// showsNow is shows, where nothing is read of the catalog otherwise.
func (b *Base) showsNow(tenant string, c *Claim) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.shows(tenant, c)
}

// Reach returns how far the base reaches for a tenant.
func (b *Base) Reach(ctx context.Context, tenant string) (Reach, error) {
	b, err := b.fresh(ctx, tenant)
	if err != nil {
		return Reach{}, err
	}
	hidden, err := b.hiddenReach(ctx, tenant)
	if err != nil {
		return Reach{}, err
	}
	b.mu.RLock()
	defer b.mu.RUnlock()
	var r Reach
	for _, t := range sees(tenant) {
		if own := b.reach[t]; own != nil && t == "" {
			r = r.join(own.without(hidden))
		} else if own != nil {
			r = r.join(own.without(newReaches()))
		}
	}
	if !b.told(r.AsOf) {
		r.AsOf = b.now
	}
	r.Stale = !r.Reviewed.IsZero() && b.now.Start().After(r.Reviewed.End().Add(b.holds))
	return r, nil
}

// ReviewsHold says for how long a review holds. It is called before anyone is answered.
func (b *Base) ReviewsHold(d time.Duration) { b.holds = d }

// sees returns the tenants whose claims a tenant may be shown.
func sees(tenant string) []string {
	if tenant == "" {
		return []string{""}
	}
	return []string{"", tenant}
}

func reachOf(l *lexicon.Lexicon, c Claim) Reach {
	r := Reach{Reviewed: c.ReviewedOn, AsOf: c.Attribution.SaidOn}
	side, isParty := l.Get(lexicon.Party, c.Scope.Party)
	ground, isPlace := l.Get(lexicon.Place, c.Scope.Place)
	r.Domain = isParty && side.Is("side") || isPlace && ground.Is("theatre")
	for _, s := range c.Sources {
		r.AsOf = newest(r.AsOf, s.PublishedOn)
	}
	return r
}

func (r Reach) join(o Reach) Reach {
	return Reach{Reviewed: newest(r.Reviewed, o.Reviewed), AsOf: newest(r.AsOf, o.AsOf), Domain: r.Domain || o.Domain}
}

func newest(a, b Date) Date {
	if a.Compare(b) < 0 {
		return b
	}
	return a
}
