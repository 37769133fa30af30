package slackfake

import (
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// call is a request that is being answered.
type call struct {
	*http.Request
	method  string // such as "chat.postMessage"
	body    []byte
	args    args
	failed  string // Slack's code, where the answer is a refusal
	granted *token // of the bot; nil: an app's, or none is needed
}

// args are a call's arguments, wherever they came from. What is structured in JSON is kept as JSON, as forms have it.
type args map[string]string

func (a args) flag(name string) bool { return a[name] == "true" || a[name] == "1" }

// number is a whole number from least to most, and otherwise by default.
func (a args) number(name string, least, most, otherwise int) (int, bool) {
	if a[name] == "" || a[name] == "0" {
		return otherwise, true
	}
	n, err := strconv.Atoi(a[name])
	return min(n, most), err == nil && n >= least
}

// reply is an answer.
type reply struct {
	status int
	body   []byte
	header http.Header
}

func ok(v any) reply { return reply{status: http.StatusOK, body: encode(v)} }

func refuse(c *call, err *apiError) reply {
	c.failed = err.Error
	status := err.status
	if status == 0 {
		status = http.StatusOK
	}
	return reply{status: status, body: encode(err)}
}

// method is how a method of the Web API is called.
type method struct {
	answer func(*call) reply
	scope  string // that the bot's token needs
	app    bool   // takes the app's token instead of a bot's
	open   bool   // takes no token
}

// webAPI is what the Web API remembers.
type webAPI struct {
	methods    map[string]method
	requests   []Request
	unexpected []Request
	faults     []*Fault
	buckets    map[string]*bucket
	observers  []func(*http.Request, []byte) error
	violations []error
}

func newWebAPI() webAPI { return webAPI{buckets: map[string]*bucket{}} }

func (s *Server) routes() *http.ServeMux {
	s.methods = map[string]method{
		"api.test":              {answer: func(*call) reply { return ok(done{OK: true}) }, open: true},
		"auth.test":             {answer: s.authTest},
		"auth.revoke":           {answer: s.authRevoke},
		"oauth.v2.access":       {answer: s.oauthAccess, open: true},
		"apps.connections.open": {answer: s.openConnection, app: true},
		"chat.postMessage":      {answer: s.postMessage, scope: "chat:write"},
		"chat.postEphemeral":    {answer: s.postEphemeral, scope: "chat:write"},
		"chat.update":           {answer: s.updateMessage, scope: "chat:write"},
		"chat.delete":           {answer: s.deleteMessage, scope: "chat:write"},
		"chat.getPermalink":     {answer: s.getPermalink},
		"conversations.info":    {answer: s.conversationInfo},
		"conversations.history": {answer: s.history},
		"conversations.replies": {answer: s.replies},
		"conversations.open":    {answer: s.openConversation, scope: "im:write"},
		"conversations.list":    {answer: s.listConversations},
		"users.info":            {answer: s.userInfo, scope: "users:read"},
		"users.conversations":   {answer: s.userConversations},
		"usergroups.list":       {answer: s.listUserGroups, scope: "usergroups:read"},
		"usergroups.users.list": {answer: s.userGroupUsers, scope: "usergroups:read"},
		"views.open":            {answer: s.openView},
		"views.push":            {answer: s.pushView},
		"views.update":          {answer: s.updateView},
		"views.publish":         {answer: s.publishView},

		"files.getUploadURLExternal":   {answer: s.uploadURL, scope: "files:write"},
		"files.completeUploadExternal": {answer: s.completeUpload, scope: "files:write"},
		"files.info":                   {answer: s.fileInfo, scope: "files:read"},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", func(w http.ResponseWriter, r *http.Request) {
		s.serve(w, r, r.PathValue("method"), s.callMethod)
	})
	for _, kind := range []string{"commands", "actions"} {
		mux.HandleFunc("POST /"+kind+"/{team}/{id}/{secret}", func(w http.ResponseWriter, r *http.Request) {
			s.serve(w, r, "response_url", s.takeResponse)
		})
	}
	mux.HandleFunc("POST /upload/v1/{file}/{secret}", func(w http.ResponseWriter, r *http.Request) {
		s.serve(w, r, "upload", s.takeUpload)
	})
	mux.HandleFunc("GET /link/", s.serveSocket)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, "", nil) })
	return mux
}

// done is an answer that says nothing but that it worked.
type done struct {
	OK bool `json:"ok"`
}

// maxBody is more than any call, and any file that an app of ours uploads.
const maxBody = 20 << 20

// serve answers a request, and records it.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, name string, answer func(*call) reply) {
	w.Header().Set("Date", s.opts.Now().UTC().Format(http.TimeFormat))
	began := time.Now()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	s.observe(r, body)
	c := &call{Request: r, method: name, body: body}
	out, fault := s.carryOut(c, answer, began)
	if fault.interrupts() {
		s.interrupt(r, fault)
	}
	out.write(w)
}

// carryOut carries a call out, unless a fault keeps it from that, and returns both.
func (s *Server) carryOut(c *call, answer func(*call) reply, began time.Time) (out reply, fault *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fault = s.fault(c.Request)
	switch {
	case fault != nil && !fault.AfterStore:
	case answer == nil:
		out = reply{status: http.StatusNotFound, body: []byte("Not Found")}
	default:
		out = answer(c)
	}
	if fault != nil {
		out = fault.reply()
	}
	s.record(c, out.status, time.Since(began))
	return out, fault
}

func (out reply) write(w http.ResponseWriter) {
	header := w.Header()
	header.Set("Content-Type", "application/json; charset=utf-8")
	maps.Copy(header, out.header)
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body)
}

// callMethod is what a method is answered, for who may call it, within the limits of its rate.
func (s *Server) callMethod(c *call) reply {
	m, known := s.methods[c.method]
	if !known {
		s.unexpected = append(s.unexpected, s.request(c, http.StatusOK, 0))
		return refuse(c, &apiError{Error: "unknown_method", Method: c.method})
	}
	if err := c.parse(); err != nil {
		return refuse(c, err)
	}
	if !m.open {
		g, err := s.authenticate(c, m)
		if err != nil {
			return refuse(c, err)
		}
		c.granted = g
	}
	if out, limited := s.limited(c); limited {
		return out
	}
	header := http.Header{}
	if g := c.granted; g != nil {
		header.Set("X-OAuth-Scopes", strings.Join(g.scopes, ","))
		header.Set("X-Accepted-OAuth-Scopes", m.scope)
		if err := g.lacks(m.scope); err != nil {
			return refuse(c, err)
		}
	}
	out := m.answer(c)
	out.header = header
	return out
}

// token is that of the Authorization header, or of the form (of JSON it isn't taken).
func (c *call) token() string {
	if text, found := strings.CutPrefix(c.Header.Get("Authorization"), "Bearer "); found {
		return text
	}
	return c.args["token"]
}

// parse takes the arguments from query, form or JSON.
func (c *call) parse() *apiError {
	c.args = args{}
	c.args.add(c.URL.Query())
	if len(c.body) == 0 {
		return nil
	}
	kind, params, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	switch {
	case err != nil:
		return fail("missing_post_type")
	case kind == "application/json":
		return c.args.addJSON(c.body)
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(c.body))
		if err != nil {
			return fail("invalid_form_data")
		}
		c.args.add(form)
		return nil
	case kind == "multipart/form-data" && params["boundary"] != "":
		return c.args.addMultipart(c.body, params["boundary"])
	default:
		return fail("invalid_post_type")
	}
}

func (a args) add(form url.Values) {
	for name, values := range form {
		if len(values) > 0 {
			a[name] = values[0]
		}
	}
}

func (a args) addJSON(body []byte) *apiError {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		if json.Valid(body) {
			return fail("json_not_object")
		}
		return fail("invalid_json")
	}
	delete(fields, "token")
	for name, value := range fields {
		var text string
		switch {
		case slices.Equal(value, []byte("null")):
		case json.Unmarshal(value, &text) == nil:
			a[name] = text
		default:
			a[name] = string(value)
		}
	}
	return nil
}
