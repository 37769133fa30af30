package index

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// generator makes documents and queries whose words are as unevenly spread as those of a language.
type generator struct {
	r        *rand.Rand
	words    *rand.Zipf
	concepts *rand.Zipf
}

func newGenerator(seed uint64) *generator {
	r := rand.New(rand.NewPCG(seed, 7))
	return &generator{r: r, words: rand.NewZipf(r, 1.1, 20, 60_000), concepts: rand.NewZipf(r, 1.2, 5, 120)}
}

func (g *generator) some(n int, kind string, from *rand.Zipf) []string {
	terms := make([]string, n)
	for i := range terms {
		terms[i] = fmt.Sprint(kind, from.Uint64())
	}
	return terms
}

// doc is one of some 15 words, with a title of six and a few concepts.
func (g *generator) doc(i int) Doc {
	d := Doc{
		ID:       fmt.Sprint("claim-", i),
		Concepts: g.some(2+g.r.IntN(4), "metric:concept", g.concepts),
		Words:    g.some(10+g.r.IntN(11), "word", g.words),
		Title:    g.some(6, "word", g.words),
		Numbers:  []float64{float64(g.r.IntN(50_000))},
	}
	d.Patterns = [][]string{d.Concepts[:2]}
	return d
}

func (g *generator) docs(n int) []Doc {
	docs := make([]Doc, n)
	for i := range docs {
		docs[i] = g.doc(i)
	}
	return docs
}

func (g *generator) query(concepts, words int) Query {
	return Query{
		Concepts: g.some(concepts, "metric:concept", g.concepts),
		Words:    g.some(words, "word", g.words),
		Numbers:  []float64{float64(g.r.IntN(50_000))},
		Limit:    20,
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{15, 10_000, 100_000} {
		x := New()
		x.Put(newGenerator(1).docs(n)...)
		for _, kind := range []struct {
			name            string
			concepts, words int
		}{{"words", 0, 6}, {"short", 2, 4}, {"message", 5, 25}} {
			g := newGenerator(2)
			queries := make([]Query, 512)
			for i := range queries {
				queries[i] = g.query(kind.concepts, kind.words)
			}
			b.Run(fmt.Sprintf("docs=%d/%s", n, kind.name), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					x.Search(queries[i%len(queries)])
					i++
				}
			})
		}
	}
}

func BenchmarkPut(b *testing.B) {
	const n = 100_000
	docs := newGenerator(1).docs(n)
	b.Run("new", func(b *testing.B) {
		var x *Index
		i := 0
		for b.Loop() {
			if i%n == 0 {
				x = New()
			}
			x.Put(docs[i%n])
			i++
		}
	})
	b.Run("replace", func(b *testing.B) {
		x := New()
		x.Put(docs...)
		i := 0
		for b.Loop() {
			x.Put(docs[i%n])
			i++
		}
	})
}

// BenchmarkCompact is the longest that a single change keeps searches waiting.
func BenchmarkCompact(b *testing.B) {
	const n = 100_000
	docs := newGenerator(1).docs(n)
	for b.Loop() {
		b.StopTimer()
		s := newShard()
		for i := range docs {
			s.add(&docs[i])
		}
		for i := range n / 4 {
			s.remove(docs[i*4].ID)
		}
		b.StartTimer()
		s.compact()
	}
}

// BenchmarkMemory reports what an index keeps on the heap, and what it keeps after its documents were
// replaced, which leaves as many tombstones as it bears.
func BenchmarkMemory(b *testing.B) {
	const n = 100_000
	docs := newGenerator(1).docs(n)
	for b.Loop() {
		before := heap()
		x := New()
		x.Put(docs...)
		filled := heap()
		x.Put(docs...)
		replaced := heap()
		b.ReportMetric(float64(filled-before)/n, "B/doc")
		b.ReportMetric(float64(replaced-before)/n, "B/replaced-doc")
		runtime.KeepAlive(x)
	}
	runtime.KeepAlive(docs)
}

func heap() uint64 {
	runtime.GC()
	runtime.GC() // the first only demotes what pools hold
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// message is a text of n words of the generator.
func (g *generator) message(n int) Message {
	m := Message{Concepts: g.some(3, "metric:concept", g.concepts)}
	for _, w := range g.some(n, "word", g.words) {
		m.Terms = append(m.Terms, lexicon.Term{Text: w})
	}
	return m
}

// BenchmarkRank ranks messages of some 280 characters: 25 words without stop words.
func BenchmarkRank(b *testing.B) {
	for _, n := range []int{15, 10_000, 100_000} {
		x := New()
		x.Put(newGenerator(1).docs(n)...)
		g := newGenerator(2)
		messages := make([]Message, 512)
		for i := range messages {
			messages[i] = g.message(25)
		}
		b.Run(fmt.Sprintf("docs=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				x.Rank(messages[i%len(messages)])
				i++
			}
		})
	}
}
