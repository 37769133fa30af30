package main

import (
	"context"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// hits is how many claims a peer is asked for, and the product for a message.
const hits = 10

// peer is bleve in memory: BM25, English stems and stop words, nothing stored. It lists claims, and neither
// understands nor answers.
type peer struct {
	index  bleve.Index
	before uint64
}

func newBleve(*lexicon.Lexicon) (engine, error) {
	before := heap()
	m := bleve.NewIndexMapping()
	m.ScoringModel = index.BM25Scoring
	m.DefaultMapping = fields()
	x, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	return &peer{index: x, before: before}, nil
}

// fields are those of a claim that are searched, kept for nothing else.
func fields() *mapping.DocumentMapping {
	d := bleve.NewDocumentStaticMapping()
	for _, name := range []string{"Text", "Title", "Others"} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeTermVectors, f.DocValues = en.AnalyzerName, false, false, false
		d.AddFieldMappingsAt(name, f)
	}
	return d
}

// searched is what the peers know of a claim.
type searched struct{ Text, Title, Others string }

func texts(c knowledge.Claim) searched {
	s := searched{Text: c.Text}
	for _, source := range c.Sources {
		s.Title += source.Title + " "
	}
	for _, t := range c.Translations {
		s.Others += t + " "
	}
	for _, a := range c.Aliases {
		s.Others += a + " "
	}
	return s
}

func (p *peer) add(claims []knowledge.Claim) error {
	batch := p.index.NewBatch()
	for _, c := range claims {
		if err := batch.Index(c.ID, texts(c)); err != nil {
			return err
		}
	}
	return p.index.Batch(batch)
}

func (p *peer) finish(context.Context) error { return nil }

func (p *peer) ask(ctx context.Context, text string) error {
	_, err := p.index.SearchInContext(ctx, bleve.NewSearchRequestOptions(bleve.NewMatchQuery(text), hits, 0, false))
	return err
}

// found returns the ids of at most so many claims, the nearest first.
func (p *peer) found(ctx context.Context, text string, most int) ([]string, error) {
	r, err := p.index.SearchInContext(ctx, bleve.NewSearchRequestOptions(bleve.NewMatchQuery(text), most, 0, false))
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(r.Hits))
	for _, h := range r.Hits {
		ids = append(ids, h.ID)
	}
	return ids, nil
}

func (p *peer) search(ctx context.Context, text string) error { return p.ask(ctx, text) }

func (p *peer) forget() error { return nil }

func (p *peer) memory() (uint64, error) { return heap() - p.before, nil }

func (p *peer) close() error { return p.index.Close() }
