package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/ops"
)

func TestNearby(t *testing.T) {
	t.Parallel()
	for listen, want := range map[string]string{
		":8080": "localhost:8080", "0.0.0.0:80": "localhost:80", "[::]:80": "localhost:80", "127.0.0.1:8080": "127.0.0.1:8080",
		"10.1.2.3:80": "10.1.2.3:80", "bot.internal:80": "bot.internal:80",
	} {
		if got := nearby(listen); got != want {
			t.Errorf("%s: %s", listen, got)
		}
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	r := start(t, time.Second, func(_ context.Context, s *service) error {
		s.checks.Add(ops.Check{Name: "moon", Timeout: time.Second, Run: func(context.Context) error { return context.Canceled }})
		return nil
	})
	environ := []string{"WHOSAYS_HTTP_LISTEN=" + strings.TrimPrefix(r.url, "http://")}
	if out, errs, status := ran(t, environ, "health"); status != exitOK || out != "alive\n" {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	if out, errs, status := ran(t, environ, "health", "--ready"); status != exitFail || out != "moon: fails\n" || errs != "" {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	r.stop()
	if err := <-r.done; err != nil {
		t.Error(err)
	}
	if _, errs, status := ran(t, environ, "health"); status != exitFail || !strings.Contains(errs, "no service answers on 127.0.0.1") {
		t.Errorf("status %d: %s", status, errs)
	}
}
