package knowledge

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge/index"
)

// TestRecentSearches holds that what is asked again and again is kept while others come and go, that these are forgotten, and
// that a change forgets all.
func TestRecentSearches(t *testing.T) {
	t.Parallel()
	var r recent
	looked := map[string]int{}
	ask := func(word string) {
		hits := r.search(index.Query{Words: []string{word}}, func(q index.Query) []index.Hit {
			looked[q.Words[0]]++
			return []index.Hit{{ID: q.Words[0]}}
		})
		if diff := cmp.Diff([]index.Hit{{ID: word}}, hits); diff != "" {
			t.Fatal(diff)
		}
	}
	for i := range 10 * mostRecent {
		ask(fmt.Sprint(i))
		if i%100 == 0 {
			ask("daily")
		}
		if kept := len(r.hits) + len(r.older); kept > 2*mostRecent {
			t.Fatalf("%d searches are kept", kept)
		}
	}
	ask("0")
	r.forget()
	ask("daily")
	if diff := cmp.Diff([]int{2, 2}, []int{looked["daily"], looked["0"]}); diff != "" {
		t.Errorf("searches for what is asked daily, and was asked long ago: %s", diff)
	}
}
