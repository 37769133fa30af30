package rediscache_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whosays/whosays/adapters/servertest"
)

// TestRedisByTLS asks a Redis behind TLS, with a password: where the certificate isn't trusted, the store answers.
func TestRedisByTLS(t *testing.T) {
	t.Parallel()
	server := servertest.Redis(t, servertest.Set("requirepass", "secret"))
	addr := tlsTo(t, server.Addr())
	url := strings.Replace(strings.Replace(server.URL(), server.Addr(), addr, 1), "redis://", "rediss://", 1)

	store, metrics := cached(t, memory(t), url+"?skip_verify=true", 0)
	b := base(t, store)
	fill(t, b, 3)
	answers(t, b, 5, "c0", "c1", "c2")
	eventually(t, "Redis is used", func() bool {
		answers(t, b, 1, "c0", "c1", "c2")
		return hits(t, metrics, "redis") > 0
	})

	wary, metrics := cached(t, memory(t), url, 0)
	b = base(t, wary)
	fill(t, b, 3)
	answers(t, b, 5, "c0", "c1", "c2")
	if n := hits(t, metrics, "redis"); n != 0 || count(t, metrics, "redis_errors_total") == 0 {
		t.Errorf("a certificate that nobody has signed is trusted: %v hits", n)
	}
}

// TestRedisCluster asks a Cluster, whose keys lie in all its slots.
func TestRedisCluster(t *testing.T) {
	t.Parallel()
	server := servertest.Redis(t, servertest.Set("cluster-enabled", "yes"))
	server.Do("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
	eventually(t, "the cluster is whole", func() bool { return strings.Contains(server.Do("CLUSTER", "INFO"), "cluster_state:ok") })
	store, metrics := cached(t, memory(t), server.URL()+"?cluster=true", 0)
	b := base(t, store)
	fill(t, b, 8)
	want := []string{"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"}
	eventually(t, "Redis is used", func() bool {
		answers(t, b, 1, want...)
		return hits(t, metrics, "redis") > 0
	})
	server.Do("FLUSHALL")
	answers(t, b, 5, want...)
}

// tlsTo returns the address of a server that speaks TLS with a certificate of its own, and hands on to another.
func tlsTo(t *testing.T, addr string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	certificate := &x509.Certificate{
		SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, certificate, certificate, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
		MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var pipes sync.WaitGroup
	pipes.Go(func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			pipes.Go(func() { pipe(t, in, addr) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
	})
	return listener.Addr().String()
}

// pipe hands on between a connection and a new one until either ends.
func pipe(t *testing.T, in net.Conn, addr string) {
	defer in.Close() //nolint:errcheck // it is over
	out, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", addr)
	if err != nil {
		return
	}
	defer out.Close() //nolint:errcheck // it is over
	go func() {
		_, _ = io.Copy(out, in)
		_ = out.Close()
	}()
	_, _ = io.Copy(in, out)
}

// hits returns how many claims came from somewhere.
func hits(t *testing.T, metrics *prometheus.Registry, from string) float64 {
	t.Helper()
	families, err := metrics.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == "whosays_cache_claims_total" && m.GetLabel()[0].GetValue() == from {
				return m.GetCounter().GetValue()
			}
		}
	}
	return 0
}
