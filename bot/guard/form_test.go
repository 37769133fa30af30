package guard_test

import (
	"errors"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
)

// draft is a draft as it is shown to who fills it in.
func draft() chat.Reply {
	return chat.Reply{
		Lang: "en", Outcome: chat.Filling,
		Blocks: []chat.Block{
			{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "This is how I understood it."}}},
			{Role: chat.RoleField, Label: "Figure", Parts: []chat.Part{{Kind: chat.Wrote, Text: "at least 2,514"}}},
			{Role: chat.RoleProblem, Parts: []chat.Part{{Kind: chat.Own, Text: "I can't read this."}}},
		},
		Form: &chat.Form{Command: chat.CommandFill, Title: "A new claim", Submit: "Go on", Pages: []string{"What is claimed"}, Fields: []chat.Field{
			{ID: "figure", Label: "Figure", Hint: "A number with its bound", Value: "at least 2,514", Problem: "I can't read this.", Choices: []chat.Choice{{Value: "a", Label: "b"}}},
		}},
		Menu: &chat.Menu{Command: chat.CommandRevision, Choices: []chat.Choice{{Value: "a", Label: "b"}}},
	}
}

// TestForms: what is filled in stands in fields, and nowhere else; and nobody but who asked sees it.
func TestForms(t *testing.T) {
	t.Parallel()
	if err := guard.Check(draft()); err != nil {
		t.Fatal(err)
	}
	wrote := chat.Part{Kind: chat.Wrote, Text: "55,000 soldiers"}
	for name, tc := range map[string]struct {
		breaks func(r *chat.Reply)
		want   string
	}{
		"in the lead":              {func(r *chat.Reply) { r.Blocks[0].Parts = []chat.Part{wrote} }, guard.WhyWroteFirst},
		"a field for a lead":       {func(r *chat.Reply) { r.Blocks[0] = r.Blocks[1] }, guard.WhyLead},
		"in a problem":             {func(r *chat.Reply) { r.Blocks[2].Parts = []chat.Part{wrote} }, guard.WhyWroteRole},
		"in a claim":               {func(r *chat.Reply) { r.Blocks[2] = chat.Block{Role: chat.RoleClaim, Parts: []chat.Part{wrote}} }, guard.WhyWroteRole},
		"in a source":              {func(r *chat.Reply) { r.Blocks[2] = chat.Block{Role: chat.RoleSource, Parts: []chat.Part{wrote}} }, guard.WhyWroteRole},
		"of ours in a field":       {func(r *chat.Reply) { r.Blocks[1].Parts[0].Kind = chat.Own }, guard.WhyOwnNumber},
		"of ours in a problem":     {func(r *chat.Reply) { r.Blocks[2].Parts[0].Text = "at most 300" }, guard.WhyOwnNumber},
		"in a label":               {func(r *chat.Reply) { r.Blocks[1].Label = "2,514" }, guard.WhyOwnNumber},
		"in the title":             {func(r *chat.Reply) { r.Form.Title = "2,514 killed" }, guard.WhyOwnNumber},
		"on the button":            {func(r *chat.Reply) { r.Form.Submit = "2,514" }, guard.WhyOwnNumber},
		"in the title of a page":   {func(r *chat.Reply) { r.Form.Pages[0] = "2,514" }, guard.WhyOwnNumber},
		"in a hint":                {func(r *chat.Reply) { r.Form.Fields[0].Hint = "2,514" }, guard.WhyOwnNumber},
		"in a problem of the form": {func(r *chat.Reply) { r.Form.Fields[0].Problem = "2,514" }, guard.WhyOwnNumber},
		"unseen in a choice":       {func(r *chat.Reply) { r.Form.Fields[0].Choices[0].Label = "b\u202e" }, guard.WhyUnseen},
		"unseen in a menu":         {func(r *chat.Reply) { r.Menu.Choices[0].Label = "b\u202e" }, guard.WhyUnseen},
		"unseen in a field":        {func(r *chat.Reply) { r.Blocks[1].Parts[0].Text = "b\u202e" }, guard.WhyUnseen},
		"a link in a field":        {func(r *chat.Reply) { r.Blocks[1].Parts[0].URL = "https://example.org" }, guard.WhyLinkKind},
		"a field for everybody":    {func(r *chat.Reply) { r.Outcome, r.Form, r.Menu = chat.Unsourced, nil, nil }, guard.WhyForm},
		"a form for everybody":     {func(r *chat.Reply) { r.Outcome, r.Blocks = chat.Unsourced, r.Blocks[:1] }, guard.WhyForm},
		"a menu for everybody":     {func(r *chat.Reply) { r.Outcome, r.Blocks, r.Form = chat.Unsourced, r.Blocks[:1], nil }, guard.WhyForm},
		"a file for everybody":     {func(r *chat.Reply) { r.Outcome, r.File = chat.Unsourced, &chat.File{} }, guard.WhyForm},
		"a claim that isn't shown": {func(r *chat.Reply) { r.Blocks[1].ClaimID = "x" }, guard.WhyForeignClaim},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := draft()
			tc.breaks(&r)
			var refused *guard.Error
			if !errors.As(guard.Check(r), &refused) {
				t.Fatal("it passed")
			}
			for _, v := range refused.Violations {
				if v.Why == tc.want {
					return
				}
			}
			t.Errorf("%v, want %q", refused, tc.want)
		})
	}
}
