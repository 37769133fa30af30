//go:build unix

package digesttest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
)

// The points between a tick and the last commit of a digest.
const (
	behindTake    = "take"    // the press has the subscription
	behindCompose = "compose" // the digest is written, in the process alone
	insidePublish = "inside"  // in the transaction, whose last row is under way
	behindPublish = "publish" // it is committed
	behindClaim   = "claim"   // a desk has the record, and hasn't sent it
	behindPost    = "post"    // the platform has the message and has answered, and nothing is noted
)

var points = []string{behindTake, behindCompose, insidePublish, behindPublish, behindClaim, behindPost}

// gate is where a replica stands still, once it is told to.
type gate struct {
	mu    sync.Mutex
	armed string
	freed chan struct{}
	begun chan struct{}
	begin func()
}

func newGate() *gate {
	g := &gate{freed: make(chan struct{}), begun: make(chan struct{})}
	g.begin = sync.OnceFunc(func() { close(g.begun) })
	return g
}

// order takes what the test says: "stand POINT", "free", "begin".
func (g *gate) order(line string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch verb, rest := words(line); verb {
	case "stand":
		g.armed = rest
		fmt.Println("armed", rest)
	case "free":
		g.armed = ""
		close(g.freed)
		g.freed = make(chan struct{})
	case "begin":
		g.begin()
	}
}

// started waits until the replica may begin.
func (g *gate) started(ctx context.Context) {
	select {
	case <-g.begun:
	case <-ctx.Done():
	}
}

// pass stands still at the point for which the gate is armed, until it is freed. What is done elsewhere in the process goes on.
func (g *gate) pass(point, what string) {
	g.mu.Lock()
	armed, freed := g.armed == point, g.freed
	g.mu.Unlock()
	if armed {
		fmt.Println("at", point, what)
		<-freed
	}
}

type stagedDigests struct {
	digest.Store
	g *gate
}

func (s stagedDigests) Take(ctx context.Context, lease time.Duration, limit int) ([]digest.Subscription, error) {
	all, err := s.Store.Take(ctx, lease, limit)
	if len(all) > 0 {
		s.g.pass(behindTake, all[0].ID)
	}
	return all, err
}

func (s stagedDigests) Publish(ctx context.Context, sub digest.Subscription, e digest.Edition, after time.Duration) (bool, error) {
	done, err := s.Store.Publish(ctx, sub, e, after)
	if done {
		s.g.pass(behindPublish, sub.ID)
	}
	fmt.Println("published", sub.ID, done, e.Outcome, err)
	return done, err
}

type stagedComposer struct {
	digest.Composer
	g      *gate
	panics string
}

func (s stagedComposer) Compose(ctx context.Context, sub digest.Subscription, now time.Time) (chat.Reply, knowledge.Heads, bool, error) {
	r, knows, changed, err := s.Composer.Compose(ctx, sub, now)
	s.g.pass(behindCompose, sub.ID)
	if sub.ID == s.panics {
		fmt.Println("panics", sub.ID)
		panic("a nil claim")
	}
	return r, knows, changed, err
}

type stagedDeliveries struct {
	delivery.Store
	g *gate
}

func (s stagedDeliveries) Take(ctx context.Context, desk string, lease time.Duration, limit int) ([]delivery.Record, error) {
	all, err := s.Store.Take(ctx, desk, lease, limit)
	if len(all) > 0 {
		s.g.pass(behindClaim, all[0].Key)
	}
	return all, err
}

func (s stagedDeliveries) Finish(ctx context.Context, r delivery.Record, end delivery.Result) (delivery.Record, bool, error) {
	if end.State == delivery.StateSent {
		s.g.pass(behindPost, r.Key)
	}
	out, held, err := s.Store.Finish(ctx, r, end)
	fmt.Println("finished", r.Key, held, end.State, err)
	return out, held, err
}
