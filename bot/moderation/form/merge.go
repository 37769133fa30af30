package form

import (
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Rebase returns a form that was made from one version of a claim as one made from another: what it changes of the first stays
// changed, and the rest is as in the second.
func (f *Forms) Rebase(lang string, in *chat.Form, from, to knowledge.Claim) *chat.Form {
	p, out := f.printer(f.writer(lang)), *in
	out.Version, out.Fields = to.Revision, slices.Clone(in.Fields)
	for i := range out.Fields {
		d := definition(out.Fields[i].ID)
		if d.write == nil {
			continue
		}
		was, is := clone(from), clone(to)
		if out.Fields[i].Value == d.write(p, &was) {
			out.Fields[i].Value = d.write(p, &is)
		}
	}
	return &out
}

// Over returns the form of a new version of a claim which says what a draft says; what the draft leaves open stays.
func (f *Forms) Over(lang string, draft *chat.Form, of knowledge.Claim) *chat.Form {
	values := map[string]string{}
	for i := range draft.Fields {
		if v := draft.Fields[i].Value; v != "" {
			values[draft.Fields[i].ID] = v
		}
	}
	return f.Claim(lang, of).With(values)
}

// Wrong returns a form with what the base's rules say at its fields, those too that hold only beside other claims.
func (f *Forms) Wrong(lang string, in *chat.Form, problems knowledge.Problems) *chat.Form {
	w, out := f.writer(lang), *in
	out.Fields = slices.Clone(in.Fields)
	for _, p := range problems {
		field := out.Field(FieldOf(p.Field))
		if field == nil {
			field = &out.Fields[0]
		}
		sentence := "problem_" + field.ID
		if field.Value == "" {
			sentence = "problem_missing"
		}
		field.Problem = w.Term(sentence)
	}
	return &out
}

// GapField is the field of a new claim for what was asked without an answer: whether those who asked are told.
const GapField = "gap"

// Gap returns the form of a new claim of a scope that was asked for. In it it can be chosen whether those who asked are told.
func (f *Forms) Gap(lang, gap string, concepts []string) *chat.Form {
	c := knowledge.Claim{Kind: knowledge.KindFigure}
	for _, key := range concepts {
		class, id, _ := strings.Cut(key, ":")
		switch lexicon.Class(class) {
		case lexicon.Party:
			c.Scope.Party = id
		case lexicon.Group:
			c.Scope.Group = id
		case lexicon.Metric:
			c.Scope.Metric = id
		case lexicon.Place:
			c.Scope.Place = id
		case lexicon.Claimant:
			c.Attribution.Speaker = id
		}
	}
	out, w := f.Claim(lang, c), f.writer(lang)
	for i := range out.Fields {
		if field := &out.Fields[i]; field.ID == QuietField {
			*field = chat.Field{
				ID: GapField, Page: field.Page, Label: w.Term("field_gap"), Hint: w.Term("hint_gap"), Value: gap, Longest: mostName,
				Choices: []chat.Choice{{Value: gap, Label: w.Term("choice_gap_yes")}, {Value: "", Label: w.Term("choice_gap_no")}},
			}
		}
	}
	return out
}
