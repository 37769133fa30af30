package delivery_test

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/whosays/whosays/bot/chat"
)

// platform is a chat that drops a second post of one nonce within a window, as Discord does, or never. What it does next is
// said by script, a step for each call of Send; past the script all goes well.
type platform struct {
	window time.Duration
	blind  bool // it can't tell what stands there

	mu     sync.Mutex
	script []step
	stored []stored
	sends  int
	ago    time.Duration // how long ago what was looked for last had been tried first
}

type stored struct {
	chat.Post
	ref chat.MessageRef
	at  time.Time
}

// step is one call of Send: whether the post gets there, and what the caller is told.
type step struct {
	stores bool
	err    error
	panics bool
	takes  time.Duration
}

var errLost = errors.New("the answer is lost")

func (p *platform) next() (s step) {
	s = step{stores: true}
	if p.sends++; len(p.script) > 0 {
		s, p.script = p.script[0], p.script[1:]
	}
	return s
}

func (p *platform) Send(ctx context.Context, post chat.Post) (chat.MessageRef, error) {
	p.mu.Lock()
	s := p.next()
	var ref chat.MessageRef
	if s.stores {
		ref = p.store(post)
	}
	p.mu.Unlock()
	if s.panics {
		panic("a nil author")
	}
	select {
	case <-time.After(s.takes):
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if s.err != nil {
		return "", s.err
	}
	return ref, nil
}

func (p *platform) store(post chat.Post) chat.MessageRef {
	for _, is := range p.stored {
		if is.Nonce() == post.Nonce() && time.Since(is.at) < p.window {
			return is.ref
		}
	}
	ref := chat.MessageRef("message:" + post.Key)
	p.stored = append(p.stored, stored{post, ref, time.Now()})
	return ref
}

func (p *platform) Lookup(_ context.Context, post chat.Post, ago time.Duration) (chat.MessageRef, chat.Presence, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ago = ago
	if p.blind {
		return "", chat.PresenceUnknown, nil
	}
	for _, is := range p.stored {
		if is.Nonce() == post.Nonce() {
			return is.ref, chat.PresenceFound, nil
		}
	}
	return "", chat.PresenceAbsent, nil
}

// posts returns how many posts stand there, and how often it was asked to take one.
func (p *platform) posts() (stored, sends int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.stored), p.sends
}
