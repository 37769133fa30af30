package sqlstore_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

// cycles is how often the crash test kills who writes; `make soak` asks for more.
var cycles = flag.Int("cycles", 20, "how often the crash test kills a process that writes")

// childTask is the environment variable that makes the test's binary a child: what it does, and where.
const childTask = "WHOSAYS_TEST_CHILD"

func TestMain(m *testing.M) {
	if task, url, ok := strings.Cut(os.Getenv(childTask), " "); ok {
		os.Exit(childMain(task, url))
	}
	inMemory()
	servertest.Main(m)
}

// inMemory puts the tests' files into memory where that is easy: tens of thousands of commits would wait for the disk, which
// no test here can take out anyway. The random walks through a database are shorter than those through memory. Benchmarks do wait.
func inMemory() {
	const shared = "/dev/shm"
	_ = flag.Set("rapid.checks", "25") // the flag is rapid's, which the suite imports
	flag.Parse()
	if flag.Lookup("test.bench").Value.String() != "" {
		return
	}
	if probe, err := os.MkdirTemp(shared, "whosays"); err == nil {
		_ = os.Remove(probe)            // empty
		_ = os.Setenv("TMPDIR", shared) // never fails for such a name
	}
}

// childMain opens a store, and writes until it is killed, if that is its task.
func childMain(task, url string) int {
	fmt.Println("begins")
	s, err := sqlstore.Open(context.Background(), url, sqlstore.Options{})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("opened")
	if prefix, writes := strings.CutPrefix(task, "write:"); writes {
		writeForever(s, prefix)
	}
	if what, says := strings.CutPrefix(task, "say:"); says {
		stage, platform, _ := strings.Cut(what, "@")
		return sayOnce(s, stage, platform)
	}
	if what, corrects := strings.CutPrefix(task, "correct:"); corrects {
		stage, platform, _ := strings.Cut(what, "@")
		return correctOnce(s, stage, platform)
	}
	return 0
}

// writeForever acknowledges each claim on a line of its own, once it is committed.
func writeForever(s knowledge.Store, prefix string) {
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%s-%d-%d", prefix, w, i)
				if _, err := s.Commit(context.Background(), storetest.Change(i, storetest.Claim("", id, 1, id))); err != nil {
					fmt.Println("failed", err)
					return
				}
				fmt.Println("acknowledged", id)
			}
		})
	}
	wg.Wait()
}

// child is a process of the test's own.
type child struct {
	cmd *exec.Cmd
	out *bufio.Scanner
}

func startChild(t testing.TB, task, url string) *child {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childTask+"="+task+" "+url, "GORACE="+servertest.ChildRace)
	cmd.Stderr = os.Stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &child{cmd, bufio.NewScanner(io.Reader(pipe))}
}

// until reads lines up to the one that starts so.
func (c *child) until(t testing.TB, start string) {
	t.Helper()
	for c.out.Scan() {
		if strings.HasPrefix(c.out.Text(), start) {
			return
		}
	}
	t.Fatalf("the child ended before it said %q", start)
}

// kill ends the child with SIGKILL, and returns what else it had said.
func (c *child) kill(t testing.TB) []string {
	t.Helper()
	if err := c.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for c.out.Scan() {
		lines = append(lines, c.out.Text())
	}
	_ = c.cmd.Wait() // it was killed
	return lines
}
