package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/config"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// app is one call of the program: what it was given, and its surroundings.
type app struct {
	in        io.Reader
	out, errs io.Writer
	env       func(string) string
	clock     func() time.Time // read in moment only
	screen    console.Screen

	sources config.Sources // of the configuration
	cache   string         // the platform's folder for what can be made again

	bases []string
	db    string
	lang  language
	now   moment
	asOf  state
	json  bool
	limit int

	started bool           // the command line was understood; what fails from here on is no mistake of the caller
	closers []func() error // of what was opened, called in reverse order once the command is done
}

// wiring is what the commands work with.
type wiring struct {
	lex  *lexicon.Lexicon
	base *knowledge.Base
	bot  *bot.Bot
}

// wire puts the parts together that answer questions.
func (a *app) wire(ctx context.Context) (*wiring, error) {
	lex, base, err := a.source(ctx)
	if err != nil {
		return nil, err
	}
	if !a.asOf.at().IsZero() {
		if base, err = base.AsOf(ctx, "", a.asOf.at()); err != nil {
			return nil, err
		}
	}
	answers, err := bot.New(base, lex)
	if err != nil {
		return nil, err
	}
	return &wiring{lex, base, answers.Logging(slog.Default())}, nil
}

// source returns the base that questions are answered from: the files that were named, else the database where there
// is one, else the starter base.
func (a *app) source(ctx context.Context) (*lexicon.Lexicon, *knowledge.Base, error) {
	if len(a.bases) > 0 {
		if a.db != "" || !a.asOf.at().IsZero() {
			return nil, nil, usageError{"--base answers from files, which have no history: it goes with neither --db nor --as-of"}
		}
		return a.memory(ctx)
	}
	there, err := a.hasDatabase()
	if err != nil {
		return nil, nil, err
	}
	if there {
		o, err := a.open(ctx, false)
		if err != nil {
			return nil, nil, err
		}
		return o.lex, o.base, nil
	}
	if !a.asOf.at().IsZero() {
		return nil, nil, usageError{"--as-of needs a database, which keeps the history, and there is none yet: whosays migrate up makes one"}
	}
	return a.memory(ctx)
}

// memory returns a base of files, or the starter base, in memory.
func (a *app) memory(ctx context.Context) (*lexicon.Lexicon, *knowledge.Base, error) {
	lex, claims, err := a.read()
	if err != nil {
		return nil, nil, err
	}
	store, err := knowledge.NewMemory(claims)
	if err != nil {
		return nil, nil, err
	}
	base, err := knowledge.NewBase(ctx, lex, store)
	return lex, base, err
}

// read returns the lexicon and the claims: those of the files that were named, else the starter base, which is read
// beside the lexicon, for both take their time.
func (a *app) read() (*lexicon.Lexicon, []knowledge.Claim, error) {
	var own []knowledge.Claim
	var starting errgroup.Group
	if len(a.bases) == 0 {
		starting.Go(func() (err error) {
			own, err = starter.Claims()
			return err
		})
	}
	lex, err := lexicon.Default()
	if err := errors.Join(err, starting.Wait()); err != nil {
		return nil, nil, err
	}
	if len(a.bases) == 0 {
		return lex, own, nil
	}
	own, err = exchange.LoadPaths(lex, a.bases...)
	return lex, own, err
}

// request makes the request of a command.
func (a *app) request(command chat.Command, text string) chat.Request {
	return chat.Request{Command: command, Text: text, Lang: a.lang.String(), Now: a.moment()}
}

// moment returns the time at which it is asked.
func (a *app) moment() time.Time {
	return a.now.or(a.asOf.or(a.clock()))
}

// printer returns the way out for answers.
func (a *app) printer() *printer {
	return &printer{out: a.out, screen: a.screen, json: a.json}
}
