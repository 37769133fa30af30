//go:build unix

package digesttest

import (
	"flag"
	"os"
	"testing"

	"github.com/whosays/whosays/adapters/servertest"
)

// `make soak` asks for more.
var (
	kills = flag.Int("kills", 10, "how often a process is killed at each of the six points between tick and commit")
	slots = flag.Int("slots", 100, "how many digests are due")
)

func TestMain(m *testing.M) {
	if task := os.Getenv(childTask); task != "" {
		os.Exit(childMain(task))
	}
	inMemory()
	servertest.Main(m)
}

// inMemory puts the tests' files into memory where that is easy: SIGKILL doesn't take out the disk.
func inMemory() {
	const shared = "/dev/shm"
	if probe, err := os.MkdirTemp(shared, "whosays"); err == nil {
		_ = os.Remove(probe)            // empty
		_ = os.Setenv("TMPDIR", shared) // never fails for such a name
	}
}
