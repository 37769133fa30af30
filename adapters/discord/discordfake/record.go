package discordfake

import (
	"net/http"
	"slices"
	"time"
)

// Request is a request that a client made, and how it was answered.
type Request struct {
	At      time.Time
	Method  string
	Path    string // without query and host, such as "/api/v9/gateway"
	Query   string
	Route   string // such as "POST /channels/{channel}/messages"; empty: no such route
	Header  http.Header
	Body    []byte
	Status  int           // 0: the connection was cut, or never answered
	Elapsed time.Duration // on the real clock
}

func (s *Server) record(c *call, status int, elapsed time.Duration) {
	r := Request{
		At: s.opts.Now(), Method: c.Method, Path: c.URL.Path, Query: c.URL.RawQuery, Route: c.route,
		Header: c.Header.Clone(), Body: c.body, Status: status, Elapsed: elapsed,
	}
	if status == 401 || status == 403 || status == 429 {
		s.invalid++
	}
	if c.route == "" {
		s.unexpected = append(s.unexpected, r)
	}
	if most := s.opts.RecordLimit; most > 0 && len(s.requests) >= 2*most {
		s.requests = slices.Delete(s.requests, 0, len(s.requests)-most+1)
	}
	s.requests = append(s.requests, r)
	s.changed.broadcast()
}

// Requests returns the requests that were made on a route, in order; of all with "".
func (s *Server) Requests(route string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Request
	all := s.requests
	if most := s.opts.RecordLimit; most > 0 && len(all) > most {
		all = all[len(all)-most:]
	}
	for _, r := range all {
		if route == "" || r.Route == route {
			found = append(found, r)
		}
	}
	return found
}

// Unexpected are the requests on routes that the server doesn't have.
func (s *Server) Unexpected() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.unexpected)
}

// InvalidRequests counts answers with 401, 403 and 429, of which Discord takes 10,000 in ten minutes before it bans an
// address.
func (s *Server) InvalidRequests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.invalid
}
