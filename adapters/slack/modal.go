package slack

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// modal returns a form, all of its pages in one view. Its callback id names the record of the reply that has the form, each input's
// block and action the field; along says where what comes of it is shown. No field has to be filled in for Slack to send it: what is
// missing the bot says.
func modal(f *chat.Form, record string, along carried) (slack.ModalViewRequest, error) {
	private, err := json.Marshal(along)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	v := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: target.ID{Action: chat.CommandFill, Record: record}.String(), PrivateMetadata: string(private),
		Title: plainText(f.Title, maxModalTitle), Submit: plainText(cmp.Or(trimBlanks(prose.Clean(f.Submit)), trimBlanks(prose.Clean(f.Title))), maxModalTitle),
	}
	if prose.Length(entities(f.Title)) > maxModalTitle {
		v.Blocks.BlockSet = append(v.Blocks.BlockSet, slack.NewHeaderBlock(plainText(f.Title, maxHeader)))
	}
	for page, title := range pagesOf(f) {
		if title = trimBlanks(prose.Clean(title)); title != "" && len(f.Pages) > 1 {
			v.Blocks.BlockSet = append(v.Blocks.BlockSet, slack.NewHeaderBlock(plainText(title, maxHeader)))
		}
		for i := range f.Fields {
			if field := &f.Fields[i]; field.Page == page && fits(field) {
				v.Blocks.BlockSet = append(v.Blocks.BlockSet, input(field))
			}
		}
	}
	return v, nil
}

// pagesOf returns the titles of a form's pages, at least one.
func pagesOf(f *chat.Form) []string {
	if len(f.Pages) == 0 {
		return []string{""}
	}
	return f.Pages
}

// fits reports a field whose value Slack can show. One that it can't stays as it is: cut, it would come back cut.
func fits(f *chat.Field) bool {
	return prose.Length(f.Value) <= maxInput && trimBlanks(prose.Clean(f.Label)) != "" && (len(f.Choices) == 0 || len(fieldOptions(f.Choices)) > 0)
}

// input returns a field as a block of its own. What is already known to be wrong with it stands below.
func input(f *chat.Field) *slack.InputBlock {
	b := slack.NewInputBlock(f.ID, plainText(f.Label, maxInputLabel), nil, elementOf(f))
	b.Optional = true
	if problem := trimBlanks(prose.Clean(f.Problem)); problem != "" {
		b.Hint = plainText(warning+problem, maxInputLabel)
	}
	return b
}

func elementOf(f *chat.Field) slack.BlockElement {
	var hint *slack.TextBlockObject
	if words := trimBlanks(prose.Clean(f.Hint)); words != "" {
		hint = plainText(words, maxPlaceholder)
	}
	if len(f.Choices) > 0 {
		menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, hint, f.ID, fieldOptions(f.Choices)...)
		if i := slices.IndexFunc(menu.Options, func(o *slack.OptionBlockObject) bool { return meant(f.Choices, o.Value) == f.Value }); i >= 0 {
			menu.InitialOption = menu.Options[i]
		}
		return menu
	}
	in := slack.NewPlainTextInputBlockElement(hint, f.ID)
	in.Multiline, in.InitialValue = f.Long, f.Value
	if in.MaxLength = min(f.Longest, maxInput); in.MaxLength > 0 {
		in.MaxLength = max(in.MaxLength, prose.Length(f.Value)) // what is too long already has to be shown, to be shortened
	}
	return in
}

// formErrors is how Slack is told what is wrong with what somebody submits: it says so at the fields, and leaves the form open
// (https://docs.slack.dev/surfaces/modals#displaying_errors).
type formErrors struct {
	Action string            `json:"response_action"`
	Errors map[string]string `json:"errors"` // by block
}

const (
	longestProblem = 300
	// Slack drops an acknowledgement over Socket Mode of 20 KB (https://github.com/slack-go/slack/issues/1196), with the envelope around it.
	longestErrors = 19_000
)

// problemsOf returns what is wrong with the fields of a form that are shown; nil where nothing is, where it can't all be said so, and of
// no form.
func problemsOf(f *chat.Form) *formErrors {
	if f == nil {
		return nil
	}
	out := &formErrors{Action: "errors", Errors: map[string]string{}}
	for i := range f.Fields {
		field := &f.Fields[i]
		problem := trimBlanks(prose.Clean(field.Problem))
		if problem == "" {
			continue
		}
		if !fits(field) || field.Page >= len(pagesOf(f)) {
			return nil
		}
		out.Errors[field.ID] = prose.Cut(problem, longestProblem)
	}
	if data, err := json.Marshal(out); err != nil || len(out.Errors) == 0 || len(data) > longestErrors {
		return nil
	}
	return out
}

// unfilled says of a form that is to be filled in what isn't, and has to be; nil where nothing is missing.
func unfilled(f *chat.Form, missing string) *formErrors {
	if f == nil {
		return nil
	}
	empty := *f
	empty.Fields = slices.Clone(f.Fields)
	for i := range empty.Fields {
		if field := &empty.Fields[i]; field.Required && trimBlanks(field.Value) == "" {
			field.Problem = missing
		}
	}
	return problemsOf(&empty)
}
