// Package loadbench measures how a bot bears a load: questions come at a steady rate, whether the earlier ones are
// answered or not. The bot is a process of its own; the platform, a fake, and its people are in this one. Each platform
// has a command of its own for it.
package loadbench

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/whosays/whosays/adapters/benchtable"
)

// Platform is what a benchmark is made of.
type Platform struct {
	Name       string
	Tenants    int    // how many there are by default
	Each       string // what a tenant is, such as "servers, each with one channel"
	Bots       []string
	Transports []string
	Begin      func(ctx context.Context, r Run) (Scene, error)
}

// Options are what a benchmark is told.
type Options struct {
	Rate       int           // questions a second
	Lasting    time.Duration // of each run
	Tenants    int
	Bots       []string
	Transports []string
	JSON       bool
}

// Run is one bot, by one transport.
type Run struct {
	Options
	Bot, Transport string
	Dir            string // where the bot may keep what it keeps; it isn't there yet
	Texts          Texts

	program string // whosays
}

// Scene is a platform full of people, for one run.
type Scene interface {
	// Command returns the process of the bot, which isn't started.
	Command(ctx context.Context) (*exec.Cmd, error)
	// Meet waits until the bot, which is ready, is there for people.
	Meet(ctx context.Context, p *Process) error
	// Ask lets somebody ask the ith question, and returns what notes in it when it was acknowledged and answered: that
	// returns once it was, or when its context ends. Ask isn't called concurrently.
	Ask(i int, q *Question) (await func(ctx context.Context))
	// Refused returns how many requests of the bot were refused, by the platform's word for it.
	Refused() map[string]int
	Close()
}

// Main is the command of a benchmark. It prints to out what was measured, and to the error output what it is about.
func Main(ctx context.Context, p Platform, args []string, out io.Writer) error {
	o, err := parse(p, args)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "whosays-build-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program, err := build(ctx, dir)
	if err != nil {
		return err
	}
	rows, err := run(ctx, p, o, program)
	if err != nil {
		return err
	}
	return benchtable.Write(out, o.JSON, figures(p, o, rows))
}

// Measure is Main for tests: it returns what was measured, of a program that is there. It is started under the name of [Whosays].
func Measure(ctx context.Context, p Platform, program string, args ...string) ([]Row, error) {
	o, err := parse(p, args)
	if err != nil {
		return nil, err
	}
	return run(ctx, p, o, program)
}

func parse(p Platform, args []string) (Options, error) {
	var o Options
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.IntVar(&o.Rate, "rate", 500, "questions a second")
	f.DurationVar(&o.Lasting, "for", time.Minute, "how long each run asks")
	f.IntVar(&o.Tenants, "tenants", p.Tenants, p.Each)
	bots := f.String("bots", strings.Join(p.Bots, " "), "what is measured")
	transports := f.String("transports", strings.Join(p.Transports, " "), "how the platform brings what happens")
	f.BoolVar(&o.JSON, "json", false, "print the results as JSON lines instead of a table")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if o.Rate <= 0 || o.Lasting <= 0 || o.Tenants <= 0 {
		return o, errors.New("-rate, -for and -tenants have to be more than nothing")
	}
	o.Bots, o.Transports = strings.Fields(*bots), strings.Fields(*transports)
	return o, errors.Join(known("bot", o.Bots, p.Bots), known("transport", o.Transports, p.Transports))
}

func known(what string, given, there []string) error {
	for _, name := range given {
		if !slices.Contains(there, name) {
			return fmt.Errorf("there is no %s %q; there are %s", what, name, strings.Join(there, ", "))
		}
	}
	return nil
}

// run measures each bot over each transport.
func run(ctx context.Context, p Platform, o Options, program string) (rows []Row, err error) {
	dir, err := os.MkdirTemp("", "whosays-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	texts, err := readTexts(ctx)
	if err != nil {
		return nil, err
	}
	for _, transport := range o.Transports {
		for _, name := range o.Bots {
			progress("%s, %s: %d questions a second for %s in %d %s", name, transport, o.Rate, o.Lasting, o.Tenants, p.Each)
			row, err := measure(ctx, p, Run{o, name, transport, filepath.Join(dir, name+"-"+transport), texts, program})
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", name, transport, err)
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
