//go:build !unix

package sqlstore_test

import (
	"fmt"

	"github.com/whosays/whosays/adapters/sqlstore"
)

// sayOnce is for tests that need SIGSTOP, and don't run here.
func sayOnce(*sqlstore.Store, string, string) int {
	fmt.Println("there is no SIGSTOP")
	return 1
}

// correctOnce is for tests that need SIGSTOP, and don't run here.
func correctOnce(s *sqlstore.Store, stage, platform string) int { return sayOnce(s, stage, platform) }
