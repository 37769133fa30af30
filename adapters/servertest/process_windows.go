package servertest

import (
	"os/exec"
	"syscall"
)

// Windows has no such signals, and no Redis either: the package only has to build there.
const (
	sigStop = syscall.SIGTERM
	sigCont = syscall.SIGTERM
)

func runAs(*exec.Cmd, account) {}
