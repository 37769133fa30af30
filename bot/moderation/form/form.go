// Package form turns claims into the forms in which moderators fill them in, and forms and typed lines into claims. It decides
// nothing about who may; it is pure.
package form

import (
	"maps"
	"slices"
	"time"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/question"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Forms makes and reads forms. It is safe for concurrent use.
type Forms struct {
	lex     *lexicon.Lexicon
	parser  *question.Parser
	writers map[string]answer.Writer
}

// New returns forms that read with a lexicon, and are labelled by writers, one for each language.
func New(lex *lexicon.Lexicon, writers map[string]answer.Writer) *Forms {
	return &Forms{lex: lex, parser: question.NewParser(lex), writers: writers}
}

// Ids of the fields that aren't a claim's own.
const (
	ReasonField = "reason" // why it is changed
	QuietField  = "quiet"  // "true": those who were told aren't told
)

// Claim returns the form of a claim in a language, filled in with it; of the zero claim, the empty form. With a version it is that of
// a new version of this claim, and asks for the reason. What it can't hold of the claim isn't in it: see Read.
func (f *Forms) Claim(lang string, c knowledge.Claim) *chat.Form {
	w := f.writer(lang)
	out := &chat.Form{Command: chat.CommandFill, Title: w.Term("claim_form_new"), Submit: w.Term("claim_form_submit"), Subject: c.ID, Version: c.Revision}
	layout := pagesOfNew()
	if c.Revision > 0 {
		out.Title, layout = w.Term("claim_form_revise"), pagesOfRevision()
	}
	p := f.printer(w)
	for i, page := range layout {
		out.Pages = append(out.Pages, w.Term("page_"+page.title))
		for _, id := range page.fields {
			out.Fields = append(out.Fields, f.field(p, i, id, &c))
		}
	}
	return out
}

// field returns one field, filled in with what the claim has.
func (f *Forms) field(p printer, page int, id string, c *knowledge.Claim) chat.Field {
	d := definition(id)
	out := chat.Field{
		ID: id, Page: page, Label: p.w.Term("field_" + id), Hint: p.w.Term("hint_" + id),
		Long: d.long, Required: d.required, Longest: d.longest, Choices: Choices(f.lex, p.w, id),
	}
	if d.write != nil {
		out.Value = d.write(p, c)
	}
	return out
}

// Reason returns a form of one field, in which it is said why something is done to what the subject names; quiet is carried along.
func (f *Forms) Reason(lang string, command chat.Command, subject string, version int, quiet bool) *chat.Form {
	w := f.writer(lang)
	out := &chat.Form{
		Command: command, Title: w.Term("reason_form_" + string(command)), Submit: w.Term("claim_form_submit"),
		Pages: []string{w.Term("page_reason")}, Subject: subject, Version: version,
	}
	p := f.printer(w)
	out.Fields = append(out.Fields, f.field(p, 0, ReasonField, &knowledge.Claim{}))
	if quiet {
		field := f.field(p, 0, QuietField, &knowledge.Claim{})
		field.Value = quietly
		out.Fields = append(out.Fields, field)
	}
	return out
}

// quietly is the value of the quiet field that says so.
const quietly = "true"

// Quiet reports whether a form says that nobody is to be told.
func Quiet(f *chat.Form) bool { return f.Value(QuietField) == quietly }

// Read returns the claim that a form says, made from the version that it was made from (the zero claim for a new one), and the form
// as it was understood, with a problem at each field that is missing or wrong. What a form doesn't hold stays as it was.
func (f *Forms) Read(lang string, in *chat.Form, was knowledge.Claim, now time.Time) (knowledge.Claim, *chat.Form) {
	w := f.writer(lang)
	r := reading{Forms: f, p: f.printer(w), now: now, was: was, is: clone(was), problems: map[string]string{}}
	for _, field := range in.Fields {
		r.field(&field)
	}
	r.settle(in)
	r.validate(in)
	return r.is, r.form(in)
}

// clone returns a claim whose lists can be changed.
func clone(c knowledge.Claim) knowledge.Claim {
	c.Sources, c.Caveats = slices.Clone(c.Sources), slices.Clone(c.Caveats)
	c.Aliases, c.Supersedes, c.Disputes = slices.Clone(c.Aliases), slices.Clone(c.Supersedes), slices.Clone(c.Disputes)
	translations := map[string]string{}
	maps.Copy(translations, c.Translations)
	if len(translations) > 0 {
		c.Translations = translations
	}
	return c
}

func (f *Forms) writer(lang string) answer.Writer {
	if w, ok := f.writers[lang]; ok {
		return w
	}
	return f.writers[lexicon.Languages[0]]
}
