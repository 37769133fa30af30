package main

import (
	"context"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/config"
)

// serving runs whosays serve in-process with an environment; done yields the exit status.
func serving(t *testing.T, environ []string, args ...string) (log *logbook, stop context.CancelFunc, done <-chan int) {
	t.Helper()
	log = newLogbook()
	a := surroundings(t, environ)
	a.out, a.errs = log, log
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- a.execute(ctx, append([]string{"serve"}, args...)) }()
	return log, stop, ended
}

// surroundings is a program with an environment of its own.
func surroundings(t *testing.T, environ []string) *app {
	t.Helper()
	return &app{
		in: strings.NewReader(""), env: func(string) string { return "" }, clock: time.Now,
		sources: config.Sources{Environ: environ, DataHome: t.TempDir()},
	}
}

func TestServe(t *testing.T) {
	t.Parallel()
	log, stop, done := serving(t, []string{"WHOSAYS_HTTP_LISTEN=127.0.0.1:0", "WHOSAYS_LOG_LEVEL=debug"}, "--only", "digests,corrections,housekeeping")
	r := running{t: t, log: log, url: "http://" + log.wait(t, "listening").Addr}
	log.wait(t, "ready")
	r.want("/healthz", 200, "alive\n")
	r.want("/readyz", 200, "database: ok\nbase: ok\nready\n")
	r.want("/metrics", 200, "whosays_build_info{")
	log.wait(t, "request")
	stop()
	if status := <-done; status != exitOK {
		t.Errorf("status %d: %s", status, log)
	}
	log.wait(t, "stopped")
}

// TestServeKeepsTheIndex has a clock by which every build takes long.
func TestServeKeepsTheIndex(t *testing.T) {
	t.Parallel()
	environ := []string{"WHOSAYS_HTTP_LISTEN=127.0.0.1:0"}
	a := surroundings(t, environ)
	log, hours := newLogbook(), atomic.Int64{}
	a.out, a.errs, a.cache = log, log, t.TempDir()
	a.clock = func() time.Time { return time.Now().Add(time.Duration(hours.Add(1)) * time.Hour) }
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- a.execute(ctx, []string{"serve", "--only", "housekeeping"}) }()
	log.wait(t, "ready")
	stop()
	if status := <-ended; status != exitOK {
		t.Errorf("status %d: %s", status, log)
	}
	if kept, err := filepath.Glob(filepath.Join(a.cache, "whosays", "index-*")); err != nil || len(kept) != 1 {
		t.Errorf("%v is kept (%v): %s", kept, err, log)
	}
}

func TestServeOnAnAddressThatIsTaken(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close() //nolint:errcheck // the test is over
	log, _, done := serving(t, []string{"WHOSAYS_HTTP_LISTEN=" + taken.Addr().String()}, "--only", "housekeeping")
	if status := <-done; status != exitFail {
		t.Errorf("status %d", status)
	}
	if got := log.String(); !strings.Contains(got, taken.Addr().String()) || !strings.Contains(got, "set http.listen (or WHOSAYS_HTTP_LISTEN)") {
		t.Errorf("%s", got)
	}
}

func TestServeWithMistakes(t *testing.T) {
	t.Parallel()
	log, _, done := serving(t, []string{"WHOSAYS_HTTP_LISTN=:1", "WHOSAYS_LOG_LEVEL=loud"})
	want := "whosays: the configuration has mistakes:\n" +
		"WHOSAYS_HTTP_LISTN isn't a variable that is read; did you mean WHOSAYS_HTTP_LISTEN?\n" +
		"WHOSAYS_LOG_LEVEL has to be one of debug, info, warn, error\n"
	if status := <-done; status != exitFail || log.String() != want {
		t.Errorf("status %d: %s", status, log)
	}
}

const canary = "canary7"

// canaryKey is a key whose text holds the canary.
func canaryKey() string { return strings.Repeat(canary, 6) + "A=" }

// TestNoSecretIsTold gives every secret a value with a canary, right and wrong, by file and by variable, and looks
// for the canary in all that comes out.
func TestNoSecretIsTold(t *testing.T) {
	t.Parallel()
	values := map[string]map[string]string{
		"right": {
			"database.url": "postgres://u:" + canary + "@127.0.0.1:1/d", // where nobody listens
			"redis.url":    "rediss://u:" + canary + "@127.0.0.1:1",

			"discord.token": canary + ".b.c", "slack.bot_token": "xoxb-" + canary, "slack.app_token": "xapp-" + canary, "slack.signing_secret": canary,
			"slack.client_secret": canary, "slack.token_key": canaryKey(), "traces.headers": "api-key=" + canary,
		},
		"malformed": {
			"database.url": "postgres://u:%zz" + canary + "/@127.0.0.1:x/d",
			"redis.url":    "redis://u:" + canary + " " + canary + "@127.0.0.1:x",

			"discord.token": "Bot " + canary, "slack.bot_token": "xoxb " + canary, "slack.app_token": "xapp " + canary, "slack.signing_secret": canary + " " + canary,
			"slack.client_secret": canary + " " + canary, "slack.token_key": canary + "," + canaryKey(), "traces.headers": canary + " " + canary,
		},
		"of another kind": {
			"database.url": "mysql://u:" + canary + "@h/d", "redis.url": canary,
			"discord.token": canary, "slack.bot_token": canary, "slack.app_token": canary, "slack.signing_secret": canary + "\t",
			"slack.client_secret": canary + "\n" + canary, "slack.token_key": canaryKey() + canary,
			"traces.headers": canary,
		},
	}
	ways := map[string]func(*testing.T, map[string]string) []string{
		"file": inFile, "variables": inVariables, "files of secrets": inSecretFiles, "wrong keys": inWrongKeys,
	}
	for kind, secrets := range values {
		if len(secrets) != countSecrets() {
			t.Errorf("%s: not every secret has a canary", kind)
		}
		for way, give := range ways {
			t.Run(kind+" by "+way, func(t *testing.T) {
				t.Parallel()
				environ := append(give(t, secrets), "WHOSAYS_HTTP_LISTEN=127.0.0.1:0", "WHOSAYS_LOG_LEVEL=debug",
					"WHOSAYS_SLACK_CLIENT_ID=1.2", "WHOSAYS_SLACK_URL=https://bot.example")
				told := allOutput(t, environ)
				if strings.Contains(told, canary) {
					t.Errorf("%s", told)
				}
				for key := range secrets {
					if !strings.Contains(told, key) && !strings.Contains(told, variable(key)) {
						t.Errorf("%s isn't spoken of: %s", key, told)
					}
				}
			})
		}
	}
}

// countSecrets returns how many fields of the configuration are secrets.
func countSecrets() int {
	n := 0
	for section := range reflect.TypeFor[config.Config]().Fields() {
		for field := range section.Type.Fields() {
			if field.Type == reflect.TypeFor[config.Secret]() {
				n++
			}
		}
	}
	return n
}

// allOutput returns all that serve and the commands of config say.
func allOutput(t *testing.T, environ []string) string {
	t.Helper()
	out := newLogbook()
	log, stop, done := serving(t, environ)
	if readyOrDone(log, done) {
		r := running{t: t, log: log, url: "http://" + log.wait(t, "listening").Addr}
		for _, page := range []string{"/readyz", "/metrics", "/nothing?url=" + url.QueryEscape(environ[0])} {
			_, body := r.get(page)
			_, _ = out.Write([]byte(body))
		}
		stop()
		<-done
	}
	for _, args := range []string{"check", "check --json", "show", "show --json", "example"} {
		a := surroundings(t, environ)
		a.out, a.errs = out, out
		a.execute(t.Context(), append([]string{"config"}, strings.Fields(args)...))
	}
	return log.String() + out.String()
}

// readyOrDone waits until a service is ready, or has ended because of mistakes.
func readyOrDone(log *logbook, done <-chan int) bool {
	for {
		text, more := log.now()
		if strings.Contains(text, `"msg":"ready"`) {
			return true
		}
		select {
		case <-done:
			return false
		case <-more:
		}
	}
}

func variable(key string) string {
	return config.Prefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

func inVariables(_ *testing.T, secrets map[string]string) (environ []string) {
	for key, value := range secrets {
		environ = append(environ, variable(key)+"="+value)
	}
	return environ
}

func inFile(t *testing.T, secrets map[string]string) []string {
	t.Helper()
	var lines strings.Builder
	for key, value := range secrets {
		section, name, _ := strings.Cut(key, ".")
		lines.WriteString(section + ":\n  " + name + ": '" + value + "'\n")
	}
	return []string{config.FileVariable + "=" + written(t, lines.String())}
}

func inSecretFiles(t *testing.T, secrets map[string]string) (environ []string) {
	t.Helper()
	for key, value := range secrets {
		environ = append(environ, variable(key)+"_FILE="+written(t, value+"\n"))
	}
	return environ
}

func inWrongKeys(t *testing.T, secrets map[string]string) []string {
	t.Helper()
	wrong := map[string]string{}
	for key, value := range secrets {
		wrong[key+"l"] = value
	}
	return append(inFile(t, wrong), inVariables(t, wrong)...)
}

// written returns the path of a new file with a text.
func written(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
