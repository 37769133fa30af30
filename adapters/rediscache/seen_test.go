package rediscache_test

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/servertest"
)

func TestSeenByAllReplicas(t *testing.T) {
	t.Parallel()
	server := servertest.Redis(t)
	one, two := patient(t, server.URL()), patient(t, server.URL())
	var firsts atomic.Int64
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			replica := one
			if i%2 == 0 {
				replica = two
			}
			if replica.First(t.Context(), strconv.Itoa(i/4)) {
				firsts.Add(1)
			}
		})
	}
	all.Wait()
	if firsts.Load() != 25 {
		t.Errorf("of 25 events offered four times each, %d were new", firsts.Load())
	}
	if ttl, err := strconv.Atoi(server.Do("TTL", "whosays:seen:0")); err != nil || ttl < 3000 || ttl > 3600 {
		t.Errorf("forgotten in %d seconds, %v", ttl, err)
	}
	if !two.Seen(t.Context(), "0") || two.Seen(t.Context(), "25") {
		t.Error("what one has noted isn't seen by the other, or what nobody has is")
	}
}

// patient returns a cache that waits for Redis however busy the machine is.
func patient(t testing.TB, url string) *rediscache.Cache {
	t.Helper()
	c, err := rediscache.New(memory(t), rediscache.Options{URL: url, Timeout: time.Minute, PoolTimeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// Redis that is out, or that isn't there, makes nothing be dropped.
func TestSeenFailsOpen(t *testing.T) {
	t.Parallel()
	none, _ := cached(t, memory(t), "", 0)
	server := servertest.Redis(t)
	proxy := servertest.ProxyTo(t, server.Addr())
	hung, metrics := cached(t, memory(t), proxy.URL(server.URL()), 0)
	server.Do("SET", "whosays:seen:a", "1") // if it answered
	proxy.Hang()
	for range 20 {
		if !hung.First(t.Context(), "a") || !none.First(t.Context(), "a") {
			t.Fatal("an event is dropped that nobody can know to be seen")
		}
		if hung.Seen(t.Context(), "a") || none.Seen(t.Context(), "a") {
			t.Fatal("what nobody can know to be seen is said to be")
		}
	}
	if count(t, metrics, "redis_up") != 0 {
		t.Error("Redis isn't left alone while it hangs")
	}
}
