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
	User          *user                     `json:"user"` // in a direct conversation
	Member        *struct {
		User *user `json:"user"`
	} `json:"member"` // in a server
	Data interactionData `json:"data"`
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
	} `json:"resolved"`
}

type argument struct {
	Name  string `json:"name"`
	Value any    `json:"value"` // text, a number or a truth value
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

// text returns the text option of a name.
func (in *interaction) text(name string) string {
	for _, o := range in.Data.Options {
		if s, ok := o.Value.(string); ok && o.Name == name {
			return s
		}
	}
	return ""
}

// field returns what was typed into a field of a form.
func (in *interaction) field(id string) string {
	for _, row := range in.Data.Components {
		for _, f := range row.Components {
			if f.CustomID == id {
				return f.Value
			}
		}
		if f := row.Component; f != nil && f.CustomID == id {
			return f.Value
		}
	}
	return ""
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
