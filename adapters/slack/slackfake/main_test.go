package slackfake_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"go.uber.org/goleak"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock stands still until it is told to go on.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// place is a workspace with a channel and somebody in it.
type place struct {
	*slackfake.Server
	team, channel, user string
}

func newPlace(t *testing.T, opts slackfake.Options) place {
	t.Helper()
	s := slackfake.Start(t, opts)
	p := place{Server: s, team: s.AddTeam(slackfake.Team{Name: "Kyiv"})}
	p.channel = s.AddChannel(slackfake.Channel{TeamID: p.team, Name: "facts"})
	p.user = s.AddUser(slackfake.User{TeamID: p.team, Name: "olena", Locale: "uk-UA"})
	return p
}

func client(t *testing.T) *http.Client {
	t.Helper()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: patience}
}

// slack is the real client with the bot's token.
func (p place) slack(t *testing.T) *slack.Client {
	t.Helper()
	return slack.New(p.Token(p.team), slack.OptionAppLevelToken(p.AppToken()), slack.OptionAPIURL(p.APIURL()),
		slack.OptionHTTPClient(client(t)))
}

// connect is the real client in Socket Mode until the test ends. It acknowledges nothing by itself.
func (p place) connect(t *testing.T) *socketmode.Client {
	t.Helper()
	c := socketmode.New(p.slack(t))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = c.RunContext(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	return c
}

const patience = 20 * time.Second

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// next is the next event of a type that the client emits.
func next(t *testing.T, c *socketmode.Client, kind socketmode.EventType) socketmode.Event {
	t.Helper()
	for {
		select {
		case e := <-c.Events:
			if e.Type == kind {
				return e
			}
		case <-time.After(patience):
			t.Fatalf("no %s came", kind)
		}
	}
}

// answer is an answer of the Web API.
type answer struct {
	status int
	header http.Header
	body   string
}

// code is Slack's code of a refusal; empty: it was ok.
func (a answer) code(t *testing.T) string {
	t.Helper()
	var e struct {
		OK    bool
		Error string
	}
	decode(t, a.body, &e)
	if e.OK != (e.Error == "") {
		t.Errorf("ok with an error: %s", a.body)
	}
	return e.Error
}

// call calls a method with JSON and the bot's token.
func (p place) call(t *testing.T, method, body string) answer {
	t.Helper()
	a, err := p.try(t, p.APIURL()+method, "application/json", "Bearer "+p.Token(p.team), body)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (p place) try(t *testing.T, url, kind, authorization, body string) (answer, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(within(t), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": kind, "Authorization": authorization} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	resp, err := client(t).Do(r)
	if err != nil {
		return answer{}, err
	}
	data, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, string(bytes.TrimSpace(data))}, errors.Join(err, resp.Body.Close())
}

// post posts JSON to a URL.
func (p place) post(t *testing.T, url, body string) answer {
	t.Helper()
	a, err := p.try(t, url, "application/json", "", body)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// app is an app that speaks HTTP: what it got, and how it answers.
type app struct {
	*httptest.Server
	got chan taken
}

type taken struct {
	header http.Header
	body   []byte
}

// serve starts an app that verifies signatures with the real client's verifier, and answers with f.
func (p place) serve(t *testing.T, f func(w http.ResponseWriter, r taken)) app {
	t.Helper()
	a := app{got: make(chan taken, 1000)}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		verifier, err := slack.NewSecretsVerifier(r.Header, p.SigningSecret())
		if err == nil {
			_, _ = verifier.Write(body)
			err = verifier.Ensure()
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		var challenge struct{ Type, Challenge string }
		if json.Unmarshal(body, &challenge) == nil && challenge.Type == "url_verification" {
			_, _ = io.WriteString(w, challenge.Challenge)
			return
		}
		got := taken{r.Header, body}
		a.got <- got
		if f != nil {
			f(w, got)
		}
	}))
	t.Cleanup(a.Close)
	if err := p.SetEndpoints(within(t), slackfake.Endpoints{Events: a.URL, Interactivity: a.URL, Commands: a.URL}); err != nil {
		t.Fatal(err)
	}
	return a
}

func (a app) next(t *testing.T) taken {
	t.Helper()
	select {
	case r := <-a.got:
		return r
	case <-time.After(patience):
		t.Fatal("nothing was posted")
		panic("unreachable")
	}
}

func quote(text string) string {
	data, _ := json.Marshal(text)
	return string(data)
}

func decode(t *testing.T, text string, to any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), to); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
}

// newChallenged is an app that answers everything with its challenge in a form, such as "challenge=%s".
func newChallenged(t testing.TB, kind, form string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var got struct{ Challenge string }
		_ = json.NewDecoder(r.Body).Decode(&got)
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, strings.ReplaceAll(form, "%s", got.Challenge))
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// serveUnchecked starts an app that takes everything, whatever the time of its signature is.
func (p place) serveUnchecked(t *testing.T) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(s.Close)
	if err := p.SetEndpoints(within(t), slackfake.Endpoints{Interactivity: s.URL, Commands: s.URL}); err != nil {
		t.Fatal(err)
	}
}
