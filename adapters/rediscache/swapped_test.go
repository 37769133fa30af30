package rediscache_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/knowledge"
)

// TestSwappedReplies is row 12 of what must hold: whatever values Redis hands out for a key, none of another key or tenant is
// accepted, and each is an alarm.
func TestSwappedReplies(t *testing.T) {
	t.Parallel()
	server := servertest.Redis(t)
	inner := memory(t)
	b := base(t, inner)
	var keys []knowledge.Key
	for i := range 6 {
		for _, tenant := range []string{"", "one", "two"} {
			k := knowledge.Key{Tenant: tenant, ID: fmt.Sprintf("c%d", i)}
			add(t, b, tenant, k.ID)
			keys = append(keys, k)
		}
	}
	store, metrics := cached(t, inner, server.URL(), 0)
	r := rand.New(rand.NewPCG(3, 5))
	for range 50 {
		for _, tenant := range []string{"one", "two"} {
			if _, err := store.Claims(t.Context(), heads(t, inner, tenant), keys); err != nil {
				t.Fatal(err)
			}
		}
		eventually(t, "all is in Redis", func() bool { return server.Do("DBSIZE") == fmt.Sprint(len(keys)) })
		names := strings.Fields(server.Do("KEYS", "*"))
		values := make([]string, len(names))
		for i, n := range names {
			values[i] = server.Do("GET", n)
		}
		r.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
		for i, n := range names {
			server.Do("SET", n, values[i])
		}
		for _, tenant := range []string{"", "one", "two"} {
			wantOwn(t, store, heads(t, inner, tenant), keys)
		}
		server.Do("FLUSHALL")
	}
	if count(t, metrics, "redis_mismatches_total") == 0 {
		t.Error("no alarm")
	}
}

// wantOwn holds that each key that a tenant sees brings its own claim, and no other brings any.
func wantOwn(t *testing.T, store knowledge.Store, at knowledge.Heads, keys []knowledge.Key) {
	t.Helper()
	for _, k := range keys {
		got, err := store.Claims(t.Context(), at, []knowledge.Key{k})
		if err != nil {
			t.Fatal(err)
		}
		seen := k.Tenant == "" || k.Tenant == at.Tenant
		if (got[0] != nil) != seen || seen && got[0].Key() != k {
			t.Fatalf("tenant %q asked for %v and got %v", at.Tenant, k, got)
		}
	}
}
