package moderation

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Askers is from how many people on who asked the same it is told that it has no answer: below, it would tell of somebody.
const Askers = 3

// Keepable is how long gaps and reports are kept.
const Keepable = 30 * 24 * time.Hour

// Asking is that somebody asked what has no answer. It holds neither words nor names.
type Asking struct {
	Tenant string
	Scope  string         // keys of concepts in their order, with a space between: see ScopeOf
	Place  chat.Address   // where
	Asker  string         // a hash that says nothing outside the tenant
	Day    knowledge.Date // the last on which they asked
}

// GapStore keeps what was asked without an answer; a database implements it. All of it may be called at once. An
// error is a *knowledge.Error.
type GapStore interface {
	// Key returns the secret under which a tenant's askers are hashed: of the same tenant always the same, at random.
	Key(ctx context.Context, tenant string) ([]byte, error)
	// Note keeps an asking. What the same person asks again in the same place is kept once, with the later day.
	Note(ctx context.Context, a Asking) error
	// Askings returns a tenant's askings since a day, those of one scope together: of scopes only that at least so many people
	// have asked for.
	Askings(ctx context.Context, tenant string, since knowledge.Date, askers int) ([]Asking, error)
	// Close deletes what was asked of a scope in a place.
	Close(ctx context.Context, tenant, scope string, place chat.Address) error
	// Forget deletes the askings of all tenants before a day, and returns how many there were.
	Forget(ctx context.Context, before knowledge.Date) (int, error)
}

// keyBytes is how long a tenant's key is: that of HMAC-SHA256.
const keyBytes = 32

// NewGapKey returns a key at random.
func NewGapKey() []byte {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // never fails
	return key
}

// Gaps are what people ask and the base has no answer to. They are safe for concurrent use.
type Gaps struct{ store GapStore }

// NewGaps returns the gaps that a store keeps.
func NewGaps(store GapStore) *Gaps { return &Gaps{store} }

// Gap is a scope that has no answer, as one person may see it.
type Gap struct {
	ID     string         // in its tenant; letters and digits
	Scope  []string       // keys of concepts
	People int            // how many have asked, at the places that are seen
	Places []chat.Address // where, of those that are seen
	Day    knowledge.Date // on which it was asked last
}

// ScopeOf returns how a scope is kept: each of its concepts once, in their order; "" where it has none.
func ScopeOf(concepts []string) string {
	clean := func(c string) bool { return c == "" || strings.ContainsAny(c, " \x00") }
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(slices.DeleteFunc(slices.Clone(concepts), clean)))), " ")
}

// mostConcepts bounds a scope: what names more is no question that anybody else asks.
const mostConcepts = 16

// Note keeps that an account asked for something that has no answer. What is about nothing that the lexicon knows, was asked by
// nobody known, or where nobody else could hear it, isn't kept.
func (g *Gaps) Note(ctx context.Context, tenant, account string, place chat.Address, concepts []string, now time.Time) error {
	scope := ScopeOf(concepts)
	if tenant == "" || account == "" || place == "" || scope == "" || len(concepts) > mostConcepts {
		return nil
	}
	key, err := g.store.Key(ctx, tenant)
	if err != nil {
		return err
	}
	return g.store.Note(ctx, Asking{Tenant: tenant, Scope: scope, Place: place, Asker: hashed(key, account), Day: day(now)})
}

// hashed is the account under a secret: 22 characters.
func hashed(key []byte, account string) string {
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte(account)) // a hash takes everything
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

func day(t time.Time) knowledge.Date {
	t = t.UTC()
	return knowledge.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}
}

// List returns the gaps of a tenant, those first that most people asked for. Of each only what was asked at places counts that
// are seen, and where too few people asked there it isn't told. The error may be that of sees.
func (g *Gaps) List(ctx context.Context, tenant string, sees chat.Sees, now time.Time) ([]Gap, error) {
	all, err := g.store.Askings(ctx, tenant, day(now.Add(-Keepable)), Askers)
	if err != nil || len(all) == 0 || sees == nil {
		return nil, err
	}
	seen, err := sees(ctx, placesOf(all))
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(a Asking) bool { return !slices.Contains(seen, a.Place) })
	var out []Gap
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].Scope == all[0].Scope {
			n++
		}
		if gap := gapOf(all[:n]); gap.People >= Askers {
			out = append(out, gap)
		}
		all = all[n:]
	}
	slices.SortStableFunc(out, func(x, y Gap) int { return y.People - x.People })
	return out, nil
}

// gapOf gathers the askings of one scope.
func gapOf(all []Asking) Gap {
	sum := sha256.Sum256([]byte(all[0].Scope))
	gap := Gap{ID: hex.EncodeToString(sum[:8]), Scope: strings.Split(all[0].Scope, " "), Places: placesOf(all)}
	askers := map[string]bool{}
	for _, a := range all {
		askers[a.Asker] = true
		if gap.Day.Compare(a.Day) < 0 {
			gap.Day = a.Day
		}
	}
	gap.People = len(askers)
	return gap
}

func placesOf(all []Asking) []chat.Address {
	var out []chat.Address
	for _, a := range all {
		out = append(out, a.Place)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Gap returns the gap of an id, of those that List returns; the error is of kind NotFound where it isn't among them.
func (g *Gaps) Gap(ctx context.Context, tenant, id string, sees chat.Sees, now time.Time) (Gap, error) {
	all, err := g.List(ctx, tenant, sees, now)
	if err != nil {
		return Gap{}, err
	}
	if i := slices.IndexFunc(all, func(g Gap) bool { return g.ID == id }); i >= 0 {
		return all[i], nil
	}
	return Gap{}, &knowledge.Error{Kind: knowledge.NotFound, Msg: "That question isn't open any more."}
}

// Tell says a reply at each place of a gap, once for each place and claim, however often it is called, and closes what was told.
// say is the desk's of the tenant's platform; where it fails, the other places are told all the same. It returns how many places
// were told.
func (g *Gaps) Tell(ctx context.Context, tenant string, gap Gap, claim string, reply chat.Reply, say func(ctx context.Context, tenant string, p chat.Post) error) (told int, err error) {
	var first error
	for _, place := range gap.Places {
		err := say(ctx, tenant, chat.Post{To: place, Key: "gap:" + gap.ID + ":" + claim + ":" + string(place), Reply: reply})
		if err == nil {
			told++
			err = g.store.Close(ctx, tenant, strings.Join(gap.Scope, " "), place)
		}
		if first == nil {
			first = err
		}
	}
	return told, first
}

// Forget deletes what was asked longer ago than it is kept, of all tenants, and returns how much it was.
func (g *Gaps) Forget(ctx context.Context, now time.Time) (int, error) {
	return g.store.Forget(ctx, day(now.Add(-Keepable)))
}
