package lexicon_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/whosays/whosays/knowledge/lexicon"
)

func file(text string) fs.FS {
	return fstest.MapFS{"domain.yaml": {Data: []byte(text)}}
}

// A broken file gives one error of one line or few, which says where to look; nothing of it is loaded.
func TestBrokenFiles(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		wants      []string
	}{
		{"not YAML", "party: [", []string{"domain.yaml", "line 1"}},
		{"a list", "- party", []string{"domain.yaml", "line 1"}},
		{"unknown class", "parties:\n  red: {}\n", []string{"domain.yaml", `no class "parties"`}},
		{"a field of the wrong type", "party:\n  red: {flags: {side: yes}}\n", []string{"domain.yaml", "line 2"}},
		{"an id twice in a file", "party:\n  red: {}\n  red: {}\n", []string{"domain.yaml", `"red" already defined`}},
		{"a class twice in a file", "party:\n  red: {}\nparty:\n  blue: {}\n", []string{"domain.yaml", `"party" already defined`}},
		{"within", "place:\n  a: {within: b}\n", []string{"place:a", "within", "place:b", "doesn't exist"}},
		{"within another class", "place:\n  a: {within: red}\nparty:\n  red: {}\n", []string{"place:a", "place:red"}},
		{"party", "claimant:\n  mayor: {party: red}\n", []string{"claimant:mayor", "party:red"}},
		{"group", "party:\n  red: {group: army}\n", []string{"party:red", "group:army"}},
		{"standing", "claimant:\n  mayor: {standing: high}\n", []string{"claimant:mayor", "standing:high"}},
		{"covers", "metric:\n  hurt: {covers: [ill]}\n", []string{"metric:hurt", "metric:ill"}},
		{"parts", "metric:\n  both: {parts: [hurt, ill]}\n  hurt: {}\n", []string{"metric:both", "metric:ill"}},
		{"several references", "place:\n  b: {within: c}\n  a: {within: c}\n", []string{"2 broken references", "place:a"}},
		{"a phrase that begins with a gap", "topic:\n  t: {words: {en: \"... out\"}}\n", []string{"topic:t", `"... out"`}},
		{"a phrase that ends with a gap", "topic:\n  t: {words: {en: \"go, pull ...\"}}\n", []string{"topic:t", `pull ...`}},
		{"a bad phrase of the other pole", "topic:\n  t: {against: {uk: \"...\"}}\n", []string{"topic:t", `"..."`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l, err := lexicon.Load(file(test.text))
			if err == nil {
				t.Fatalf("Load accepts it: %v", l.Of(lexicon.Party))
			}
			for _, want := range append(test.wants, "lexicon: ") {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error doesn't say %q: %v", want, err)
				}
			}
			if strings.Count(err.Error(), "\n") > 2 || strings.Count(err.Error(), "lexicon: ") != 1 {
				t.Errorf("not one clear error: %v", err)
			}
		})
	}
}

func TestAnIDInTwoFilesIsAnError(t *testing.T) {
	t.Parallel()
	one := file("party:\n  red: {label: {en: Red}}\n")
	for name, systems := range map[string][]fs.FS{
		"of two systems": {one, one},
		"of one system":  {fstest.MapFS{"a.yaml": {Data: []byte("party: {red: {}}")}, "b/c.yaml": {Data: []byte("party: {red: {}}")}}},
	} {
		_, err := lexicon.Load(systems...)
		if err == nil || !strings.Contains(err.Error(), "party:red is defined twice") || !strings.Contains(err.Error(), ".yaml: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	l, err := lexicon.Load(file("party:\n  red: {label: {en: Red, uk: Червоні}, flags: [side]}\n  blue:\nplace:\n  hill: {party: red}\n"))
	if err != nil {
		t.Fatal(err)
	}
	red, ok := l.Get(lexicon.Party, "red")
	if !ok || red.Key() != "party:red" || !red.Is("side") || red.Is("open") {
		t.Errorf("party:red is %+v, %v", red, ok)
	}
	for lang, want := range map[string]string{"en": "Red", "uk": "Червоні", "ru": "Red", "": "Red"} {
		if got := red.In(lang); got != want {
			t.Errorf("in %q its label is %q, want %q", lang, got, want)
		}
	}
	if blue, _ := l.Get(lexicon.Party, "blue"); blue.In("en") != "blue" {
		t.Errorf("without a label the id stands in for it, not %q", blue.In("en"))
	}
	if ids := l.Of(lexicon.Party); len(ids) != 2 || ids[0].ID != "blue" {
		t.Errorf("the parties aren't in the order of their ids: %v", ids)
	}
	if l.Has(lexicon.Place, "red") || !l.Has(lexicon.Place, "hill") {
		t.Error("ids of one class are taken for those of another")
	}
}
