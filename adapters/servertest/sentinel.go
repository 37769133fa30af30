package servertest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// SentinelSet is a Redis with a replica that takes over when the master is gone: after a second of silence, and
// another that an election takes.
type SentinelSet struct {
	MasterName string
	Addrs      []string // of the sentinels: one, which is a quorum
	Master     *RedisServer
	Replica    *RedisServer

	sentinel *RedisServer
}

// Sentinel starts a master, its replica and a sentinel that knows both.
func Sentinel(t testing.TB, settings ...Setting) *SentinelSet {
	t.Helper()
	set := &SentinelSet{MasterName: "whosays"}
	set.Master = Redis(t, settings...)
	set.Replica = Redis(t, append(slices.Clip(settings),
		Set("replicaof", strings.ReplaceAll(set.Master.Addr(), ":", " ")))...)
	// A sentinel asks its servers how they are every ten seconds: it has to meet a replica that is ready.
	set.Replica.waitFor("master_link_status:up", "INFO", "replication")
	set.sentinel = startSentinel(t, set.MasterName, set.Master.Addr())
	set.sentinel.Do(append([]string{"SENTINEL", "DEBUG"}, sentinelPeriods()...)...)
	set.Addrs = []string{set.sentinel.Addr()}
	set.sentinel.waitFor("slaves=1,", "INFO", "sentinel")
	return set
}

// KillMaster kills the first master; the replica takes over in time.
func (s *SentinelSet) KillMaster() {
	s.Master.t.Helper()
	s.Master.Kill()
}

// MasterAddr is whom the sentinel calls the master now.
func (s *SentinelSet) MasterAddr() string {
	s.sentinel.t.Helper()
	host, port, _ := strings.Cut(s.sentinel.Do("SENTINEL", "get-master-addr-by-name", s.MasterName), "\n")
	return net.JoinHostPort(host, port)
}

func startSentinel(t testing.TB, name, master string) *RedisServer {
	t.Helper()
	bin := redisProgram(t)
	return startRedis(t, nil, func(dir string, port int) (*exec.Cmd, error) {
		file := filepath.Join(dir, "sentinel.conf") // a sentinel writes what it learns into it
		err := os.WriteFile(file, []byte(sentinelConfig(port, name, master)), 0o600)
		return exec.Command(bin, file, "--sentinel"), err //nolint:noctx // it ends with its server
	})
}

func sentinelConfig(port int, name, master string) string {
	return fmt.Sprintf(`bind 127.0.0.1
port %d
sentinel monitor %[2]s %[3]s 1
sentinel down-after-milliseconds %[2]s 1000
sentinel failover-timeout %[2]s 2000
`, port, name, strings.ReplaceAll(master, ":", " "))
}

// sentinelPeriods make a sentinel quicker than its seconds, in milliseconds. It reconnects once in a period of pings,
// and has to within down-after, or the new master counts as down before it is met. It promotes no replica of which it
// has heard nothing for five such periods, and hears of one each second while the master is down. An old master
// becomes a replica after four periods of publishing.
func sentinelPeriods() []string {
	return []string{"ping-period", "300", "info-period", "500", "publish-period", "200"}
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
