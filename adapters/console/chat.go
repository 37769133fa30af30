package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/whosays/whosays/bot/chat"
)

// Handler answers a request; *bot.Bot does.
type Handler interface {
	Handle(ctx context.Context, req chat.Request) (chat.Reply, error)
}

// Source gives what the user types, line by line: Lines or an Editor.
type Source interface {
	Next(ctx context.Context) (string, error)
}

// Chat is a conversation in the terminal. Every message stands alone: nothing that was asked before is
// remembered, but for the language that the user chose and which claims the last answer showed and left aside.
type Chat struct {
	Bot    Handler
	In     Source
	Out    io.Writer
	Screen Screen
	Lang   string // language of the replies; empty: that of each message
	Locale string // language of the chat's own words while Lang is empty
	Now    func() time.Time

	last lastAnswer
}

// lastAnswer are the claims of an answer, by their ids: what the commands about it are about.
type lastAnswer struct {
	lang        string
	shown, near []string
}

// examples is how many questions the greeting offers.
const examples = 3

// Greet says what can be asked, and how the chat is used.
func (c *Chat) Greet(ctx context.Context) error {
	reply, err := c.Bot.Handle(ctx, chat.Request{Command: chat.CommandHelp, Lang: c.spoken(), Now: c.Now()})
	if err != nil {
		return err
	}
	kept := reply.Blocks[:0:0]
	left := examples
	for _, b := range reply.Blocks {
		if b.Role == chat.RoleExample {
			left--
		}
		if b.Role != chat.RoleExample || left >= 0 {
			kept = append(kept, b)
		}
	}
	reply.Blocks = append(kept, own(chat.RoleFooter, c.words().hint))
	return c.show(reply)
}

// Leave says goodbye.
func (c *Chat) Leave() error { return c.say(c.words().bye) }

// Run answers until the user leaves or ctx is cancelled; both are a good end.
func (c *Chat) Run(ctx context.Context) error {
	for {
		line, err := c.In.Next(ctx)
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, context.Canceled):
			return nil
		case err != nil:
			return err
		}
		if stay, err := c.line(ctx, line); err != nil || !stay {
			return err
		}
	}
}

// line acts on one line, and reports whether the conversation goes on.
func (c *Chat) line(ctx context.Context, line string) (stay bool, err error) {
	line = strings.TrimSpace(line)
	if line == "" {
		return true, nil
	}
	name, text, _ := strings.Cut(line, " ")
	if !strings.HasPrefix(name, "/") {
		return true, c.ask(ctx, chat.CommandAsk, line)
	}
	return c.command(ctx, name, strings.TrimSpace(text))
}

func (c *Chat) ask(ctx context.Context, command chat.Command, text string) error {
	return c.handle(ctx, chat.Request{Command: command, Text: text, Lang: c.asked(command)})
}

// handle has a request answered. What asks about an answer leaves that the last one.
func (c *Chat) handle(ctx context.Context, req chat.Request) error {
	req.Now = c.Now()
	reply, err := c.Bot.Handle(ctx, req)
	if err != nil {
		return err
	}
	if len(req.Claims) == 0 || req.Command == chat.CommandShow {
		near := c.last.near
		c.last = lastAnswer{lang: reply.Lang, near: reply.Near}
		for _, s := range reply.Shown {
			c.last.shown = append(c.last.shown, s.Claim.ID)
		}
		if req.Command == chat.CommandShow { // another one may be chosen
			c.last.near = near
		}
	}
	return c.show(reply)
}

// asked returns the language to ask the reply in. A command without a text has no language of its own.
func (c *Chat) asked(command chat.Command) string {
	if command == chat.CommandAsk || command == chat.CommandCheck {
		return c.Lang
	}
	return c.spoken()
}

// spoken returns the language of the chat's own words.
func (c *Chat) spoken() string {
	if c.Lang != "" {
		return c.Lang
	}
	return c.Locale
}

func (c *Chat) words() phrases { return phrasesIn(c.spoken()) }

// say shows a sentence of the chat's own.
func (c *Chat) say(text string) error {
	return c.show(chat.Reply{Blocks: []chat.Block{own(chat.RoleNote, text)}})
}

// show writes a reply with a blank line after it, at once.
func (c *Chat) show(r chat.Reply) error {
	_, err := fmt.Fprintf(c.Out, "%s\n\n", c.Screen.Render(r))
	return err
}

func own(role chat.Role, text string) chat.Block {
	return chat.Block{Role: role, Parts: []chat.Part{{Kind: chat.Own, Text: text}}}
}
