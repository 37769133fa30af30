package form

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// reading is a form being read.
type reading struct {
	*Forms

	p        printer
	now      time.Time
	was, is  knowledge.Claim
	problems map[string]string // ids of our sentences, by field
}

// field takes over one field, if it says anything else than the version before.
func (r *reading) field(in *chat.Field) {
	d := definition(in.ID)
	if d.read == nil {
		return
	}
	was := clone(r.was)
	if in.Value == d.write(r.p, &was) && in.ID != "text" || in.ID == "text" && oneLine(in.Value) == r.was.Text {
		return
	}
	if !d.read(r, in.Value) {
		r.problems[in.ID] = "problem_" + in.ID
	}
}

// settle completes what follows from what is filled in, and takes out what is empty.
func (r *reading) settle(in *chat.Form) {
	if len(r.is.Sources) > 0 && r.is.Sources[0] == (knowledge.Source{}) {
		r.is.Sources = r.is.Sources[1:]
	}
	if len(r.is.Sources) == 0 {
		r.is.Sources = r.was.Sources[:0]
	}
	r.is.ID, r.is.Revision = in.Subject, in.Version
	a := &r.is.Attribution
	if *a == r.was.Attribution && r.is.Scope == r.was.Scope {
		return
	}
	c, ok := r.lex.Get(lexicon.Claimant, a.Speaker)
	if !ok || c.Standing == "" {
		return
	}
	a.Standing = r.stands(c)
}

// stands returns on which ground a claimant stands: who is a party to the dispute, and speaks of the other one, speaks as that.
func (f *Forms) standing(c *lexicon.Concept, party string) string {
	own, _ := f.lex.Get(lexicon.Standing, c.Standing)
	about, _ := f.lex.Get(lexicon.Party, party)
	if own == nil || !own.Is("disputant") || about == nil || !about.Is("side") || about.ID == c.Party {
		return c.Standing
	}
	for _, s := range f.lex.Of(lexicon.Standing) {
		if s.Is("disputant") && s.ID != own.ID {
			return s.ID
		}
	}
	return c.Standing
}

func (r *reading) stands(c *lexicon.Concept) string { return r.standing(c, r.is.Scope.Party) }

// validate puts what the base's rules say at the fields.
func (r *reading) validate(in *chat.Form) {
	draft := r.is
	if draft.ID == "" {
		draft.ID = "draft" // it is named once it is whole
	}
	var found knowledge.Problems
	if err := draft.Validate(r.lex); err != nil && !errors.As(err, &found) {
		r.problem("text", "problem_text")
	}
	for _, p := range found {
		id := FieldOf(p.Field)
		switch {
		case p.Field == "attribution.standing" && r.is.Attribution == (knowledge.Attribution{}):
			id = "speaker"
			r.problem(id, "problem_nobody")
		case strings.HasPrefix(p.Field, "sources") && len(r.is.Sources) == 0:
			r.problem(id, "problem_no_source")
		case r.empty(id):
			r.problem(id, "problem_missing")
		default:
			r.problem(id, "problem_"+id)
		}
	}
	for _, field := range in.Fields {
		if field.ID == ReasonField && strings.TrimSpace(field.Value) == "" {
			r.problem(ReasonField, "problem_missing")
		}
	}
}

// problem notes what is wrong with a field; what was found first stays.
func (r *reading) problem(field, sentence string) {
	if r.problems[field] == "" {
		r.problems[field] = sentence
	}
}

// empty reports a field with nothing in it.
func (r *reading) empty(id string) bool {
	d := definition(id)
	is := clone(r.is)
	return d.write != nil && d.write(r.p, &is) == ""
}

// form returns the form as it was understood: what was read as it is written by us, the rest as it was typed.
func (r *reading) form(in *chat.Form) *chat.Form {
	out := *in
	out.Fields = slices.Clone(in.Fields)
	for i := range out.Fields {
		f := &out.Fields[i]
		f.Problem = ""
		if id := r.problems[f.ID]; id != "" {
			f.Problem = r.p.w.Term(id)
		}
		if d := definition(f.ID); d.write != nil && r.problems[f.ID] != "problem_"+f.ID {
			is := clone(r.is)
			f.Value = d.write(r.p, &is)
		}
	}
	return &out
}

// FieldOf returns the field in which the value stands that a problem of the base's rules is about. What no field holds is told at the
// first.
func FieldOf(path string) string {
	head, rest, _ := strings.Cut(path, ".")
	head, _, _ = strings.Cut(head, "[")
	_, last, _ := strings.Cut(path, "]")
	last = strings.TrimPrefix(last, ".")
	switch head {
	case "kind", "topic", "figure", "caveats", "series", "disputes", "supersedes", "aliases", ReasonField:
		return head
	case "translations":
		if slices.Contains(lexicon.Languages, rest) {
			return "in_" + rest
		}
	case "scope":
		dimension, _, _ := strings.Cut(rest, ".")
		return cmp.Or(dimension, "group")
	case "attribution":
		return cmp.Or(rest, "speaker")
	case "draws_on":
		return "speaker"
	case "sources":
		if slices.Contains([]string{"publisher", "title", "published_on", "quote"}, last) {
			return last
		}
		return "url"
	}
	return "text"
}
