package slack

import (
	"cmp"
	"slices"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// picks returns the menu of a reply, as heavy as the view says at most. It has nothing to say by itself: what is chosen from stands above
// it, or in the options. A list of claims to choose from has a menu of its own.
func picks(r chat.Reply, v view) (*slack.ActionBlock, bool) {
	if r.Menu == nil || oneself(r.Menu.Command) || v.Command == chat.CommandNear {
		return nil, false
	}
	g := target.ID{Action: r.Menu.Command, Record: v.Record}
	options := optionsOf(r.Menu.Choices, maxOption)
	if g.Check() != nil || len(options) == 0 {
		return nil, false
	}
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainText(label(v, g.Action), maxPlaceholder), actionIDOf(g.Action), options...)
	block := slack.NewActionBlock(g.String(), menu)
	for _, short := range []int{50, 35, 20} { // characters: rather all choices in few words
		if weight(block) > v.menu {
			menu.Options = optionsOf(r.Menu.Choices, short)
			for _, o := range menu.Options {
				o.Description = nil
			}
		}
	}
	for weight(block) > v.menu && len(menu.Options) > 0 {
		menu.Options = menu.Options[:len(menu.Options)-1]
	}
	return block, len(menu.Options) > 0
}

// heaviestPicks is how much of maxWeight a menu of 25 choices may take.
const heaviestPicks = 4500

// noValue is the value of an option that stands for none: Slack takes no empty one.
const noValue = "-"

// fieldOptions returns the choices of a field of a form; the one of an empty value is an answer like others.
func fieldOptions(choices []chat.Choice) []*slack.OptionBlockObject {
	all := slices.Clone(choices)
	for i := range all {
		all[i].Value = cmp.Or(all[i].Value, noValue)
	}
	return optionsOf(all, maxOption)
}

// meant returns the value of a field of which an option was chosen.
func meant(choices []chat.Choice, value string) string {
	if value == noValue && !slices.ContainsFunc(choices, func(c chat.Choice) bool { return c.Value == noValue }) {
		return ""
	}
	return value
}

// optionsOf returns choices as Slack shows them, in at most so many characters, each value once. What is longer goes on below.
func optionsOf(choices []chat.Choice, limit int) []*slack.OptionBlockObject {
	var out []*slack.OptionBlockObject
	for _, c := range choices {
		twice := slices.ContainsFunc(out, func(o *slack.OptionBlockObject) bool { return o.Value == c.Value })
		if words := trimBlanks(prose.Clean(c.Label)); c.Value != "" && len(c.Value) <= maxOptionValue && words != "" && !twice && len(out) < maxOptions {
			o := slack.NewOptionBlockObject(c.Value, plainText(words, limit), nil)
			if _, rest := prose.Ends(words, maxOption); rest != "" {
				o.Description = plainText(rest, maxOption)
			}
			out = append(out, o)
		}
	}
	return out
}

// picked reports whether a menu has a value.
func picked(m *chat.Menu, value string) bool {
	return m != nil && slices.ContainsFunc(m.Choices, func(c chat.Choice) bool { return c.Value == value })
}
