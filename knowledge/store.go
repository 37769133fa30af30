package knowledge

import (
	"context"
	"iter"
)

// Key names a claim: an id is unique in its tenant only.
type Key struct {
	Tenant string // empty: the shared base
	ID     string
}

// Key returns the key of the claim.
func (c Claim) Key() Key { return Key{c.Tenant, c.ID} }

// Filter says which claims a scan hands on.
type Filter struct {
	Tenants []string // exactly these, "" being the shared base; nil: every tenant
	Kinds   []Kind   // exactly these; nil: every kind
}

// Store keeps claims; a database or Memory implements it, and only Base calls it. All of it may be called
// at once. An error is a *Error of kind Unavailable where the store doesn't answer. Claims are handed over
// read-only on both sides.
type Store interface {
	// Scan yields the current version of each claim that passes the filter, whatever its status, in any order.
	// It stops behind the first error. NewBase scans everything once, before anyone is answered, and may
	// take its time; Base.List scans two tenants while somebody waits.
	Scan(ctx context.Context, f Filter) iter.Seq2[Claim, error]

	// Claims returns the current version of each of the claims that exists, whatever its status, in any order.
	// Every answer waits for it, with a handful of keys: one round trip.
	Claims(ctx context.Context, keys []Key) ([]Claim, error)
}
