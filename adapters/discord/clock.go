package discord

import (
	"net/http"
	"sync/atomic"
	"time"
)

// clock is Discord's, as its last answer has shown it: ids count by it, and this machine's may be wrong. Before the first answer it is
// this machine's. It is safe for concurrent use.
type clock struct{ ahead atomic.Int64 }

// now returns what Discord's clock shows, to a second and the time that an answer takes.
func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// set sets it by the Date of an answer.
func (c *clock) set(h http.Header) {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		c.ahead.Store(int64(time.Until(at)))
	}
}
