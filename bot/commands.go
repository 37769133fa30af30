package bot

import (
	"slices"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Command is one command as the platforms offer it. Names are fit for all of them: in lower case, without a space, no
// longer than 32 characters; that of a message command may have spaces. Descriptions have at most 100 characters (both
// are Discord's limits, the narrowest).
type Command struct {
	Command chat.Command
	Group   Text // the command that it is a part of ("claim"), nil where it stands alone; Name is then its name in the group
	Within  Text // what the group is about, the same for all of it; nil where it stands alone
	Message bool // it is chosen on a message, whose text it takes, and has no options
	Name    Text
	About   Text
	Options []Option
}

// Option is what is typed or chosen behind a command. Its name and description have the command's limits.
type Option struct {
	ID       string // TextOption: Request.Text; ClaimOption: Request.Claims; else by this id in Request.Values
	Kind     OptionKind
	Name     Text
	About    Text
	Required bool           // these come before the others
	Longest  int            // characters
	Choices  []OptionChoice // at most 25; none: anything may be typed
}

// TextOption and ClaimOption are the ids of options that have a place of their own in a request.
const (
	TextOption  = "text"
	ClaimOption = "claim"
)

// OptionKind says how an option is filled in.
type OptionKind string

// The kinds of options.
const (
	OptionText    OptionKind = ""        // typed, or chosen where it has choices
	OptionSuggest OptionKind = "suggest" // typed, with Bot.Suggest's suggestions while it is
	OptionAccount OptionKind = "account" // a person or a group of the platform; its value is as in chat.Actor ("discord:role:5")
	OptionFlag    OptionKind = "flag"    // "true", or nothing
)

// OptionChoice is one value of an option. Its names have at most 100 characters.
type OptionChoice struct {
	Value string
	Name  Text
}

// Text is a wording by language; each of lexicon.Languages is there.
type Text map[string]string

// Commands returns all commands, in the order in which they are offered: those that everybody may use, then those of moderators.
// Commands of one group stand side by side.
func (b *Bot) Commands() []Command {
	return slices.Concat([]Command{
		b.command(chat.CommandAsk, b.option("ask")), b.command(chat.CommandCheck, b.option("check")),
		b.command(chat.CommandStatus), b.command(chat.CommandHelp),
		{Command: chat.CommandCheck, Message: true, Name: b.text("command_message_name"), About: b.text("command_message_about")},
	}, b.subscribing(), b.moderating())
}

func (b *Bot) command(c chat.Command, options ...Option) Command {
	id := "command_" + string(c)
	return Command{Command: c, Name: b.text(id + "_name"), About: b.text(id + "_about"), Options: options}
}

func (b *Bot) option(of string) Option {
	return Option{ID: TextOption, Name: b.text("option_" + of + "_name"), About: b.text("option_" + of + "_about"), Required: true, Longest: question.MaxRunes}
}

func (b *Bot) text(id string) Text {
	out := Text{}
	for _, lang := range lexicon.Languages {
		out[lang] = b.writer(lang).Term(id)
	}
	return out
}

// Label returns what a button is called, or what stands over a menu, in a language; in the default one where it isn't
// spoken. At most 80 characters (Discord's limit).
func (b *Bot) Label(c chat.Command, lang string) string {
	return b.writer(lang).Term("button_" + string(c))
}

// Missing returns what is said of a field that has to be filled in, and isn't, in a language.
func (b *Bot) Missing(lang string) string { return b.writer(lang).Term("problem_missing") }

// Form is the form in which somebody reports a mistake. Title and Field have at most 45 characters, Hint 100 (Discord's
// limits).
type Form struct {
	Title string
	Field string // what is to be typed
	Hint  string // stands in the empty field
}

// ReportForm returns the form in which a mistake is reported, in a language.
func (b *Bot) ReportForm(lang string) Form {
	w := b.writer(lang)
	return Form{Title: w.Term("form_title"), Field: w.Term("form_field"), Hint: w.Term("form_hint")}
}

// Notice returns what the bot says where no answer can be given, in a language.
func (b *Bot) Notice(n chat.Notice, lang string) chat.Reply { return b.writer(lang).Notice(n) }
