package slack

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// The commands that the app's manifest has beside those of one of the bot's: see slashes. Behind mainCommand stands the name of any,
// behind claimCommand of one that is about claims.
const (
	mainCommand  = "/whosays"
	claimCommand = "/claim"
)

// slashes are the commands of the bot that have a short name, as /ask.
func slashes() []chat.Command { return []chat.Command{chat.CommandAsk, chat.CommandCheck} }

// typed returns what a slash command asks for, and what stands behind the command's name as Slack brought it. Behind /whosays stands
// the name of a command, in any language, in front of it that of its group; what is none is a question, and nothing at all asks for
// help.
func typed(all []bot.Command, slash, text string) (cmd bot.Command, rest string, ok bool) {
	for _, c := range slashes() {
		if slash == "/"+string(c) {
			return one(all, c), text, true
		}
	}
	if slash == claimCommand {
		return inGroup(all, strings.TrimPrefix(claimCommand, "/"), text)
	}
	if slash != mainCommand {
		return bot.Command{}, "", false
	}
	first, rest := cutWord(text)
	if first == "" {
		return one(all, chat.CommandHelp), "", true
	}
	for _, c := range all {
		switch {
		case c.Message:
		case c.Group == nil && called(c.Name, first):
			return c, rest, true
		case c.Group != nil && called(c.Group, first):
			return inGroup(all, first, rest)
		}
	}
	return one(all, chat.CommandAsk), text, true
}

// inGroup returns the command of a group that a text begins with. What is none isn't taken for a question: it was for moderators.
func inGroup(all []bot.Command, group, text string) (cmd bot.Command, rest string, ok bool) {
	first, rest := cutWord(text)
	for _, c := range all {
		if c.Group != nil && called(c.Group, group) && called(c.Name, first) {
			return c, rest, true
		}
	}
	return bot.Command{}, "", false
}

// one returns a command that isn't chosen on a message.
func one(all []bot.Command, cmd chat.Command) bot.Command {
	i := slices.IndexFunc(all, func(c bot.Command) bool { return c.Command == cmd && !c.Message })
	if i < 0 {
		return bot.Command{Command: cmd}
	}
	return all[i]
}

// called reports a name in any language.
func called(name bot.Text, word string) bool {
	for _, lang := range lexicon.Languages {
		if word != "" && strings.EqualFold(name[lang], word) {
			return true
		}
	}
	return false
}

func cutWord(text string) (first, rest string) {
	text = strings.TrimSpace(text)
	if i := strings.IndexAny(text, " \t\n"); i >= 0 {
		return text[:i], strings.TrimSpace(text[i:])
	}
	return text, ""
}
