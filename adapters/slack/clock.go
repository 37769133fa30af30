package slack

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// clock is Slack's, as its last answer has shown it: messages are named by it, and this machine's may be wrong. Before the first answer
// it is this machine's. It is safe for concurrent use.
type clock struct{ ahead atomic.Int64 }

// ago returns the ts of what Slack's clock showed so long ago, to a second and the time that an answer takes.
func (c *clock) ago(d time.Duration) string {
	return strconv.FormatInt(time.Now().Add(time.Duration(c.ahead.Load())-d).Unix(), 10) + ".000000"
}

// set sets it by the Date of an answer.
func (c *clock) set(h http.Header) {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		c.ahead.Store(int64(time.Until(at)))
	}
}
