package ops_test

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/bot/chat"
)

// secrets are texts in which a canary stands at the place of a secret. None is one that was ever in use.
func secrets() map[string]string {
	return map[string]string{
		"a password in a URL":          "dial postgres://whosays:canary@db:5432/x failed",
		"a password without a user":    "redis://:canary@cache",
		"a password with odd signs":    `parse "redis://u:can/ca?nary:#canary@h": invalid port`,
		"a password with an at sign":   "redis://u:canary@canary@h",
		"a password of a query":        "postgres://h/d?password=canary&sslmode=on",
		"a DSN":                        "host=h user=u password=canary dbname=d",
		"a header":                     "Authorization: Bearer canary.canary-canary",
		"a token of Discord":           "401: Bot " + strings.Repeat("canary", 4) + ".canary." + strings.Repeat("canary", 5),
		"a token of Slack":             "invalid_auth: xoxb-" + "12-34-canary",
		"an app's token of Slack":      "xapp-" + "1-A1-22-canary",
		"a refreshed token of Slack":   "xoxe.xoxp-" + "1-canary",
		"an interaction of Discord":    "POST /api/v10/webhooks/123/" + strings.Repeat("canary", 5) + "/messages",
		"a callback of an interaction": "POST /interactions/123/" + strings.Repeat("canary", 5) + "/callback",
		"a hook of Slack":              "https://hooks.slack.com/actions/T1/2/canary",
	}
}

func TestRedact(t *testing.T) {
	t.Parallel()
	for name, text := range secrets() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := ops.Redact(text); strings.Contains(got, "canary") || !strings.Contains(got, "***") {
				t.Errorf("%q", got)
			}
		})
	}
	for _, text := range []string{
		"listening on http://127.0.0.1:8080/healthz", "postgres://whosays@db:5432/x", "mail ada@example.org: hello",
		"the bot answered quickly", "whosays.yaml:3: database.ulr isn't a key", "v1.25.0-rc.1", "12:30:45 @ noon",
		"POST /api/v10/channels/123456789012345678/messages",
	} {
		if got := ops.Redact(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// holder is a value that a handler writes by JSON or by fmt.
type holder struct {
	Public string
	Inner  *holder
	hidden string
}

type stringer string

func (s stringer) String() string { return string(s) }

func TestNoSecretIsLogged(t *testing.T) {
	t.Parallel()
	for name, text := range secrets() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, asJSON := range []bool{true, false} {
				var out strings.Builder
				log, err := ops.NewLogger(&out, "debug", asJSON)
				if err != nil {
					t.Fatal(err)
				}
				log.With("with", text, slog.Group("g", "in", text)).WithGroup("group").Error(text, //nolint:sloglint // the message is what is tested

					"text", text, "err", fmt.Errorf("no: %w", &url.Error{Op: "get", URL: text, Err: errors.New(text)}),
					"stringer", stringer(text), "bytes", []byte(text), "list", []string{text},
					"struct", holder{Public: text}, "hidden", holder{hidden: text}, "deep", &holder{Inner: &holder{Public: text}},
					slog.Group("nested", "text", text))
				slog.NewLogLogger(log.Handler(), slog.LevelWarn).Print(text)
				if got := out.String(); strings.Contains(got, "canary") || !strings.Contains(got, "***") {
					t.Errorf("%s", got)
				}
			}
		})
	}
}

func TestLogKeepsWhatIsNoSecret(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	log, err := ops.NewLogger(&out, "info", true)
	if err != nil {
		t.Fatal(err)
	}
	ctx := chat.WithRequestID(t.Context(), "r1")
	log.DebugContext(ctx, "too quiet")
	log.InfoContext(ctx, "hello", "n", 3, "list", []string{"a"}, "took", time.Second, "err", errors.New("no luck"))
	_, got, _ := strings.Cut(out.String(), `,"level"`)
	want := `:"INFO","msg":"hello","n":3,"list":["a"],"took":1000000000,"err":"no luck","request_id":"r1"}` + "\n"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if _, err := ops.NewLogger(&out, "loud", true); err == nil {
		t.Error("a level that there isn't is taken")
	}
}
