package servertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// RedisServer is a Redis of a test's own. Nothing is kept on disk: it is empty whenever it starts.
type RedisServer struct {
	Server
	conn respDialer
}

// Redis starts a Redis; it takes some 10 ms. Settings are those of redis.conf:
//
//	servertest.Redis(t, servertest.Set("requirepass", "secret"), servertest.Set("maxmemory", "2mb"))
func Redis(t testing.TB, settings ...Setting) *RedisServer {
	t.Helper()
	bin := redisProgram(t)
	return startRedis(t, settings, func(dir string, port int) (*exec.Cmd, error) {
		return redisCommand(bin, dir, port, settings), nil
	})
}

// URL is what a client parses: redis://…, with the password where one is set.
func (r *RedisServer) URL() string {
	u := url.URL{Scheme: "redis", Host: r.Addr()}
	if r.conn.password != "" {
		u.User = url.UserPassword("", r.conn.password)
	}
	return u.String()
}

// Do sends one command and returns its reply: the elements of an array a line each, null as nothing.
// Each command has a connection of its own: what concerns a connection, such as WAIT and MULTI, has no meaning here.
func (r *RedisServer) Do(args ...string) string {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 10*time.Second)
	defer cancel()
	reply, err := r.do(ctx, args...)
	if err != nil {
		r.t.Fatalf("redis %s: %v", strings.Join(args, " "), err)
	}
	return reply
}

// Role returns the server's role, "master" or "slave"; "" while Sentinel changes it, which closes the connections of clients with the
// change (CLIENT KILL, https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/).
func (r *RedisServer) Role() string {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), 10*time.Second)
	defer cancel()
	reply, err := r.do(ctx, "ROLE")
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) {
		return ""
	}
	if err != nil {
		r.t.Fatalf("redis ROLE: %v", err)
	}
	role, _, _ := strings.Cut(reply, "\n")
	return role
}

// Pause hangs the server (SIGSTOP): the system still accepts connections for it, and nothing answers.
func (r *RedisServer) Pause() { r.signal(sigStop) }

// Resume ends a pause; what was sent meanwhile is answered.
func (r *RedisServer) Resume() { r.signal(sigCont) }

func (r *RedisServer) signal(signal syscall.Signal) {
	r.t.Helper()
	if err := r.s.process.cmd.Process.Signal(signal); err != nil {
		r.t.Fatalf("servertest: %s on %s: %v", r.s.name, r.Addr(), err)
	}
}

func (r *RedisServer) do(ctx context.Context, args ...string) (string, error) {
	return r.conn.do(ctx, r.s.addr(), args...)
}

// isOurs fails until the server answers, and where a stranger answers on its port.
func (r *RedisServer) isOurs(ctx context.Context) error {
	info, err := r.do(ctx, "INFO", "server")
	if err != nil {
		return err
	}
	if !slices.Contains(strings.Fields(info), "process_id:"+strconv.Itoa(r.s.process.cmd.Process.Pid)) {
		return fmt.Errorf("another server answers on %s", r.s.addr())
	}
	return nil
}

func redisProgram(t testing.TB) string {
	t.Helper()
	bin, err := program("Redis 7 or newer (redis-server)", "redis-server")
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

func startRedis(t testing.TB, settings []Setting, command func(dir string, port int) (*exec.Cmd, error)) *RedisServer {
	t.Helper()
	dir, err := account{}.folder()
	if err != nil {
		t.Fatal(err)
	}
	r := &RedisServer{conn: respDialer{password: value(settings, "requirepass")}}
	r.Server = handle(t, &server{
		name: "Redis", dir: dir, answers: r.isOurs,
		stop: syscall.SIGTERM, fatal: syscall.SIGKILL,
		command: func(port int) (*exec.Cmd, error) { return command(dir, port) },
	})
	r.Start()
	return r
}

func redisCommand(bin, dir string, port int, settings []Setting) *exec.Cmd {
	args := []string{
		"--bind", "127.0.0.1", "--port", strconv.Itoa(port), "--dir", dir, "--save", "",
		"--shutdown-timeout", "0", // it waits for no replica that is paused
		"--repl-diskless-sync-delay", "0",
	}
	for _, s := range settings {
		args = append(args, "--"+s.name, s.value)
	}
	return exec.Command(bin, args...) //nolint:noctx // it ends with its server
}

func value(settings []Setting, name string) (value string) {
	for _, s := range settings {
		if s.name == name {
			value = s.value
		}
	}
	return value
}
