package discordfake

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// The limits of application commands (docs: interactions/application-commands).
const (
	maxChatCommands    = 100
	maxContextCommands = 15 // of users, and as many of messages
	maxOptions         = 25
	maxChoices         = 25
	maxCommandSize     = 8000 // names, descriptions and values of choices
	maxCreates         = 200  // a day, globally and in each guild
)

// The types of commands and of their options.
const (
	chatCommand    = 1
	userCommand    = 2
	messageCommand = 3

	optionSub     = 1
	optionGroup   = 2
	optionString  = 3
	optionInteger = 4
	optionBoolean = 5
	optionNumber  = 10
	optionLast    = 11
)

// commandName is Discord's own rule, which also refuses upper case where a letter has a lower one.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// Command is a registered application command.
type Command struct {
	ID                       string            `json:"id"`
	ApplicationID            string            `json:"application_id"`
	GuildID                  string            `json:"guild_id,omitempty"`
	Version                  string            `json:"version"`
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Options                  []CommandOption   `json:"options,omitempty"`
	DefaultMemberPermissions json.RawMessage   `json:"default_member_permissions"` // a text, or null
	DMPermission             *bool             `json:"dm_permission,omitempty"`
	Contexts                 []int             `json:"contexts"`
	IntegrationTypes         []int             `json:"integration_types,omitempty"`
	NSFW                     bool              `json:"nsfw"`
}

// CommandOption is an option of a command, or a command in it.
type CommandOption struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
	Autocomplete             bool              `json:"autocomplete,omitempty"`
	Choices                  []Choice          `json:"choices,omitempty"`
	Options                  []CommandOption   `json:"options,omitempty"`
	ChannelTypes             []int             `json:"channel_types,omitempty"`
	MinValue                 *float64          `json:"min_value,omitempty"`
	MaxValue                 *float64          `json:"max_value,omitempty"`
	MinLength                *int              `json:"min_length,omitempty"`
	MaxLength                *int              `json:"max_length,omitempty"`
}

// Choice is a value that an option may have, or that autocompletion offers.
type Choice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations,omitempty"`
	Value             json.RawMessage   `json:"value"` // a text or a number
}

func (c *Command) check(path string, errs *formErrors) {
	switch c.Type {
	case chatCommand:
		checkName(join(path, "name"), c.Name, c.NameLocalizations, errs)
		checkText(join(path, "description"), c.Description, 100, errs)
		checkLocalizations(join(path, "description_localizations"), c.DescriptionLocalizations, 100, errs)
		checkOptions(join(path, "options"), c.Options, 0, errs)
	case userCommand, messageCommand:
		checkText(join(path, "name"), c.Name, 32, errs)
		checkLocalizations(join(path, "name_localizations"), c.NameLocalizations, 32, errs)
		if c.Description != "" {
			errs.add(join(path, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID",
				"Context menu commands cannot have description")
		}
		if len(c.Options) > 0 {
			errs.add(join(path, "options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID",
				"Context menu commands cannot have options")
		}
	default:
		errs.choice(join(path, "type"), "(1, 2, 3)")
	}
	if n := c.size(); n > maxCommandSize {
		errs.add(path, "APPLICATION_COMMAND_TOO_LARGE", fmt.Sprintf("Command exceeds maximum size (%d)", maxCommandSize))
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func checkName(path, name string, localized map[string]string, errs *formErrors) {
	names := map[string]string{path: name}
	for locale, other := range localized {
		names[path+"_localizations."+locale] = other
	}
	for path, name := range names {
		switch {
		case length(name) < 1 || length(name) > 32:
			errs.badLength(path, 32)
		case !commandName.MatchString(name) || strings.ToLower(name) != name:
			errs.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
		}
	}
}

func checkLocalizations(path string, texts map[string]string, most int, errs *formErrors) {
	for locale, text := range texts {
		checkText(path+"."+locale, text, most, errs)
	}
}

// checkOptions checks the options inside a command (parent 0), a group, or a sub-command.
func checkOptions(path string, options []CommandOption, parent int, errs *formErrors) {
	if len(options) > maxOptions {
		errs.tooLong(path, maxOptions)
		return
	}
	seen, optional := map[string]bool{}, false
	for i, o := range options {
		here := at(path, i)
		if seen[o.Name] {
			errs.add(here+".name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
		}
		if i > 0 && o.nested() != options[0].nested() {
			errs.add(here, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types")
		}
		if o.Required && optional {
			errs.add(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
				"Required options must be placed before non-required options")
		}
		seen[o.Name], optional = true, optional || !o.Required
		o.check(here, parent, errs)
	}
}

// nested reports a command in a command.
func (o *CommandOption) nested() bool { return o.Type == optionSub || o.Type == optionGroup }

func (o *CommandOption) check(path string, parent int, errs *formErrors) {
	checkName(path+".name", o.Name, o.NameLocalizations, errs)
	checkText(path+".description", o.Description, 100, errs)
	checkLocalizations(path+".description_localizations", o.DescriptionLocalizations, 100, errs)
	nested := o.nested()
	switch {
	case o.Type < optionSub || o.Type > optionLast:
		errs.choice(path+".type", "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)")
	case nested && (parent == optionSub || parent == optionGroup && o.Type == optionGroup),
		!nested && parent == optionGroup:
		errs.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types")
	case !nested && len(o.Options) > 0:
		errs.add(path+".options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Only sub-commands have options")
	}
	if nested {
		checkOptions(path+".options", o.Options, o.Type, errs)
	}
	o.checkChoices(path, errs)
}

func (o *CommandOption) checkChoices(path string, errs *formErrors) {
	if o.Autocomplete && len(o.Choices) > 0 {
		errs.add(path, "APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES", "Autocomplete cannot be used with choices")
	}
	kind := o.Type
	if kind != optionString && kind != optionInteger && kind != optionNumber && (o.Autocomplete || len(o.Choices) > 0) {
		errs.add(path, "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Options of this type have no choices")
	}
	checkChoices(path+".choices", o.Choices, errs)
}

// checkChoices checks those of an option, or those that autocompletion offers. That a text has at most 100 characters
// is in the documentation; the OpenAPI document says 6000.
func checkChoices(path string, choices []Choice, errs *formErrors) {
	if len(choices) > maxChoices {
		errs.tooLong(path, maxChoices)
		return
	}
	names := map[string]bool{}
	for i, c := range choices {
		checkText(at(path, i)+".name", c.Name, 100, errs)
		if names[c.Name] {
			errs.add(at(path, i)+".name", "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
				"Option choice name already exists")
		}
		names[c.Name] = true
		var text string
		if json.Unmarshal(c.Value, &text) == nil {
			checkText(at(path, i)+".value", text, 100, errs)
		}
	}
}

// size is what Discord limits to 8000: for each text its longest localization counts.
func (c *Command) size() int {
	return longest(c.Name, c.NameLocalizations) + longest(c.Description, c.DescriptionLocalizations) + optionsSize(c.Options)
}

func optionsSize(options []CommandOption) int {
	n := 0
	for _, o := range options {
		n += longest(o.Name, o.NameLocalizations) + longest(o.Description, o.DescriptionLocalizations)
		for _, choice := range o.Choices {
			n += longest(choice.Name, choice.NameLocalizations) + length(strings.Trim(string(choice.Value), `"`))
		}
		n += optionsSize(o.Options)
	}
	return n
}

func longest(text string, localized map[string]string) int {
	n := length(text)
	for _, other := range localized {
		n = max(n, length(other))
	}
	return n
}
