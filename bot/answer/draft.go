package answer

import (
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Told returns a reply of one sentence of ours, by its id.
func (w Writer) Told(outcome chat.Outcome, id string) chat.Reply {
	return chat.Reply{Lang: w.lang, Outcome: outcome, Blocks: []chat.Block{w.Line(chat.RoleLead, id)}}
}

// Open returns the reply that opens a form. Where none can be opened, its blocks say what is filled in.
func (w Writer) Open(f *chat.Form) chat.Reply {
	r := w.Told(chat.Filling, "form_lead")
	r.Form, r.Opens, r.Offers = f, true, []chat.Command{chat.CommandEdit, chat.CommandCancel}
	r.Blocks = append(r.Blocks, w.Fields(f)...)
	return r
}

// Draft shows a form as it was understood, what is wrong at each field, and the live claims that resemble it.
func (w Writer) Draft(f *chat.Form, beside []knowledge.Claim) chat.Reply {
	lead := "draft_lead"
	if f.Problems() {
		lead = "draft_lead_problems"
	}
	r := w.Told(chat.Filling, lead)
	r.Form = f
	if !f.Problems() {
		r.Offers = append(r.Offers, chat.CommandPublish)
	}
	r.Offers = append(r.Offers, chat.CommandEdit, chat.CommandCancel)
	r.Blocks = append(r.Blocks, w.Fields(f)...)
	return r
}

// Fields writes what is filled in, in the asker's own words, and what is wrong with it. Fields that are empty and right are left out.
func (w Writer) Fields(f *chat.Form) []chat.Block {
	var out []chat.Block
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.Value == "" && field.Problem == "" {
			continue
		}
		b := chat.Block{Role: chat.RoleField, Label: strings.TrimRight(field.Label, ":"), Parts: []chat.Part{Own(w.say("field_empty"))}}
		if text := harmless(shown(field)); text != "" {
			b.Parts = []chat.Part{{Kind: chat.Wrote, Text: text}}
		}
		out = append(out, b)
		if field.Problem != "" {
			out = append(out, chat.Block{Role: chat.RoleProblem, Parts: []chat.Part{Own(field.Problem)}})
		}
	}
	return out
}

// shown returns what is shown of a field's value: of a choice its name, of an address its host.
func shown(f *chat.Field) string {
	for _, c := range f.Choices {
		if c.Value == f.Value {
			return c.Label
		}
	}
	if f.ID == "url" {
		return host(f.Value)
	}
	return f.Value
}
