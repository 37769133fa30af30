package sqlstore_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each migration is there for both databases: as one file, or as a pair of twins.
func TestMigrationsHaveTwins(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	of := map[string][]string{}
	for _, f := range files {
		name, dialect, _ := strings.Cut(strings.TrimSuffix(f.Name(), ".sql"), ".")
		of[name] = append(of[name], dialect)
	}
	numbers := map[string]string{}
	for name, dialects := range of {
		slices.Sort(dialects)
		if !slices.Equal(dialects, []string{""}) && !slices.Equal(dialects, []string{"postgres", "sqlite"}) {
			t.Errorf("%s is there for %q", name, dialects)
		}
		number, _, _ := strings.Cut(name, "_")
		if other := numbers[number]; other != "" {
			t.Errorf("%s and %s have one number", name, other)
		}
		numbers[number] = name
	}
	if diff := cmp.Diff(len(of), len(numbers)); diff != "" || len(of) == 0 {
		t.Error(diff)
	}
}
