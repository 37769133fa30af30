package slack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	claimforms "github.com/whosays/whosays/bot/moderation/form"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// claimForm is the form of a claim of the starter base, or of a new one.
func claimForm(t testing.TB, lang, id string) *chat.Form {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	writers, err := answer.Writers(lex)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := starter.Claims()
	if err != nil {
		t.Fatal(err)
	}
	var c knowledge.Claim
	if i := slices.IndexFunc(claims, func(c knowledge.Claim) bool { return c.ID == id }); i >= 0 {
		c = claims[i]
		c.Revision = 1
	}
	return claimforms.New(lex, writers).Claim(lang, c)
}

// TestModals shows the forms of claims as they are opened. A golden that changes is a change of the product.
func TestModals(t *testing.T) {
	t.Parallel()
	for _, lang := range lexicon.Languages {
		for name, id := range map[string]string{"add": "", "revise": "civilians-killed-2025-un-hrmmu"} {
			t.Run(name+"-"+lang, func(t *testing.T) {
				t.Parallel()
				f := claimForm(t, lang, id)
				f.Fields[1].Problem = "Not this."
				v, err := modal(f, "r1", carried{Channel: "C1", Hook: "https://hooks.slack.com/x", Thread: "1700000000.000100"})
				if err != nil {
					t.Fatal(err)
				}
				adaptertest.Golden(t, "modal-"+name+"-"+lang, v)
				data, err := json.Marshal(v)
				if err != nil {
					t.Fatal(err)
				}
				if got := properModal(t, data); len(got) != len(f.Fields) {
					t.Errorf("%d of %d fields", len(got), len(f.Fields))
				}
			})
		}
	}
}

// wireInput is an input as Slack reads it.
type wireInput struct {
	Type     string    `json:"type"`
	BlockID  string    `json:"block_id"`
	Label    *wireText `json:"label"`
	Hint     *wireText `json:"hint"`
	Optional bool      `json:"optional"`
	Element  struct {
		Type        string       `json:"type"`
		ActionID    string       `json:"action_id"`
		Placeholder *wireText    `json:"placeholder"`
		Initial     string       `json:"initial_value"`
		Multiline   bool         `json:"multiline"`
		MaxLength   int          `json:"max_length"`
		Options     []wireOption `json:"options"`
		Chosen      *wireOption  `json:"initial_option"`
	} `json:"element"`
}

// properModal holds a form to Slack's limits (https://docs.slack.dev/reference/views/modal-views), and returns what stands in its
// fields.
func properModal(t fataler, data []byte) map[string]string {
	t.Helper()
	var w struct {
		wireModal
		Private string `json:"private_metadata"`
	}
	decode(t, "modal", data, &w)
	d := &reader{t: t}
	d.object("title", w.Title, 24, true)
	d.object("submit", w.Submit, 24, true)
	if g, err := target.Parse(w.CallbackID); err != nil || g.Action != chat.CommandFill || len(w.CallbackID) > 255 {
		t.Errorf("the callback id %q: %v", w.CallbackID, err)
	}
	if w.Type != "modal" || len(w.Blocks) > 100 || len(data) > 250_000 || units(w.Private) > 3000 {
		t.Errorf("%q of %d blocks, %d bytes, %d of them private", w.Type, len(w.Blocks), len(data), len(w.Private))
	}
	out := map[string]string{}
	for _, b := range w.Blocks {
		if !strings.Contains(string(b), `"type":"input"`) {
			d.block(b, map[string]bool{})
			continue
		}
		var in wireInput
		decode(t, "input", b, &in)
		d.input(&in)
		if _, twice := out[in.BlockID]; twice {
			t.Errorf("%q stands twice", in.BlockID)
		}
		out[in.BlockID] = in.Element.Initial
		if in.Element.Chosen != nil {
			out[in.BlockID] = in.Element.Chosen.Value
		}
	}
	return out
}

func (d *reader) input(in *wireInput) {
	d.t.Helper()
	d.object("label", in.Label, 2000, true)
	if in.Hint != nil {
		d.object("hint", in.Hint, 2000, true)
	}
	e := in.Element
	if e.Placeholder != nil {
		d.object("placeholder", e.Placeholder, 150, true)
	}
	if in.BlockID == "" || len(in.BlockID) > 255 || in.BlockID != e.ActionID || !in.Optional {
		d.t.Errorf("the input %+v", in)
	}
	switch e.Type {
	case "plain_text_input":
		if units(e.Initial) > 3000 || e.MaxLength < 0 || e.MaxLength > 3000 || e.MaxLength > 0 && units(e.Initial) > e.MaxLength {
			d.t.Errorf("%q of %d characters, at most %d", in.BlockID, units(e.Initial), e.MaxLength)
		}
	case "static_select":
		e.Placeholder = cmpOr(e.Placeholder)
		(&reader{t: d.t}).menu(wireElement{Placeholder: e.Placeholder, Options: e.Options})
		if e.Chosen != nil && !slices.ContainsFunc(e.Options, func(o wireOption) bool { return cmp.Equal(o, *e.Chosen) }) {
			d.t.Errorf("%q begins with what can't be chosen: %+v", in.BlockID, e.Chosen)
		}
	default:
		d.t.Errorf("an input of %q", e.Type)
	}
}

// cmpOr returns a placeholder, or one for the menus that have none.
func cmpOr(p *wireText) *wireText {
	if p == nil {
		return &wireText{Type: "plain_text", Text: "-", Emoji: new(false)}
	}
	return p
}

// TestAnyModal: whatever a form holds, it is within the limits, and each field that is shown has its value whole.
func TestAnyModal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := &chat.Form{Command: chat.CommandFill, Title: text(t, 6) + "T", Submit: text(t, 6), Pages: []string{text(t, 3), text(t, 3)}}
		for i := range rapid.IntRange(1, 10).Draw(t, "fields") {
			field := chat.Field{
				ID: fmt.Sprintf("f_%d", i), Page: rapid.IntRange(0, 1).Draw(t, "page"), Label: text(t, 5) + "L", Hint: text(t, 9), Problem: text(t, 9),
				Long: rapid.Bool().Draw(t, "long"), Longest: rapid.IntRange(0, 4000).Draw(t, "longest"),
				Value: strings.Repeat(rapid.SampledFrom([]string{"", "a", "б & ", "🔥"}).Draw(t, "value"), rapid.IntRange(0, 1200).Draw(t, "times")),
			}
			for k := range rapid.IntRange(0, 25).Draw(t, "choices") {
				field.Choices = append(field.Choices, chat.Choice{Value: fmt.Sprintf("v%d", k), Label: text(t, 9)})
			}
			if len(field.Choices) > 0 {
				field.Value = fmt.Sprintf("v%d", rapid.IntRange(0, 30).Draw(t, "chosen"))
			}
			f.Fields = append(f.Fields, field)
		}
		v, err := modal(f, "r1", carried{Channel: "C1"})
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		for id, value := range properModal(t, data) {
			if want := f.Value(id); value != want && (len(f.Field(id).Choices) == 0 || value != "") {
				t.Errorf("%s holds %q, wanted %q", id, value, want)
			}
		}
	})
}

// TestProblems says what is wrong where the form shows it, or not at all.
func TestProblems(t *testing.T) {
	t.Parallel()
	field := func(id, problem string) chat.Field { return chat.Field{ID: id, Label: id, Problem: problem} }
	many := &chat.Form{}
	for i := range 60 {
		many.Fields = append(many.Fields, field(fmt.Sprintf("f%d", i), strings.Repeat("Чого тут бракує? ", 30)))
	}
	for name, tc := range map[string]struct {
		form *chat.Form
		want map[string]string
	}{
		"no form":                  {nil, nil},
		"nothing":                  {&chat.Form{Fields: []chat.Field{field("a", "")}}, nil},
		"two":                      {&chat.Form{Fields: []chat.Field{field("a", "No."), field("b", ""), field("c", "Missing.")}}, map[string]string{"a": "No.", "c": "Missing."}},
		"of a field that is cut":   {&chat.Form{Fields: []chat.Field{field("a", "No."), {ID: "b", Label: "b", Problem: "Too long.", Value: strings.Repeat("x", 3001)}}}, nil},
		"of a page that isn't":     {&chat.Form{Fields: []chat.Field{{ID: "b", Label: "b", Problem: "No.", Page: 3}}}, nil},
		"more than Slack would do": {many, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := problemsOf(tc.form)
			if (got == nil) != (tc.want == nil) || got != nil && (got.Action != "errors" || !cmp.Equal(got.Errors, tc.want)) {
				t.Errorf("%+v, wanted %q", got, tc.want)
			}
		})
	}
}

// TestNothingChosen: the choice that stands for an empty value is shown, begun with, and read as that.
func TestNothingChosen(t *testing.T) {
	t.Parallel()
	f := &chat.Form{Command: chat.CommandFill, Title: "T", Submit: "S", Fields: []chat.Field{
		{ID: "gap", Label: "Tell them?", Value: "g-1", Choices: []chat.Choice{{Value: "g-1", Label: "Yes"}, {Value: "", Label: "No"}}},
		{ID: "quiet", Label: "Tell nobody?", Choices: []chat.Choice{{Value: "", Label: "No"}, {Value: "true", Label: "Yes"}}},
	}}
	v, err := modal(f, "r1", carried{Channel: "C1"})
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"gap": "g-1", "quiet": "-"}, properModal(t, data)); diff != "" {
		t.Errorf("it begins with (-want +got):\n%s", diff)
	}
	for chosen, want := range map[string]string{"-": "", "g-1": "g-1"} {
		var filled formView
		decode(t, "state", []byte(`{"state":{"values":{"gap":{"gap":{"selected_option":{"value":"`+chosen+`"}}}}}}`), &filled)
		if got, ok := filled.values(f); !ok || got["gap"] != want {
			t.Errorf("%q is read as %q, %t", chosen, got, ok)
		}
	}
	menu := &chat.Menu{Command: chat.CommandRevision, Choices: f.Fields[0].Choices}
	block, ok := picks(chat.Reply{Menu: menu}, view{Record: "r1", menu: heaviestPicks, Label: func(chat.Command) string { return "Which?" }})
	if !ok || len(block.Elements.ElementSet[0].(*slack.SelectBlockElement).Options) != 1 {
		t.Errorf("a menu of a reply offers nothing to choose: %+v", block)
	}
}
