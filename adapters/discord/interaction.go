package discord

import (
	"cmp"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// interaction is what is read of a command, a press of a button, or a form.
type interaction struct {
	ID            string                    `json:"id"`
	ApplicationID string                    `json:"application_id"`
	Type          discordgo.InteractionType `json:"type"`
	Token         string                    `json:"token"` // answers it for 15 minutes: a secret
	GuildID       string                    `json:"guild_id"`
	ChannelID     string                    `json:"channel_id"`
	Locale        string                    `json:"locale"`
	User          *user                     `json:"user"`   // in a direct conversation
	Member        *member                   `json:"member"` // in a server
	Data          interactionData           `json:"data"`
}

// member is somebody in a server, at the moment of what they do.
type member struct {
	User        *user    `json:"user"`
	Roles       []string `json:"roles"`
	Permissions string   `json:"permissions"` // bits, in the channel of the interaction
}

type interactionData struct {
	Name       string                           `json:"name"` // of a command
	Type       discordgo.ApplicationCommandType `json:"type"`
	Options    []argument                       `json:"options"`
	TargetID   string                           `json:"target_id"` // the message that a command was chosen on
	CustomID   string                           `json:"custom_id"` // of a component or a form
	Values     []string                         `json:"values"`    // of a menu
	Components []formRow                        `json:"components"`
	Resolved   struct {
		Messages map[string]messageEvent `json:"messages"`
		Users    map[string]user         `json:"users"`
		Roles    map[string]struct{}     `json:"roles"`
	} `json:"resolved"`
}

// argument is an option of a command, or the command that was chosen of a group.
type argument struct {
	Name    string                                 `json:"name"`
	Type    discordgo.ApplicationCommandOptionType `json:"type"`
	Value   any                                    `json:"value"` // text, a number or a truth value
	Options []argument                             `json:"options"`
	Focused bool                                   `json:"focused"` // it is being typed
}

// formRow is a row of a form, or a label around a field.
type formRow struct {
	Components []formField `json:"components"`
	Component  *formField  `json:"component"`
}

type formField struct {
	CustomID string `json:"custom_id"`
	Value    string `json:"value"`
}

// place returns where it comes from.
func (in *interaction) place() place { return place{in.GuildID, in.ChannelID} }

// valid reports whether it can be answered at all.
func (in *interaction) valid() bool {
	return snowflake(in.ID) && snowflake(in.ApplicationID) && in.Token != "" && snowflake(in.ChannelID) &&
		(in.GuildID == "" || snowflake(in.GuildID)) && in.user() != ""
}

// user returns who it comes from.
func (in *interaction) user() string {
	switch {
	case in.Member != nil && in.Member.User != nil:
		return in.Member.User.ID
	case in.User != nil:
		return in.User.ID
	}
	return ""
}

// onMessage reports a command that was chosen on a message.
func (in *interaction) onMessage() bool { return in.Data.Type == discordgo.MessageApplicationCommand }

// called returns the name of the command, that of the group which it was chosen from, and its arguments.
func (in *interaction) called() (group, name string, given []argument) {
	for _, o := range in.Data.Options {
		if o.Type == discordgo.ApplicationCommandOptionSubCommand {
			return in.Data.Name, o.Name, o.Options
		}
	}
	return "", in.Data.Name, in.Data.Options
}

// field returns what was typed into a field of a form.
func (in *interaction) field(id string) string {
	for _, f := range in.fields() {
		if f.CustomID == id {
			return f.Value
		}
	}
	return ""
}

// fields returns what was typed into a form.
func (in *interaction) fields() []formField {
	var out []formField
	for _, row := range in.Data.Components {
		out = append(out, row.Components...)
		if row.Component != nil {
			out = append(out, *row.Component)
		}
	}
	return out
}

// spoken returns the language of the person's Discord; "" for one that the bot doesn't speak.
func (in *interaction) spoken() string {
	base, _, _ := strings.Cut(in.Locale, "-")
	for _, lang := range lexicon.Languages {
		if base == lang {
			return lang
		}
	}
	return ""
}

// preferred returns the language of an answer to a text: that of the person's Discord where it was chosen; English is what
// Discord begins with, and says nothing of somebody who writes in another language.
func (in *interaction) preferred() string {
	if lang := in.spoken(); lang != lexicon.Languages[0] {
		return lang
	}
	return ""
}

// language returns the language in which the person is told what isn't an answer to a text.
func (in *interaction) language() string { return cmp.Or(in.spoken(), lexicon.Languages[0]) }
