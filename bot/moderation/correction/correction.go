// Package correction tells those who were told a claim that it doesn't stand any more as they were told it.
//
// It follows the chains of changes. For each claim that was taken back, superseded, or revised in what it says, it looks for the
// messages that quoted it, and answers each of them once: under a key made of the message and the claim that it was told, which
// bot/delivery keeps once. So it may be done again after a crash, and by several replicas at a time, and nobody is told twice. A
// correction is a message that quotes claims, too: what changes again is told as an answer to the correction, and not to what
// the correction has corrected.
package correction

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/time/rate"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Reach is how old a message may be that is corrected: as old as what was said is kept.
const Reach = delivery.Keepable

// Desk is where corrections are said.
type Desk struct {
	*delivery.Desk
	// Threads: on its platform a message that answers another stands in that one's thread, and answers to it stand there, too.
	Threads bool
}

// Options say how corrections are made. Base, Store, Wanted and Lexicon are needed.
type Options struct {
	Base    *knowledge.Base
	Store   Store
	Desks   []Desk
	Lexicon *lexicon.Lexicon
	// Wanted reports whether a tenant wants corrections: of the claims that it was told, shared ones too.
	Wanted func(ctx context.Context, tenant string) (bool, error)
	// Counted is told of each correction on a desk what came of it; nil: nobody counts.
	Counted func(desk string, end End)
	Log     *slog.Logger

	Pace  time.Duration // how far corrections on one desk lie apart; zero: 1 s, the rate at which Slack takes messages in a channel
	Poll  time.Duration // how often it is looked for what has changed; zero: 2 s
	Grace time.Duration // how long it is looked again for answers that were under way when a claim changed; zero: 30 s
}

// End is what came of a correction.
type End string

// The ends.
const (
	Said   End = "said"
	Failed End = "failed"
	Later  End = "later" // the desk goes on with it
)

// Corrections are made as long as Run runs. They are safe for concurrent use.
type Corrections struct {
	base        *knowledge.Base
	store       Store
	desks       []Desk
	writers     map[string]answer.Writer
	wanted      func(ctx context.Context, tenant string) (bool, error)
	counted     func(desk string, end End)
	log         *slog.Logger
	paces       []*rate.Limiter // of the desks
	poll, grace time.Duration
	watched     map[string]*watch // by tenant
}

// New returns corrections. It fails only where our own sentences can't be read.
func New(o Options) (*Corrections, error) {
	if o.Base == nil || o.Store == nil || o.Wanted == nil || o.Lexicon == nil {
		return nil, errors.New("correction: Base, Store, Wanted and Lexicon are needed")
	}
	writers, err := answer.Writers(o.Lexicon)
	if err != nil {
		return nil, err
	}
	c := &Corrections{
		base: o.Base, store: o.Store, desks: o.Desks, writers: writers, wanted: o.Wanted, counted: o.Counted,
		log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)), poll: cmp.Or(o.Poll, 2*time.Second), grace: cmp.Or(o.Grace, 30*time.Second),
		watched: map[string]*watch{},
	}
	if c.counted == nil {
		c.counted = func(string, End) {}
	}
	for range o.Desks {
		c.paces = append(c.paces, rate.NewLimiter(rate.Every(cmp.Or(o.Pace, time.Second)), 1))
	}
	return c, nil
}

// writer returns the writer of a language, the default one for a language that we don't write.
func (c *Corrections) writer(lang string) answer.Writer {
	if w, ok := c.writers[lang]; ok {
		return w
	}
	return c.writers[lexicon.Languages[0]]
}
