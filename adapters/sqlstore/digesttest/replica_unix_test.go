//go:build unix

package digesttest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/servertest"
)

// patience is how long a test waits for what has to come.
const patience = 2 * time.Minute

var replicas atomic.Int64 // numbers them

// process is a replica in a process of its own.
type process struct {
	t      testing.TB
	number int
	cmd    *exec.Cmd
	orders io.WriteCloser
	lines  chan string // what it says; closed when it has ended
}

// start starts a replica, which waits for its beginning.
func (r *rig) start(change ...func(*task)) *process {
	r.t.Helper()
	p := &process{t: r.t, number: int(replicas.Add(1)), lines: make(chan string, 1<<16)}
	is := r.task
	for _, c := range change {
		c(&is)
	}
	if r.engine.driver == "pgx" { // by its name a transaction is known as this replica's
		u, err := url.Parse(is.Database)
		r.ok(err)
		q := u.Query()
		q.Set("application_name", fmt.Sprint("replica-", p.number))
		u.RawQuery = q.Encode()
		is.Database = u.String()
	}
	text, err := json.Marshal(is)
	r.ok(err)
	exe, err := os.Executable()
	r.ok(err)
	p.cmd = exec.CommandContext(r.t.Context(), exe)
	p.cmd.Env = append(os.Environ(), childTask+"="+string(text), "GORACE="+servertest.ChildRace)
	p.cmd.Stderr = os.Stderr
	p.orders, err = p.cmd.StdinPipe()
	r.ok(err)
	out, err := p.cmd.StdoutPipe()
	r.ok(err)
	r.ok(p.cmd.Start())
	go func() {
		defer close(p.lines)
		for in := bufio.NewScanner(out); in.Scan(); {
			p.lines <- in.Text()
		}
	}()
	return p
}

// run starts as many replicas as share the database, and lets them begin together.
func (r *rig) run(change ...func(*task)) (all []*process) {
	r.t.Helper()
	for range r.engine.replicas {
		all = append(all, r.start(change...))
	}
	begin(all)
	return all
}

func begin(all []*process) {
	for _, p := range all {
		p.until("ready")
	}
	for _, p := range all {
		p.order("begin")
	}
}

func (p *process) order(line string) {
	p.t.Helper()
	if _, err := fmt.Fprintln(p.orders, line); err != nil {
		p.t.Fatal(err)
	}
}

// until reads what it says up to the line that begins so, and returns the rest of that line.
func (p *process) until(begin string) string {
	p.t.Helper()
	late := time.After(patience)
	for {
		select {
		case line, ok := <-p.lines:
			if rest, found := strings.CutPrefix(line, begin); found {
				return strings.TrimSpace(rest)
			}
			if !ok || strings.HasPrefix(line, "failed") {
				p.t.Fatalf("the replica ended before it said %q: %s", begin, line)
			}
		case <-late:
			p.t.Fatalf("in %v the replica didn't say %q", patience, begin)
		}
	}
}

// stand has it stand still at a point, from now on.
func (p *process) stand(point string) {
	p.t.Helper()
	p.order("stand " + point)
	p.until("armed " + point)
}

// heard reads what a replica has said, up to the line that begins so.
func (p *process) heard(begin string) (rest string, ok bool) {
	p.t.Helper()
	for {
		select {
		case line, running := <-p.lines:
			if !running {
				p.t.Fatal("a replica ended by itself")
			}
			if rest, ok := strings.CutPrefix(line, begin); ok {
				return strings.TrimSpace(rest), true
			}
		default:
			return "", false
		}
	}
}

// kill ends it with SIGKILL.
func (p *process) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	p.drain()
	err := p.wait()
	if state, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || state.Signal() != syscall.SIGKILL {
		p.t.Errorf("it wasn't killed, but ended with %v", err)
	}
}

func (p *process) wait() error { return p.cmd.Wait() }

func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// end ends it in order, and returns what else it has said. One that crashed fails the test.
func (p *process) end() []string {
	p.t.Helper()
	_ = p.orders.Close()
	lines := p.drain()
	if err := p.wait(); err != nil {
		p.t.Errorf("a replica crashed: %v: %q", err, lines)
	}
	return lines
}

func (p *process) drain() (lines []string) {
	for line := range p.lines {
		lines = append(lines, line)
	}
	return lines
}
