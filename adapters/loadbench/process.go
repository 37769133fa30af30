package loadbench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/prometheus/procfs"
)

// Process is a bot at work.
type Process struct {
	URL string // where it listens, without a slash at its end

	cmd  *exec.Cmd
	log  *journal
	done chan error
}

// starting is how long a bot may take to be ready, and to end.
const starting = time.Minute

// launch starts a bot, and waits until it says that it is ready: it logs as JSON to its error output where it listens, and
// answers /readyz there.
func launch(ctx context.Context, cmd *exec.Cmd) (*Process, error) {
	p := &Process{cmd: cmd, log: &journal{listening: make(chan string, 1)}, done: make(chan error, 1)}
	cmd.Stderr = p.log
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = starting
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.done <- cmd.Wait() }()
	ctx, cancel := context.WithTimeout(ctx, starting)
	defer cancel()
	select {
	case addr := <-p.log.listening:
		p.URL = "http://" + addr
	case err := <-p.done:
		return nil, fmt.Errorf("it ended at once: %w\n%s", err, p.log.worst())
	case <-ctx.Done():
		return nil, p.failed(ctx.Err())
	}
	for p.ready(ctx) != nil {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return nil, p.failed(fmt.Errorf("it isn't ready: %w", ctx.Err()))
		}
	}
	return p, nil
}

func (p *Process) failed(err error) error {
	_ = p.end() // the first error says more
	return fmt.Errorf("%w\n%s", err, p.log.worst())
}

// ready asks whether it is.
func (p *Process) ready(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.URL+"/readyz", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("/readyz: %s", resp.Status)
	}
	_ = resp.Body.Close()
	return err
}

// end asks it to stop, and waits until it has.
func (p *Process) end() error {
	if err := p.cmd.Cancel(); err != nil {
		return err
	}
	select {
	case err := <-p.done:
		return err
	case <-time.After(starting):
		return p.cmd.Process.Kill()
	}
}

// usage is what a process has used so far.
type usage struct {
	processor float64 // seconds
	memory    uint64  // resident at most, in bytes
}

// used reads what a process has used; Linux alone tells.
func used(pid int) (u usage, err error) {
	p, err := procfs.NewProc(pid)
	if err != nil {
		return u, err
	}
	stat, err := p.Stat()
	if err != nil {
		return u, err
	}
	status, err := p.NewStatus()
	return usage{stat.CPUTime(), status.VmHWM}, err
}

func ownUsage() (usage, error) { return used(os.Getpid()) }

// journal reads a log: where the bot listens, and what went wrong.
type journal struct {
	listening chan string

	mu    sync.Mutex
	rest  []byte
	wrong []string // the first warnings and errors
	count int      // of all of them
}

const mostWrong = 10

// Write takes a piece of the log.
func (j *journal) Write(data []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.rest = append(j.rest, data...)
	for {
		line, rest, found := bytes.Cut(j.rest, []byte("\n"))
		if !found {
			return len(data), nil
		}
		j.line(line)
		j.rest = bytes.Clone(rest)
	}
}

func (j *journal) line(line []byte) {
	var entry struct {
		Level, Msg, Addr string
	}
	err := json.Unmarshal(line, &entry)
	switch {
	case err == nil && entry.Msg == "listening":
		select {
		case j.listening <- entry.Addr:
		default:
		}
	case err != nil || entry.Level == "WARN" || entry.Level == "ERROR":
		if j.count++; len(j.wrong) < mostWrong {
			j.wrong = append(j.wrong, string(line))
		}
	}
}

// complaints counts the warnings and errors so far.
func (j *journal) complaints() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.count
}

// worst returns the first of them, one a line.
func (j *journal) worst() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out bytes.Buffer
	for _, line := range j.wrong {
		fmt.Fprintln(&out, line)
	}
	return out.String()
}
