package knowledge

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"
)

// Key names a claim: an id is unique in its tenant only.
type Key struct {
	Tenant string // empty: the shared base
	ID     string
}

// Key returns the key of the claim.
func (c Claim) Key() Key { return Key{c.Tenant, c.ID} }

// Head is the end of a tenant's chain of changes: how many there are, and the hash of the last one, which names all
// that went before. A tenant of whom nothing is kept has the zero Head.
type Head struct {
	Revision int64
	Hash     string
	At       time.Time // when the last change was made
}

// Same reports whether both are the end of the same chain.
func (h Head) Same(o Head) bool { return h.Revision == o.Revision && h.Hash == o.Hash }

// Heads are the ends of the two chains that a tenant sees: the shared one, and its own. For the empty tenant Own is the
// zero Head.
type Heads struct {
	Tenant      string
	Shared, Own Head
}

// Of returns the head of the shared base for the empty tenant, else the tenant's own.
func (h Heads) Of(tenant string) Head {
	if tenant == "" {
		return h.Shared
	}
	return h.Own
}

// Snapshot names a state of a tenant's own claims, or of the shared ones: the newest, or that behind a revision, or at a
// moment.
type Snapshot struct {
	Tenant   string
	Revision int64     // 0: the newest
	At       time.Time // zero: now; only without a revision
	Kinds    []Kind    // exactly these; nil: every kind
}

// Edit is what one change makes of one claim: its version before, nil where there was none, and the one since.
type Edit struct {
	Was *Claim
	Is  Claim
}

// Trail says which changes are looked for: those of a tenant, or those of them that touched one claim, with its versions
// only, or that one actor made, without their claims.
type Trail struct {
	Tenant string
	ID     string // empty: all claims
	Actor  string // empty: everybody; not with an id
}

// ErrForked is the error of a store that doesn't know the head that it is asked to go on from: it was put back to an
// earlier state, or is another one.
var ErrForked = errors.New("the store's history has another course")

// Store keeps claims with all their versions; a database or Memory implements it, a cache wraps it, and only Base calls
// it. All of it may be called at once. An error is a *Error, of kind Unavailable where the store doesn't answer. Claims are handed over
// read-only on both sides.
//
// Each tenant's claims, and the shared ones, are a chain of changes of their own. Changes of one chain never
// overlap: who reads a revision reads all of it.
type Store interface {
	// Heads returns where the claims that a tenant sees stand. Every answer waits for it: one cheap read.
	Heads(ctx context.Context, tenant string) (Heads, error)

	// Claims returns beside each key the current version of the claim, whatever its status, no older than the heads say; nil
	// where there is none. Keys of other tenants than that of the heads, and the empty one, name nothing. Every answer waits for
	// it, with some ninety keys: one round trip.
	Claims(ctx context.Context, at Heads, keys []Key) ([]*Claim, error)

	// Scan yields each claim of a snapshot in the version that it then had, whatever its status, in the order of the
	// ids. It stops behind the first error. It reads a whole base, and may take its time.
	Scan(ctx context.Context, of Snapshot) iter.Seq2[Claim, error]

	// Edits yields what became of each claim that changed behind one head up to another, in the order of the ids: from
	// its version then to its version now, whatever lay between. It yields ErrForked where the first isn't of the chain.
	Edits(ctx context.Context, tenant string, from, to Head) iter.Seq2[Edit, error]

	// Changes yields changes, the oldest first, with those of their claims that the trail names.
	Changes(ctx context.Context, of Trail) iter.Seq2[Change, error]

	// Commit appends a change to the chain of its tenant: all of it or nothing. Each claim's revision is one above that
	// of its current version, 1 for a new claim, or the error is that of Edited. The change is sealed within: nothing can
	// come between it and the one before. It returns the new head, once it is certain to stay.
	Commit(ctx context.Context, c Change) (Head, error)

	// Tenants returns all tenants that have a chain, the empty one first where it has; the others in their order.
	Tenants(ctx context.Context) ([]string, error)
}

// Edited returns the error of a commit whose claim isn't based on the current version; 0 means that there is none.
func Edited(id string, base, current int) error {
	switch {
	case current == 0:
		return &Error{Kind: Conflict, Msg: fmt.Sprintf("Claim %q isn't there: version %d of it can't be changed.", clip(id), base)}
	case base == 0:
		return &Error{Kind: Conflict, Msg: fmt.Sprintf("There is a claim %q already (version %d): revise it, or choose another id.", clip(id), current)}
	}
	return &Error{Kind: Conflict, Msg: fmt.Sprintf("Claim %q was changed meanwhile: you edited version %d, but version %d is current. Look at it, and edit again.", clip(id), base, current)}
}
