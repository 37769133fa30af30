// Command whosays answers questions about contested figures from a base of sourced claims, in the terminal.
package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // the zones of digests, also where the system has none

	"github.com/adrg/xdg"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/config"
	"github.com/whosays/whosays/knowledge"
)

// The exit statuses.
const (
	exitOK    = 0
	exitFail  = 1 // it could not
	exitUsage = 2 // it was called wrongly
)

func main() {
	// Starting builds a lexicon of a few MB that all stays: collecting it again and again is a good part of the
	// time that one answer in a terminal takes.
	debug.SetGCPercent(startupGC)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// startupGC lets the heap grow to some 20 MB before it is collected.
const startupGC = 400

// run is the whole program: main and the tests call it.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	a := &app{in: in, out: out, errs: errs, env: os.Getenv, clock: time.Now, screen: console.Detect(out, os.Getenv)}
	a.cache = xdg.CacheHome
	a.sources = config.Sources{Environ: os.Environ(), ConfigHome: xdg.ConfigHome, DataHome: xdg.DataHome}
	return a.execute(ctx, args)
}

// execute runs a command line in the surroundings of a, and returns the exit status.
func (a *app) execute(ctx context.Context, args []string) int {
	root := newRoot(a) //nolint:contextcheck // each command takes the context that it is executed with
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.errs)
	err := root.ExecuteContext(ctx)
	for _, end := range slices.Backward(a.closers) {
		err = cmp.Or(err, end())
	}
	return a.exit(err)
}

// usageError is a mistake in the call: it says what to do instead.
type usageError struct{ msg string }

func (e usageError) Error() string { return e.msg }

// errSaid is the error of a command that has said on its output what is wrong.
var errSaid = errors.New("said already")

// exit reports an error and returns the status that says the same.
func (a *app) exit(err error) int {
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE): // who reads the output has enough
		return exitOK
	case errors.Is(err, errSaid), errors.Is(err, context.Canceled): // whoever interrupted it knows
		return exitFail
	}
	a.complain(err)
	if _, usage := errors.AsType[usageError](err); usage || !a.started {
		return exitUsage
	}
	return exitFail
}

// complain writes what went wrong to the error output. Messages can quote files, and URLs with
// passwords: they are cleaned, line by line.
func (a *app) complain(err error) {
	msg := err.Error()
	if known, ok := errors.AsType[*knowledge.Error](err); ok {
		msg = known.Msg
	}
	lines := strings.Split(msg, "\n")
	for i, line := range lines {
		lines[i] = console.Clean(ops.Redact(line))
	}
	_, _ = io.WriteString(a.errs, "whosays: "+strings.Join(lines, "\n")+"\n")
}
