package sqlstore_test

import (
	"math/rand/v2"
	"testing"

	"github.com/whosays/whosays/adapters/servertest"
)

// TestDiskFullOnPostgres: see fill. Only Linux limits the files of a process that runs.
func TestDiskFullOnPostgres(t *testing.T) {
	t.Parallel()
	server := servertest.StartPostgres(t)
	s := openStore(t, server.Database())
	server.FillDisk(2<<20 + 1000)
	fill(t, s, noise(32<<10), server.FreeDisk)
}

// noise is text that can't be packed much.
func noise(length int) string {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // it only has to be the same each time
	text := make([]byte, length)
	for i := range text {
		text[i] = byte(' ' + r.IntN('~'-' '))
	}
	return string(text)
}
