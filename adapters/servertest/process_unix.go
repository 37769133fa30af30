//go:build unix

package servertest

import (
	"os/exec"
	"syscall"
)

const (
	sigStop = syscall.SIGSTOP
	sigCont = syscall.SIGCONT
)

func attributes(cmd *exec.Cmd) *syscall.SysProcAttr {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	return cmd.SysProcAttr
}

func runAs(cmd *exec.Cmd, a account) {
	if a.other {
		attributes(cmd).Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
}
