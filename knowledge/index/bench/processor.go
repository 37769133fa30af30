package main

import (
	"syscall"
	"time"
)

// processor returns the processor time that this process has used: unlike the time on the clock it doesn't grow
// with what else the machine does.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
