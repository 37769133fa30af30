package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// defaultLanguage is the one of the names by which Discord tells commands and options.
func defaultLanguage() string { return lexicon.Languages[0] }

// commandName is the name by which Discord tells a command.
func commandName(c bot.Command) string { return c.Name[defaultLanguage()] }

// command is a command as it is registered. It is ours because discordgo's leaves out what is empty in one place and not in
// another: two of them are compared.
type command struct {
	Name         string                           `json:"name"`
	Names        map[string]string                `json:"name_localizations"`
	Type         discordgo.ApplicationCommandType `json:"type"`
	About        string                           `json:"description"` // empty for one that is chosen on a message
	Abouts       map[string]string                `json:"description_localizations"`
	Options      []commandOption                  `json:"options"`
	Contexts     []int                            `json:"contexts"`
	Integrations []int                            `json:"integration_types"`
}

// commandOption is an option of a command, or a command of a group.
type commandOption struct {
	Name     string                                 `json:"name"`
	Names    map[string]string                      `json:"name_localizations"`
	Type     discordgo.ApplicationCommandOptionType `json:"type"`
	About    string                                 `json:"description"`
	Abouts   map[string]string                      `json:"description_localizations"`
	Required bool                                   `json:"required,omitempty"`
	Longest  int                                    `json:"max_length,omitempty"` // of a text
	Suggests bool                                   `json:"autocomplete,omitempty"`
	Choices  []commandChoice                        `json:"choices,omitempty"`
	Options  []commandOption                        `json:"options,omitempty"`
}

type commandChoice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations"`
	Value string            `json:"value"`
}

// Where commands are offered: in servers, and in conversations with the bot; not in those of others, where a bot that
// somebody has installed for themselves would be
// (https://docs.discord.com/developers/resources/application#application-object-application-integration-types).
const (
	inServers = 0
	inBotDM   = 1
	byServers = 0
	longest   = 6000 // characters of a text option: Discord's limit
)

// wanted returns the commands as they ought to be registered: those of a group as one, in which each is chosen.
func wanted(all []bot.Command) []command {
	var out []command
	for _, c := range all {
		if c.Group == nil {
			out = append(out, single(c))
			continue
		}
		i := slices.IndexFunc(out, func(g command) bool { return g.Name == c.Group[defaultLanguage()] })
		if i < 0 {
			i, out = len(out), append(out, group(c))
		}
		out[i].Options = append(out[i].Options, commandOption{
			Name: commandName(c), Names: others(c.Name), Type: discordgo.ApplicationCommandOptionSubCommand,
			About: c.About[defaultLanguage()], Abouts: others(c.About), Options: optionsOf(c),
		})
	}
	return sorted(out)
}

// bare returns a command of a name, without what it is for.
func bare(name bot.Text) command {
	return command{
		Name: name[defaultLanguage()], Names: others(name), Type: discordgo.ChatApplicationCommand,
		Contexts: []int{inServers, inBotDM}, Integrations: []int{byServers}, Options: []commandOption{}, Abouts: map[string]string{},
	}
}

// single returns a command that stands alone.
func single(c bot.Command) command {
	is := bare(c.Name)
	if c.Message {
		is.Type = discordgo.MessageApplicationCommand
		return is
	}
	is.About, is.Abouts, is.Options = c.About[defaultLanguage()], others(c.About), optionsOf(c)
	return is
}

// group returns what a command is chosen from. Discord asks for a description of it.
func group(c bot.Command) command {
	is := bare(c.Group)
	is.About, is.Abouts = c.Within[defaultLanguage()], others(c.Within)
	return is
}

// optionsOf returns the options of a command.
func optionsOf(c bot.Command) []commandOption {
	out := []commandOption{}
	for _, o := range c.Options {
		is := commandOption{
			Name: o.Name[defaultLanguage()], Names: others(o.Name), Type: discordgo.ApplicationCommandOptionString,
			About: o.About[defaultLanguage()], Abouts: others(o.About), Required: o.Required,
		}
		switch o.Kind {
		case bot.OptionAccount:
			is.Type = discordgo.ApplicationCommandOptionMentionable
		case bot.OptionFlag:
			is.Type = discordgo.ApplicationCommandOptionBoolean
		case bot.OptionText, bot.OptionSuggest:
			is.Longest, is.Suggests, is.Choices = min(o.Longest, longest), o.Kind == bot.OptionSuggest, choicesOf(o)
		}
		out = append(out, is)
	}
	return out
}

// choicesOf returns what an option may be; nothing where anything may be typed.
func choicesOf(o bot.Option) []commandChoice {
	var out []commandChoice
	for _, c := range o.Choices {
		out = append(out, commandChoice{Name: c.Name[defaultLanguage()], Names: others(c.Name), Value: c.Value})
	}
	return out
}

// others returns a wording in all but the default language. Discord's names of ours are ours.
func others(t bot.Text) map[string]string {
	out := map[string]string{}
	for lang, text := range t {
		if lang != defaultLanguage() {
			out[lang] = text
		}
	}
	return out
}

func sorted(all []command) []command {
	slices.SortFunc(all, func(a, b command) int { return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name)) })
	return all
}

// CommandChange is a command that isn't registered as it ought to be.
type CommandChange struct {
	Name string          `json:"name"`
	Was  json.RawMessage `json:"was,omitempty"` // as Discord has it; nil: it hasn't
	Is   json.RawMessage `json:"is,omitempty"`  // as it ought to be; nil: it is to go
}

// CommandChanges returns how the commands that Discord offers differ from those of the bot.
func (c *Client) CommandChanges(ctx context.Context, app string, all []bot.Command) ([]CommandChange, error) {
	var have []command
	address := discordgo.EndpointApplicationGlobalCommands(app)
	if err := c.call(ctx, http.MethodGet, address+"?with_localizations=true", address, nil, &have); err != nil {
		return nil, fmt.Errorf("the registered commands can't be read: %w", err)
	}
	return changes(sorted(have), wanted(all))
}

// RegisterCommands registers the bot's commands, all at once, where some differ; it returns which did.
func (c *Client) RegisterCommands(ctx context.Context, app string, all []bot.Command) ([]CommandChange, error) {
	diff, err := c.CommandChanges(ctx, app, all)
	if err != nil || len(diff) == 0 {
		return nil, err
	}
	address := discordgo.EndpointApplicationGlobalCommands(app)
	if err := c.call(ctx, http.MethodPut, address, address, wanted(all), nil); err != nil {
		return nil, fmt.Errorf("the commands can't be registered: %w", err)
	}
	return diff, nil
}

func changes(have, want []command) ([]CommandChange, error) {
	type key struct {
		kind discordgo.ApplicationCommandType
		name string
	}
	was, is := map[key][]byte{}, map[key][]byte{}
	var keys []key
	for _, side := range []struct {
		all  []command
		into map[key][]byte
	}{{have, was}, {want, is}} {
		for _, c := range side.all {
			k := key{c.Type, c.Name}
			data, err := json.Marshal(c.filled())
			if err != nil {
				return nil, err
			}
			if side.into[k] = data; !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	var out []CommandChange
	for _, k := range keys {
		if string(was[k]) != string(is[k]) {
			out = append(out, CommandChange{Name: k.name, Was: was[k], Is: is[k]})
		}
	}
	return out, nil
}

// filled returns a command with lists and maps, be they empty: Discord tells null where there are none.
func (c command) filled() command {
	if c.Names == nil {
		c.Names = map[string]string{}
	}
	if c.Abouts == nil {
		c.Abouts = map[string]string{}
	}
	if c.Options = filled(c.Options); c.Options == nil {
		c.Options = []commandOption{}
	}
	slices.Sort(c.Contexts)
	slices.Sort(c.Integrations)
	return c
}

// filled returns options with maps, be they empty.
func filled(options []commandOption) []commandOption {
	options = slices.Clone(options)
	for i := range options {
		o := &options[i]
		if o.Names == nil {
			o.Names = map[string]string{}
		}
		if o.Abouts == nil {
			o.Abouts = map[string]string{}
		}
		if o.Options = filled(o.Options); len(o.Options) == 0 {
			o.Options = nil
		}
		o.Choices = slices.Clone(o.Choices)
		for k := range o.Choices {
			if c := &o.Choices[k]; c.Names == nil {
				c.Names = map[string]string{}
			}
		}
	}
	return options
}
