package form

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
)

// MostSuggested is how many suggestions are made at once (Discord's limit).
const MostSuggested = 25

// Suggest returns the concepts that may be meant by what is typed of a field so far, those first whose name begins with it.
func (f *Forms) Suggest(lang, field, typed string) []chat.Choice {
	class, typed := definition(field).class, fold(typed)
	var begins, holds []chat.Choice
	for _, c := range f.lex.Of(class) {
		names := []string{c.In(lang), strings.ReplaceAll(c.ID, "_", " ")}
		for _, label := range c.Label {
			names = append(names, label)
		}
		choice := chat.Choice{Value: c.ID, Label: answer.Clip(c.In(lang), answer.MostChoice)}
		switch {
		case slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(fold(n), typed) }):
			begins = append(begins, choice)
		case slices.ContainsFunc(names, func(n string) bool { return strings.Contains(fold(n), typed) }):
			holds = append(holds, choice)
		}
	}
	all := append(begins, holds...)
	return all[:min(len(all), MostSuggested)]
}

func fold(s string) string { return strings.ToLower(oneLine(s)) }
