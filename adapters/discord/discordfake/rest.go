package discordfake

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// call is a request that is being answered.
type call struct {
	*http.Request
	route string // such as "POST /channels/{channel}/messages"
	body  []byte
}

// reply is an answer of the REST API.
type reply struct {
	status int
	body   []byte
	header http.Header
}

func ok(v any) reply { return reply{status: http.StatusOK, body: encode(v)} }

func none() reply { return reply{status: http.StatusNoContent} }

func refuse(err *apiError) reply { return reply{status: err.status, body: encode(err)} }

// rest is what the REST API remembers.
type rest struct {
	requests   []Request
	unexpected []Request
	invalid    int
	faults     []*Fault
	buckets    map[string]*bucket
	global     bucket
	observers  []func(*http.Request, []byte) error
	violations []error
}

func newREST() rest { return rest{buckets: map[string]*bucket{}} }

// A handler answers under the server's lock.
type handler func(*call) reply

// open are the routes that need no token of the bot: theirs is in the path, or they tell nothing.
func open(route string) bool {
	_, path, _ := strings.Cut(route, " ")
	return strings.HasPrefix(path, "/webhooks/") || strings.HasPrefix(path, "/interactions/") || path == "/gateway"
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for route, h := range map[string]handler{
		"GET /gateway":                            s.getGateway,
		"GET /gateway/bot":                        s.getGatewayBot,
		"GET /users/@me":                          s.getMe,
		"POST /users/@me/channels":                s.createDM,
		"GET /applications/@me":                   s.getApplication,
		"GET /oauth2/applications/@me":            s.getApplication,
		"GET /guilds/{guild}":                     s.getGuild,
		"GET /guilds/{guild}/channels":            s.getGuildChannels,
		"GET /guilds/{guild}/roles":               s.getGuildRoles,
		"GET /channels/{channel}":                 s.getChannel,
		"GET /channels/{channel}/messages":        s.listMessages,
		"POST /channels/{channel}/messages":       s.createMessage,
		"POST /channels/{channel}/typing":         s.typing,
		"GET /channels/{channel}/messages/{id}":   s.getMessage,
		"PATCH /channels/{channel}/messages/{id}": s.editMessage,

		"DELETE /channels/{channel}/messages/{id}": s.deleteMessage,

		"GET /applications/{app}/commands":                        s.listCommands,
		"PUT /applications/{app}/commands":                        s.putCommands,
		"POST /applications/{app}/commands":                       s.createCommand,
		"DELETE /applications/{app}/commands/{id}":                s.deleteCommand,
		"GET /applications/{app}/guilds/{guild}/commands":         s.listCommands,
		"PUT /applications/{app}/guilds/{guild}/commands":         s.putCommands,
		"POST /applications/{app}/guilds/{guild}/commands":        s.createCommand,
		"DELETE /applications/{app}/guilds/{guild}/commands/{id}": s.deleteCommand,

		"POST /interactions/{id}/{token}/callback":               s.callback,
		"POST /webhooks/{app}/{token}":                           s.followUp,
		"GET /webhooks/{app}/{token}/messages/{id}":              s.getFollowUp,
		"PATCH /webhooks/{app}/{token}/messages/{id}":            s.editFollowUp,
		"DELETE /webhooks/{app}/{token}/messages/{id}":           s.deleteFollowUp,
		"PATCH /applications/@me":                                s.editApplication,
		"GET /applications/{app}":                                s.getApplication,
		"PATCH /applications/{app}/commands/{id}":                s.editCommand,
		"PATCH /applications/{app}/guilds/{guild}/commands/{id}": s.editCommand,
	} {
		method, path, _ := strings.Cut(route, " ")
		mux.HandleFunc(method+" /api/{version}"+path, func(w http.ResponseWriter, r *http.Request) {
			s.answer(w, r, route, h)
		})
	}
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, "", nil) })
	mux.HandleFunc("GET /attachments/", s.serveFile)
	return mux
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if websocket.IsWebSocketUpgrade(r) {
		s.serveGateway(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// maxBody is more than ten files.
const maxBody = maxAttachments*maxFile + 1<<20

// answer answers a request of the REST API, and records it.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, route string, h handler) {
	began := time.Now()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	s.observe(r, body)
	w.Header().Set("Date", s.opts.Now().UTC().Format(http.TimeFormat))
	c := &call{Request: r, route: route, body: body}
	out, fault := s.carryCall(c, h, began)
	if fault.interrupts() {
		s.interrupt(r, fault)
	}
	out.write(w)
}

// carryCall carries a call out, unless a fault keeps it from that, and returns both.
func (s *Server) carryCall(c *call, h handler, began time.Time) (out reply, fault *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fault = s.fault(c.Request)
	if fault == nil || fault.AfterStore {
		out = s.reply(c, h)
	}
	if fault != nil {
		out = fault.reply()
	}
	s.record(c, out.status, time.Since(began))
	return out, fault
}

func (out reply) write(w http.ResponseWriter) {
	header := w.Header()
	header.Set("Content-Type", "application/json")
	maps.Copy(header, out.header)
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body)
}

// reply is what a call is answered, within the limits of its rate.
func (s *Server) reply(c *call, h handler) reply {
	version := c.PathValue("version")
	if h != nil && version != "v9" && version != "v10" {
		return refuse(&apiError{status: 400, Code: 50041, Message: "Invalid API version"})
	}
	if h == nil {
		return refuse(&apiError{status: 404, Message: "404: Not Found"})
	}
	if !open(c.route) && c.Header.Get("Authorization") != s.Token() {
		return refuse(&apiError{status: 401, Message: "401: Unauthorized"})
	}
	if limited, yes := s.globallyLimited(c); yes {
		return limited
	}
	header, limited := s.routeLimited(c)
	out := limited
	if out.status == 0 {
		out = h(c)
		out.header = header
	}
	return out
}

// Observe calls f with each request and its body before it is answered; an error is kept as a violation.
func (s *Server) Observe(f func(*http.Request, []byte) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observers = append(s.observers, f)
}

// Violations are the errors of those who observe.
func (s *Server) Violations() []error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]error(nil), s.violations...)
}

func (s *Server) observe(r *http.Request, body []byte) {
	s.mu.Lock()
	observers := s.observers
	s.mu.Unlock()
	for _, f := range observers {
		seen := r.Clone(r.Context())
		seen.Body = io.NopCloser(bytes.NewReader(body))
		if err := f(seen, body); err != nil {
			s.mu.Lock()
			s.violations = append(s.violations, err)
			s.mu.Unlock()
		}
	}
}

func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	data, found := s.files[r.URL.Path]
	s.mu.Unlock()
	if !found {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(data)
}

// raw is a body that is JSON already.
func raw(data json.RawMessage) reply { return reply{status: http.StatusOK, body: data} }
