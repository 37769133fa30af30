package discordfake_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// TestMain doesn't ask for goroutines of the client: after a broken connection its heartbeat and its listener may both
// reconnect, whatever Close was told.
func TestMain(m *testing.M) {
	const session = "github.com/bwmarrin/discordgo.(*Session)."
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction(session+"listen"), goleak.IgnoreAnyFunction(session+"heartbeat"))
}

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

// place is a guild with a channel and somebody in it.
type place struct {
	*discordfake.Server
	guild, channel, user string
}

func newPlace(t *testing.T, opts discordfake.Options) place {
	t.Helper()
	s := discordfake.Start(t, opts)
	p := place{Server: s, guild: s.AddGuild(discordfake.Guild{Name: "Kyiv"})}
	p.channel = s.AddChannel(discordfake.Channel{GuildID: p.guild, Name: "facts"})
	p.user = s.AddUser(discordfake.User{Username: "olena", Locale: "uk"})
	return p
}

// client is the real client, not yet connected.
func (p place) client(t *testing.T) *discordgo.Session {
	t.Helper()
	session, err := discordgo.New(p.Token())
	if err != nil {
		t.Fatal(err)
	}
	session.Client = p.http(t)
	session.ShouldRetryOnRateLimit = false
	session.MaxRestRetries = 0
	session.SyncEvents = true // else the client's handlers run in any order
	session.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	return session
}

func (p place) http(t *testing.T) *http.Client {
	t.Helper()
	client := &http.Client{Transport: p.Transport(), Timeout: patience}
	t.Cleanup(client.CloseIdleConnections)
	return client
}

// connect is the real client, connected until the test ends.
func (p place) connect(t *testing.T, change ...func(*discordgo.Session)) *discordgo.Session {
	t.Helper()
	session := p.client(t)
	for _, f := range change {
		f(session)
	}
	if err := session.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		session.ShouldReconnectOnError = false
		_ = session.Close()
	})
	return session
}

const patience = 20 * time.Second

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// events collects what a handler of the client is called with.
func events[T any](t *testing.T, session *discordgo.Session, handler func(func(T)) any) func() T {
	t.Helper()
	ch := make(chan T, 1000)
	session.AddHandler(handler(func(e T) { ch <- e }))
	return func() T {
		t.Helper()
		select {
		case e := <-ch:
			return e
		case <-time.After(patience):
			t.Fatal("the event didn't come")
			panic("unreachable")
		}
	}
}

func messages(t *testing.T, session *discordgo.Session) func() *discordgo.MessageCreate {
	return events(t, session, func(got func(*discordgo.MessageCreate)) any {
		return func(_ *discordgo.Session, m *discordgo.MessageCreate) { got(m) }
	})
}

// answer is an answer of the REST API.
type answer struct {
	status int
	header http.Header
	body   string
}

// code is Discord's code of an error.
func (a answer) code(t *testing.T) int {
	t.Helper()
	var e struct{ Code int }
	if err := json.Unmarshal([]byte(a.body), &e); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
	return e.Code
}

func (p place) do(t *testing.T, method, path, body string) answer {
	t.Helper()
	a, err := p.try(t, method, path, body)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (p place) try(t *testing.T, method, path, body string) (answer, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(within(t), method, "https://discord.com/api/v9"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", p.Token())
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := p.http(t).Do(r)
	if err != nil {
		return answer{}, err
	}
	data, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, string(bytes.TrimSpace(data))}, errors.Join(err, resp.Body.Close())
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
