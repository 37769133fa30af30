package servertest_test

import (
	"bufio"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/servertest"
)

// toBeKilled is set in the environment of the process that TestNothingOutlivesAKilledTest kills.
const toBeKilled = "SERVERTEST_TO_BE_KILLED"

// TestNothingOutlivesAKilledTest starts itself, lets its other self start servers, and kills it.
func TestNothingOutlivesAKilledTest(t *testing.T) {
	if os.Getenv(toBeKilled) != "" {
		waitToBeKilled(t)
	}
	t.Parallel()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), toBeKilled+"=1", "TMPDIR="+openFolder(t))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	addrs := strings.Fields(line)
	for _, addr := range addrs {
		if refused(addr) {
			t.Errorf("%s doesn't run: %q", addr, line)
		}
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	for _, addr := range addrs {
		eventually(t, addr+" ends", func() bool { return refused(addr) })
	}
}

// waitToBeKilled prints where its servers listen: one that is busy, one that is paused, and the two PostgreSQL.
func waitToBeKilled(t *testing.T) {
	shared, err := url.Parse(servertest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	own := servertest.StartPostgres(t)
	connect(t, own.Database())
	redis, paused := servertest.Redis(t), servertest.Redis(t)
	paused.Pause()
	fmt.Println(shared.Host, own.Addr(), redis.Addr(), paused.Addr())
	select {}
}

// openFolder is a folder for what a killed process leaves; every user may pass through it.
func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "servertest-killed-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		eventually(t, dir+" is removed", func() bool { return os.RemoveAll(dir) == nil }) // the last may still write
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
