package config_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/whosays/whosays/config"
)

const canary = "canary-5ecret"

// hiding is a struct that fmt can't ask how its field wants to be written.
type hiding struct{ inner config.Secret }

func TestNoFormatRevealsASecret(t *testing.T) {
	t.Parallel()
	s := config.NewSecret(canary)
	var written []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%t", "%10s", "%-3v", "%p", "%w"} {
		for _, v := range []any{s, &s, []config.Secret{s}, map[string]config.Secret{"k": s}, hiding{s}, &hiding{s}, struct{ S config.Secret }{s}} {
			written = append(written, fmt.Sprintf(verb, v))
		}
	}
	var log strings.Builder
	for _, h := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(h).Info("x", "secret", s, "pointer", &s, "hidden", hiding{s}, "list", []config.Secret{s}, "err", fmt.Errorf("no: %v", s))
	}
	j, err1 := json.Marshal(map[string]any{"s": s, "p": &s, "h": hiding{s}})
	y, err2 := yaml.Marshal(map[string]any{"s": s, "p": &s})
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	written = append(written, log.String(), string(j), string(y), fmt.Sprint(s), s.String())
	hex := fmt.Sprintf("%x", canary)
	for _, w := range written {
		if strings.Contains(w, canary) || strings.Contains(strings.ToLower(w), hex) {
			t.Errorf("told: %s", w)
		}
	}
	if got := string(j); got != `{"h":{},"p":"***","s":"***"}` {
		t.Errorf("JSON: %s", got)
	}
}

func TestSecretItself(t *testing.T) {
	t.Parallel()
	s := config.NewSecret(canary)
	if s.Reveal() != canary || s.String() != "***" || !s.Equal(config.NewSecret(canary)) {
		t.Errorf("%q, %q", s.Reveal(), s.String())
	}
	var none config.Secret
	if none.Reveal() != "" || none.String() != "" || none.Equal(s) || !none.Equal(config.NewSecret("")) {
		t.Errorf("%q, %q", none.Reveal(), none.String())
	}
}
