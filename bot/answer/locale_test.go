package answer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// locale is our sentences of one language, by id.
type locale map[string]string

func read(t *testing.T, lang string) locale {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("locales", lang+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var out locale
	if err := yaml.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// speaking are the functions that take an id of a sentence.
var speaking = []string{"say", "Line", "Because", "Mixed", "sentence", "section", "each", "Term", "Told", "text"}

// spoken returns the ids that the code says, in full and as beginnings ("dim_" + …).
func spoken(t *testing.T) (ids, beginnings []string) {
	t.Helper()
	for _, pattern := range []string{"*.go", "../check/*.go", "../moderation/form/*.go", "../*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || !speaks(call) {
					return true
				}
				for _, arg := range call.Args {
					if sum, ok := arg.(*ast.BinaryExpr); ok {
						beginnings = append(beginnings, literal(sum.X))
						continue
					}
					ids = append(ids, literal(arg))
				}
				return true
			})
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(ids))), slices.Compact(slices.Sorted(slices.Values(beginnings)))
}

func speaks(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	return ok && slices.Contains(speaking, f.Sel.Name)
}

// literal returns the string that an expression is, or begins with; "" where it isn't one.
func literal(e ast.Expr) string {
	if sum, ok := e.(*ast.BinaryExpr); ok {
		return literal(sum.X)
	}
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return s
}

func TestEverySentenceThatTheCodeSaysExists(t *testing.T) {
	t.Parallel()
	ids, beginnings := spoken(t)
	if len(ids) < 30 || len(beginnings) < 4 {
		t.Fatalf("found %d ids and %d beginnings only", len(ids), len(beginnings))
	}
	for _, lang := range lexicon.Languages {
		sentences := read(t, lang)
		for _, id := range slices.Concat(ids, made()) {
			if _, ok := sentences[id]; id != "" && !ok {
				t.Errorf("%s lacks %q", lang, id)
			}
		}
	}
}

// made returns the ids that the code makes of constants.
func made() (ids []string) {
	for _, d := range []knowledge.Dimension{
		knowledge.DimMetric, knowledge.DimGroup, knowledge.DimParty, knowledge.DimPeriod, knowledge.DimPlace, knowledge.DimAttribution,
	} {
		ids = append(ids, "dim_"+string(d), "how_"+string(d))
	}
	for _, v := range []chat.Verdict{chat.Matches, chat.Differs, chat.MixedUp, chat.NoSource} {
		ids = append(ids, "verdict_"+string(v), "because_"+string(v))
	}
	for _, lang := range lexicon.Languages {
		ids = append(ids, "language_"+lang)
	}
	for _, what := range []string{"added", "revised", "retracted", "superseded", "approved", "restored"} {
		ids = append(ids, "history_"+what)
	}
	for _, k := range []knowledge.Kind{knowledge.KindFigure, knowledge.KindStatement, knowledge.KindStatus, knowledge.KindIssue, knowledge.KindContext} {
		ids = append(ids, "kind_"+string(k))
	}
	for _, s := range []knowledge.Status{knowledge.StatusPending, knowledge.StatusLive, knowledge.StatusSuperseded, knowledge.StatusRetracted, knowledge.StatusHidden} {
		ids = append(ids, "state_"+string(s))
	}
	for _, q := range []knowledge.Qualifier{
		knowledge.About, knowledge.Nearly, knowledge.AtMost, knowledge.AtLeast, knowledge.MoreThan,
	} {
		ids = append(ids, "bound_"+string(q))
	}
	return ids
}

var gap = regexp.MustCompile(`{{\.(\w+)}}`)

// gaps returns the fields of a sentence, in the order of their names.
func gaps(sentence string) []string {
	out := []string{}
	for _, m := range gap.FindAllStringSubmatch(sentence, -1) {
		out = append(out, m[1])
	}
	return slices.Sorted(slices.Values(out))
}

func TestLocalesSayTheSame(t *testing.T) {
	t.Parallel()
	first := read(t, lexicon.Languages[0])
	for _, lang := range lexicon.Languages {
		sentences := read(t, lang)
		if diff := cmp.Diff(slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(sentences))); diff != "" {
			t.Errorf("ids (-%s +%s):\n%s", lexicon.Languages[0], lang, diff)
		}
		for id, sentence := range sentences {
			if diff := cmp.Diff(gaps(first[id]), gaps(sentence)); diff != "" {
				t.Errorf("fields of %s (-%s +%s):\n%s", id, lexicon.Languages[0], lang, diff)
			}
			if strings.ContainsFunc(sentence, unicode.IsDigit) {
				t.Errorf("%s: %s holds a digit: %s", lang, id, sentence)
			}
			if strings.Count(sentence, "{{") != len(gap.FindAllString(sentence, -1)) {
				t.Errorf("%s: %s holds a gap that no field fills: %s", lang, id, sentence)
			}
		}
	}
}

// TestEveryMethodHasASentence: how a figure came about is told in a sentence, not just named.
func TestEveryMethodHasASentence(t *testing.T) {
	t.Parallel()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range lexicon.Languages {
		sentences := read(t, lang)
		for _, m := range lex.Of(lexicon.Method) {
			if sentences["method_"+m.ID] == "" {
				t.Errorf("%s lacks %q", lang, "method_"+m.ID)
			}
		}
	}
}
