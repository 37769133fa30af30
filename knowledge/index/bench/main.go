// Bench measures the product beside peers, in one run and on one machine: generated bases of 10,000, 100,000 and
// 1,000,000 claims, the same questions and messages for all, one table at the end. It is a module of its own, so
// that the product doesn't depend on what it is compared with.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"time"
)

// options are what a run is told.
type options struct {
	sizes     []int
	engines   []string
	questions int           // of each kind of text the product is given, at most
	budget    time.Duration // that one engine may take for one kind of text
	json      bool
	profile   string
}

func main() {
	o, err := parse(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err = run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parse(args []string) (options, error) {
	var o options
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	sizes := f.String("sizes", "10k 100k 1M", "how many claims, one base after the other")
	engines := f.String("engines", strings.Join(engineNames(), " "), "what is measured")
	f.IntVar(&o.questions, "n", 2000, "how many questions, and how many messages, at most")
	f.DurationVar(&o.budget, "budget", 30*time.Second, "how long an engine may take for one kind of text: a slow one answers fewer")
	f.BoolVar(&o.json, "json", false, "print the results as JSON lines instead of a table")
	f.StringVar(&o.profile, "profile", "", "write a processor profile of the texts, not of building, to this file")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	for _, s := range strings.Fields(*sizes) {
		n, err := size(s)
		if err != nil {
			return o, err
		}
		o.sizes = append(o.sizes, n)
	}
	o.engines = strings.Fields(*engines)
	for _, name := range o.engines {
		if !slices.Contains(engineNames(), name) {
			return o, fmt.Errorf("there is no engine %q; there are %s", name, strings.Join(engineNames(), ", "))
		}
	}
	return o, nil
}

// size reads "500", "10k" or "1M".
func size(s string) (int, error) {
	digits, times := s, 1
	if rest, ok := strings.CutSuffix(s, "k"); ok {
		digits, times = rest, 1000
	} else if rest, ok := strings.CutSuffix(s, "M"); ok {
		digits, times = rest, 1_000_000
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("%q is no size: write 500, 10k or 1M", s)
	}
	return n * times, nil
}
