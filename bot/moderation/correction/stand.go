package correction

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

// differs reports whether two versions say something else; of claims that aren't there, whether one is.
func differs(a, b *knowledge.Claim) bool {
	if a == nil || b == nil {
		return a != b
	}
	return knowledge.SaysElse(a, b)
}

// told returns what a message says of a claim: the version that it quotes; of a correction of the claim what it says stands in its
// place, nil where nothing does. It is false where the message doesn't speak of the claim.
func told(r *delivery.Record, of knowledge.Key) (*knowledge.Claim, bool) {
	is := func(c knowledge.Claim) bool { return c.Key() == of }
	if slices.ContainsFunc(r.Reply.Was, is) {
		return instead(&r.Reply, of), true
	}
	quoted := r.Reply.Quoted()
	if i := slices.IndexFunc(quoted, is); i >= 0 {
		return &quoted[i], true
	}
	return nil, false
}

// instead returns what a reply says stands in the place of a claim that it tells as it was; nil where nothing does. A correction shows
// nothing else; a digest shows much that has nothing to do with it.
func instead(r *chat.Reply, of knowledge.Key) *knowledge.Claim {
	for i := range r.Shown {
		c := &r.Shown[i].Claim
		if r.Outcome != chat.Digest || c.Key() == of || slices.Contains(c.Supersedes, of.ID) {
			return c
		}
	}
	return nil
}

// stands returns what stands in the place of a claim as a tenant sees it: the claim as it is now, else what corrects it, else
// nil. It is false where that can't be said: the tenant isn't shown the claim, but nobody has taken it back.
func (c *Corrections) stands(ctx context.Context, tenant string, of knowledge.Key) (*knowledge.Claim, bool, error) {
	known, err := c.base.Known(ctx, tenant, of.ID)
	if err != nil || len(known) == 0 {
		return nil, false, err
	}
	switch k := &known[0]; {
	case k.Claim != nil:
		return k.Claim, true, nil
	case len(k.Instead) > 0:
		return &k.Instead[0], true, nil
	case k.Gone != "":
		return nil, true, nil
	}
	is, err := c.base.Stored(ctx, of, time.Time{})
	if knowledge.KindOf(err) == knowledge.NotFound {
		return nil, false, nil
	}
	return nil, is.Status == knowledge.StatusRetracted || is.Status == knowledge.StatusSuperseded, err
}

// news is what is told of the changes of a claim behind a revision.
type news struct {
	loud   bool // one of them is to be told
	reason string
}

// heard returns what is to be told of a claim's changes behind a revision of its chain and behind a version that was told, which
// may be nil. What a change said aloud made, isn't unsaid by a quiet one behind it.
func heard(changes []knowledge.Change, behind int64, was *knowledge.Claim) (n news) {
	var before *knowledge.Claim
	for i := range changes {
		change := &changes[i]
		if len(change.Claims) == 0 {
			continue
		}
		is := &change.Claims[0]
		old := is.Revision <= 1
		if was != nil && was.Key() == is.Key() {
			old = is.Revision <= was.Revision
			if before == nil { // a base that was given as a whole keeps no changes of before
				before = was
			}
		}
		if !old && change.Revision > behind && !change.Quiet && differs(before, is) {
			n = news{true, cmp.Or(change.Reason, is.Reason)}
		}
		before = is
	}
	return n
}
