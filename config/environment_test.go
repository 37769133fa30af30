package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/config"
)

// environments are variables, and what is wrong with them.
type environments map[string]struct {
	environ []string
	want    []string
}

func (all environments) try(t *testing.T) {
	for name, tt := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Sources{Environ: tt.environ}.Load()
			var got []string
			if err != nil {
				got = strings.Split(err.Error(), "\n")
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMistakesInTheEnvironment(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	if err := os.WriteFile(good, []byte("redis://:canary@cache:6379\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	environments{
		"other programs' variables": {[]string{"PATH=/bin", "WHOSAY_X=1"}, nil},
		"the file's own variable":   {[]string{"WHOSAYS_CONFIG=testdata/full.good.yaml"}, nil},
		"a letter off": {
			[]string{"WHOSAYS_DATABASE_ULR=postgres://u:canary@h/d"},
			[]string{"WHOSAYS_DATABASE_ULR isn't a variable that is read; did you mean WHOSAYS_DATABASE_URL?"},
		},
		"a file for what is no secret": {
			[]string{"WHOSAYS_HTTP_LISTEN_FILE=" + good},
			[]string{"WHOSAYS_HTTP_LISTEN_FILE isn't a variable that is read; did you mean WHOSAYS_HTTP_LISTEN?"},
		},
		"nothing like it": {
			[]string{"WHOSAYS_XYZZY=1"},
			[]string{"WHOSAYS_XYZZY isn't a variable that is read; whosays config example lists the keys"},
		},
		"a secret twice": {
			[]string{"WHOSAYS_REDIS_URL=redis://:canary@cache", "WHOSAYS_REDIS_URL_FILE=" + good},
			[]string{"WHOSAYS_REDIS_URL and WHOSAYS_REDIS_URL_FILE are both set; keep one of them"},
		},
		"the secret where its file belongs": {
			[]string{"WHOSAYS_REDIS_URL_FILE=redis://:canary@cache"},
			[]string{"WHOSAYS_REDIS_URL_FILE names a file: there is no such file"},
		},
		"a folder for a file": {
			[]string{"WHOSAYS_REDIS_URL_FILE=" + dir},
			[]string{"WHOSAYS_REDIS_URL_FILE names a file: can't be read: is a directory"},
		},
		"wrong values, all of them, by name": {
			[]string{"WHOSAYS_SERVE_DRAIN=canary", "WHOSAYS_LOG_LEVEL=canary", "WHOSAYS_CACHE_CLAIMS=canary"},
			[]string{
				"WHOSAYS_CACHE_CLAIMS has to be a whole number from 0 on, in digits alone",
				"WHOSAYS_LOG_LEVEL has to be one of debug, info, warn, error",
				"WHOSAYS_SERVE_DRAIN has to be a duration from 0s to 10m0s, such as 150ms, 2s or 1m",
			},
		},
		"what Kubernetes sets": {
			[]string{
				"WHOSAYS_SERVICE_HOST=10.0.0.1", "WHOSAYS_SERVICE_PORT=80", "WHOSAYS_SERVICE_PORT_HTTP=80",
				"WHOSAYS_PORT=tcp://10.0.0.1:80", "WHOSAYS_PORT_80_TCP=tcp://10.0.0.1:80", "WHOSAYS_PORT_80_TCP_ADDR=10.0.0.1",
				"WHOSAYS_REDIS_PORT_6379_TCP_PROTO=tcp", "WHOSAYS_REDIS_SERVICE_HOST=10.0.0.2",
			},
			nil,
		},
	}.try(t)
}

func TestFileComesBeforeEnvironment(t *testing.T) {
	t.Parallel()
	_, err := config.Sources{File: "missing.yaml", Environ: []string{"WHOSAYS_A=1"}}.Load()
	want := "missing.yaml: there is no such file\nWHOSAYS_A isn't a variable that is read; whosays config example lists the keys"
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}

func TestSecretsFromFiles(t *testing.T) {
	t.Parallel()
	for name, ending := range map[string]string{"as it is": "", "with a newline": "\n", "with Windows's": "\r\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "secret")
			if err := os.WriteFile(file, []byte("redis://:pass@cache:6379"+ending), 0o600); err != nil {
				t.Fatal(err)
			}
			l, err := config.Sources{Environ: []string{"WHOSAYS_REDIS_URL_FILE=" + file}}.Load()
			if err != nil {
				t.Fatal(err)
			}
			if got := l.Redis.URL.Reveal(); got != "redis://:pass@cache:6379" {
				t.Errorf("%q", got)
			}
		})
	}
}
