package knowledge

import (
	"context"
	"fmt"
	"iter"
	"slices"
)

// Memory is a Store that holds claims in memory and never changes: the starter base, and bases given as files.
type Memory struct {
	claims []Claim
	at     map[Key]int
}

// NewMemory returns a store of the claims. One id twice in a tenant is an error.
func NewMemory(claims []Claim) (*Memory, error) {
	m := &Memory{claims: slices.Clone(claims), at: make(map[Key]int, len(claims))}
	for i, c := range m.claims {
		if _, twice := m.at[c.Key()]; twice {
			return nil, &Error{Kind: Conflict, Msg: fmt.Sprintf("claim %q is given twice", c.ID)}
		}
		m.at[c.Key()] = i
	}
	return m, nil
}

// Scan yields the claims in the order in which they were given.
func (m *Memory) Scan(ctx context.Context, f Filter) iter.Seq2[Claim, error] {
	return func(yield func(Claim, error) bool) {
		for i := range m.claims {
			if err := ctx.Err(); err != nil {
				yield(Claim{}, err)
				return
			}
			if f.passes(&m.claims[i]) && !yield(m.claims[i], nil) {
				return
			}
		}
	}
}

func (f *Filter) passes(c *Claim) bool {
	return (f.Tenants == nil || slices.Contains(f.Tenants, c.Tenant)) &&
		(f.Kinds == nil || slices.Contains(f.Kinds, c.Kind))
}

// Claims returns those of the claims that there are.
func (m *Memory) Claims(ctx context.Context, keys []Key) ([]Claim, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([]Claim, 0, len(keys))
	for _, k := range keys {
		if i, ok := m.at[k]; ok {
			out = append(out, m.claims[i])
		}
	}
	return out, nil
}
