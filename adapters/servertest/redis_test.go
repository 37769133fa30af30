package servertest_test

import (
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/servertest"
)

func TestRedisReplies(t *testing.T) {
	t.Parallel()
	redis := servertest.Redis(t)
	for _, step := range []struct {
		command string
		want    string
	}{
		{"PING", "PONG"},
		{"SET claim one", "OK"},
		{"GET claim", "one"},
		{"GET nothing", ""},
		{"INCR count", "1"},
		{"RPUSH list a b", "2"},
		{"LRANGE list 0 -1", "a\nb"},
		{"LRANGE nothing 0 -1", ""},
		{"FLUSHALL", "OK"},
		{"DBSIZE", "0"},
	} {
		if diff := cmp.Diff(step.want, redis.Do(strings.Fields(step.command)...)); diff != "" {
			t.Errorf("%s: %s", step.command, diff)
		}
	}
}

func TestRedisSettings(t *testing.T) {
	t.Parallel()
	redis := servertest.Redis(t, servertest.Set("requirepass", "secret"), servertest.Set("maxmemory", "2mb"),
		servertest.Set("maxmemory-policy", "allkeys-lru"))
	if want := "redis://:secret@" + redis.Addr(); redis.URL() != want {
		t.Errorf("%s, not %s", redis.URL(), want)
	}
	if got, want := redis.Do("CONFIG", "GET", "maxmemory-policy"), "maxmemory-policy\nallkeys-lru"; got != want {
		t.Error(cmp.Diff(want, got))
	}
	if got := exchange(t, dial(t, redis.Addr())); !strings.HasPrefix(got, "-NOAUTH") {
		t.Errorf("without the password: %q", got)
	}
}

func TestRedisOutages(t *testing.T) {
	t.Parallel()
	redis := servertest.Redis(t)
	for _, outage := range []struct {
		name string
		down func()
	}{
		{"stopped", redis.Stop},
		{"killed", redis.Kill},
		{"stopped while it is paused", func() { redis.Pause(); redis.Stop() }},
		{"killed while it is paused", func() { redis.Pause(); redis.Kill() }},
	} {
		redis.Do("SET", "claim", "one")
		addr := redis.Addr()
		outage.down()
		if !refused(addr) {
			t.Errorf("%s: it still answers", outage.name)
		}
		redis.Start()
		if redis.Addr() != addr {
			t.Errorf("%s: it moved from %s to %s", outage.name, addr, redis.Addr())
		}
		if size := redis.Do("DBSIZE"); size != "0" {
			t.Errorf("%s: it kept %s keys", outage.name, size)
		}
	}
}

func TestRedisPause(t *testing.T) {
	t.Parallel()
	redis := servertest.Redis(t)
	conn := dial(t, redis.Addr())
	redis.Pause()
	if got := exchange(t, conn); got != silence {
		t.Errorf("a paused server says %q", got)
	}
	if got := exchange(t, dial(t, redis.Addr())); got != silence {
		t.Errorf("a paused server says %q on a new connection", got)
	}
	redis.Resume()
	if got := read(conn, 10*time.Second); got != pong {
		t.Errorf("after the pause: %q", got)
	}
}

func TestSentinelFailsOver(t *testing.T) {
	t.Parallel()
	set := servertest.Sentinel(t)
	if got, want := set.MasterAddr(), set.Master.Addr(); got != want {
		t.Fatalf("the master is %s, not %s", got, want)
	}
	set.Master.Do("SET", "claim", "one")
	eventually(t, "the replica has it", func() bool { return set.Replica.Do("GET", "claim") == "one" })
	set.KillMaster()
	eventually(t, "the replica is the master", func() bool { return set.MasterAddr() == set.Replica.Addr() })
	eventually(t, "it takes writes", func() bool { return set.Replica.Role() == "master" })
	if got := set.Replica.Do("GET", "claim"); got != "one" {
		t.Errorf("the new master holds %q", got)
	}
	set.Master.Start()
	eventually(t, "the old master follows", func() bool { return set.Master.Role() == "slave" })
}

const (
	pong    = "+PONG\r\n"
	silence = "silence"
)

func dial(t *testing.T, addr string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// exchange pings a server and tells what comes back within 200 ms.
func exchange(t *testing.T, conn net.Conn) string {
	t.Helper()
	if _, err := conn.Write([]byte("PING\r\n")); err != nil {
		return err.Error()
	}
	return read(conn, 200*time.Millisecond)
}

func read(conn net.Conn, patience time.Duration) string {
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	answer := make([]byte, 100)
	n, err := conn.Read(answer)
	if timeout, ok := err.(net.Error); ok && timeout.Timeout() { //nolint:errorlint // as it comes from Read
		return silence
	}
	if err != nil {
		return err.Error()
	}
	return string(answer[:n])
}
