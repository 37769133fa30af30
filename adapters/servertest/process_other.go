//go:build !linux

package servertest

import (
	"os/exec"
	"syscall"
)

// Only Linux can tell a child that its parent died: elsewhere a test that is killed leaves its servers running.
func signalWhenOrphaned(*exec.Cmd, syscall.Signal) {}

// Elsewhere than on Linux a PostgreSQL that crashes has to end its children itself.
func children(int) []int { return nil }
