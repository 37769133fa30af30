package exchange_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
	"github.com/whosays/whosays/knowledge/lexicon"
)

func floods(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Load(os.DirFS("testdata/lexicon"))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func inputs(t *testing.T, pattern string) []string {
	t.Helper()
	all, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, path := range all {
		if !strings.HasSuffix(path, ".golden") {
			out = append(out, path)
		}
	}
	if len(out) == 0 {
		t.Fatalf("no files %s", pattern)
	}
	return out
}

func TestGoodFiles(t *testing.T) {
	t.Parallel()
	l := floods(t)
	for _, path := range inputs(t, "testdata/*.good.*") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			claims, err := exchange.LoadPaths(l, path)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(claims, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden.Assert(t, string(got)+"\n", filepath.Base(path)+".golden")
		})
	}
}

func TestBadFiles(t *testing.T) {
	t.Parallel()
	l := floods(t)
	for _, path := range inputs(t, "testdata/*.bad.*") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			claims, err := exchange.LoadPaths(l, path)
			if claims != nil || knowledge.KindOf(err) != knowledge.Invalid {
				t.Fatalf("%d claims, %v", len(claims), err)
			}
			golden.Assert(t, knowledge.MessageOf(err)+"\n", filepath.Base(path)+".golden")
		})
	}
}

func TestNothingIsLoadedWithABrokenFile(t *testing.T) {
	t.Parallel()
	claims, err := exchange.LoadPaths(floods(t), "testdata/claims.good.yaml", "testdata/twice.bad.yaml")
	if claims != nil || err == nil || !strings.HasPrefix(err.Error(), "testdata/twice.bad.yaml:3: ") {
		t.Errorf("%d claims, %v", len(claims), err)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "dir.yaml")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]knowledge.ErrorKind{
		"testdata/none.yaml": knowledge.NotFound,
		dir:                  knowledge.Unavailable,
		"testdata":           knowledge.Invalid,
	} {
		if _, err := exchange.LoadPaths(floods(t), path); knowledge.KindOf(err) != want || !strings.HasPrefix(knowledge.MessageOf(err), path+": ") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"big.yaml":    bytes.Repeat([]byte("# \n"), exchange.MaxYAML/3+1),
		"long.jsonl":  []byte(`{"id": "` + strings.Repeat("a", exchange.MaxLine) + `"}`),
		"long.jsonld": []byte(`[{"id": "` + strings.Repeat("a", exchange.MaxLine) + `"}]`),
		"long.csv":    []byte("id\n" + strings.Repeat("a", exchange.MaxLine+1) + "\n"),
	} {
		_, err := exchange.Load(floods(t), exchange.File{Name: name, Data: data})
		if knowledge.KindOf(err) != knowledge.Invalid || !strings.Contains(err.Error(), "MiB") {
			t.Errorf("%s: %.200v", name, err)
		}
	}
}

// TestCrowdedClaims: what is absurdly long is refused, and quickly so.
func TestCrowdedClaims(t *testing.T) {
	t.Parallel()
	var fields, aliases, columns []string
	for i := range 50_000 {
		fields = append(fields, fmt.Sprintf(`"f%d":1`, i))
		aliases = append(aliases, fmt.Sprintf(`"%d"`, i))
		columns = append(columns, fmt.Sprintf("translations.l%d", i))
	}
	for name, tc := range map[string]struct{ data, want string }{
		"fields.jsonl":  {"{" + strings.Join(fields, ",") + "}", "has 50000 fields; at most 1000 are read"},
		"aliases.jsonl": {`{"id": "a", "aliases": [` + strings.Join(aliases, ",") + "]}", "aliases: has 50000 entries; at most 1000 are read"},
		"columns.csv":   {strings.Join(columns, ",") + "\n", "has 50000 columns; at most 1000 are read"},
	} {
		_, err := exchange.Load(floods(t), exchange.File{Name: name, Data: []byte(tc.data)})
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %.200v", name, err)
		}
	}
}

// TestSeveralFiles: the first file has the whole claim, the next ones what they add.
func TestSeveralFiles(t *testing.T) {
	t.Parallel()
	patch := exchange.File{Name: "patch.jsonl", Data: []byte(
		`{"id": "dam-stands", "translations": {"uk": "Дамба стоїть."}, "sources": [{"title": "Water"}, {"publisher": "The Delta Post"}]}` + "\n" +
			`{"id": "dam-breaks", "kind": "statement", "text": "The dam breaks.", "attribution": {"standing": "unattributed"}, "sources": [{"title": "Water"}]}`)}
	whole := exchange.File{Name: "base.yaml", Data: []byte(
		`- {id: dam-stands, kind: statement, text: The dam stands., attribution: {standing: unattributed}, sources: [{publisher: The Delta Post}]}`)}
	claims, err := exchange.Load(floods(t), whole, patch)
	if err != nil || len(claims) != 2 {
		t.Fatalf("%d claims, %v", len(claims), err)
	}
	want := []knowledge.Source{{Publisher: "The Delta Post"}, {Title: "Water"}}
	if diff := cmp.Diff(want, claims[0].Sources); diff != "" || claims[0].Translations["uk"] == "" || claims[1].ID != "dam-breaks" {
		t.Errorf("%+v %s", claims, diff)
	}
	if _, err := exchange.Load(floods(t), patch, whole); err == nil || !strings.HasPrefix(err.Error(), `patch.jsonl:1: claim "dam-stands"`) {
		t.Errorf("a patch without its claim: %v", err)
	}
	bad := exchange.File{Name: "bad.yaml", Data: []byte("- id: dam-stands\n  text: The dam stands.\n  scope:\n    metric: odd\n")}
	if _, err := exchange.Load(floods(t), whole, bad); err == nil || !strings.Contains(err.Error(), "line 4: scope.metric") {
		t.Errorf("a patch that breaks its claim: %v", err)
	}
}

// many returns n claims as lines.
func many(n int) exchange.File {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `{"id": "c-%d", "kind": "statement", "text": "Claim %d says that the dam of the delta stands, whatever others say of it.", "attribution": {"standing": "unattributed"}, "sources": [{"publisher": "The Delta Post", "title": "Does dam %d stand, as the mayor says?"}]}`+"\n", i, i, i)
	}
	return exchange.File{Name: "many.jsonl", Data: b.Bytes()}
}

// BenchmarkLoadMany loads a hundred thousand claims; the promise is a few seconds.
func BenchmarkLoadMany(b *testing.B) {
	l, f := floods(b), many(100_000)
	b.SetBytes(int64(len(f.Data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := exchange.Load(l, f); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoadJSONL loads ten thousand claims; the promise is half a second.
func BenchmarkLoadJSONL(b *testing.B) {
	l, f := floods(b), many(10_000)
	b.SetBytes(int64(len(f.Data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := exchange.Load(l, f); err != nil {
			b.Fatal(err)
		}
	}
}

func fuzz(f *testing.F, ending string) {
	for _, pattern := range []string{"testdata/*.good." + ending, "testdata/*.bad." + ending} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path) //nolint:gosec // a file of the test
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	l := floods(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		claims, err := exchange.Load(l, exchange.File{Name: "f." + ending, Data: data})
		if err != nil {
			if msg := knowledge.MessageOf(err); claims != nil || knowledge.KindOf(err) != knowledge.Invalid || !strings.HasPrefix(msg, "f."+ending+":") {
				t.Errorf("%d claims, %v", len(claims), err)
			}
			return
		}
		for _, c := range claims {
			if err := c.Validate(l); err != nil {
				t.Errorf("loaded a broken claim: %v", err)
			}
		}
	})
}

func FuzzYAML(f *testing.F)   { fuzz(f, "yaml") }
func FuzzJSONL(f *testing.F)  { fuzz(f, "jsonl") }
func FuzzCSV(f *testing.F)    { fuzz(f, "csv") }
func FuzzJSONLD(f *testing.F) { fuzz(f, "jsonld") }
