package main

import (
	"context"
	"time"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// product is the whole way from a question to the reply that the guard has passed, and the search for messages.
// Its claims lie in memory beside the index, as those of a program without a database do.
type product struct {
	lex    *lexicon.Lexicon
	claims []knowledge.Claim
	store  *knowledge.Memory
	base   *knowledge.Base
	bot    *bot.Bot
	now    time.Time
	before uint64 // of the heap, without the index
}

func newProduct(lex *lexicon.Lexicon) (engine, error) {
	claims, err := starter.Claims() // what the dialogues ask about
	if err != nil {
		return nil, err
	}
	return &product{lex: lex, claims: claims, now: time.Date(2026, time.November, 25, 12, 0, 0, 0, time.UTC)}, nil
}

func (p *product) add(claims []knowledge.Claim) error {
	p.claims = append(p.claims, claims...)
	return nil
}

// finish builds the base. What the store takes is neither its time nor its memory, but is little.
func (p *product) finish(ctx context.Context) error {
	store, err := knowledge.NewMemory(p.claims)
	if err != nil {
		return err
	}
	p.store, p.claims = store, nil
	p.before = heap()
	p.base, err = knowledge.NewBase(ctx, p.lex, store)
	return err
}

func (p *product) memory() (uint64, error) {
	used := heap() - p.before
	return used, nil
}

// forget makes a new bot: it hasn't read any claim yet.
func (p *product) forget() (err error) {
	p.bot, err = bot.New(p.base, p.lex)
	return err
}

func (p *product) ask(ctx context.Context, text string) error {
	_, err := p.bot.Handle(ctx, chat.Request{Command: chat.CommandAsk, Text: text, Now: p.now})
	return err
}

func (p *product) search(ctx context.Context, text string) error {
	_, err := p.bot.Search(ctx, "", text, hits)
	return err
}

func (p *product) close() error { return nil }
