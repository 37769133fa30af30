package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/whosays/whosays/adapters/benchtable"
)

const (
	// warm is how many texts go first in each round, unmeasured.
	warm = 50
	// least is how many texts are measured, however slow the engine.
	least = 20
	// rounds is how often each text is answered. The median of its times counts, for a machine does other things
	// besides: an interruption seldom meets the same text twice.
	rounds = 3
)

// quantiles runs do for all texts, round by round, and returns the median and the 99th percentile over the texts. An
// engine that uses up its budget gets through fewer texts, or rounds.
func quantiles(ctx context.Context, texts []string, budget time.Duration, forget func() error, do func(context.Context, string) error) (benchtable.Times, error) {
	start, first := time.Now(), min(warm, len(texts)/10)
	took := make([][]time.Duration, len(texts))
	for round := range rounds {
		if err := forget(); err != nil {
			return benchtable.Times{}, err
		}
		runtime.GC()
		for i, text := range texts {
			before := time.Now()
			if err := do(ctx, text); err != nil {
				return benchtable.Times{}, fmt.Errorf("%q: %w", text, err)
			}
			took[i] = append(took[i], time.Since(before))
			if spent := time.Since(start) > budget; spent && (round > 0 || i-first >= least) {
				return over(took[first:]), nil
			}
		}
	}
	return over(took[first:]), nil
}

// over returns the quantiles over the medians of texts.
func over(took [][]time.Duration) benchtable.Times {
	var all []time.Duration
	for _, t := range took {
		if len(t) > 0 {
			slices.Sort(t)
			all = append(all, t[len(t)/2])
		}
	}
	return benchtable.Quantiles(all)
}
