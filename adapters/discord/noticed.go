package discord

import (
	"sync"
	"time"
)

// noticed is who was told, lately, that their message wasn't taken. Who goes on writing isn't told again for a while: each
// notice takes one of the posts that Discord lets the bot make. The zero noticed is nobody. It is safe for concurrent use.
type noticed struct {
	mu    sync.Mutex
	since time.Time
	who   map[string]bool
}

const (
	noticedFor  = time.Minute
	mostNoticed = 10_000
)

// first notes a person, and reports whether they weren't there in this minute.
func (n *noticed) first(who string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.who == nil || time.Since(n.since) > noticedFor || len(n.who) >= mostNoticed {
		n.who, n.since = map[string]bool{}, time.Now()
	}
	before := n.who[who]
	n.who[who] = true
	return !before
}
