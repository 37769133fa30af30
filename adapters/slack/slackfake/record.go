package slackfake

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Request is a request that a client made, and how it was answered.
type Request struct {
	At      time.Time
	Method  string // of the Web API, such as "chat.postMessage"; "response_url"; empty: no such path
	Path    string // without query and host
	Team    string // whose token it had
	Header  http.Header
	Body    []byte
	Args    map[string]string // what stood in query, form or JSON; objects and lists are JSON
	Status  int               // 0: the connection was cut, or never answered
	Error   string            // Slack's code of a refusal, such as "channel_not_found"
	Elapsed time.Duration     // on the real clock
}

func (s *Server) request(c *call, status int, elapsed time.Duration) Request {
	r := Request{
		At: s.opts.Now(), Method: c.method, Path: c.URL.Path, Header: c.Header.Clone(), Body: c.body, Args: c.args,
		Status: status, Error: c.failed, Elapsed: elapsed,
	}
	if c.granted != nil {
		r.Team = c.granted.team.ID
	}
	return r
}

func (s *Server) record(c *call, status int, elapsed time.Duration) {
	r := s.request(c, status, elapsed)
	if c.method == "" {
		s.unexpected = append(s.unexpected, r)
	}
	if most := s.opts.RecordLimit; most > 0 && len(s.requests) >= 2*most {
		s.requests = slices.Delete(s.requests, 0, len(s.requests)-most+1)
	}
	s.requests = append(s.requests, r)
	s.changed.broadcast()
}

// Requests returns the requests that called a method, in order; all with "".
func (s *Server) Requests(method string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.requests
	if most := s.opts.RecordLimit; most > 0 && len(all) > most {
		all = all[len(all)-most:]
	}
	var found []Request
	for _, r := range all {
		if method == "" || r.Method == method {
			found = append(found, r)
		}
	}
	return found
}

// AwaitRequest waits for the nth request that calls a method, from 0 on. It fails when ctx ends.
func (s *Server) AwaitRequest(ctx context.Context, method string, n int) (found Request, err error) {
	err = s.await(ctx, &s.changed, fmt.Sprintf("request %d of %s", n, method), func() bool {
		left := n
		for _, r := range s.requests {
			if r.Method != method {
				continue
			}
			if left == 0 {
				found = r
				return true
			}
			left--
		}
		return false
	})
	return found, err
}

// Unexpected are the requests of methods and paths that the server doesn't have.
func (s *Server) Unexpected() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.unexpected)
}

// Observe calls f with each request and its body before it is answered; an error is kept as a violation.
func (s *Server) Observe(f func(*http.Request, []byte) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observers = append(s.observers, f)
}

func (s *Server) observe(r *http.Request, body []byte) {
	s.mu.Lock()
	observers := s.observers
	s.mu.Unlock()
	for _, f := range observers {
		if err := f(r, body); err != nil {
			s.mu.Lock()
			s.violate(err)
			s.mu.Unlock()
		}
	}
}

// Violations are the errors of observers, and what an app sent over Socket Mode that Slack drops without a word: an
// acknowledgement of nothing, a second one, one of 20 KB or more, what isn't JSON.
func (s *Server) Violations() []error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

func (s *Server) violate(err error) {
	if len(s.violations) < 1000 {
		s.violations = append(s.violations, err)
	}
}
