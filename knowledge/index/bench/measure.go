package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"slices"
	"time"

	"github.com/whosays/whosays/adapters/benchtable"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// engine is what is measured: the product, or a peer.
type engine interface {
	// add takes the next claims. The time it takes is part of the time to build.
	add(claims []knowledge.Claim) error
	// finish makes the engine ready for texts. Its time, too, is part of the time to build.
	finish(ctx context.Context) error
	// ask and search answer a text: a question, and a message that may repeat a claim.
	ask(ctx context.Context, text string) error
	search(ctx context.Context, text string) error
	// forget makes the engine forget what it has seen of texts: each round of texts is answered as the first.
	forget() error
	// memory returns what the index keeps in memory, in bytes, without the texts of the claims.
	memory() (uint64, error)
	close() error
}

// keeper is an engine whose index can be saved and loaded.
type keeper interface {
	reload(ctx context.Context, row *row) error
}

// row is what was measured of an engine on a base. What wasn't measured is zero.
type row struct {
	Claims    int
	Engine    string
	Question  benchtable.Times
	Message   benchtable.Times
	BuildS    float64
	BuildCPUS float64
	MemoryMB  float64
	SaveS     float64
	LoadS     float64
	FileMB    float64
}

const mega = 1 << 20

// run measures every engine on every base, and prints what it found.
func run(ctx context.Context, o options) error {
	lex, err := lexicon.Default()
	if err != nil {
		return err
	}
	g := newGenerator(lex)
	var rows []row
	for _, n := range o.sizes {
		for _, name := range o.engines {
			progress("%s, %d claims", name, n)
			r, err := measure(ctx, g, name, n, o)
			if err != nil {
				return fmt.Errorf("%s, %d claims: %w", name, n, err)
			}
			rows = append(rows, r)
		}
	}
	return benchtable.Write(os.Stdout, o.json, figures(rows))
}

func measure(ctx context.Context, g *generator, name string, n int, o options) (row, error) {
	out := row{Claims: n, Engine: name}
	questions, err := g.questions(o.questions+warm, n)
	if err != nil {
		return out, err
	}
	messages := g.messages(o.questions+warm, n)
	e, err := engines()[name](g.lex)
	if err != nil {
		return out, err
	}
	defer func() { _ = e.close() }()
	if err := out.build(ctx, g, e, n); err != nil {
		return out, err
	}
	stop, err := profile(o.profile)
	if err != nil {
		return out, err
	}
	defer stop()
	if out.Question, err = quantiles(ctx, questions, o.budget, e.forget, e.ask); err != nil {
		return out, err
	}
	progress("  questions: %.3f / %.3f ms", out.Question.P50, out.Question.P99)
	if out.Message, err = quantiles(ctx, messages, o.budget, e.forget, e.search); err != nil {
		return out, err
	}
	progress("  messages: %.3f / %.3f ms", out.Message.P50, out.Message.P99)
	if k, ok := e.(keeper); ok {
		return out, k.reload(ctx, &out)
	}
	return out, nil
}

// profile writes a processor profile to a file, if one is named, until it is stopped.
func profile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		_ = file.Close()
	}, nil
}

// build gives the claims to an engine, and times the engine alone.
func (r *row) build(ctx context.Context, g *generator, e engine, n int) error {
	const batch = 1000
	var took, cpu time.Duration
	timed := func(do func() error) error {
		start, used := time.Now(), processor()
		err := do()
		took, cpu = took+time.Since(start), cpu+processor()-used
		return err
	}
	for claims := range slices.Chunk(slices.Collect(numbers(n)), batch) {
		made := make([]knowledge.Claim, len(claims))
		for i, k := range claims {
			made[i] = g.claim(k)
		}
		if err := timed(func() error { return e.add(made) }); err != nil {
			return err
		}
		if done := claims[len(claims)-1] + 1; done%(100*batch) == 0 {
			progress("  %d claims in %.1f s", done, took.Seconds())
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if err := timed(func() error { return e.finish(ctx) }); err != nil {
		return err
	}
	bytes, err := e.memory()
	r.BuildS, r.BuildCPUS, r.MemoryMB = took.Seconds(), cpu.Seconds(), float64(bytes)/mega
	progress("  built in %.1f s (%.1f s of processor), %.0f MB", r.BuildS, r.BuildCPUS, r.MemoryMB)
	return err
}

func numbers(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// heap returns what is in use after a collection.
func heap() uint64 {
	runtime.GC()
	runtime.GC() // the first only demotes what pools hold
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
