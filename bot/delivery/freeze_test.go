package delivery_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/knowledge"
)

// constants returns the values of all constants of a type, as the source of a package declares them: what is added there has to
// be known here.
func constants(t testing.TB, dir, typ string) (out []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for n := range ast.Preorder(file) {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				continue
			}
			if name, ok := spec.Type.(*ast.Ident); ok && name.Name == typ {
				for _, v := range spec.Values {
					text, err := strconv.Unquote(v.(*ast.BasicLit).Value)
					if err != nil {
						t.Fatal(err)
					}
					out = append(out, text)
				}
			}
		}
	}
	if len(out) < 4 {
		t.Fatalf("%s has only the constants %q", typ, out)
	}
	return out
}

// words are those of the conversation.
type words struct {
	outcomes   []chat.Outcome
	roles      []chat.Role
	kinds      []chat.PartKind
	verdicts   []chat.Verdict
	commands   []chat.Command
	dimensions []knowledge.Dimension
}

func allWords(t testing.TB) words {
	t.Helper()
	const conversation, base = "../chat", "../../knowledge"
	return words{
		outcomes: typed[chat.Outcome](constants(t, conversation, "Outcome")), roles: typed[chat.Role](constants(t, conversation, "Role")),
		kinds: typed[chat.PartKind](constants(t, conversation, "PartKind")), verdicts: typed[chat.Verdict](constants(t, conversation, "Verdict")),
		commands: typed[chat.Command](constants(t, conversation, "Command")), dimensions: typed[knowledge.Dimension](constants(t, base, "Dimension")),
	}
}

func typed[T ~string](texts []string) (out []T) {
	for _, s := range texts {
		out = append(out, T(s))
	}
	return out
}

// reply draws a reply of any form.
func (w words) reply() *rapid.Generator[chat.Reply] {
	text := rapid.StringN(0, 12, -1)
	id := rapid.SampledFrom([]string{"a", "b", "c"})
	claim := rapid.Custom(func(t *rapid.T) knowledge.Claim {
		c := storetest.Claim(rapid.SampledFrom([]string{"", "one"}).Draw(t, "tenant"), id.Draw(t, "id"), rapid.IntRange(0, 3).Draw(t, "revision"))
		c.Text, c.Translations = text.Draw(t, "text"), rapid.MapOfN(text, text, 0, 2).Draw(t, "translations")
		c.Figure.Best = rapid.Ptr(rapid.Float64(), true).Draw(t, "best")
		c.Attribution.SaidOn = knowledge.Date{Year: rapid.IntRange(1, 9999).Draw(t, "year")}
		c.At = time.UnixMicro(rapid.Int64Range(0, 1<<50).Draw(t, "at")).UTC()
		return c
	})
	dimensions := rapid.SliceOfN(rapid.SampledFrom(w.dimensions), 0, 2)
	part := rapid.Custom(func(t *rapid.T) chat.Part {
		return chat.Part{
			Kind: rapid.SampledFrom(w.kinds).Draw(t, "kind"), Text: text.Draw(t, "text"), ClaimID: id.Draw(t, "claim"),
			URL: text.Draw(t, "url"), Strong: rapid.Bool().Draw(t, "strong"), Place: chat.Address(text.Draw(t, "place")),
		}
	})
	block := rapid.Custom(func(t *rapid.T) chat.Block {
		return chat.Block{Role: rapid.SampledFrom(w.roles).Draw(t, "role"), Label: text.Draw(t, "label"), ClaimID: id.Draw(t, "claim"), Was: rapid.Bool().Draw(t, "was"), Parts: rapid.SliceOfN(part, 0, 3).Draw(t, "parts")}
	})
	shown := rapid.Custom(func(t *rapid.T) chat.Shown {
		return chat.Shown{Claim: claim.Draw(t, "claim"), Mismatch: dimensions.Draw(t, "mismatch")}
	})
	finding := rapid.Custom(func(t *rapid.T) chat.Finding {
		return chat.Finding{
			Quote: text.Draw(t, "quote"), Verdict: rapid.SampledFrom(w.verdicts).Draw(t, "verdict"), Claim: rapid.Ptr(claim, true).Draw(t, "claim"),
			Mixups: dimensions.Draw(t, "mixups"), Others: rapid.SliceOfN(claim, 0, 2).Draw(t, "others"),
		}
	})
	choices := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) chat.Choice {
		return chat.Choice{Value: text.Draw(t, "value"), Label: text.Draw(t, "name")}
	}), 0, 2)
	field := rapid.Custom(func(t *rapid.T) chat.Field {
		return chat.Field{
			ID: id.Draw(t, "field"), Page: rapid.IntRange(0, 3).Draw(t, "page"), Label: text.Draw(t, "label"), Hint: text.Draw(t, "hint"), Value: text.Draw(t, "value"),
			Problem: text.Draw(t, "problem"), Choices: choices.Draw(t, "choices"), Long: rapid.Bool().Draw(t, "long"), Required: rapid.Bool().Draw(t, "required"),
			Longest: rapid.IntRange(0, 4000).Draw(t, "longest"),
		}
	})
	form := rapid.Custom(func(t *rapid.T) chat.Form {
		return chat.Form{
			Command: rapid.SampledFrom(w.commands).Draw(t, "command"), Title: text.Draw(t, "title"), Submit: text.Draw(t, "submit"),
			Pages: rapid.SliceOfN(text, 0, 2).Draw(t, "pages"), Fields: rapid.SliceOfN(field, 0, 3).Draw(t, "fields"),
			Subject: id.Draw(t, "subject"), Version: rapid.IntRange(0, 9).Draw(t, "version"),
		}
	})
	menu := rapid.Custom(func(t *rapid.T) chat.Menu {
		return chat.Menu{Command: rapid.SampledFrom(w.commands).Draw(t, "menu's command"), Choices: choices.Draw(t, "choices")}
	})
	return rapid.Custom(func(t *rapid.T) chat.Reply {
		return chat.Reply{
			Lang: text.Draw(t, "lang"), Outcome: rapid.SampledFrom(w.outcomes).Draw(t, "outcome"),
			Blocks: rapid.SliceOfN(block, 0, 3).Draw(t, "blocks"), Shown: rapid.SliceOfN(shown, 0, 3).Draw(t, "shown"), Was: rapid.SliceOfN(claim, 0, 2).Draw(t, "was"),
			Findings: rapid.SliceOfN(finding, 0, 2).Draw(t, "findings"), Near: rapid.SliceOfN(id, 0, 3).Draw(t, "near"),
			Offers: rapid.SliceOfN(rapid.SampledFrom(w.commands), 0, 3).Draw(t, "offers"),
			Form:   rapid.Ptr(form, true).Draw(t, "form"), Opens: rapid.Bool().Draw(t, "opens"), Tag: rapid.String().Draw(t, "tag"), Menu: rapid.Ptr(menu, true).Draw(t, "menu"),
		}
	})
}

func TestThawedIsFrozen(t *testing.T) {
	t.Parallel()
	replies := allWords(t).reply()
	rapid.Check(t, func(t *rapid.T) {
		r := replies.Draw(t, "reply")
		data, err := delivery.Freeze(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := delivery.Thaw(data)
		if diff := cmp.Diff(r, again, cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Fatalf("%v\n%s", err, diff)
		}
	})
}

// What the conversation gains has to be frozen too: a field that is added to a reply, or to what is in it, fails here first.
func TestFieldsOfAReply(t *testing.T) {
	t.Parallel()
	for typ, want := range map[reflect.Type]string{
		reflect.TypeFor[chat.Reply]():   "Lang Outcome Blocks Shown Was Findings Near Offers Form Opens Menu File Tag", // a file isn't kept
		reflect.TypeFor[chat.Block]():   "Role Label ClaimID Was Parts",
		reflect.TypeFor[chat.Part]():    "Kind Text ClaimID URL Strong Place",
		reflect.TypeFor[chat.Shown]():   "Claim Mismatch",
		reflect.TypeFor[chat.Form]():    "Command Title Submit Pages Fields Subject Version",
		reflect.TypeFor[chat.Field]():   "ID Page Label Hint Value Problem Choices Long Required Longest",
		reflect.TypeFor[chat.Choice]():  "Value Label",
		reflect.TypeFor[chat.Menu]():    "Command Choices",
		reflect.TypeFor[chat.Finding](): "Quote Verdict Claim Mixups Others",
	} {
		var got []string
		for f := range typ.Fields() {
			got = append(got, f.Name)
		}
		if is := strings.Join(got, " "); is != want {
			t.Errorf("%v has the fields %s: freeze them, and draw them above", typ, is)
		}
	}
}

func TestNotFrozen(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*chat.Reply){
		"role":      func(r *chat.Reply) { r.Blocks[0].Role = "shout" },
		"kind":      func(r *chat.Reply) { r.Blocks[0].Parts[0].Kind = "mine" },
		"no kind":   func(r *chat.Reply) { r.Blocks[0].Parts[0].Kind = "" },
		"outcome":   func(r *chat.Reply) { r.Outcome = "" },
		"command":   func(r *chat.Reply) { r.Offers = []chat.Command{"delete"} },
		"dimension": func(r *chat.Reply) { r.Shown[0].Mismatch = []knowledge.Dimension{"weight"} },
		"verdict":   func(r *chat.Reply) { r.Findings = []chat.Finding{{Verdict: "true"}} },
		"mixup": func(r *chat.Reply) {
			r.Findings = []chat.Finding{{Verdict: chat.MixedUp, Mixups: []knowledge.Dimension{"x"}}}
		},
		"date": func(r *chat.Reply) { r.Shown[0].Claim.ReviewedOn = knowledge.Date{Year: 2025, Month: 2, Day: 30} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := storetest.Reply(storetest.Claim("", "a", 1))
			change(&r)
			if data, err := delivery.Freeze(r); err == nil {
				t.Errorf("frozen: %s", data)
			}
		})
	}
}

func TestNotThawed(t *testing.T) {
	t.Parallel()
	data, err := delivery.Freeze(storetest.Reply(storetest.Claim("", "a", 1)))
	if err != nil {
		t.Fatal(err)
	}
	frozen := string(data)
	for name, tc := range map[string]struct{ old, text string }{
		"cut off":       {frozen, frozen[:len(frozen)/2]},
		"nothing":       {frozen, ""},
		"null":          {frozen, "null"},
		"a later one":   {`"format":1`, `"format":2`},
		"a field":       {`"format":1`, `"format":1,"tone":"kind"`},
		"kind of part":  {`"kind":"own"`, `"kind":"free"`},
		"role":          {`"role":"lead"`, `"role":"loud"`},
		"claim":         {`"shown":[{"claim":0`, `"shown":[{"claim":1`},
		"claim below 0": {`"shown":[{"claim":0`, `"shown":[{"claim":-1`},
		"behind it":     {frozen, frozen + "{}"},
		"claim's form":  {`"claims":[{`, `"claims":[1,{`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			altered := strings.Replace(frozen, tc.old, tc.text, 1)
			if altered == frozen {
				t.Fatalf("%s isn't in %s", tc.old, frozen)
			}
			if r, err := delivery.Thaw([]byte(altered)); knowledge.KindOf(err) != knowledge.Internal {
				t.Errorf("%v, %v", r, err)
			}
		})
	}
}

// A claim that a reply shows, and that several findings rest on, is kept once.
func TestClaimsAreFrozenOnce(t *testing.T) {
	t.Parallel()
	c := storetest.Claim("", "a", 1)
	r := storetest.Reply(c, c, storetest.Claim("", "a", 2))
	r.Findings = []chat.Finding{{Verdict: chat.Matches, Claim: &c, Others: []knowledge.Claim{c}}}
	data, err := delivery.Freeze(r)
	if err != nil {
		t.Fatal(err)
	}
	var f struct{ Claims []json.RawMessage }
	if err := json.Unmarshal(data, &f); err != nil || len(f.Claims) != 2 {
		t.Errorf("%d claims, %v", len(f.Claims), err)
	}
}

func FuzzThaw(f *testing.F) {
	data, err := delivery.Freeze(storetest.Reply(storetest.Claim("one", "a", 1)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"format":1,"outcome":"checked","blocks":[],"findings":[{"quote":"","verdict":"differs","claim":0}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := delivery.Thaw(data)
		if err != nil {
			return
		}
		again, err := delivery.Freeze(r)
		if err != nil {
			t.Fatalf("it thaws, but doesn't freeze: %v", err)
		}
		if r2, err := delivery.Thaw(again); err != nil || cmp.Diff(r, r2, cmpopts.EquateEmpty()) != "" {
			t.Fatalf("%v\n%s", err, cmp.Diff(r, r2))
		}
	})
}
