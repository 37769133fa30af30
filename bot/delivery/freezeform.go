package delivery

import "github.com/whosays/whosays/bot/chat"

// form is a form as it is kept, with what was filled in.
type form struct {
	Command chat.Command `json:"command"`
	Title   string       `json:"title"`
	Submit  string       `json:"submit,omitempty"`
	Pages   []string     `json:"pages,omitempty"`
	Fields  []field      `json:"fields,omitempty"`
	Subject string       `json:"subject,omitempty"`
	Version int          `json:"version,omitempty"`
}

type field struct {
	ID       string   `json:"id"`
	Page     int      `json:"page,omitempty"`
	Label    string   `json:"label,omitempty"`
	Hint     string   `json:"hint,omitempty"`
	Value    string   `json:"value,omitempty"`
	Problem  string   `json:"problem,omitempty"`
	Choices  []choice `json:"choices,omitempty"`
	Long     bool     `json:"long,omitempty"`
	Required bool     `json:"required,omitempty"`
	Longest  int      `json:"longest,omitempty"`
}

type choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

type menu struct {
	Command chat.Command `json:"command"`
	Choices []choice     `json:"choices,omitempty"`
}

func freezeForm(in *chat.Form) *form {
	if in == nil {
		return nil
	}
	out := &form{Command: in.Command, Title: in.Title, Submit: in.Submit, Pages: in.Pages, Subject: in.Subject, Version: in.Version}
	for i := range in.Fields {
		f := &in.Fields[i]
		out.Fields = append(out.Fields, field{f.ID, f.Page, f.Label, f.Hint, f.Value, f.Problem, freezeChoices(f.Choices), f.Long, f.Required, f.Longest})
	}
	return out
}

func (f *form) thaw() *chat.Form {
	if f == nil {
		return nil
	}
	out := &chat.Form{Command: f.Command, Title: f.Title, Submit: f.Submit, Pages: f.Pages, Subject: f.Subject, Version: f.Version}
	for i := range f.Fields {
		x := &f.Fields[i]
		out.Fields = append(out.Fields, chat.Field{
			ID: x.ID, Page: x.Page, Label: x.Label, Hint: x.Hint, Value: x.Value, Problem: x.Problem,
			Choices: thawChoices(x.Choices), Long: x.Long, Required: x.Required, Longest: x.Longest,
		})
	}
	return out
}

func freezeMenu(in *chat.Menu) *menu {
	if in == nil {
		return nil
	}
	return &menu{in.Command, freezeChoices(in.Choices)}
}

func (m *menu) thaw() *chat.Menu {
	if m == nil {
		return nil
	}
	return &chat.Menu{Command: m.Command, Choices: thawChoices(m.Choices)}
}

func freezeChoices(in []chat.Choice) []choice {
	var out []choice
	for _, c := range in {
		out = append(out, choice(c))
	}
	return out
}

func thawChoices(in []choice) []chat.Choice {
	var out []chat.Choice
	for _, c := range in {
		out = append(out, chat.Choice(c))
	}
	return out
}
