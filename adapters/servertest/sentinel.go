package servertest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const masterName = "whosays"

// SentinelSet is a Redis with a replica that takes over when the master is gone: after 0.3 seconds of silence, and the
// second or two that an election takes.
type SentinelSet struct {
	Master  *RedisServer // the first one
	Replica *RedisServer

	sentinel *RedisServer
}

// Sentinel starts a master, its replica and a sentinel that knows both.
func Sentinel(t testing.TB) *SentinelSet {
	t.Helper()
	set := &SentinelSet{}
	set.Master = Redis(t)
	set.Replica = Redis(t, "--replicaof", strings.ReplaceAll(set.Master.Addr(), ":", " "))
	// A sentinel asks its servers how they are every ten seconds: it has to meet a replica that is ready.
	set.Replica.waitFor("master_link_status:up", "INFO", "replication")
	set.sentinel = startSentinel(t, set.Master.Addr())
	// It reconnects once in a period of its pings, and takes an old master for a replica after four of what it publishes:
	// with its own, of seconds, a new master is down before it is met, and an old one follows after eight seconds.
	set.sentinel.must("SENTINEL", "DEBUG", "ping-period", "100", "info-period", "500", "publish-period", "100")
	set.sentinel.waitFor("slaves=1,", "INFO", "sentinel")
	return set
}

// KillMaster kills the first master; the replica takes over in time.
func (s *SentinelSet) KillMaster() {
	s.Master.t.Helper()
	s.Master.Kill()
}

// SentinelAddr is the host and port of the one sentinel, which is a quorum.
func (s *SentinelSet) SentinelAddr() string { return s.sentinel.Addr() }

// MasterName is what the sentinel calls the master.
func (s *SentinelSet) MasterName() string { return masterName }

// MasterAddr is whom the sentinel calls the master now.
func (s *SentinelSet) MasterAddr() string {
	s.sentinel.t.Helper()
	host, port, _ := strings.Cut(s.sentinel.must("SENTINEL", "get-master-addr-by-name", masterName), "\n")
	return net.JoinHostPort(host, port)
}

func startSentinel(t testing.TB, master string) *RedisServer {
	t.Helper()
	bin := redisProgram(t)
	return startRedis(t, nil, func(dir string, port int) (*exec.Cmd, error) {
		file := filepath.Join(dir, "sentinel.conf") // a sentinel writes what it learns into it
		err := os.WriteFile(file, []byte(sentinelConfig(port, master)), 0o600)
		return exec.Command(bin, file, "--sentinel"), err //nolint:noctx // it ends with its server
	})
}

func sentinelConfig(port int, master string) string {
	return fmt.Sprintf(`bind 127.0.0.1
port %d
sentinel monitor %[2]s %[3]s 1
sentinel down-after-milliseconds %[2]s 300
sentinel failover-timeout %[2]s 3000
`, port, masterName, strings.ReplaceAll(master, ":", " "))
}

// waitFor repeats a command until its reply holds the text.
func (r *RedisServer) waitFor(text string, args ...string) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), patience)
	defer cancel()
	err := poll(ctx, func(ctx context.Context) error {
		reply, err := r.do(ctx, args...)
		if err == nil && !strings.Contains(reply, text) {
			err = fmt.Errorf("no %q in %q", text, reply)
		}
		return err
	})
	if err != nil {
		r.t.Fatalf("redis %s: %v", strings.Join(args, " "), err)
	}
}
