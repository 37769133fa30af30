package adaptertest

import (
	"bytes"
	"context"
	_ "embed" // of the dialogues
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

//go:embed testdata/dialogues.yaml
var data []byte

// book is the dialogues, with what they are judged by.
type book struct {
	Leads     map[string]map[string]string // how first lines begin, by outcome and language
	Counts    map[string][]string          // what stands in front of a count of ours, by language
	Dates     map[string][]string          // what stands in front of dates of the base
	Dialogues []dialogue

	bot    *bot.Bot
	lex    *lexicon.Lexicon
	claims []knowledge.Claim // of the starter base
}

// open returns the dialogues and a bot on the starter base.
func open() (*book, error) {
	b := &book{}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(b); err != nil {
		return nil, fmt.Errorf("testdata/dialogues.yaml can't be read: %w", err)
	}
	var err error
	if b.lex, err = lexicon.Default(); err != nil {
		return nil, err
	}
	if b.claims, err = starter.Claims(); err != nil {
		return nil, err
	}
	store, err := knowledge.NewMemory(b.claims)
	if err != nil {
		return nil, err
	}
	base, err := knowledge.NewBase(context.Background(), b.lex, store)
	if err != nil {
		return nil, err
	}
	b.bot, err = bot.New(base, b.lex)
	return b, err
}

// claim returns a claim by its id, nil where there is none.
func (b *book) claim(id string) *knowledge.Claim {
	for i := range b.claims {
		if b.claims[i].ID == id {
			return &b.claims[i]
		}
	}
	return nil
}
