package knowledge

import (
	"cmp"
	"fmt"
	"slices"
)

// Broken is what is wrong with a claim beside the others of its base.
type Broken struct {
	Key      Key
	Problems Problems
}

// ValidateBase checks what claims say of each other, each being valid by itself: that what they dispute and supersede
// exists, that nothing supersedes itself by a detour, and that a series is one claimant's revisions of one count. It
// returns the broken claims in the order of their keys.
func ValidateBase(claims []Claim) []Broken {
	b := together{at: make(map[Key]*Claim, len(claims)), wrong: map[Key]*Problems{}}
	for i := range claims {
		b.at[claims[i].Key()] = &claims[i]
	}
	series := map[Key][]*Claim{}
	for i := range claims {
		c := &claims[i]
		b.links(c)
		if c.Series != "" && c.Live() {
			k := Key{c.Tenant, c.Series}
			series[k] = append(series[k], c)
		}
	}
	for _, members := range series {
		b.series(members)
	}
	out := make([]Broken, 0, len(b.wrong))
	for k, problems := range b.wrong {
		out = append(out, Broken{k, *problems})
	}
	slices.SortFunc(out, func(x, y Broken) int { return x.Key.compare(y.Key) })
	return out
}

// together gathers what is wrong with claims beside each other.
type together struct {
	at    map[Key]*Claim
	wrong map[Key]*Problems
}

func (b *together) add(c *Claim, field, format string, args ...any) {
	if b.wrong[c.Key()] == nil {
		b.wrong[c.Key()] = &Problems{}
	}
	b.wrong[c.Key()].add(field, format, args...)
}

// named returns the claim that an id means in a claim: one of its own tenant, else a shared one.
func (b *together) named(c *Claim, id string) *Claim {
	if own := b.at[Key{c.Tenant, id}]; own != nil {
		return own
	}
	return b.at[Key{"", id}]
}

func (b *together) links(c *Claim) {
	for i, id := range c.Disputes {
		if b.named(c, id) == nil {
			b.add(c, fmt.Sprintf("disputes[%d]", i), "there is no claim %q", clip(id))
		}
	}
	for i, id := range c.Supersedes {
		field := fmt.Sprintf("supersedes[%d]", i)
		switch old := b.named(c, id); {
		case old == nil:
			b.add(c, field, "there is no claim %q", clip(id))
		case b.supersedes(old, c, map[*Claim]bool{}):
			b.add(c, field, "%q supersedes this claim in turn: only one of them can be the correction", clip(id))
		}
	}
}

// supersedes reports whether a claim supersedes another, be it by others between them.
func (b *together) supersedes(c, other *Claim, seen map[*Claim]bool) bool {
	if seen[c] {
		return false
	}
	seen[c] = true
	return slices.ContainsFunc(c.Supersedes, func(id string) bool {
		old := b.named(c, id)
		return old == other || old != nil && b.supersedes(old, other, seen)
	})
}

// series checks the members of a series, each against the one before it.
func (b *together) series(members []*Claim) {
	slices.SortFunc(members, func(x, y *Claim) int {
		return cmp.Or(x.Attribution.SaidOn.Compare(y.Attribution.SaidOn), x.When().UpTo().Compare(y.When().UpTo()), cmp.Compare(x.ID, y.ID))
	})
	for i, c := range members {
		if c.Attribution.SaidOn.IsZero() {
			b.add(c, "attribution.said_on", "is missing: the claims of a series follow each other by this date")
		}
		if i == 0 {
			continue
		}
		before := members[i-1]
		for _, d := range []struct{ field, is, was string }{
			{"attribution.speaker", c.Attribution.Speaker, before.Attribution.Speaker},
			{"scope.party", c.Scope.Party, before.Scope.Party},
			{"scope.group", c.Scope.Group, before.Scope.Group},
			{"scope.metric", c.Scope.Metric, before.Scope.Metric},
			{"scope.place", c.Scope.Place, before.Scope.Place},
			{"figure.unit", c.Figure.Unit, before.Figure.Unit},
		} {
			if d.is != d.was {
				b.add(c, "series", "%s is %q, but %q in the claim %q of this series: a series is one claimant's revisions of one count; give this claim a series of its own",
					d.field, clip(d.is), clip(d.was), before.ID)
			}
		}
		if c.When() == before.When() && !c.Attribution.SaidOn.IsZero() {
			b.add(c, "series", "the claim %q of this series was said on the same date of the same time: the later one supersedes the other, or isn't of this series", before.ID)
		}
	}
}
