package config_test

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/config"
)

// values are variables, their values, and what is wrong with each; nothing where that is empty.
type values map[string]struct{ variable, value, wrong string }

func (all values) try(t *testing.T) {
	for name, tt := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Sources{Environ: []string{"WHOSAYS_" + tt.variable + "=" + tt.value}}.Load()
			switch {
			case tt.wrong == "" && err != nil:
				t.Error(err)
			case tt.wrong != "" && (err == nil || !strings.HasPrefix(err.Error(), "WHOSAYS_"+tt.variable+" ") || !strings.Contains(err.Error(), tt.wrong)):
				t.Errorf("got %v", err)
			case err != nil && strings.Contains(err.Error(), "canary"):
				t.Errorf("a secret is told: %v", err)
			}
		})
	}
}

func TestURLs(t *testing.T) {
	t.Parallel()
	const unreadable = "is no URL that can be read"
	values{
		"a path":               {"DATABASE_URL", "/srv/whosays.db", ""},
		"a path beside":        {"DATABASE_URL", "whosays.db", ""},
		"sqlite":               {"DATABASE_URL", "sqlite:///srv/whosays.db", ""},
		"sqlite, two slashes":  {"DATABASE_URL", "sqlite://srv/whosays.db", "three slashes"},
		"sqlite, no path":      {"DATABASE_URL", "sqlite:///", "three slashes"},
		"postgres":             {"DATABASE_URL", "postgres://u:canary@h:5432/d?sslmode=require", ""},
		"postgresql":           {"DATABASE_URL", "postgresql://u:canary@h/d", ""},
		"postgres by socket":   {"DATABASE_URL", "postgres:///d?host=/run/postgresql", ""},
		"postgres, no host":    {"DATABASE_URL", "postgres:///d", "names no host"},
		"postgres, bare slash": {"DATABASE_URL", "postgres://u:can/canary@h/d", unreadable},
		"postgres, bare %":     {"DATABASE_URL", "postgres://u:canary%zz@h/d", unreadable},
		"postgres, bad port":   {"DATABASE_URL", "postgres://u:canary@h:canary/d", unreadable},
		"postgres, bad query":  {"DATABASE_URL", "postgres://u@h/d?password=%zzcanary", unreadable},
		"an account":           {"DATABASE_URL", "u:canary@h/d", "this is no path"},
		"a list of settings":   {"DATABASE_URL", "host=h password=canary", "this is no path"},
		"another database":     {"DATABASE_URL", "mysql://u:canary@h/d", "has to be a path"},

		"redis":                {"REDIS_URL", "redis://u:canary@h:6379/2", ""},
		"redis with TLS":       {"REDIS_URL", "rediss://:canary@h", ""},
		"sentinel":             {"REDIS_URL", "redis://u:canary@h:26379?master_name=main&addr=h2:26379", ""},
		"cluster":              {"REDIS_URL", "redis://u:canary@h:6379?cluster=true&addr=h2:6379", ""},
		"redis, no scheme":     {"REDIS_URL", "h:6379", "has to be redis://"},
		"redis over HTTP":      {"REDIS_URL", "http://u:canary@h", "has to be redis://"},
		"redis, no host":       {"REDIS_URL", "redis://:canary@:6379", "names no host"},
		"redis, bare space":    {"REDIS_URL", "redis://:can ary@h", unreadable},
		"redis, named base":    {"REDIS_URL", "redis://:canary@h/main", "number of a database"},
		"redis, cluster=maybe": {"REDIS_URL", "redis://:canary@h?cluster=maybe", "neither true nor false"},
		"redis, both kinds":    {"REDIS_URL", "redis://:canary@h?cluster=true&master_name=m", "either cluster or master_name"},
	}.try(t)
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	values{
		"slack":                {"SLACK_BOT_TOKEN", "xoxb-1-canary", ""},
		"slack, another token": {"SLACK_BOT_TOKEN", "xapp-1-canary", "begins with xoxb-"},
		"slack's app":          {"SLACK_APP_TOKEN", "xapp-1-canary", ""},
		"slack's app, a bot":   {"SLACK_APP_TOKEN", "xoxb-canary", "begins with xapp-"},
		"slack, two words":     {"SLACK_SIGNING_SECRET", "the canary", "without spaces"},
		"a key":                {"SLACK_TOKEN_KEY", "Y2FuYXJ5", "32 bytes in base64"},
		"a bare key":           {"SLACK_TOKEN_KEY", "canary", "32 bytes in base64"},
		"an older key, empty":  {"SLACK_TOKEN_KEY", "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=,", "32 bytes in base64"},
		"a key alone":          {"SLACK_TOKEN_KEY", "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=", "needs slack.client_id beside it"},
		"a client":             {"SLACK_CLIENT_ID", "canary", "two numbers"},
		"headers":              {"TRACES_HEADERS", "api-key=canary, team=canary", ""},
		"a header, no value":   {"TRACES_HEADERS", "canary", "with their values"},
		"a header, two words":  {"TRACES_HEADERS", "the canary=canary", "with their values"},
		"a header, a line":     {"TRACES_HEADERS", "a=b\ncanary: canary", "with their values"},
		"a share over all":     {"TRACES_PERCENT", "101", "from 0 to 100"},
	}.try(t)
}

// FuzzNoMistakeTellsASecret puts whatever it finds into a secret, in the environment and in a password.
func FuzzNoMistakeTellsASecret(f *testing.F) {
	for _, s := range []string{"a", "%zz", "/", "://", " ", "*", "@", "\n", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, variable := range []string{"DATABASE_URL", "REDIS_URL", "REDIS_URL_FILE", "DATABASE_ULR"} {
			for _, value := range []string{s + "canary" + s, "redis://u:" + s + "canary" + s + "@h", "postgres://u:" + s + "canary" + s + "@h/d"} {
				_, err := config.Sources{Environ: []string{"WHOSAYS_" + variable + "=" + value}}.Load()
				if err != nil && strings.Contains(err.Error(), "canary") {
					t.Errorf("%s=%q: %v", variable, value, err)
				}
			}
		}
	})
}

// TestInstallable sets what teams need to install the bot, and leaves out each of it once.
func TestInstallable(t *testing.T) {
	t.Parallel()
	all := map[string]string{
		"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_URL": "https://bot.example",
		"SLACK_TOKEN_KEY": "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=, YmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmJiYmI=",
	}
	for missing := range all {
		var environ []string
		for name, value := range all {
			if name == missing {
				value = ""
			}
			environ = append(environ, "WHOSAYS_"+name+"="+value)
		}
		_, err := config.Sources{Environ: environ}.Load()
		want := " needs slack." + strings.ToLower(strings.TrimPrefix(missing, "SLACK_")) + " beside it"
		if err == nil || !strings.Contains(err.Error(), want) || strings.Count(err.Error(), "\n") > 0 {
			t.Errorf("without %s: %v", missing, err)
		}
	}
	var environ []string
	for name, value := range all {
		environ = append(environ, "WHOSAYS_"+name+"="+value)
	}
	l, err := config.Sources{Environ: environ}.Load()
	if err != nil || !l.Slack.Installable() {
		t.Errorf("%v", err)
	}
}
