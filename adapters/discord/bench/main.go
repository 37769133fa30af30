// Bench asks whosays serve as much as 2,000 servers of Discord would, over the gateway and by signed HTTP, and measures
// how long each answer takes, and what the process needs for it. The people and the fake Discord are in this process, the
// bot in one of its own. Beside it, under the same load, stands the least that a bot can be: discordgo with a fixed text.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// options are what a run is told.
type options struct {
	rate       int           // questions a second
	lasting    time.Duration // of each run
	guilds     int
	bots       []string
	transports []string
	json       bool
}

const (
	gateway  = "gateway"
	overHTTP = "http"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := start(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// start is the benchmark, or the floor that it has started.
func start(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 && args[0] == floorCommand {
		return serveFloor(ctx, args[1:])
	}
	o, err := parse(args)
	if err != nil {
		return err
	}
	rows, err := run(ctx, o)
	if err != nil {
		return err
	}
	if o.json {
		return printJSON(out, rows)
	}
	return printTable(out, rows)
}

func parse(args []string) (options, error) {
	var o options
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.IntVar(&o.rate, "rate", 500, "questions a second")
	f.DurationVar(&o.lasting, "for", time.Minute, "how long each run asks")
	f.IntVar(&o.guilds, "guilds", 2000, "servers, each with one channel and five people")
	bots := f.String("bots", strings.Join(botNames(), " "), "what is measured")
	transports := f.String("transports", gateway+" "+overHTTP, "how interactions come")
	f.BoolVar(&o.json, "json", false, "print the results as JSON lines instead of a table")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if o.rate <= 0 || o.lasting <= 0 || o.guilds <= 0 {
		return o, fmt.Errorf("-rate, -for and -guilds have to be more than nothing")
	}
	o.bots, o.transports = strings.Fields(*bots), strings.Fields(*transports)
	if err := known("bot", o.bots, botNames()); err != nil {
		return o, err
	}
	return o, known("transport", o.transports, []string{gateway, overHTTP})
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
func run(ctx context.Context, o options) (rows []row, err error) {
	dir, err := os.MkdirTemp("", "whosays-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	texts, err := readTexts(ctx)
	if err != nil {
		return nil, err
	}
	for _, transport := range o.transports {
		for _, name := range o.bots {
			progress("%s, %s: %d questions a second for %s in %d servers", name, transport, o.rate, o.lasting, o.guilds)
			r, err := measure(ctx, o, texts, name, transport, filepath.Join(dir, name+"-"+transport))
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", name, transport, err)
			}
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// texts are what people write: the project's own dialogues.
type texts struct{ questions, statements []string }

func readTexts(ctx context.Context) (t texts, err error) {
	root, err := moduleRoot(ctx)
	if err != nil {
		return t, err
	}
	dialogues := filepath.Join(root, "bot", "testdata", "dialogues")
	if t.questions, err = readLines(filepath.Join(dialogues, "questions.jsonl")); err != nil {
		return t, err
	}
	t.statements, err = readLines(filepath.Join(dialogues, "statements.jsonl"))
	return t, err
}

func readLines(path string) (out []string, err error) {
	f, err := os.Open(path) //nolint:gosec // a file of the module
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	for lines := json.NewDecoder(f); ; {
		var line struct {
			Q string `json:"q"` // of a question
			S string `json:"s"` // of a statement
		}
		if err := lines.Decode(&line); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, line.Q+line.S)
	}
}

func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
