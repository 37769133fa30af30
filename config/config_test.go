package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/config"
)

// described lists the settings, one a line.
func described(l *config.Loaded) string {
	var b strings.Builder
	for _, s := range l.Settings {
		b.WriteString(s.Key + " = " + s.Value + " (" + s.Origin.String() + ")\n")
	}
	return b.String()
}

// TestFiles loads testdata/*.good.yaml and *.bad.yaml: what is in effect, or what is wrong, stands in *.golden.
func TestFiles(t *testing.T) {
	t.Parallel()
	for _, want := range []string{"good", "bad"} {
		files, err := filepath.Glob("testdata/*." + want + ".yaml")
		if err != nil || len(files) == 0 {
			t.Fatal("no files", err)
		}
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				l, err := config.Sources{File: file}.Load()
				if (err == nil) != (want == "good") {
					t.Fatalf("err = %v", err)
				}
				got := ""
				if err != nil {
					got = err.Error() + "\n"
				} else {
					got = described(l)
				}
				golden.Assert(t, got, strings.TrimSuffix(filepath.Base(file), ".yaml")+".golden")
				if strings.Contains(got, "canary") {
					t.Errorf("a secret is told:\n%s", got)
				}
			})
		}
	}
}

func TestExampleIsTheDefault(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "example.yaml")
	if err := os.WriteFile(file, []byte(config.Example()), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := config.Sources{File: file}.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range l.Settings {
		if s.Origin.Kind != config.FromFile {
			t.Errorf("%s isn't in the example", s.Key)
		}
	}
	if diff := cmp.Diff(config.Default(), l.Config); diff != "" {
		t.Errorf("the example isn't the default (-default +example):\n%s", diff)
	}
	golden.Assert(t, config.Example(), "example.golden")
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	want := config.Config{
		Redis: config.Redis{Timeout: 100 * time.Millisecond, PoolTimeout: 150 * time.Millisecond},
		Cache: config.Cache{Claims: 20_000},
		HTTP:  config.HTTP{Listen: "127.0.0.1:8080"},
		Log:   config.Log{Level: "info", Format: "auto"},
		Serve: config.Serve{Drain: 10 * time.Second},
		Base:  config.Base{StaleAfter: 14, Poll: 2 * time.Second},

		Limits: config.Limits{UserPerMinute: 20, TenantPerMinute: 300},
		Traces: config.Traces{Percent: 100},
		Inbox:  config.Inbox{Workers: 32, Queue: 256},
	}
	if diff := cmp.Diff(want, config.Default()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhereTheFileIs(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	write := func(name, listen string) string {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("http: {listen: \""+listen+"\"}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	platform, named, asked := write("whosays/config.yaml", ":1"), write("named.yaml", ":2"), write("asked.yaml", ":3")
	tests := map[string]struct {
		sources config.Sources
		file    string
		listen  string
	}{
		"nowhere":            {config.Sources{ConfigHome: t.TempDir()}, "", "127.0.0.1:8080"},
		"no home":            {config.Sources{}, "", "127.0.0.1:8080"},
		"the platform's":     {config.Sources{ConfigHome: home}, platform, ":1"},
		"WHOSAYS_CONFIG":     {config.Sources{ConfigHome: home, Environ: []string{"WHOSAYS_CONFIG=" + named}}, named, ":2"},
		"asked for":          {config.Sources{File: asked, ConfigHome: home, Environ: []string{"WHOSAYS_CONFIG=" + named}}, asked, ":3"},
		"an empty variable":  {config.Sources{ConfigHome: home, Environ: []string{"WHOSAYS_CONFIG="}}, platform, ":1"},
		"the environment's":  {config.Sources{File: asked, Environ: []string{"WHOSAYS_HTTP_LISTEN=:4"}}, asked, ":4"},
		"empty is as absent": {config.Sources{File: asked, Environ: []string{"WHOSAYS_HTTP_LISTEN="}}, asked, ":3"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, err := tt.sources.Load()
			if err != nil {
				t.Fatal(err)
			}
			if l.File != tt.file || l.HTTP.Listen != tt.listen {
				t.Errorf("%q: %s", l.File, l.HTTP.Listen)
			}
		})
	}
}

func TestPlaceOfTheDatabase(t *testing.T) {
	t.Parallel()
	l, err := config.Sources{DataHome: "/data"}.Load()
	if err != nil {
		t.Fatal(err)
	}
	if got := l.Database.Place().Reveal(); got != filepath.Join("/data", "whosays", "whosays.db") {
		t.Errorf("by default: %s", got)
	}
	l, err = config.Sources{DataHome: "/data", Environ: []string{"WHOSAYS_DATABASE_URL=/srv/own.db"}}.Load()
	if err != nil || l.Database.Place().Reveal() != "/srv/own.db" {
		t.Errorf("by variable: %v, %v", l, err)
	}
}
