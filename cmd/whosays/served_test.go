package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/adrg/xdg"
	"github.com/rogpeppe/go-internal/testscript"
)

// invocation is a command line, and what a script has set around it. One process runs those of a script, in its folder: to start one for
// each takes most of the time of the scripts.
type invocation struct {
	Args, Env []string
}

// came is what came of a call.
type came struct {
	Status    int
	Out, Errs string
}

// serveCalls runs command lines as main does, until there are no more.
func serveCalls() {
	calls, answers := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var c invocation
		if err := calls.Decode(&c); err != nil {
			os.Exit(exitOK) // the script has ended
		}
		os.Clearenv()
		for _, v := range c.Env {
			name, value, _ := strings.Cut(v, "=")
			if err := os.Setenv(name, value); err != nil {
				panic(err)
			}
		}
		xdg.Reload()
		var out, errs bytes.Buffer
		status := run(context.Background(), c.Args, strings.NewReader(""), &out, &errs)
		if err := answers.Encode(came{status, out.String(), errs.String()}); err != nil {
			panic(err)
		}
	}
}

// server is the process that runs the command lines of one script.
type server struct {
	env     []string // what the script has set
	calls   *json.Encoder
	answers *json.Decoder
}

// serverKey is where a script keeps its server.
type serverKey struct{}

func serverOf(ts *testscript.TestScript) *server { return ts.Value(serverKey{}).(*server) }

// start starts the process, with the first call.
func (s *server) start(ts *testscript.TestScript) {
	cmd := exec.Command(os.Args[0]) //nolint:gosec // itself; it ends with its input
	cmd.Args[0] = served            // by which TestMain knows what to run
	cmd.Dir, cmd.Env, cmd.Stderr = ts.MkAbs("."), s.env, os.Stderr
	in, err := cmd.StdinPipe()
	ts.Check(err)
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = in.Close() // it ends by this
		_ = cmd.Wait()
	})
	s.calls, s.answers = json.NewEncoder(in), json.NewDecoder(out)
}

// served is the name by which the test binary runs calls.
const served = "whosays-served"

// setVariable sets variables for all programs of the script: set NAME=VALUE. The script's own env isn't seen by who is called.
func setVariable(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: set NAME=VALUE…")
	}
	for _, v := range args {
		name, value, _ := strings.Cut(v, "=")
		ts.Setenv(name, value)
	}
	s := serverOf(ts)
	s.env = append(s.env, args...)
}

// callProgram runs a command line without any input, and returns its exit status.
func callProgram(ts *testscript.TestScript, args []string) int {
	s := serverOf(ts)
	if s.calls == nil {
		s.start(ts)
	}
	ts.Check(s.calls.Encode(invocation{args, s.env}))
	var c came
	ts.Check(s.answers.Decode(&c))
	_, err := io.WriteString(ts.Stdout(), c.Out)
	ts.Check(err)
	_, err = io.WriteString(ts.Stderr(), c.Errs)
	ts.Check(err)
	return c.Status
}

// runProgram runs the program, which has to end well, as in: run ask killed.
func runProgram(ts *testscript.TestScript, neg bool, args []string) {
	if status := callProgram(ts, args); status != exitOK || neg {
		ts.Fatalf("the exit status is %d; to expect another one than %d: status N run ARG…", status, exitOK)
	}
}

// checkStatus runs a program and compares its exit status, as in: status 2 run ask; or status 2 exec whosays ask, which is a process of its
// own, and reads the standard input that the script has given.
func checkStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N run|exec ARG…")
	}
	got := "0"
	switch args[1] {
	case "exec":
		if err := ts.Exec(args[2], args[3:]...); err != nil {
			got = strings.TrimPrefix(err.Error(), "exit status ")
		}
	case "run":
		got = strconv.Itoa(callProgram(ts, args[2:]))
	default:
		ts.Fatalf("%s is neither run nor exec", args[1])
	}
	if got != args[0] {
		ts.Fatalf("the exit status is %s, not %s", got, args[0])
	}
}
