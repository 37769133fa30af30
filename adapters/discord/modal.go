package discord

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// pagesOf returns how many modals a form takes: one for each of its pages.
func pagesOf(f *chat.Form) int {
	if f == nil {
		return 0
	}
	return max(len(f.Pages), 1)
}

// modalOf returns a page of a form that is kept under a record, as Discord opens it; false where there is nothing to fill in.
// Nothing in it is insisted on: what is missing is said by the bot, beside all that is there.
func modalOf(f *chat.Form, record string, page int) (discordgo.InteractionResponseData, bool) {
	id := target.ID{Action: chat.CommandFill, Record: record, Page: page}
	fields := fieldsOf(f, page)
	out := discordgo.InteractionResponseData{CustomID: id.String(), Title: modalTitle(f, page)}
	for i := range fields {
		out.Components = append(out.Components, discordgo.ActionsRow{Components: []discordgo.MessageComponent{inputOf(&fields[i])}})
	}
	return out, len(fields) > 0 && out.Title != "" && id.Check() == nil
}

// fieldsOf returns the fields of a page, but for those whose value Discord can't show: they stay as they are; cut, they would come
// back cut.
func fieldsOf(f *chat.Form, page int) []chat.Field {
	var out []chat.Field
	if f == nil {
		return out
	}
	for _, field := range f.Fields {
		if field.Page == page && len(out) < maxInputs && prose.Length(shownAs(&field)) <= maxInput {
			out = append(out, field)
		}
	}
	return out
}

func modalTitle(f *chat.Form, page int) string {
	if f == nil {
		return ""
	}
	title := f.Title
	if page < len(f.Pages) && len(f.Pages) > 1 {
		title = cmp.Or(f.Pages[page], title)
	}
	return prose.Cut(strings.TrimSpace(prose.Clean(title)), maxModalTitle)
}

// inputOf returns a field as Discord shows it. discordgo v0.29 has no Label component, in which there are menus: what is one of
// some choices is typed, and the empty field says which there are.
func inputOf(f *chat.Field) discordgo.TextInput {
	value, most := shownAs(f), maxInput
	if f.Longest > 0 { // what is longer already is shown whole: the bot says what is wrong with it
		most = min(max(f.Longest, prose.Length(value)), maxInput)
	}
	in := discordgo.TextInput{
		CustomID:    f.ID,
		Label:       prose.Cut(cmp.Or(strings.TrimSpace(prose.Clean(f.Label)), f.ID), maxInputLabel),
		Style:       discordgo.TextInputShort,
		Placeholder: prose.Cut(prose.Clean(hintOf(f)), maxInputHint),
		Value:       value,
		MaxLength:   most,
	}
	if f.Long {
		in.Style = discordgo.TextInputParagraph
	} else {
		in.Value = strings.ReplaceAll(in.Value, "\n", " ") // it has one line
	}
	return in
}

// hintOf returns what stands in an empty field.
func hintOf(f *chat.Field) string {
	if f.Hint != "" || len(f.Choices) == 0 {
		return f.Hint
	}
	labels := make([]string, len(f.Choices))
	for i, c := range f.Choices {
		labels[i] = c.Label
	}
	return strings.Join(labels, " / ")
}

// shownAs returns what a field is filled in with, as somebody reads it: a choice by its label.
func shownAs(f *chat.Field) string {
	for _, c := range f.Choices {
		if c.Value == f.Value && f.Value != "" {
			return c.Label
		}
	}
	return f.Value
}

// meantBy returns the value of what was typed into a field: of a choice, by its label or by its value.
func meantBy(f *chat.Field, typed string) string {
	word := strings.TrimSpace(typed)
	for _, c := range f.Choices {
		if strings.EqualFold(word, c.Label) || strings.EqualFold(word, c.Value) {
			return c.Value
		}
	}
	return typed
}

// filledIn returns what was typed into a page of a form, by the ids of its fields; false where the form has none such, or more was
// typed than a field takes: Discord's own modal brings neither.
func filledIn(f *chat.Form, page int, typed []formField) (map[string]string, bool) {
	out := map[string]string{}
	fields := fieldsOf(f, page)
	for _, t := range typed {
		i := slices.IndexFunc(fields, func(field chat.Field) bool { return field.ID == t.CustomID })
		if i < 0 || utf8.RuneCountInString(t.Value) > inputOf(&fields[i]).MaxLength {
			return nil, false
		}
		out[t.CustomID] = meantBy(&fields[i], t.Value)
	}
	return out, len(out) > 0
}
