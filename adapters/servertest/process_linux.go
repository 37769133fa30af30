package servertest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

func signalWhenOrphaned(cmd *exec.Cmd, signal syscall.Signal) {
	attributes(cmd).Pdeathsig = signal
}

// children lists the processes that pid has started and not yet waited for.
func children(pid int) []int {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is well formed
	var found []int
	for _, path := range stats {
		stat, _ := os.ReadFile(path) // a process may be gone by now: nothing is read
		// pid (name) state ppid …, where a name may hold spaces and parentheses
		_, rest, _ := strings.Cut(string(stat[max(0, strings.LastIndexByte(string(stat), ')')):]), " ")
		var state string
		var parent int
		if _, err := fmt.Sscan(rest, &state, &parent); err == nil && parent == pid {
			child, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			found = append(found, child)
		}
	}
	return found
}
