package slackfake

import (
	"net/http"
	"path"
	"strconv"
	"time"
)

// Fault makes requests to the server fail.
type Fault struct {
	Match      func(*http.Request) bool // nil: every request; see [Calling]
	Times      int                      // how often; 0: until [Server.Heal]
	AfterStore bool                     // the request is carried out first: only its answer is lost

	Status int
	Body   string
	Header http.Header
	Hang   bool // no answer, until the client gives up or the server is closed
	Cut    bool // the connection is cut instead of an answer

	met int
}

// Calling matches requests that call a method, such as "chat.postMessage" or "conversations.*".
func Calling(pattern string) func(*http.Request) bool { return Path("/api/" + pattern) }

// Path matches the path of requests, in which a star stands for what is between two slashes, such as "/actions/*/*/*"
// for response URLs.
func Path(pattern string) func(*http.Request) bool {
	return func(r *http.Request) bool {
		matched, err := path.Match(pattern, r.URL.Path)
		return err == nil && matched
	}
}

// Broken is a fault of a status, such as 500, 502 or 503, once, with a body of HTML as Slack's proxies have it.
func Broken(status int, match func(*http.Request) bool) Fault {
	return Fault{
		Match: match, Times: 1, Status: status, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		Body: "<!DOCTYPE html><html><head><title>" + http.StatusText(status) + "</title></head></html>",
	}
}

// RateLimited is a 429, once. Slack's Retry-After is of whole seconds.
func RateLimited(after time.Duration, match func(*http.Request) bool) Fault {
	out := tooMany(after)
	return Fault{Match: match, Times: 1, Status: out.status, Body: string(out.body), Header: out.header}
}

// Erring is an answer of an error's code, once, such as "internal_error", "fatal_error" or "request_timeout".
func Erring(code string, match func(*http.Request) bool) Fault {
	return Fault{Match: match, Times: 1, Status: http.StatusOK, Body: string(encode(fail(code)))}
}

// InvalidJSON is an answer that breaks off in the middle, once.
func InvalidJSON(match func(*http.Request) bool) Fault {
	return Fault{Match: match, Times: 1, Status: http.StatusOK, Body: `{"ok":true,"channel":"C0`}
}

// Lost is a request that is carried out while its answer is lost with the connection, once.
func Lost(match func(*http.Request) bool) Fault {
	return Fault{Match: match, Times: 1, AfterStore: true, Cut: true}
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

// tooMany is a 429.
func tooMany(after time.Duration) reply {
	header := http.Header{}
	header.Set("Retry-After", strconv.Itoa(max(1, int((after+time.Second-1)/time.Second))))
	return reply{http.StatusTooManyRequests, encode(fail("ratelimited")), header}
}
