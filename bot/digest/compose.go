package digest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Editor composes digests from a base. It is safe for concurrent use.
type Editor struct {
	base    *knowledge.Base
	writers map[string]answer.Writer
	recent  recent
}

var _ Composer = (*Editor)(nil)

// NewEditor returns an editor. It fails only where our own sentences can't be read.
func NewEditor(base *knowledge.Base, lex *lexicon.Lexicon) (*Editor, error) {
	writers, err := answer.Writers(lex)
	if err != nil {
		return nil, err
	}
	return &Editor{base: base, writers: writers}, nil
}

// How much a digest holds: what is further is counted. What doesn't fit a message is behind a button.
const (
	mostNew     = 20
	mostChanges = 20
	mostFigures = 6
)

// Compose implements Composer. Most channels are told the same: what was composed for one is kept for the others.
func (e *Editor) Compose(ctx context.Context, s Subscription, now time.Time) (r chat.Reply, knows knowledge.Heads, changed bool, err error) {
	view, err := e.base.View(ctx, s.Tenant, now)
	if err != nil {
		return r, knows, false, err
	}
	knows = view.At()
	if knows.Own.Revision == 0 { // it has nothing of its own, and sees what everybody does
		view, s.Tenant = view.Shared(), ""
	}
	w := e.writer(s.Lang)
	c := edition{view: view, s: &s}
	d, err := e.recent.draft(c.topic(now), func() (draft, error) { return c.draft(ctx, w) })
	if err != nil {
		return r, knows, false, err
	}
	if s.Next.Civil == "" { // it is for no slot
		return d.reply, knows, d.changed, nil
	}
	return w.Edition(d.reply, s.Tag(s.Next)), knows, d.changed, nil
}

// Paused writes what is told to whoever subscribed, in the subscription's language, where the platform refused the digest of a slot.
func (e *Editor) Paused(s Subscription, refused Slot) chat.Reply {
	return e.writer(s.Lang).Closed(s.To, s.Tag(refused))
}

func (e *Editor) writer(lang string) answer.Writer {
	if w, ok := e.writers[lang]; ok {
		return w
	}
	return e.writers[lexicon.Languages[0]]
}

// edition is a digest that is being composed.
type edition struct {
	view *knowledge.Base
	s    *Subscription
}

// draft writes what is told, whatever the slot.
func (c *edition) draft(ctx context.Context, w answer.Writer) (draft, error) {
	d, err := c.compose(ctx)
	if err != nil {
		return draft{}, err
	}
	reach, err := c.view.Reach(ctx, c.s.Tenant)
	if err != nil {
		return draft{}, err
	}
	r := w.Digest(d, reach)
	if guard.Check(r) != nil { // a reason may hold a number that no claim has
		for i := range d.Changes {
			d.Changes[i].Unsaid = d.Changes[i].Reason != ""
		}
		r = w.Digest(d, reach)
	}
	return draft{r, d.Changed() || len(r.Shown) > 0}, nil
}

func (c *edition) compose(ctx context.Context) (d answer.Digest, err error) {
	d.First = c.first()
	if err := c.changes(ctx, &d); err != nil {
		return d, err
	}
	if d.Brief = !d.First && !d.Changed(); d.Brief {
		return d, nil
	}
	kinds := []struct {
		kind knowledge.Kind
		into *[]knowledge.Claim
	}{{knowledge.KindStatus, &d.Stages}, {knowledge.KindIssue, &d.Issues}}
	for _, k := range kinds {
		all, err := c.view.List(ctx, c.s.Tenant, k.kind)
		if err != nil {
			return d, err
		}
		*k.into = slices.DeleteFunc(all, func(claim knowledge.Claim) bool { return !c.about(&claim) })
	}
	d.Stages = latest(d.Stages)
	if c.s.about(Casualties) {
		d.Figures, err = c.view.LatestFigures(ctx, c.s.Tenant, mostFigures)
	}
	return d, err
}

// first reports whether nothing was told before.
func (c *edition) first() bool { return c.s.Since == knowledge.Heads{} }

// latest returns the latest of some claims, by the day up to which they count.
func latest(claims []knowledge.Claim) []knowledge.Claim {
	if len(claims) == 0 {
		return nil
	}
	return []knowledge.Claim{slices.MaxFunc(claims, func(a, b knowledge.Claim) int { return answer.UpTo(a).Compare(answer.UpTo(b)) })}
}

// about reports whether a subscription is about a claim: by what it counts, else by its topic, else by the talks.
func (c *edition) about(claim *knowledge.Claim) bool {
	switch {
	case claim.Kind == knowledge.KindFigure || answer.Countable(*claim):
		return c.s.about(Casualties)
	case claim.Topic != "" && slices.Contains(c.s.Topics, Topic(claim.Topic)):
		return true
	}
	return c.s.about(Negotiations)
}

// changes gathers what changed since the subscription's last digest, of the claims that its tenant sees. Where a chain has another
// course than the last digest knew, as after a restore, nothing is known to have changed.
func (c *edition) changes(ctx context.Context, d *answer.Digest) error {
	if d.First {
		return nil
	}
	for _, tenant := range slices.Compact([]string{"", c.s.Tenant}) {
		from, to := c.s.Since.Of(tenant), c.view.At().Of(tenant)
		if from.Revision >= to.Revision {
			continue
		}
		for e, err := range c.view.Edits(ctx, tenant, from, to) {
			if errors.Is(err, knowledge.ErrForked) {
				break
			}
			if err != nil {
				return err
			}
			if err := c.change(ctx, d, &e); err != nil {
				return err
			}
		}
	}
	c.order(d)
	return c.before(ctx, d)
}

// change notes what became of one claim.
func (c *edition) change(ctx context.Context, d *answer.Digest, e *knowledge.Edit) error {
	was, is := e.Was, e.Is
	switch told := was != nil && was.Live(); {
	case !told && is.Live() && c.about(&is):
		shown, err := c.shown(ctx, is.ID)
		if err == nil && shown != nil && shown.Key() == is.Key() {
			d.New = append(d.New, answer.Stated{Claim: is})
		}
		return err
	case told && (!is.Live() || knowledge.SaysElse(was, &is)) && (c.s.about(Corrections) || c.about(was)):
		now, err := c.instead(ctx, &is)
		if err != nil || now != nil && !knowledge.SaysElse(was, now) {
			return err
		}
		reason, err := c.reason(ctx, is.Key())
		if err != nil {
			return err
		}
		d.Changes = append(d.Changes, answer.Correction{Was: was, Now: now, Reason: reason})
	}
	return nil
}

// reason returns why a claim was changed last.
func (c *edition) reason(ctx context.Context, key knowledge.Key) (string, error) {
	all, err := c.view.History(ctx, key)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[len(all)-1].Reason, nil
}

// shown returns the claim that an id means to the tenant now; nil where it means none.
func (c *edition) shown(ctx context.Context, id string) (*knowledge.Claim, error) {
	known, err := c.view.Known(ctx, c.s.Tenant, id)
	if err != nil {
		return nil, err
	}
	return known[0].Claim, nil
}

// instead returns what stands in the place of a claim: its newest version, or what corrects it.
func (c *edition) instead(ctx context.Context, is *knowledge.Claim) (*knowledge.Claim, error) {
	known, err := c.view.Known(ctx, c.s.Tenant, is.ID)
	switch {
	case err != nil:
		return nil, err
	case known[0].Claim != nil:
		return known[0].Claim, nil
	case len(known[0].Instead) > 0:
		return &known[0].Instead[0], nil
	}
	return nil, nil
}

// order puts the latest first, and counts what is too much. What corrects a claim isn't told as new, too.
func (c *edition) order(d *answer.Digest) {
	d.New = slices.DeleteFunc(d.New, func(n answer.Stated) bool {
		return slices.ContainsFunc(d.Changes, func(o answer.Correction) bool { return o.Now != nil && o.Now.Key() == n.Claim.Key() })
	})
	slices.SortStableFunc(d.New, func(a, b answer.Stated) int {
		return cmp.Or(b.Claim.Attribution.SaidOn.Compare(a.Claim.Attribution.SaidOn), cmp.Compare(a.Claim.ID, b.Claim.ID))
	})
	d.Further = max(len(d.New)-mostNew, 0) + max(len(d.Changes)-mostChanges, 0)
	d.New, d.Changes = d.New[:min(len(d.New), mostNew)], d.Changes[:min(len(d.Changes), mostChanges)]
}

// before fills in which state of its count each new claim follows.
func (c *edition) before(ctx context.Context, d *answer.Digest) error {
	for i := range d.New {
		is := &d.New[i].Claim
		if is.Series == "" || is.Attribution.SaidOn.IsZero() {
			continue
		}
		earlier := func(w knowledge.When) int {
			if !w.SaidOn.IsZero() && w.SaidOn.Compare(is.Attribution.SaidOn) < 0 {
				return 1
			}
			return 0
		}
		states, _, err := c.view.Series(ctx, c.s.Tenant, is.Series, answer.MostUnfolded, earlier)
		if err != nil {
			return err
		}
		if n := len(states); n > 0 {
			d.New[i].Before = &states[n-1]
		}
	}
	return nil
}
