package rediscache_test

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/checkup/checkuptest"
	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/servertest"
)

const secret = "canary-of-redis"

// TestExamine says what is wrong with a Redis, and what to do about it, and no password.
func TestExamine(t *testing.T) {
	t.Parallel()
	r := servertest.Redis(t, servertest.Set("requirepass", secret))
	full := servertest.Redis(t, servertest.Set("maxmemory", "1"), servertest.Set("maxmemory-policy", "noeviction"))
	replica := servertest.Redis(t)
	replica.Do("REPLICAOF", "127.0.0.1", "1")
	web, encrypted := httptest.NewServer(http.NotFoundHandler()), httptest.NewUnstartedServer(http.NotFoundHandler())
	encrypted.Config.ErrorLog = log.New(io.Discard, "", 0)
	encrypted.StartTLS()
	t.Cleanup(web.Close)
	t.Cleanup(encrypted.Close)
	_, tls, _ := strings.Cut(encrypted.URL, "://")
	_, other, _ := strings.Cut(web.URL, "://")
	hung, slow := servertest.ProxyTo(t, r.Addr()), servertest.ProxyTo(t, r.Addr())
	hung.Hang()
	slow.Slow(20 * time.Millisecond)
	for name, tc := range map[string]struct {
		url  string
		want checkup.State
		says string // of the worst finding
	}{
		"well":                    {r.URL(), checkup.Good, "It answers without TLS"},
		"slow":                    {slow.URL(r.URL()), checkup.Doubtful, "raise redis.timeout"},
		"hung":                    {hung.URL(r.URL()), checkup.Failed, "Look whether it runs"},
		"nobody there":            {"redis://:" + secret + "@127.0.0.1:1", checkup.Failed, "connection refused"},
		"no such host":            {"redis://:" + secret + "@none.invalid:6379", checkup.Failed, "Look at its name"},
		"a wrong password":        {"redis://:" + secret + "x@" + r.Addr(), checkup.Failed, "Look at the user and the password"},
		"no password":             {"redis://" + r.Addr(), checkup.Failed, "Look at the user and the password"},
		"TLS where there is none": {"rediss://:" + secret + "@" + r.Addr(), checkup.Failed, "write redis:// in place of rediss://"},
		"TLS to another server":   {"rediss://:" + secret + "@" + other, checkup.Failed, "speaks no TLS"},
		"none where TLS is":       {"redis://:" + secret + "@" + tls, checkup.Failed, "Write rediss:// if it speaks TLS only"},
		"a foreign certificate":   {"rediss://:" + secret + "@" + tls, checkup.Failed, "Have the system trust who signed it"},
		"full":                    {full.URL(), checkup.Failed, "maxmemory-policy"},
		"a replica":               {replica.URL(), checkup.Failed, "Name the master"},
		"no URL":                  {"redis://:" + secret + "@%zz", checkup.Failed, "rediss://"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			timeout := 10 * time.Second
			if name == "slow" {
				timeout = 15 * time.Millisecond
			}
			if name == "hung" || name == "TLS where there is none" {
				ctx, cancel = context.WithTimeout(t.Context(), 200*time.Millisecond)
				defer cancel()
			}
			found := rediscache.Examine(ctx, rediscache.Options{URL: tc.url, Timeout: timeout})
			checkuptest.Amiss(t, found, secret)
			worst := found[len(found)-1]
			if told := worst.Saw + " " + worst.Do; worst.State != tc.want || !strings.Contains(told, tc.says) || (worst.State == checkup.Failed) != (worst.Do != "" && len(found) == 1) {
				t.Errorf("%+v", found)
			}
		})
	}
}
