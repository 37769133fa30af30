package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/config"
)

func TestSet(t *testing.T) {
	t.Parallel()
	token, level := config.Value{Key: "discord.token", Text: "a.b.canary"}, config.Value{Key: "log.level", Text: "debug"}
	for name, tc := range map[string]struct {
		before string
		values []config.Value
		want   string
	}{
		"no file":                   {"", []config.Value{token, level}, "discord:\n  token: a.b.canary\nlog:\n  level: debug\n"},
		"comments alone":            {"# mine\n", []config.Value{level}, "# mine\nlog:\n  level: debug\n"},
		"another section":           {"# mine\nhttp:\n    listen: :80 # all\n", []config.Value{level}, "# mine\nhttp:\n    listen: :80 # all\nlog:\n  level: debug\n"},
		"a section there":           {"log: # how\n    # what\n    format: json\n\nhttp:\n  listen: :80\n", []config.Value{level}, "log: # how\n    level: debug\n    # what\n    format: json\n\nhttp:\n  listen: :80\n"},
		"a section of comments":     {"log:\n#  level: info\nhttp:\n  listen: :80\n", []config.Value{level}, "log:\n  level: debug\n#  level: info\nhttp:\n  listen: :80\n"},
		"a value there":             {"log:\n  level: 'info' # loud\n  format: json\n", []config.Value{level}, "log:\n  level: debug # loud\n  format: json\n"},
		"what looks like a comment": {"database:\n  url: \"canary #b.db\" # mine\n", []config.Value{{Key: "database.url", Text: "c.db"}}, "database:\n  url: c.db # mine\n"},
		"nothing there":             {"log:\n  level:\n  format: json\n", []config.Value{level}, "log:\n  level: debug\n  format: json\n"},
		"a name with a dot":         {"log.level: info # loud\n", []config.Value{level}, "log.level: debug # loud\n"},
		"no newline at its end":     {"log:\n  level: info", []config.Value{token, level}, "log:\n  level: debug\ndiscord:\n  token: a.b.canary\n"},
		"what YAML quotes":          {"", []config.Value{{Key: "slack.signing_secret", Text: "#*&1"}}, "slack:\n  signing_secret: '#*&1'\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "a", "config.yaml")
			if tc.before != "" {
				path = filepath.Join(t.TempDir(), "config.yaml")
				if err := os.WriteFile(path, []byte(tc.before), 0o644); err != nil { //nolint:gosec // it is to be closed
					t.Fatal(err)
				}
			}
			err := config.Set(path, tc.values...)
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%v, %v", info, err)
			}
		})
	}
}

// TestSetInTheExample sets every key of the example, and leaves all else.
func TestSetInTheExample(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(config.Example()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := config.Set(path, config.Value{Key: "discord.token", Text: "a.b.c"}, config.Value{Key: "slack.bot_token", Text: "xoxb-1"}); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(config.Example(), "  token: \"\"", "  token: a.b.c", 1)
	want = strings.Replace(want, "  bot_token: \"\"", "  bot_token: xoxb-1", 1)
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%v (-want +got):\n%s", err, cmp.Diff(want, string(got)))
	}
}

// TestSetLeavesWhatItCanNotChange has files and values of which nothing may come, and no secret in an error.
func TestSetLeavesWhatItCanNotChange(t *testing.T) {
	t.Parallel()
	good := config.Value{Key: "discord.token", Text: "canary.b.c"}
	for name, tc := range map[string]struct {
		before string
		value  config.Value
		says   string
	}{
		"in braces":      {"discord: {token: x.y.z, shards: 2}\n", good, "by hand"},
		"a long text":    {"discord:\n  token: >-\n    x.y.z\n", good, "by hand"},
		"an end":         {"log:\n  level: info\n...\n", good, "by hand"},
		"a mistake":      {"log:\n  level: loud\n", good, "have to be corrected first"},
		"not YAML":       {"log: [\n", good, "isn't YAML"},
		"a wrong value":  {"log:\n  level: info\n", config.Value{Key: "discord.token", Text: "canary"}, "discord.token has to be a bot's token"},
		"an unknown key": {"log:\n  level: info\n", config.Value{Key: "discord.tokn", Text: "canary"}, "did you mean discord.token?"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "config.yaml")
			if err := os.WriteFile(path, []byte(tc.before), 0o600); err != nil {
				t.Fatal(err)
			}
			err := config.Set(path, tc.value)
			if err == nil || !strings.Contains(err.Error(), tc.says) || strings.Contains(err.Error(), "canary") {
				t.Errorf("err = %v", err)
			}
			if got, err := os.ReadFile(path); err != nil || string(got) != tc.before {
				t.Errorf("%q, %v", got, err)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
				t.Errorf("%v, %v", left, err)
			}
		})
	}
}
