package knowledge

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"github.com/whosays/whosays/knowledge/index"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// NewBase reads the shared claims of the store and builds the index. A tenant's own are read when it is first asked for.
func NewBase(ctx context.Context, l *lexicon.Lexicon, store Store) (*Base, error) {
	b := newBase(l, store)
	heads, err := store.Heads(ctx, "")
	if err != nil {
		return nil, err
	}
	a := newAnalysis(l.ForMany(), runtime.GOMAXPROCS(0), func(docs []index.Doc) { b.index.Put(docs...) })
	err = b.read(ctx, heads.Shared, a.add)
	a.end()
	if err != nil {
		return nil, err
	}
	return b, nil
}

// read reads the shared claims and hands each on.
func (b *Base) read(ctx context.Context, at Head, put func(Claim)) error {
	for c, err := range b.store.Scan(ctx, Snapshot{Revision: at.Revision}) {
		if err != nil {
			return err
		}
		if c.Live() {
			b.note(b.lex, c)
			put(c)
		}
	}
	b.count.settle()
	b.heads[""] = at
	return nil
}

// Documents makes the documents of claims on all processors: analysis is most of what building a base takes.
func Documents(l *lexicon.Lexicon, claims []Claim) []index.Doc {
	docs := make([]index.Doc, 0, len(claims))
	workers := min(runtime.GOMAXPROCS(0), 1+len(claims)/batch)
	a := newAnalysis(l, workers, func(part []index.Doc) {
		for i := range part { // their memory is used again
			docs = append(docs, part[i])
			part[i] = index.Doc{}
		}
	})
	for i := range claims {
		a.add(claims[i])
	}
	a.end()
	return docs
}

// batch is how many claims are analysed by one processor before it takes others.
const batch = 128

// analysis makes documents of claims, on all processors, and hands them on in their order: the index takes some while others
// are made, and the next claims are read. It is for one goroutine at a time.
type analysis struct {
	filling *part
	work    chan *part // to who makes documents
	order   chan *part // to who hands them on: the same parts
	free    chan *part
	making  sync.WaitGroup
	handing sync.WaitGroup
}

// part is some claims, and their documents once they are made.
type part struct {
	claims []Claim
	docs   []index.Doc
	made   chan struct{}
}

func newAnalysis(l *lexicon.Lexicon, workers int, hand func([]index.Doc)) *analysis {
	parts := 2*workers + 2 // each processor has one in hand and one waiting, one is filled, one is handed on
	a := &analysis{work: make(chan *part, parts), order: make(chan *part, parts), free: make(chan *part, parts)}
	for range parts {
		a.free <- &part{made: make(chan struct{}, 1)}
	}
	a.filling = <-a.free
	for range workers {
		a.making.Go(func() { a.make(l) })
	}
	a.handing.Go(func() {
		for p := range a.order {
			<-p.made
			hand(p.docs)
			p.claims = p.claims[:0]
			a.free <- p
		}
	})
	return a
}

func (a *analysis) make(l *lexicon.Lexicon) {
	texts := l.NewTexts()
	for p := range a.work {
		p.docs = slices.Grow(p.docs[:0], len(p.claims))[:len(p.claims)]
		for i := range p.claims {
			document(&p.docs[i], l, texts, &p.claims[i])
		}
		p.made <- struct{}{}
	}
}

// add takes a claim, and waits where many aren't analysed yet.
func (a *analysis) add(c Claim) {
	a.filling.claims = append(a.filling.claims, c)
	if len(a.filling.claims) == batch {
		a.flush()
		a.filling = <-a.free
	}
}

func (a *analysis) flush() {
	a.order <- a.filling
	a.work <- a.filling
}

// end returns when all documents were handed on.
func (a *analysis) end() {
	a.flush()
	close(a.order)
	close(a.work)
	a.making.Wait()
	a.handing.Wait()
}
