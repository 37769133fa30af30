package bot

import (
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/form"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Ids of options that stand beside those of a claim's fields.
const (
	QuietOption   = "quiet"   // a flag: those who were told aren't told
	ReasonOption  = "reason"  // why
	AccountOption = "account" // a moderator
	FormatOption  = "format"  // of an export
	LangOption    = "language"
	SecondOption  = "approvals"   // how many more people a change needs: "0" or "1"
	TellOption    = "corrections" // "on" or "off"
)

// moderating returns the commands of moderators.
func (b *Bot) moderating() []Command {
	claim, reason := b.suggested("claim", true), b.typed(ReasonOption)
	claims := b.group("claim",
		b.command(chat.CommandClaimAdd, b.adding()...),
		b.command(chat.CommandClaimRevise, claim, reason, b.flag(QuietOption)),
		b.command(chat.CommandClaimRetract, claim, reason, b.flag(QuietOption)),
		b.command(chat.CommandClaimHide, b.suggested("shared", true), reason),
		b.command(chat.CommandClaimUnhide, b.suggested("hidden", true)),
		b.command(chat.CommandClaimShow, claim), b.command(chat.CommandClaimHistory, claim),
		b.command(chat.CommandClaimSearch, b.option("search")),
		b.command(chat.CommandClaimPending),
		b.command(chat.CommandClaimReviewed, b.suggested("reviewed", false)),
		b.command(chat.CommandClaimExport, b.chosen(FormatOption, "yaml", "csv", "jsonl")),
		b.command(chat.CommandClaimGaps), b.command(chat.CommandClaimReports))
	moderators := b.group("moderators",
		b.command(chat.CommandModAdd, b.account()), b.command(chat.CommandModRemove, b.account()), b.command(chat.CommandModList))
	return append(append(claims, moderators...), b.command(chat.CommandSettings,
		b.chosen(LangOption, lexicon.Languages...), b.chosen(SecondOption, "0", "1"), b.chosen(TellOption, "on", "off")))
}

func (b *Bot) group(id string, all ...Command) []Command {
	for i := range all {
		all[i].Group, all[i].Within = b.text("group_"+id+"_name"), b.text("group_"+id+"_about")
	}
	return all
}

// adding returns the options of a new claim: it in one line, or what of its form can be chosen or suggested.
func (b *Bot) adding() []Option {
	line := b.option("line")
	line.Required = false
	out := []Option{line}
	for _, id := range form.Quick() {
		o := b.typed(id)
		if o.Choices = b.choices(id); len(o.Choices) == 0 && form.Suggested(id) {
			o.Kind = OptionSuggest
		}
		out = append(out, o)
	}
	return out
}

// choices returns what a field of a closed list may hold, in every language.
func (b *Bot) choices(field string) []OptionChoice {
	first := form.Choices(b.lex, b.writer(lexicon.Languages[0]), field)
	out := make([]OptionChoice, 0, len(first))
	for _, c := range first {
		out = append(out, OptionChoice{Value: c.Value, Name: Text{}})
	}
	for _, lang := range lexicon.Languages {
		for i, c := range form.Choices(b.lex, b.writer(lang), field) {
			out[i].Name[lang] = c.Label
		}
	}
	return out
}

// longest is how long what is typed behind an option may be: as a reason, the longest of them.
const longest = moderation.MostNote

func (b *Bot) typed(id string) Option {
	return Option{ID: id, Name: b.text("option_" + id + "_name"), About: b.text("option_" + id + "_about"), Longest: longest}
}

func (b *Bot) flag(id string) Option {
	o := b.typed(id)
	o.Kind = OptionFlag
	return o
}

func (b *Bot) account() Option {
	o := b.typed(AccountOption)
	o.Kind, o.Required = OptionAccount, true
	return o
}

func (b *Bot) suggested(of string, required bool) Option {
	return Option{ID: ClaimOption, Kind: OptionSuggest, Name: b.text("option_claim_name"), About: b.text("option_" + of + "_about"), Required: required, Longest: question.MaxRunes}
}

func (b *Bot) chosen(id string, values ...string) Option {
	o := b.typed(id)
	for _, v := range values {
		o.Choices = append(o.Choices, OptionChoice{Value: v, Name: b.text("choice_" + id + "_" + word(v))})
	}
	return o
}

// word returns a value as ids of our sentences have it: without a digit.
func word(value string) string {
	switch value {
	case "0":
		return "none"
	case "1":
		return "one"
	}
	return value
}
