package discord

import (
	"slices"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// offered returns the command that an interaction is of; false where the bot has none such.
func (a *Adapter) offered(in *interaction) (bot.Command, bool) {
	all := a.bot.Commands()
	group, name, _ := in.called()
	i := slices.IndexFunc(all, func(c bot.Command) bool {
		return c.Message == in.onMessage() && c.Group[defaultLanguage()] == group && commandName(c) == name
	})
	if i < 0 {
		return bot.Command{}, false
	}
	return all[i], true
}

// fill takes what was typed and chosen behind a command into its request.
func (in *interaction) fill(req *chat.Request, c bot.Command) {
	_, _, given := in.called()
	for _, o := range c.Options {
		i := slices.IndexFunc(given, func(is argument) bool { return is.Name == o.Name[defaultLanguage()] })
		if i < 0 {
			continue
		}
		switch value := in.value(o, given[i]); {
		case value == "":
		case o.ID == bot.TextOption:
			req.Text = value
		case o.ID == bot.ClaimOption:
			req.Claims = []string{value}
		default:
			if req.Values == nil {
				req.Values = map[string]string{}
			}
			req.Values[o.ID] = value
		}
	}
}

// typing returns the id of the option that is being typed, and what is typed so far; no id where none is.
func (in *interaction) typing(c bot.Command) (id, typed string) {
	_, _, given := in.called()
	for _, g := range given {
		i := slices.IndexFunc(c.Options, func(o bot.Option) bool { return o.Name[defaultLanguage()] == g.Name })
		if g.Focused && i >= 0 && c.Options[i].Kind == bot.OptionSuggest {
			text, _ := g.Value.(string) // a number that isn't one yet comes as anything
			return c.Options[i].ID, text
		}
	}
	return "", ""
}

// value returns what is given for an option; empty where it isn't what the option takes.
func (in *interaction) value(o bot.Option, given argument) string {
	text, isText := given.Value.(string)
	switch o.Kind {
	case bot.OptionFlag:
		if set, ok := given.Value.(bool); ok && set {
			return "true"
		}
		return ""
	case bot.OptionAccount:
		return in.account(text)
	case bot.OptionText, bot.OptionSuggest:
	}
	if !isText {
		return ""
	}
	return text
}

// account returns the name of a person or a role that was chosen; empty for what is neither. The role that everybody has is no
// group: members aren't said to be in it.
func (in *interaction) account(id string) string {
	_, role := in.Data.Resolved.Roles[id]
	_, user := in.Data.Resolved.Users[id]
	switch {
	case !snowflake(id) || id == in.GuildID:
		return ""
	case role:
		return roleScheme + id
	case user:
		return accountOf(id)
	}
	return ""
}
