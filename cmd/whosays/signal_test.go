//go:build unix

package main

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// process starts whosays serve as a process of its own, with some more in its environment, and waits until it is ready.
func process(t *testing.T, environ ...string) (*exec.Cmd, *logbook) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // for one that hangs
	t.Cleanup(cancel)
	log := newLogbook()
	cmd := exec.CommandContext(ctx, "whosays", "serve") // this test binary: see TestMain
	name, value := raceExit()
	cmd.Env = []string{name + "=" + value, "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "WHOSAYS_HTTP_LISTEN=127.0.0.1:0"}
	cmd.Env = append(cmd.Env, environ...)
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	log.wait(t, "ready")
	return cmd, log
}

func TestSignalEndsServe(t *testing.T) {
	t.Parallel()
	for _, signal := range []os.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			cmd, log := process(t, "WHOSAYS_SERVE_ONLY=housekeeping")
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("%v: %s", err, log)
			}
			log.wait(t, "stopped")
		})
	}
}

// TestSecondSignalEndsServeAtOnce holds the first signal's end up by a request that never comes to its end.
func TestSecondSignalEndsServeAtOnce(t *testing.T) {
	t.Parallel()
	cmd, log := process(t, "WHOSAYS_SERVE_ONLY=housekeeping")
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", log.wait(t, "listening").Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // the test is over
	if _, err := conn.Write([]byte("GET / HTTP/1.1\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	log.wait(t, "draining")
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	again := time.NewTicker(time.Millisecond) // the first is let go of a moment after it was heard
	defer again.Stop()
	for {
		select {
		case err = <-ended:
			exit, ok := errors.AsType[*exec.ExitError](err)
			if !ok || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGTERM {
				t.Errorf("%v: %s", err, log)
			}
			return
		case <-again.C:
			_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended
		}
	}
}
