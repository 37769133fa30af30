package discordfake

import (
	"net/http"
	"path"
	"regexp"
	"time"
)

// Fault makes requests fail.
type Fault struct {
	Match      func(*http.Request) bool // nil: every request; see [Route]
	Times      int                      // how often; 0: until [Server.Heal]
	AfterStore bool                     // the request is carried out first: only its answer is lost

	Status int
	Body   string
	Header http.Header
	Hang   bool // no answer, until the client gives up or the server is closed
	Cut    bool // the connection is cut instead of an answer

	met int
}

// Route matches a method ("" is each) and a path behind the API's version, such as "/channels/*/messages"; a star stands
// for what is between two slashes.
func Route(method, pattern string) func(*http.Request) bool {
	return func(r *http.Request) bool {
		matched, err := path.Match(pattern, version.ReplaceAllString(r.URL.Path, ""))
		return err == nil && matched && (method == "" || method == r.Method)
	}
}

var version = regexp.MustCompile(`^/api/v\d+`)

// Broken is a fault of a status, such as 500, 502 or 503, with the body of Discord's proxy.
func Broken(status int, match func(*http.Request) bool) Fault {
	return Fault{
		Match: match, Times: 1, Status: status, Header: http.Header{"Content-Type": {"text/html"}},
		Body: "<html>\r\n<head><title>" + http.StatusText(status) + "</title></head>\r\n</html>\r\n",
	}
}

// RateLimited is a 429 of Discord, once. The scope is "user", "shared" or "global".
func RateLimited(scope string, after time.Duration, match func(*http.Request) bool) Fault {
	out := tooMany(scope, after)
	return Fault{Match: match, Times: 1, Status: out.status, Body: string(out.body), Header: out.header}
}

// CloudflareLimited is the 429 of Cloudflare, once: it stands in front of Discord, and its body is HTML (error 1015).
func CloudflareLimited(after time.Duration, match func(*http.Request) bool) Fault {
	f := Broken(http.StatusTooManyRequests, match)
	f.Header.Set("Retry-After", tooMany("user", after).header.Get("Retry-After"))
	f.Body = "<!DOCTYPE html>\n<html><head><title>Access denied | discord.com used Cloudflare to restrict access</title>" +
		"</head><body>Error 1015</body></html>"
	return f
}

// Inject lets a fault happen; of several that match a request the first injected does.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// Heal takes back all faults.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// fault is the one that a request meets, or nil.
func (s *Server) fault(r *http.Request) *Fault {
	for _, f := range s.faults {
		if f.Times > 0 && f.met >= f.Times || f.Match != nil && !f.Match(r) {
			continue
		}
		f.met++
		return f
	}
	return nil
}

func (f *Fault) reply() reply {
	if f.interrupts() {
		return reply{}
	}
	return reply{f.Status, []byte(f.Body), f.Header}
}

func (f *Fault) interrupts() bool { return f != nil && (f.Hang || f.Cut) }

// interrupt ends the connection of a request, at once or when the client has given up.
func (s *Server) interrupt(r *http.Request, f *Fault) {
	if f.Hang {
		select {
		case <-r.Context().Done():
		case <-s.closed:
		}
	}
	panic(http.ErrAbortHandler) // net/http cuts the connection and prints nothing
}
