package console

import (
	"context"
	"strconv"

	"github.com/whosays/whosays/bot/chat"
)

// commandNames are the commands of the chat, in the order in which they are offered.
func commandNames() []string {
	return []string{"/ask", "/check", "/status", "/sources", "/how", "/quote", "/near", "/lang", "/help", "/quit"}
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
	case "/sources":
		return true, c.further(ctx, chat.CommandSources, c.last.shown)
	case "/how":
		return true, c.further(ctx, chat.CommandMethod, c.last.shown)
	case "/quote":
		return true, c.further(ctx, chat.CommandQuote, c.last.shown)
	case "/near":
		return true, c.near(ctx, text)
	case "/help":
		return true, c.Greet(ctx)
	case "/lang":
		return true, c.speak(text)
	case "/quit", "/exit":
		return false, nil
	}
	return true, c.say(c.words().unknown)
}

// further asks about claims of the last answer.
func (c *Chat) further(ctx context.Context, command chat.Command, claims []string) error {
	if len(claims) == 0 && (command != chat.CommandNear || c.last.lang == "") {
		return c.say(c.words().nothing)
	}
	return c.handle(ctx, chat.Request{Command: command, Claims: claims, Lang: c.last.lang})
}

// near lists what comes near to the last question, or shows one of that list by its number.
func (c *Chat) near(ctx context.Context, number string) error {
	if number == "" {
		return c.further(ctx, chat.CommandNear, c.last.near)
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(c.last.near) {
		return c.say(c.words().nothing)
	}
	return c.further(ctx, chat.CommandShow, c.last.near[n-1:n])
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
