package discord

import (
	"context"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/checkup/checkuptest"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/knowledge/lexicon"
)

const examinedToken = "canary-MTIz.abc.def"

// examined is a Discord at which all is well, unless a case changes it.
type examined struct {
	*discordfake.Server
	testing.TB
	options ExamineOptions
}

func newExamined(t testing.TB, o discordfake.Options) *examined {
	t.Helper()
	o.Token = examinedToken
	e := &examined{Server: discordfake.Start(t, o), TB: t}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	b, err := bot.New(nil, lex)
	if err != nil {
		t.Fatal(err)
	}
	e.options = ExamineOptions{Token: examinedToken, API: e.URL(), Commands: b.Commands()}
	e.AddGuild(discordfake.Guild{Name: "Kyiv"})
	if _, err := e.client().RegisterCommands(t.Context(), e.ApplicationID(), e.options.Commands); err != nil {
		t.Fatal(err)
	}
	return e
}

func (e *examined) client() *Client {
	c, err := NewClient(ClientOptions{Token: examinedToken, API: e.URL()})
	if err != nil {
		e.Fatal(err)
	}
	return c
}

// endpoint names an endpoint at Discord, as its developer portal does, and sets the public key.
func (e *examined) endpoint(address string) {
	body := map[string]string{"interactions_endpoint_url": address}
	if err := e.client().call(e.Context(), http.MethodPatch, discordgo.EndpointApplications+"/@me", "app", body, nil); err != nil {
		e.Fatal(err)
	}
	e.options.PublicKey = hex.EncodeToString(e.PublicKey())
}

// answering returns the address of something that answers with a status.
func (e *examined) answering(status int) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	e.Cleanup(s.Close)
	return s.URL + "/discord/interactions"
}

func TestExamine(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fake discordfake.Options
		sick func(e *examined)
		want checkup.Finding // of what isn't well, alone
	}{
		"well":            {},
		"well, by HTTP":   {sick: func(e *examined) { e.endpoint(e.answering(http.StatusUnauthorized)) }},
		"a wrong token":   {sick: func(e *examined) { e.options.Token = "canary-x.y.z" }, want: checkup.Bad("token", "Reset it", "")},
		"nobody there":    {sick: func(e *examined) { e.options.API = "http://127.0.0.1:1" }, want: checkup.Bad("token", "connection refused", "")},
		"no address":      {sick: func(e *examined) { e.options.API = "127.0.0.1" }, want: checkup.Bad("token", "leave it out", "")},
		"limited":         {sick: func(e *examined) { e.Inject(discordfake.RateLimited("global", time.Hour, nil)) }, want: checkup.Bad("token", "Wait 15m0s", "")},
		"broken":          {sick: func(e *examined) { e.Inject(discordfake.Broken(503, nil)) }, want: checkup.Bad("token", "503", "")},
		"a privilege":     {fake: discordfake.Options{Privileged: int(discordgo.IntentMessageContent)}, want: checkup.Doubt("intents", "Turn Message Content Intent off", "")},
		"too many starts": {fake: discordfake.Options{SessionLimit: 1, Shards: 2}, want: checkup.Bad("gateway", "1 times more today", "")},
		"no commands": {sick: func(e *examined) {
			_, err := e.client().RegisterCommands(e.Context(), e.ApplicationID(), nil)
			if err != nil {
				e.Error(err)
			}
		}, want: checkup.Doubt("commands", "whosays discord commands --register", "")},
		"another's key": {sick: func(e *examined) {
			e.options.PublicKey = strings.Repeat("0", 64)
		}, want: checkup.Bad("endpoint", "same application", "")},
		"a key without an endpoint": {sick: func(e *examined) {
			e.options.PublicKey = hex.EncodeToString(e.PublicKey())
		}, want: checkup.Doubt("endpoint", "Interactions Endpoint URL", "")},
		"an endpoint without a key": {sick: func(e *examined) {
			e.endpoint("https://bot.example/discord/interactions")
			e.options.PublicKey = ""
		}, want: checkup.Bad("endpoint", "Set discord.public_key", "")},
		"an endpoint of nobody":   {sick: func(e *examined) { e.endpoint("http://127.0.0.1:1/discord/interactions") }, want: checkup.Bad("endpoint", "connection refused", "")},
		"an endpoint of others":   {sick: func(e *examined) { e.endpoint(e.answering(http.StatusOK)) }, want: checkup.Bad("endpoint", "status 200", "")},
		"an endpoint that starts": {sick: func(e *examined) { e.endpoint(e.answering(http.StatusServiceUnavailable)) }, want: checkup.Bad("endpoint", "until serve is ready", "")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newExamined(t, tc.fake)
			if tc.sick != nil {
				tc.sick(e)
			}
			found := Examine(t.Context(), e.options)
			checkuptest.Alone(t, found, tc.want, "canary")
			if tc.want == (checkup.Finding{}) && len(found) != 6 {
				t.Errorf("%+v", found)
			}
		})
	}
}

// TestExamineNewBot has a bot that was made a moment ago.
func TestExamineNewBot(t *testing.T) {
	t.Parallel()
	fake := discordfake.Start(t, discordfake.Options{Token: examinedToken})
	o := ExamineOptions{Token: examinedToken, API: fake.URL()}
	found := Examine(t.Context(), o)
	if f := found[len(found)-2]; f.What != "servers" || f.State != checkup.Doubtful || !strings.Contains(f.Do, "whosays discord invite") {
		t.Errorf("%+v", found)
	}
	account, f := Recognise(t.Context(), o)
	if want := (Account{Name: account.Name, Application: fake.ApplicationID(), PublicKey: hex.EncodeToString(fake.PublicKey())}); account != want || f.State != checkup.Good || account.Name == "" {
		t.Errorf("%s, %+v", cmp.Diff(want, account), f)
	}
	for _, token := range []string{"x.y.z", ""} {
		o.Token = token
		if account, f := Recognise(t.Context(), o); account != (Account{}) || f.State != checkup.Failed {
			t.Errorf("%q: %+v, %+v", token, account, f)
		}
	}
}

func TestClockOfDiscord(t *testing.T) {
	t.Parallel()
	fake := discordfake.Start(t, discordfake.Options{Token: examinedToken})
	at, err := Clock(t.Context(), fake.URL())
	if off := time.Since(at).Abs(); err != nil || off > time.Minute {
		t.Errorf("%v, %v", at, err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := Clock(ended, fake.URL()); err == nil {
		t.Error("it has an answer, of nobody")
	}
}
