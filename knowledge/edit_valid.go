package knowledge

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// validate holds the drafted versions against the rules, each by itself and beside the claims that it names or is of one series
// with.
func (b *Base) validate(ctx context.Context, d *Draft) error {
	for i := range d.Edits {
		if p, wrong := errors.AsType[Problems](d.Edits[i].Is.Validate(b.lex)); wrong {
			return broken(d.Edits[i].Is.ID, p)
		}
	}
	beside, err := b.beside(ctx, d)
	if err != nil {
		return err
	}
	drafted := map[Key]bool{}
	for i := range d.Edits {
		drafted[d.Edits[i].Is.Key()] = true
		beside[d.Edits[i].Is.Key()] = d.Edits[i].Is
	}
	all := make([]Claim, 0, len(beside))
	for _, c := range beside {
		all = append(all, c)
	}
	for _, w := range ValidateBase(all) {
		if drafted[w.Key] { // what the others name isn't all there
			return broken(w.Key.ID, w.Problems)
		}
	}
	return nil
}

func broken(id string, p Problems) error {
	return &Error{Kind: Invalid, Msg: fmt.Sprintf("Claim %q is broken: %v", clip(id), p), Problems: p}
}

// beside returns the claims that the drafted ones have to do with: what they dispute and supersede, directly or by
// others, and the other claims of their series.
func (b *Base) beside(ctx context.Context, d *Draft) (map[Key]Claim, error) {
	out := map[Key]Claim{}
	var next []Key
	name := func(c *Claim) {
		for _, id := range slices.Concat(c.Disputes, c.Supersedes) {
			next = append(next, Key{d.Tenant, id}, Key{"", id})
		}
	}
	at, err := b.fresh(ctx, d.Tenant)
	if err != nil {
		return nil, err
	}
	for i := range d.Edits {
		is := &d.Edits[i].Is
		name(is)
		if is.Series != "" {
			next = append(next, at.members(d.Tenant, is.Series)...)
		}
	}
	for len(next) > 0 {
		next = slices.DeleteFunc(next, func(k Key) bool { _, known := out[k]; return known })
		claims, err := b.current(ctx, d.Tenant, next)
		if err != nil {
			return nil, err
		}
		next = nil
		for _, c := range claims {
			if _, known := out[c.Key()]; !known {
				out[c.Key()] = c
				name(&c)
			}
		}
	}
	return out, nil
}

// members returns the keys of the live claims of a tenant's own series.
func (b *Base) members(tenant, series string) []Key {
	b.mu.RLock()
	defer b.mu.RUnlock()
	c := b.count.series[Key{tenant, series}]
	if c == nil {
		return nil
	}
	out := make([]Key, len(c.states))
	for i := range c.states {
		out[i] = c.key(&c.states[i])
	}
	return out
}

// gather reads a sequence to its end.
func gather[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for item, err := range seq {
		if err != nil {
			return nil, err
		}
		out = append(out, item)
	}
	return out, nil
}

// blank reports a text without words.
func blank(s string) bool { return strings.TrimSpace(s) == "" }
