package discordfake

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Limit is how many requests a bucket takes in a time. A bucket is a route together with the channel, guild or
// interaction that it is about (docs: topics/rate-limits). Discord's own figures aren't documented and change; routes
// that [Options.RouteLimits] doesn't name have one that nobody reaches.
type Limit struct {
	Requests int
	Per      time.Duration
}

type bucket struct {
	left  int
	reset time.Time
}

// take counts a request, and reports whether the bucket had room for it.
func (b *bucket) take(now time.Time, limit Limit) bool {
	if !now.Before(b.reset) {
		b.left, b.reset = limit.Requests, now.Add(limit.Per)
	}
	if b.left == 0 {
		return false
	}
	b.left--
	return true
}

// limited is the answer of 429.
type limited struct {
	Message    string  `json:"message"`
	RetryAfter float64 `json:"retry_after"` // seconds
	Global     bool    `json:"global"`
}

// tooMany is a 429 of a scope: "user" (a route), "shared" or "global".
func tooMany(scope string, after time.Duration) reply {
	header := http.Header{}
	header.Set("Retry-After", strconv.Itoa(int(after.Seconds())+1))
	header.Set("X-RateLimit-Scope", scope)
	if scope == "global" {
		header.Set("X-RateLimit-Global", "true")
	}
	text := "You are being rate limited."
	if scope == "shared" {
		text = "The resource is being rate limited."
	}
	return reply{http.StatusTooManyRequests, encode(limited{text, after.Seconds(), scope == "global"}), header}
}

// globallyLimited applies the limit over all routes, which interactions don't count towards.
func (s *Server) globallyLimited(c *call) (reply, bool) {
	if s.opts.GlobalLimit == 0 || open(c.route) && c.route != "GET /gateway" {
		return reply{}, false
	}
	now := s.opts.Now()
	if s.global.take(now, Limit{s.opts.GlobalLimit, time.Second}) {
		return reply{}, false
	}
	return tooMany("global", s.global.reset.Sub(now)), true
}

// routeLimited counts a request towards its bucket. It returns the headers of the answer, and the answer itself where
// the bucket is empty.
func (s *Server) routeLimited(c *call) (http.Header, reply) {
	limit, ok := s.opts.RouteLimits[c.route]
	if !ok {
		limit = Limit{1_000_000, time.Second}
	}
	key := c.route + " " + c.PathValue("channel") + c.PathValue("guild") + c.PathValue("token")
	b := s.buckets[key]
	if b == nil {
		s.forgetBuckets()
		b = &bucket{}
		s.buckets[key] = b
	}
	now := s.opts.Now()
	room := b.take(now, limit)
	header := b.header(now, limit, strings.ReplaceAll(c.route, " ", ""))
	if room {
		return header, reply{}
	}
	out := tooMany("user", b.reset.Sub(now))
	maps.Copy(header, out.header)
	out.header = header
	return header, out
}

func (b *bucket) header(now time.Time, limit Limit, name string) http.Header {
	seconds := func(ms int64) string { return strconv.FormatFloat(float64(ms)/1000, 'f', 3, 64) }
	header := http.Header{}
	header.Set("X-RateLimit-Limit", strconv.Itoa(limit.Requests))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(b.left))
	header.Set("X-RateLimit-Reset", seconds(b.reset.UnixMilli()))
	header.Set("X-RateLimit-Reset-After", seconds(b.reset.Sub(now).Milliseconds()))
	header.Set("X-RateLimit-Bucket", name)
	return header
}

// forgetBuckets frees those that are full again: each interaction has its own.
func (s *Server) forgetBuckets() {
	if len(s.buckets) < 10_000 {
		return
	}
	now := s.opts.Now()
	for key, b := range s.buckets {
		if !now.Before(b.reset) {
			delete(s.buckets, key)
		}
	}
}
