package knowledge

import (
	"context"
	"fmt"
)

// Verdict is what Verify found of a tenant's chain. Wrong is empty where every change is as it was sealed, and the
// claims are those that it made.
type Verdict struct {
	Tenant  string
	Head    Head // as the chain itself makes it
	Removed Head // the change by which all that went before was removed, and when; zero: nothing was
	Wrong   []string
}

// mostWrong bounds how many findings are listed.
const mostWrong = 20

// Verify reads the whole chain of a tenant, and says which rows of it were altered, taken out, put in or cut off. A chain alone
// can't show that its end was cut off: kept is a head that was noted outside the database, the zero one where there
// is none. It needs no base: the rows may be such that none can be made of them.
func Verify(ctx context.Context, store Store, tenant string, kept Head) (Verdict, error) {
	v := Verdict{Tenant: tenant}
	versions := map[string]*Claim{}
	heads, err := store.Heads(ctx, tenant)
	if err != nil {
		return v, err
	}
	head := heads.Of(tenant)
	seen, led := kept.Revision == 0, head.Revision == 0
	for c, err := range store.Changes(ctx, Trail{Tenant: tenant}) {
		if err != nil {
			return v, v.unread(err)
		}
		v.change(&c, versions)
		seen = seen || c.Head().Same(kept) || c.removes(kept)
		led = led || c.Head().Same(head) && c.At.Equal(head.At)
	}
	if !seen {
		v.add("the head %d:%s that was kept isn't in the chain, which ends with %d: its end was cut off, or it was rewritten", kept.Revision, short(kept.Hash), v.Head.Revision)
	}
	if !led {
		v.add("the head is noted as %d:%s, which isn't in the chain", head.Revision, short(head.Hash))
	}
	return v, v.compare(ctx, store, versions)
}

// removes reports whether a change removes what a head was the end of, as far as it can be told: of those before the last one
// nothing is left to compare.
func (c *Change) removes(kept Head) bool {
	start := c.Start()
	return kept.Revision < start.Revision || start.Revision > 0 && kept.Same(start)
}

// unread makes a finding of a row that can't be read, or contradicts itself: the reading ends there. Other errors stay.
func (v *Verdict) unread(err error) error {
	if KindOf(err) != Internal {
		return err
	}
	v.add("%s", MessageOf(err))
	return nil
}

func short(hash string) string { return hash[:min(12, len(hash))] }

func (v *Verdict) add(format string, args ...any) {
	if len(v.Wrong) < mostWrong {
		v.Wrong = append(v.Wrong, fmt.Sprintf(format, args...))
	}
}

// change checks one change behind the one before.
func (v *Verdict) change(c *Change, versions map[string]*Claim) {
	first := v.Head.Revision == 0
	if first {
		v.Head = c.Start()
	}
	if c.Action == ActionRemove {
		v.Removed = c.Head()
	}
	switch {
	case c.Action == ActionRemove && !first:
		v.add("change %d removes what went before it, which is still there", c.Revision)
	case c.Revision != v.Head.Revision+1:
		v.add("behind change %d follows change %d: what was between was taken out", v.Head.Revision, c.Revision)
	case c.At.Before(v.Head.At):
		v.add("change %d is dated before the one in front of it", c.Revision)
	}
	if c.hash(v.Head.Hash) != c.Hash {
		v.add("change %d (%s by %s) isn't as it was made: it, one of its claims, or the change before it was altered", c.Revision, c.Action, c.Actor)
	}
	v.Head = c.Head()
	for i := range c.Claims {
		is := &c.Claims[i]
		base := 0
		if was := versions[is.ID]; was != nil {
			base = was.Revision
		}
		if is.Revision != base+1 {
			v.add("claim %s: version %d follows version %d", is.ID, is.Revision, base)
		}
		versions[is.ID] = is
	}
}

// compare holds the claims that are served, and the head, against what the chain made. Others may have gone on since.
func (v *Verdict) compare(ctx context.Context, store Store, versions map[string]*Claim) error {
	for c, err := range store.Scan(ctx, Snapshot{Tenant: v.Tenant, Revision: v.Head.Revision}) {
		if err != nil {
			return v.unread(err)
		}
		made := versions[c.ID]
		if made == nil || made.Revision != c.Revision || !made.SameAs(c) {
			v.add("claim %s is served in a version that no change made", c.ID)
		}
		delete(versions, c.ID)
	}
	for id := range versions {
		v.add("claim %s isn't served any more, though no change removed it", id)
	}
	heads, err := store.Heads(ctx, v.Tenant)
	if is := heads.Of(v.Tenant); err == nil && is.Revision <= v.Head.Revision && !is.Same(v.Head) {
		v.add("the head is noted as %d:%s, but the chain ends with %d:%s", is.Revision, short(is.Hash), v.Head.Revision, short(v.Head.Hash))
	}
	return err
}
