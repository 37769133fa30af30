package question_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// A list of forms that doesn't exist is an empty one: nothing but this test would tell.
func TestListsOfFormsAreThoseThatTheReaderAsksFor(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	calls := regexp.MustCompile(`(?:IsForm\(|\bform\([^,()]+, )"(\w+)"`)
	var asked []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range calls.FindAllSubmatch(source, -1) {
			asked = append(asked, string(m[1]))
		}
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range asked {
		if !lex.Has(lexicon.Form, list) {
			t.Errorf("the lexicon has no list %q", list)
		}
	}
	for _, c := range lex.Of(lexicon.Form) {
		if !slices.Contains(asked, c.ID) {
			t.Errorf("nobody asks for the list %q", c.ID)
		}
		if len(c.Words) == 0 {
			t.Errorf("the list %q is empty", c.ID)
		}
	}
}
