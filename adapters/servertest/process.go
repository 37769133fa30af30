package servertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// patience is how long a server may take to start or to end before a test gives up on it.
const patience = 30 * time.Second

// process is a child that lives no longer than the process that started it.
type process struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when the child has ended
}

// spawn starts a child that gets the signal orphaned when this process dies, however it dies.
func spawn(cmd *exec.Cmd, orphaned syscall.Signal) (*process, error) {
	signalWhenOrphaned(cmd, orphaned)
	p := &process{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go p.run(started)
	return p, <-started
}

// run keeps a thread for the child. For Linux the parent of a child is the thread that forked it, and Go ends a thread
// whose goroutine ends while it is locked to it: any other test could so end a child that it never heard of.
func (p *process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(p.done)
	err := p.cmd.Start()
	started <- err
	if err == nil {
		_ = p.cmd.Wait() // how it ended is read from cmd.ProcessState
	}
}

// end sends the signal, wakes a child that is paused, and waits until it is gone; one that doesn't go is killed.
func (p *process) end(signal syscall.Signal) error {
	_ = p.cmd.Process.Signal(signal) // it may be gone already
	_ = p.cmd.Process.Signal(sigCont)
	select {
	case <-p.done:
		return nil
	case <-time.After(patience):
	}
	_ = p.cmd.Process.Kill()
	<-p.done
	return fmt.Errorf("%s didn't end within %s of signal %q and was killed", p.cmd.Path, patience, signal)
}

// crash ends the child as a power cut would: its own children can't tidy up, and no client is told. The child itself
// gets the signal fatal; PostgreSQL's needs the chance to give back the shared memory, which outlives processes.
func (p *process) crash(fatal syscall.Signal) error {
	select {
	case <-p.done: // its number may be another's by now
		return nil
	default:
	}
	_ = p.cmd.Process.Signal(sigStop) // it starts no more children while they are listed
	for _, pid := range children(p.cmd.Process.Pid) {
		if child, err := os.FindProcess(pid); err == nil {
			_ = child.Kill() // it may be gone already
		}
	}
	return p.end(fatal)
}

// whileAlive is a context that ends with the child.
func (p *process) whileAlive(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-p.done:
			cancel(fmt.Errorf("it ended: %s", p.cmd.ProcessState))
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }
}

// poll calls try until it succeeds or ctx ends, and then says why it didn't.
func poll(ctx context.Context, try func(context.Context) error) error {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		err := try(ctx)
		if err == nil {
			return ctx.Err()
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("%w; last: %w", context.Cause(ctx), err)
		}
	}
}
