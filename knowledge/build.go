package knowledge

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"github.com/whosays/whosays/knowledge/index"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// batch is how many claims are analysed side by side, and given to the index at once.
const batch = 1024

// NewBase reads the shared claims of the store and builds the index. A tenant's own are read when it is first asked for.
func NewBase(ctx context.Context, l *lexicon.Lexicon, store Store) (*Base, error) {
	b := newBase(l, store)
	heads, err := store.Heads(ctx, "")
	if err != nil {
		return nil, err
	}
	// The index takes a batch while the next is analysed, in the memory of one that it has taken.
	docs, used := make(chan []index.Doc), make(chan []index.Doc, 2)
	used <- nil
	used <- nil
	var putting sync.WaitGroup
	putting.Go(func() {
		for d := range docs {
			b.index.Put(d...)
			used <- d
		}
	})
	many := l.ForMany()
	err = b.read(ctx, heads.Shared, func(claims []Claim) {
		docs <- documents(<-used, many, claims)
	})
	close(docs)
	putting.Wait()
	if err != nil {
		return nil, err
	}
	return b, nil
}

// read reads the shared claims and hands them on in batches, each until the next.
func (b *Base) read(ctx context.Context, at Head, put func([]Claim)) error {
	claims := make([]Claim, 0, batch)
	for c, err := range b.store.Scan(ctx, Snapshot{Revision: at.Revision}) {
		if err != nil {
			return err
		}
		if !c.Live() {
			continue
		}
		b.note(b.lex, c)
		if claims = append(claims, c); len(claims) == batch {
			put(claims)
			claims = claims[:0]
		}
	}
	put(claims)
	b.count.settle()
	b.heads[""] = at
	return nil
}

// Documents makes the documents of claims on all processors: analysis is most of what building a base takes.
func Documents(l *lexicon.Lexicon, claims []Claim) []index.Doc { return documents(nil, l, claims) }

// documents is Documents, in the memory of other ones.
func documents(docs []index.Doc, l *lexicon.Lexicon, claims []Claim) []index.Doc {
	docs = slices.Grow(docs[:0], len(claims))[:len(claims)]
	workers := min(runtime.GOMAXPROCS(0), len(claims))
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			texts := l.NewTexts()
			for i := w; i < len(claims); i += workers {
				document(&docs[i], l, texts, &claims[i])
			}
		})
	}
	wg.Wait()
	return docs
}
