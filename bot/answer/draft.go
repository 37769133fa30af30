package answer

import (
	"slices"
	"strconv"
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

// Why asks why something is done to a claim, which it shows in full.
func (w Writer) Why(f *chat.Form, c knowledge.Claim) chat.Reply {
	r := w.Open(f)
	r.Blocks[0] = w.Line(chat.RoleLead, "why_lead")
	w.full(&r, []knowledge.Claim{c})
	return r
}

// Draft shows a form as it was understood, what is wrong at each field, and in full the live claims that it resembles: of those of
// the tenant's own, which come first, it may be a new state, or a rival; beside the shared ones it is another claim.
func (w Writer) Draft(f *chat.Form, beside []knowledge.Claim) chat.Reply {
	lead := "draft_lead"
	if f.Problems() {
		lead = "draft_lead_problems"
	}
	r := w.Told(chat.Filling, lead)
	r.Form = f
	own := beside
	for len(own) > 0 && own[len(own)-1].Tenant == "" {
		own = own[:len(own)-1]
	}
	w.ask(&r, f, len(own))
	r.Blocks = append(r.Blocks, w.Fields(f)...)
	if len(beside) > 0 {
		note := "draft_beside"
		if len(own) == 0 {
			note = "draft_beside_shared"
		}
		r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, note))
		w.full(&r, beside)
	}
	if len(own) > 1 {
		r.Menu = &chat.Menu{Command: chat.CommandRevision, Choices: w.choices(own)}
	}
	return r
}

// Apart adds to a draft that it is of another date than the claim of which it was to be a new state, and stays another claim, until
// both are of one series.
func (w Writer) Apart(draft chat.Reply) chat.Reply {
	if len(draft.Blocks) > 0 {
		draft.Blocks = slices.Insert(draft.Blocks, 1, w.Line(chat.RoleNote, "draft_apart"))
	}
	return draft
}

// ask says what may be done with a draft that so many claims of the tenant's own resemble.
func (w Writer) ask(r *chat.Reply, f *chat.Form, beside int) {
	if !f.Problems() {
		r.Offers = append(r.Offers, chat.CommandPublish)
	}
	if beside > 0 {
		r.Offers = append(r.Offers, chat.CommandRevision, chat.CommandRival)
	}
	r.Offers = append(r.Offers, chat.CommandEdit, chat.CommandCancel)
}

// Moved says that somebody was quicker: it shows what there is now, and a form that goes on from there.
func (w Writer) Moved(f *chat.Form, now knowledge.Claim) chat.Reply {
	r := w.Told(chat.Filling, "draft_moved")
	r.Form = f
	w.ask(&r, f, 0)
	r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "draft_theirs"))
	w.full(&r, []knowledge.Claim{now})
	r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "draft_yours"))
	r.Blocks = append(r.Blocks, w.Fields(f)...)
	return r
}

// Many asks whether so many messages are to be corrected.
func (w Writer) Many(f *chat.Form, n int) chat.Reply {
	r := w.Told(chat.Filling, "tell_lead")
	r.Form, r.Offers = f, []chat.Command{chat.CommandTell, chat.CommandEdit, chat.CommandCancel}
	r.Blocks = append(r.Blocks, w.count("tell_count", n))
	return r
}

// Changed says what was done, or that it waits for a second person, with what was filled in, or in full the claims that it made.
func (w Writer) Changed(id string, waits bool, f *chat.Form, made []knowledge.Claim) chat.Reply {
	if waits {
		id, made = "done_waits", nil
	}
	r := w.Told(chat.Done, id)
	if len(made) > 0 {
		w.full(&r, made)
		return r
	}
	r.Blocks = append(r.Blocks, w.Fields(f)...)
	return r
}

// Counted says what was done, or that it waits, and with how many claims.
func (w Writer) Counted(id string, waits bool, n int) chat.Reply {
	if waits {
		return w.Told(chat.Done, "done_waits")
	}
	r := w.Told(chat.Done, id)
	r.Blocks = append(r.Blocks, w.count("claims_count", n))
	return r
}

func (w Writer) count(id string, n int) chat.Block {
	return chat.Block{Role: chat.RoleNote, Parts: []chat.Part{Own(w.say(id) + " "), furniture(strconv.Itoa(n))}}
}

// full shows claims as an answer does, each with all that belongs to it. Those that aren't live say so.
func (w Writer) full(r *chat.Reply, claims []knowledge.Claim) {
	for _, c := range claims {
		r.Shown = append(r.Shown, chat.Shown{Claim: c})
		r.Blocks = append(r.Blocks, w.Claim(c, chat.RoleClaim, false)...)
	}
}

// choices returns claims to choose from, by their ids.
func (w Writer) choices(claims []knowledge.Claim) []chat.Choice {
	out := make([]chat.Choice, 0, len(claims))
	for _, c := range claims {
		text, _ := c.In(w.lang)
		out = append(out, chat.Choice{Value: c.ID, Label: Clip(text, MostChoice)})
	}
	return out
}

// MostChoice is how many characters the name of a choice may have (Discord's limit).
const MostChoice = 100

// Clip returns a text in one line, of at most so many characters.
func Clip(text string, most int) string {
	text = strings.Join(strings.Fields(harmless(text)), " ")
	if runes := []rune(text); len(runes) > most {
		return strings.TrimSpace(string(runes[:most-1])) + "…"
	}
	return text
}

// Fields writes what is filled in, in the asker's own words, and what is wrong with it. Fields that are empty and right are left out.
func (w Writer) Fields(f *chat.Form) []chat.Block {
	var out []chat.Block
	if f == nil {
		return out
	}
	for i := range f.Fields {
		field := &f.Fields[i]
		if field.Value == "" && field.Problem == "" {
			continue
		}
		b := w.field(field.Label, shown(field))
		if field.ID == "url" { // a bare host links nowhere that the source itself doesn't
			b.Parts = wrote(host(field.Value))
		}
		if len(b.Parts) == 0 {
			b.Parts = []chat.Part{Own(w.say("field_empty"))}
		}
		out = append(out, b)
		if field.Problem != "" {
			out = append(out, chat.Block{Role: chat.RoleProblem, Parts: []chat.Part{Own(field.Problem)}})
		}
	}
	return out
}

// field writes a field with what people wrote into it, with a mark between.
func (w Writer) field(label string, values ...string) chat.Block {
	b := chat.Block{Role: chat.RoleField, Label: label}
	for _, v := range values {
		if v = harmless(v); strings.TrimSpace(v) == "" {
			continue
		}
		if len(b.Parts) > 0 {
			b.Parts = append(b.Parts, Own(" · "))
		}
		b.Parts = append(b.Parts, chat.Part{Kind: chat.Wrote, Text: v})
	}
	return b
}

// shown returns what is shown of a field's value: of a choice its name.
func shown(f *chat.Field) string {
	for _, c := range f.Choices {
		if c.Value == f.Value {
			return c.Label
		}
	}
	return f.Value
}

// wrote returns what somebody wrote as it is; nothing where it is empty.
func wrote(text string) []chat.Part {
	if text == "" {
		return nil
	}
	return []chat.Part{{Kind: chat.Wrote, Text: text}}
}
