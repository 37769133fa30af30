package knowledge

import (
	"context"
	"runtime"
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
	// The index takes a batch while the next is analysed.
	docs := make(chan []index.Doc, 1)
	var putting sync.WaitGroup
	putting.Go(func() {
		for d := range docs {
			b.index.Put(d...)
		}
	})
	err = b.read(ctx, heads.Shared, docs)
	close(docs)
	putting.Wait()
	if err != nil {
		return nil, err
	}
	return b, nil
}

// read reads the shared claims and hands on their documents.
func (b *Base) read(ctx context.Context, at Head, docs chan<- []index.Doc) error {
	many := b.lex.ForMany()
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
			docs <- Documents(many, claims)
			claims = claims[:0]
		}
	}
	docs <- Documents(many, claims)
	b.count.settle()
	b.heads[""] = at
	return nil
}

// Documents makes the documents of claims on all processors: analysis is most of what building a base takes.
func Documents(l *lexicon.Lexicon, claims []Claim) []index.Doc {
	docs := make([]index.Doc, len(claims))
	workers := min(runtime.GOMAXPROCS(0), len(claims))
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			texts := l.NewTexts()
			for i := w; i < len(claims); i += workers {
				docs[i] = document(l, texts, &claims[i])
			}
		})
	}
	wg.Wait()
	return docs
}
