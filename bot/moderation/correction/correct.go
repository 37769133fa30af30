package correction

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
)

// subject is what has changed, and where it is told.
type subject struct {
	desk   int
	of     knowledge.Key
	behind int64 // the revision behind which it changed
}

// mostTries is how often a correction is begun anew for which the desk lost patience while its platform was away.
const mostTries = 24

// correct answers a message that was told a claim otherwise than it stands now; where it was answered before, the answer is
// looked at in its place. It is false where it isn't known yet what came of it.
func (c *Corrections) correct(ctx context.Context, s subject, r delivery.Record) (settled bool, err error) {
	for try := 0; try < mostTries; {
		was, speaks := told(&r, s.of)
		if !speaks || r.Reply.Private() {
			return true, nil
		}
		now, reply, err := c.compose(ctx, s, &r, was)
		if err != nil || reply == nil {
			return err == nil, err
		}
		if r.UnderWay() { // there is no message to answer yet; what says what stands keeps nobody waiting
			return false, nil
		}
		said, first, err := c.say(ctx, s.desk, &r, key(s.of, was, r.ID, try), *reply)
		switch {
		case err != nil:
			return false, err
		case said.UnderWay():
			return false, nil
		case first:
			return true, nil
		case said.State == delivery.StateSent:
			r, try = said, 0
		case said.State == delivery.StateFailed && (said.Why == delivery.ReasonLate || says(&said, s.of, now)):
			try++
		default: // the platform doesn't take it, or it will never be known whether it has
			return true, nil
		}
	}
	return true, nil
}

// says reports whether a correction says otherwise than a claim stands now.
func says(said *delivery.Record, of knowledge.Key, now *knowledge.Claim) bool {
	then, speaks := told(said, of)
	return speaks && differs(then, now)
}

// key is what a correction is said for: of one message and one claim that it was told, it is one.
func key(of knowledge.Key, was *knowledge.Claim, record string, try int) string {
	if was != nil {
		of = was.Key()
	}
	out := keyPrefix + of.Tenant + "/" + of.ID + ":" + record
	if try > 0 {
		out += fmt.Sprintf("#%d", try)
	}
	return out
}

const keyPrefix = "correction:"

// corrects returns the record that a record corrects, by its key; "": it is no correction.
func corrects(r *delivery.Record) string {
	if !strings.HasPrefix(r.Key, keyPrefix) {
		return ""
	}
	id, _, _ := strings.Cut(r.Key[strings.LastIndexByte(r.Key, ':')+1:], "#")
	return id
}

// compose writes what those are told who were told a claim as it was, nil where nothing is to be told, and returns what stands in
// its place.
func (c *Corrections) compose(ctx context.Context, s subject, r *delivery.Record, was *knowledge.Claim) (now *knowledge.Claim, _ *chat.Reply, err error) {
	now, sure, err := c.stands(ctx, r.Tenant, s.of)
	if err != nil || !sure || !differs(was, now) {
		return now, nil, err
	}
	changes, err := c.base.History(ctx, s.of)
	if err != nil {
		return now, nil, err
	}
	n := heard(changes, s.behind, was)
	if !n.loud {
		return now, nil, nil
	}
	if wanted, err := c.wanted(ctx, r.Tenant); err != nil || !wanted {
		return now, nil, err
	}
	reach, err := c.base.Reach(ctx, r.Tenant)
	if err != nil {
		return now, nil, err
	}
	w, told := c.writer(r.Reply.Lang), answer.Correction{Was: was, Now: now, Reason: n.reason}
	reply := w.Corrected(told, reach)
	if guard.Check(reply) != nil && n.reason != "" { // it holds a number of no claim: nobody is told that
		told.Unsaid = true
		reply = w.Corrected(told, reach)
	}
	return now, &reply, nil
}

// say says a correction as an answer to a message, and reports whether it wasn't said before. What is said goes at the desk's pace.
func (c *Corrections) say(ctx context.Context, desk int, r *delivery.Record, key string, reply chat.Reply) (said delivery.Record, first bool, err error) {
	d := c.desks[desk]
	p := chat.Post{ID: delivery.NewID(), To: r.To, ReplyTo: r.Ref, Key: key, Reply: reply}
	if d.Threads {
		p.ReplyTo = cmp.Or(r.ReplyTo, r.Ref)
	}
	said, err = d.Say(ctx, r.Tenant, p)
	if refused := (*guard.Error)(nil); errors.As(err, &refused) {
		c.log.ErrorContext(ctx, "the guard stopped a correction: nobody is told", "desk", d.Name(), "of", r.ID)
		c.counted(d.Name(), Failed)
		return delivery.Record{State: delivery.StateFailed, Why: delivery.ReasonGuard}, true, nil
	}
	if said.ID == "" {
		return said, false, err
	}
	if first = said.ID == p.ID; !first {
		return said, false, nil
	}
	end := Later
	switch {
	case said.State == delivery.StateSent:
		end = Said
	case !said.UnderWay():
		end = Failed
	}
	c.counted(d.Name(), end)
	c.log.InfoContext(ctx, "a message is corrected", "desk", d.Name(), "id", said.ID, "of", r.ID, "tenant", r.Tenant, "end", string(end))
	return said, true, c.paces[desk].Wait(ctx)
}
