package console

import (
	"context"

	"github.com/whosays/whosays/bot/chat"
)

// commandNames are the commands of the chat, in the order in which they are offered.
func commandNames() []string {
	return []string{"/ask", "/check", "/status", "/lang", "/help", "/quit"}
}

// command runs a command of the chat, and reports whether the conversation goes on.
func (c *Chat) command(ctx context.Context, name, text string) (stay bool, err error) {
	switch name {
	case "/ask":
		return true, c.about(ctx, chat.CommandAsk, text)
	case "/check":
		return true, c.about(ctx, chat.CommandCheck, text)
	case "/status":
		return true, c.ask(ctx, chat.CommandStatus, "")
	case "/help":
		return true, c.Greet(ctx)
	case "/lang":
		return true, c.speak(text)
	case "/quit", "/exit":
		return false, nil
	}
	return true, c.say(c.words().unknown)
}

// about runs a command that needs a text.
func (c *Chat) about(ctx context.Context, command chat.Command, text string) error {
	if text == "" {
		return c.say(c.words().missing)
	}
	return c.ask(ctx, command, text)
}

// speak sets the language of the replies; "auto" leaves it to each message.
func (c *Chat) speak(lang string) error {
	switch {
	case lang == "auto":
		c.Lang = ""
	case known(lang):
		c.Lang = lang
	default:
		return c.say(c.words().langs)
	}
	return c.say(c.words().changed)
}
