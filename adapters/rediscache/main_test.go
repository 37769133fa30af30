package rediscache_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

func TestMain(m *testing.M) { servertest.Main(m) }

// claim is a claim of the first domain.
func claim(tenant, id string) knowledge.Claim {
	return knowledge.Claim{
		ID: id, Tenant: tenant, Kind: knowledge.KindStatement, Text: "The talks in Geneva go on.",
		Attribution: knowledge.Attribution{Standing: "unattributed"}, Sources: []knowledge.Source{{Title: "The Courier"}},
	}
}

func memory(t testing.TB) *knowledge.Memory {
	t.Helper()
	m, err := knowledge.NewMemory(nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// cached returns a cache in front of a store. Without claims the process keeps none, so that Redis is asked.
func cached(t testing.TB, inner knowledge.Store, url string, claims int) (*rediscache.Cache, *prometheus.Registry) {
	t.Helper()
	metrics := prometheus.NewRegistry()
	c, err := rediscache.New(inner, rediscache.Options{
		URL: url, Claims: claims, Timeout: 100 * time.Millisecond, PoolTimeout: 150 * time.Millisecond, Metrics: metrics,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c, metrics
}

// count returns what a counter or gauge stands at, all its labels added up.
func count(t testing.TB, metrics *prometheus.Registry, name string) (sum float64) {
	t.Helper()
	families, err := metrics.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == "whosays_cache_"+name {
			for _, m := range f.GetMetric() {
				sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
			}
		}
	}
	return sum
}

func base(t testing.TB, store knowledge.Store) *knowledge.Base {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	b, err := knowledge.NewBase(t.Context(), lex, store)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func by(actor string) knowledge.By {
	return knowledge.By{Actor: actor, Reason: "a reason", At: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)}
}

func add(t testing.TB, b *knowledge.Base, tenant, id string) {
	t.Helper()
	if _, err := b.Add(t.Context(), by("ann"), claim(tenant, id)); err != nil {
		t.Fatal(err)
	}
}

// fill adds n claims to the shared base, and returns their keys.
func fill(t testing.TB, b *knowledge.Base, n int) []knowledge.Key {
	t.Helper()
	var keys []knowledge.Key
	for i := range n {
		k := knowledge.Key{ID: fmt.Sprintf("c%d", i)}
		add(t, b, "", k.ID)
		keys = append(keys, k)
	}
	return keys
}

func heads(t testing.TB, s knowledge.Store, tenant string) knowledge.Heads {
	t.Helper()
	h, err := s.Heads(t.Context(), tenant)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// eventually waits until something holds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	late := time.After(10 * time.Second)
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-late:
			t.Fatalf("in ten seconds it hasn't come to this: %s", what)
		case <-look.C:
		}
	}
}
