package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/benchtable"
	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// The benchmarks of the base in a database: each works once on stored claims, and reports what it measured.

func TestMain(m *testing.M) { servertest.Main(m) }

// stored is how many claims the base has.
const stored = 100_000

// scene is what the benchmarks share: the program, the claims as a file, and a database that has them.
type scene struct {
	lex       *lexicon.Lexicon
	g         *generator
	dir       string
	program   string
	claims    string
	questions []knowledge.Query
	texts     []string // of the questions
}

func newScene(b *testing.B) *scene {
	b.Helper()
	lex, err := lexicon.Default()
	fatal(b, err)
	s := &scene{lex: lex, g: newGenerator(lex), dir: b.TempDir()}
	s.program, s.claims = filepath.Join(s.dir, "bin", "whosays"), filepath.Join(s.dir, "claims.jsonl")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", s.program, "./cmd/whosays")
	build.Dir, build.Env = "../../..", append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	for c := range s.g.claims(stored) {
		c.Series = "" // a generated series isn't one count in order
		fatal(b, enc.Encode(c))
	}
	fatal(b, os.WriteFile(s.claims, lines.Bytes(), 0o600))
	texts, err := s.g.questions(2000, stored)
	fatal(b, err)
	p := question.NewParser(lex)
	for _, text := range texts {
		for _, part := range p.Ask(text, time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)).Parts {
			s.texts = append(s.texts, text)
			s.questions = append(s.questions, knowledge.Query{Concepts: part.Concepts(), Limit: 64, Grade: answer.Timely(&part)})
		}
	}
	return s
}

func fatal(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// command is the program, with places of its own.
func (s *scene) command(args ...string) *exec.Cmd {
	c := exec.Command(s.program, args...)
	c.Env = append(os.Environ(), "XDG_DATA_HOME="+s.dir, "XDG_CACHE_HOME="+s.dir, "XDG_CONFIG_HOME="+s.dir, "WHOSAYS_HTTP_LISTEN=127.0.0.1:0", "WHOSAYS_LOG_FORMAT=json")
	return c
}

// BenchmarkBase measures the base of 100,000 claims in a database.
func BenchmarkBase(b *testing.B) {
	s := newScene(b)
	db := filepath.Join(s.dir, "base.db")
	if !b.Run("import/sqlite", func(b *testing.B) { s.importInto(b, "SQLite", "≤ 30", db) }) {
		return // the others would measure an empty base
	}
	remote := servertest.Postgres(b)
	if !b.Run("import/postgres", func(b *testing.B) { s.importInto(b, "PostgreSQL", "≤ 60", remote) }) {
		return
	}
	b.Run("start/first", func(b *testing.B) {
		fatal(b, os.RemoveAll(filepath.Join(s.dir, "whosays")))
		s.start(b, "started for the first time", db)
	})
	b.Run("start/again", func(b *testing.B) { s.start(b, "started where the index was kept", db) })
	store, err := sqlstore.Open(b.Context(), db, sqlstore.Options{})
	fatal(b, err)
	b.Cleanup(func() { fatal(b, store.Close()) })
	redis := servertest.Redis(b)
	inProcess, err := rediscache.New(store, rediscache.Options{Claims: 2 * stored})
	fatal(b, err)
	inRedis, err := rediscache.New(store, rediscache.Options{URL: redis.URL(), Timeout: time.Second, PoolTimeout: time.Second})
	fatal(b, err)
	b.Cleanup(func() { fatal(b, inRedis.Close()) })
	b.Run("find/process", func(b *testing.B) { s.find(b, "the process", "p99 ≤ 1", inProcess) })
	b.Run("find/redis", func(b *testing.B) { s.find(b, "Redis", "", inRedis) })
	b.Run("find/sql", func(b *testing.B) { s.find(b, "SQLite", "p99 ≤ 5", store) })
	b.Run("find/postgres", func(b *testing.B) {
		store, err := sqlstore.Open(b.Context(), remote, sqlstore.Options{})
		fatal(b, err)
		defer func() { fatal(b, store.Close()) }()
		s.find(b, "PostgreSQL", "", store)
	})
	b.Run("find/bleve", func(b *testing.B) { s.findByBleve(b, store) })
	b.Run("claims/process", func(b *testing.B) { s.load(b, "the process", inProcess) })
	b.Run("claims/redis", func(b *testing.B) { s.load(b, "Redis", inRedis) })
	b.Run("claims/sql", func(b *testing.B) { s.load(b, "SQLite", store) })
	b.Run("seen/hint", func(b *testing.B) { s.seen(b, "told by a hint", "≤ 1000", store, redis.URL()) })
	b.Run("seen/asked", func(b *testing.B) { s.seen(b, "asked", "≤ 5000", store, "") })
}

func (s *scene) importInto(b *testing.B, kind, asked, db string) {
	fatal(b, s.command("migrate", "up", "--db", db).Run())
	for b.Loop() {
		if out, err := s.command("base", "import", s.claims, "--db", db).CombinedOutput(); err != nil {
			b.Fatalf("%v: %.2000s", err, out)
		}
	}
	tell(b, benchtable.Figure{What: "imported into " + kind, Unit: "s", Asked: asked, Seen: []float64{b.Elapsed().Seconds() / float64(b.N)}}, "s")
}

var rss = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// start measures how long the process takes until it is ready, and what it then keeps in memory.
func (s *scene) start(b *testing.B, what, db string) {
	var kept float64
	for b.Loop() {
		c := s.command("serve", "--only", "housekeeping", "--db", db)
		log, err := c.StderrPipe()
		fatal(b, err)
		fatal(b, c.Start())
		lines := bufio.NewScanner(log)
		for lines.Scan() && !strings.Contains(lines.Text(), `"msg":"ready"`) {
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.Process.Pid))
		fatal(b, err)
		if m := rss.FindSubmatch(status); m != nil {
			kb, err := strconv.ParseFloat(string(m[1]), 64)
			fatal(b, err)
			kept = kb / 1024
		}
		b.StopTimer()
		fatal(b, c.Process.Signal(syscall.SIGTERM))
		_, _ = io.Copy(io.Discard, log)
		fatal(b, c.Wait())
		b.StartTimer()
	}
	tell(b, benchtable.Figure{What: what, Unit: "s / MB of memory", Asked: "≤ 3 / ≤ 250", Seen: []float64{b.Elapsed().Seconds() / float64(b.N), kept}}, "s", "MB-rss")
}

// found is what Find is said to be where it was asked before, but for where the claims are.
const found = "Find, claims from "

// find measures single calls of Find for questions, when they are asked first and when they are asked again.
func (s *scene) find(b *testing.B, where, asked string, store knowledge.Store) {
	base, err := knowledge.NewBase(b.Context(), s.lex, store)
	fatal(b, err)
	s.round(b, base) // the claims are where they will be, and the index has been touched
	fatal(b, s.touch(b, base))
	first, again := s.round(b, base), s.round(b, base)
	report(b, benchtable.Figure{What: found + where + ", asked first", Asked: asked}, "first", first)
	report(b, benchtable.Figure{What: found + where, Asked: asked}, "again", again)
}

// findByBleve measures what stands in the place of Find elsewhere: as many claims by bleve, which is in memory too, and then the
// claims from the same database. It neither understands the question nor completes counts.
func (s *scene) findByBleve(b *testing.B, store knowledge.Store) {
	e, err := newBleve(s.lex)
	fatal(b, err)
	p := e.(*peer)
	defer func() { fatal(b, p.close()) }()
	const batch = 1000
	var some []knowledge.Claim
	for c := range s.g.claims(stored) {
		if some = append(some, c); len(some) == batch {
			fatal(b, p.add(some))
			some = some[:0]
		}
	}
	fatal(b, p.add(some))
	var took []time.Duration
	for range 2 {
		took = took[:0]
		for i, q := range s.questions {
			start := time.Now()
			heads, err := store.Heads(b.Context(), "")
			fatal(b, err)
			ids, err := p.found(b.Context(), s.texts[i], q.Limit)
			fatal(b, err)
			keys := make([]knowledge.Key, 0, len(ids))
			for _, id := range ids {
				keys = append(keys, knowledge.Key{ID: id})
			}
			_, err = store.Claims(b.Context(), heads, keys)
			took = append(took, time.Since(start))
			fatal(b, err)
		}
	}
	report(b, benchtable.Figure{What: found + "SQLite", Peer: "bleve"}, "again", took)
}

// touch makes a change, so that nothing is left of earlier searches.
func (s *scene) touch(b *testing.B, base *knowledge.Base) error {
	id := fmt.Sprintf("touched-%d", time.Now().UnixNano())
	_, err := base.Add(b.Context(), knowledge.By{Actor: "bench", At: time.Now()}, note(id))
	if err != nil {
		return err
	}
	return base.Refresh(b.Context(), "")
}

func note(id string) knowledge.Claim {
	return knowledge.Claim{
		ID: id, Kind: knowledge.KindStatement, Text: "A sentence that nobody asks for.",
		Attribution: knowledge.Attribution{Standing: knowledge.Unattributed}, Sources: []knowledge.Source{{Title: "a note"}},
	}
}

func (s *scene) round(b *testing.B, base *knowledge.Base) []time.Duration {
	took := make([]time.Duration, 0, len(s.questions))
	for _, q := range s.questions {
		start := time.Now()
		_, err := base.Find(b.Context(), q)
		took = append(took, time.Since(start))
		fatal(b, err)
	}
	return took
}

// load measures what a Find waits for besides the index: some ninety claims, under keys that are known.
func (s *scene) load(b *testing.B, where string, store knowledge.Store) {
	heads, err := store.Heads(b.Context(), "")
	fatal(b, err)
	var keys [][]knowledge.Key
	for i := range 500 {
		var some []knowledge.Key
		for k := range 87 { // as many as a Find hands out on average
			some = append(some, s.g.claim((i*7919+k*104729)%stored).Key())
		}
		keys = append(keys, some)
	}
	var took []time.Duration
	for round := range 2 {
		took = took[:0]
		for _, some := range keys {
			start := time.Now()
			claims, err := store.Claims(b.Context(), heads, some)
			took = append(took, time.Since(start))
			if fatal(b, err); slices.Contains(claims, nil) {
				b.Fatalf("a claim is missing in round %d", round)
			}
		}
	}
	report(b, benchtable.Figure{What: "87 claims by their keys, from " + where}, "warm", took)
}

// of is what the benchmarks measure, as their figures say.
const of = "100,000 claims in a database"

// tell reports a figure to go test, and to the table.
func tell(b *testing.B, f benchtable.Figure, units ...string) {
	for i, unit := range units {
		b.ReportMetric(f.Seen[i], unit)
	}
	b.ReportMetric(0, "ns/op")
	f.Of = of
	benchtable.Report(f)
}

func report(b *testing.B, f benchtable.Figure, when string, took []time.Duration) {
	sum := benchtable.Quantiles(took)
	f.Unit, f.Seen = "ms, p50 / p99", []float64{sum.P50, sum.P99}
	tell(b, f, when+"-p50-ms", when+"-p99-ms")
}

// seen measures from an edit on one replica until another has taken it over: told by a hint, or when it is asked.
func (s *scene) seen(b *testing.B, how, asked string, store knowledge.Store, redis string) {
	open := func() (*rediscache.Cache, *knowledge.Base) {
		c, err := rediscache.New(store, rediscache.Options{URL: redis, Claims: 1000, Timeout: time.Second, PoolTimeout: time.Second})
		fatal(b, err)
		base, err := knowledge.NewBase(b.Context(), s.lex, c)
		fatal(b, err)
		return c, base
	}
	_, here := open()
	there, other := open()
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	taken := make(chan time.Time, 1000)
	if redis != "" {
		go there.Listen(ctx, func(ctx context.Context, tenant string) {
			if other.Refresh(ctx, tenant) == nil {
				taken <- time.Now()
			}
		})
		for range 50 { // until it listens, hints pass it by
			fatal(b, s.touch(b, here))
			if len(taken) > 0 {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	var took []time.Duration
	for range 100 {
		id := fmt.Sprintf("seen-%d", time.Now().UnixNano())
		start := time.Now() // the commit is part of it
		_, err := here.Add(b.Context(), knowledge.By{Actor: "bench", At: time.Now()}, note(id))
		fatal(b, err)
		if redis != "" {
			for at := range taken {
				if at.After(start) {
					took = append(took, at.Sub(start))
					break
				}
			}
			continue
		}
		_, err = other.Get(b.Context(), "", id)
		fatal(b, err)
		took = append(took, time.Since(start))
	}
	report(b, benchtable.Figure{What: "an edit is seen by another replica, " + how, Asked: asked}, "edit", took)
}
