package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/bot/chat"
)

// reply asks the bot for each text, and writes what it says.
func (a *app) reply(ctx context.Context, command chat.Command, args []string) error {
	w, err := a.wire(ctx)
	if err != nil {
		return err
	}
	out := a.printer()
	return a.each(ctx, args, func(ctx context.Context, text string) error {
		r, err := w.bot.Handle(ctx, a.request(command, text))
		if err != nil {
			return err
		}
		docs := documents{w.lex, r.Lang}
		if command == chat.CommandCheck {
			return out.reply(r, docs.check(text, r))
		}
		return out.reply(r, docs.answer(text, r))
	})
}

// printer writes answers: one write for each, so that it is out before the next question is read.
type printer struct {
	out    io.Writer
	screen console.Screen
	json   bool
	begun  bool // something was written; the next text stands apart from it
}

// reply writes a reply for people, or doc, which says the same, for programs.
func (p *printer) reply(r chat.Reply, doc any) error {
	if p.json {
		return p.document(doc)
	}
	text := p.screen.Render(r) + "\n"
	if p.begun {
		text = "\n" + text
	}
	p.begun = true
	_, err := io.WriteString(p.out, text)
	return err
}

// document writes a JSON document on a line of its own.
func (p *printer) document(doc any) error {
	line, err := marshal(doc)
	if err != nil {
		return err
	}
	_, err = p.out.Write(line)
	return err
}

// marshal returns a document as one line. Links stay legible; what a terminal could obey is escaped.
func marshal(doc any) ([]byte, error) {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(doc); err != nil {
		return nil, err
	}
	return console.EscapeJSON(line.Bytes()), nil
}
