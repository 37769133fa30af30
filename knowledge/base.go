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
// have means the tenant's own claim, so that an id is never ambiguous within an answer.
//
// All of it may be called at once. Claims are handed out read-only.
type Base struct {
	store Store
	lex   *lexicon.Lexicon
	index *index.Index
	own   map[Key]bool     // the live claims of tenants: they stand before shared ones of the same id
	reach map[string]Reach // by tenant, of its own claims only
	links links
	count counts
	now   Date // what was said later isn't there; zero: whatever was said is
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

// Found is a claim that has something of a query, best first. Scores compare within one Find only. Pattern
// is −1 where the query doesn't hold the concepts of any alias whole; PatternSize is how many concepts the
// heaviest such alias has. Further is how many more states of the same count suit as well as this one, its latest, and
// aren't handed out.
type Found struct {
	Claim       Claim
	Score       float64
	Pattern     int
	PatternSize int
	Further     int
}

// Reach is how far a base reaches: when a claim was last reviewed, and the newest date on which something in
// it was said or published. Either is zero where no claim says it. Domain: some claim is about the lexicon's own
// domain: about one of its sides, or its ground.
type Reach struct {
	Reviewed Date
	AsOf     Date
	Domain   bool
}

func newBase(l *lexicon.Lexicon, store Store) *Base {
	return &Base{store: store, lex: l, index: index.New(), own: map[Key]bool{}, reach: map[string]Reach{}, links: newLinks(), count: newCounts()}
}

// At returns the base as it could be known at a moment: without what is said later. What isn't dated is in it. The zero
// time hides nothing.
func (b *Base) At(now time.Time) *Base {
	at := *b
	at.now = Date{}
	if !now.IsZero() {
		now = now.UTC()
		at.now = Date{Year: now.Year(), Month: now.Month(), Day: now.Day()}
	}
	return &at
}

// told reports whether what is said on a date had been said.
func (b *Base) told(on Date) bool { return b.now.IsZero() || on.Compare(b.now) <= 0 }

// note keeps what of a live claim is needed without the store.
func (b *Base) note(l *lexicon.Lexicon, c Claim) {
	if c.Tenant != "" {
		b.own[c.Key()] = true
	}
	b.links.note(c)
	b.count.note(&c)
	b.reach[c.Tenant] = b.reach[c.Tenant].join(reachOf(l, c))
}

// Nearest returns the claims nearest to a text of any kind, best first, and whether the first is near enough to
// be offered as what the text is about. Patterns aren't looked for.
func (b *Base) Nearest(ctx context.Context, tenant, text string, limit int) (found []Found, answered bool, err error) {
	m := Message(b.lex, tenant, text)
	m.Limit = limit
	r := b.index.Rank(m)
	found, err = b.found(ctx, tenant, r.Hits)
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
		if c := claims[keys[i]]; c != nil {
			found = append(found, Found{Claim: *c, Score: h.Score, Pattern: h.Pattern, PatternSize: h.PatternSize})
		}
	}
	return found, nil
}

// load returns those of the claims that the tenant may be shown. Pointers, for claims are large.
func (b *Base) load(ctx context.Context, tenant string, keys []Key) (map[Key]*Claim, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	claims, err := b.store.Claims(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := make(map[Key]*Claim, len(claims))
	for i := range claims {
		if c := &claims[i]; b.shows(tenant, c) {
			out[c.Key()] = c.served()
		}
	}
	return out, nil
}

// shows reports whether a tenant may be shown a claim. The index has asked the same, of an older state.
func (b *Base) shows(tenant string, c *Claim) bool {
	if !c.Live() || !b.told(c.Attribution.SaidOn) || (c.Tenant != "" && c.Tenant != tenant) {
		return false
	}
	return c.Tenant == tenant || !b.own[Key{tenant, c.ID}]
}

// served returns the claim as it is handed out: with lists, be they empty.
func (c *Claim) served() *Claim {
	if c.Sources != nil && c.Caveats != nil {
		return c
	}
	out := *c
	if c.Sources == nil {
		out.Sources = []Source{}
	}
	if c.Caveats == nil {
		out.Caveats = []Caveat{}
	}
	return &out
}

// Get returns the claim that an id means to a tenant, or an error of kind NotFound.
func (b *Base) Get(ctx context.Context, tenant, id string) (Claim, error) {
	claims, err := b.load(ctx, tenant, []Key{{tenant, id}, {"", id}})
	if err != nil {
		return Claim{}, err
	}
	for _, c := range claims { // one at most: an own claim hides the shared one
		return *c, nil
	}
	return Claim{}, &Error{Kind: NotFound, Msg: fmt.Sprintf("There is no claim %q.", clip(id))}
}

// List returns all that a tenant may be shown, of these kinds or of any, in the order of the ids.
// Of kinds that are kept by name only those claims are read, else the whole store.
func (b *Base) List(ctx context.Context, tenant string, kinds ...Kind) ([]Claim, error) {
	if len(kinds) > 0 && !slices.Contains(kinds, KindFigure) {
		return b.ofKinds(ctx, tenant, kinds)
	}
	var out []Claim
	for c, err := range b.store.Scan(ctx, Filter{Tenants: sees(tenant), Kinds: kinds}) {
		if err != nil {
			return nil, err
		}
		if b.shows(tenant, &c) {
			out = append(out, *c.served())
		}
	}
	slices.SortFunc(out, func(x, y Claim) int { return cmp.Compare(x.ID, y.ID) })
	return out, nil
}

// Reach returns how far the base reaches for a tenant.
func (b *Base) Reach(_ context.Context, tenant string) (Reach, error) {
	var r Reach
	for _, t := range sees(tenant) {
		r = r.join(b.reach[t])
	}
	if !b.told(r.AsOf) {
		r.AsOf = b.now
	}
	return r, nil
}

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
