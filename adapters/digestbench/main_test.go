package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The benchmark runs, on a few subscriptions; how fast is no matter of tests.
func TestStart(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	args := []string{"-subscriptions", "40", "-due", "8", "-claims", "300", "-stores", "sqlite", "-pace", "400", "-peer=false"}
	if err := start(t.Context(), args, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"sqlite", "idle tick, ms", "Sent from sqlite at 400 a second, 8 posts"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestQuantiles(t *testing.T) {
	t.Parallel()
	var hundred []time.Duration
	for i := range 100 {
		hundred = append(hundred, time.Duration(100-i)*time.Millisecond)
	}
	if diff := cmp.Diff([]latency{{}, {50, 99}}, []latency{quantiles(nil), quantiles(hundred)}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
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
