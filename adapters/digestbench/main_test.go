package main

import (
	"bytes"
	"strings"
	"testing"
)

// The benchmark runs, on a few subscriptions; how fast is no matter of tests.
func TestStart(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	args := []string{"-subscriptions", "40", "-due", "8", "-claims", "300", "-stores", "sqlite", "-pace", "400", "-peer=false"}
	if err := start(t.Context(), args, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"8 of 40 digests due in one minute, sqlite, 300 claims", "a tick with nothing due", "sent 400 a second, a post waited"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestOptionsAreRefused(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"more due than there are": {"-subscriptions", "5", "-due", "6"},
		"no store":                {"-stores", "mysql"},
		"no size":                 {"-claims", "many"},
	} {
		if _, err := parse(args); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
