package main

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/config"
)

// on runs a command line on a database.
func on(t *testing.T, db string, args ...string) (status int, out, errs string) {
	t.Helper()
	var stdout, stderr strings.Builder
	a := &app{
		in: strings.NewReader(""), out: &stdout, errs: &stderr, env: func(string) string { return "" }, clock: time.Now,
		sources: config.Sources{DataHome: t.TempDir()}, cache: t.TempDir(),
	}
	status = a.execute(t.Context(), append(args, "--db", db))
	return status, stdout.String(), stderr.String()
}

// want runs a command line that has to succeed and say something.
func want(t *testing.T, db, says string, args ...string) string {
	t.Helper()
	status, out, errs := on(t, db, args...)
	if status != exitOK || !strings.Contains(out, says) {
		t.Fatalf("%v: status %d, %s%s, want %q", args, status, out, errs, says)
	}
	return out
}

// TestOnPostgres: what an operator does works on PostgreSQL as it does on SQLite, and goes from the one to the other.
func TestOnPostgres(t *testing.T) {
	t.Parallel()
	db := servertest.Postgres(t)
	want(t, db, "0001", "migrate", "up")
	want(t, db, "version 1, live", "base", "add", "--tenant", "slack:T1", "--set", "id=dam-holds", "--set", "kind=statement",
		"--set", "text=The dam holds.", "--set", "attribution.standing=unattributed", "--set", "source.title=The Courier")
	want(t, db, "version 2, retracted", "base", "retract", "dam-holds", "--tenant", "slack:T1", "--reason", "it broke")
	want(t, db, "55,000", "ask", "How many Ukrainian soldiers have been killed?")
	verdict := want(t, db, "slack:T1: 2 changes, each as it was made", "base", "verify")
	head := verdict[strings.LastIndex(verdict, "head ")+len("head "):]

	dump := filepath.Join(t.TempDir(), "dump.jsonl")
	want(t, db, "slack:T1@2:", "base", "backup", dump)
	restored := filepath.Join(t.TempDir(), "restored.db")
	want(t, restored, "is loaded", "base", "restore", dump)
	want(t, restored, "slack:T1: 2 changes, each as it was made", "base", "verify", "--head", strings.TrimSpace(head))
	want(t, restored, "v2", "base", "history", "dam-holds", "--tenant", "slack:T1")
	if status, _, errs := on(t, restored, "base", "restore", dump); status != exitFail || errs == "" {
		t.Errorf("a second time: status %d, %s", status, errs)
	}
}

// TestReplicasStartTogether: the tables are made once, and the starter base is loaded once.
func TestReplicasStartTogether(t *testing.T) {
	t.Parallel()
	for name, db := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "base.db"), "postgres": servertest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var replicas sync.WaitGroup
			for range 3 {
				replicas.Go(func() {
					if status, out, errs := on(t, db, "base", "list"); status != exitOK || !strings.Contains(out, "ukraine-soldiers-killed-zelenskyy") {
						t.Errorf("status %d: %.300s%s", status, out, errs)
					}
				})
			}
			replicas.Wait()
			want(t, db, "the shared base: 1 changes", "base", "verify")
		})
	}
}

// TestADatabaseThatIsOut: no answer rather than an old one, said kindly, and without the password.
func TestADatabaseThatIsOut(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"ask", "How many?"}, {"base", "list"}, {"migrate", "status"}} {
		status, out, errs := on(t, "postgres://whosays:canary@127.0.0.1:1/none", args...)
		if status != exitFail || out != "" || errs == "" || strings.Contains(errs, "canary") {
			t.Errorf("%v: status %d, %q, %q", args, status, out, errs)
		}
	}
}

// TestServeOnADatabase: serve logs the heads of the chains, and is ready whatever becomes of Redis.
func TestServeOnADatabase(t *testing.T) {
	t.Parallel()
	db, redis := filepath.Join(t.TempDir(), "base.db"), servertest.Redis(t)
	log, stop, done := serving(t, []string{"WHOSAYS_HTTP_LISTEN=127.0.0.1:0", "WHOSAYS_DATABASE_URL=" + db, "WHOSAYS_REDIS_URL=" + redis.URL()}, "--only", "housekeeping")
	r := running{t: t, log: log, url: "http://" + log.wait(t, "listening").Addr}
	log.wait(t, "head of an audit chain")
	log.wait(t, "ready")
	r.want("/readyz", 200, "database: ok\nbase: ok\nready\n")
	r.want("/metrics", 200, "whosays_cache_redis_up 1")
	redis.Kill()
	r.want("/readyz", 200, "ready\n") // Redis costs speed only
	r.want("/healthz", 200, "alive\n")
	want(t, db, "version 2, retracted", "base", "retract", "ukraine-soldiers-killed-zelenskyy", "--reason", "a test")
	r.want("/readyz", 200, "base: ok\n")
	stop()
	if status := <-done; status != exitOK {
		t.Errorf("status %d: %s", status, log)
	}
}
