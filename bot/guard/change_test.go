package guard

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/whosays/whosays/bot/chat"
)

// change is a reply with one thing changed, and why it is refused; nothing, where it passes.
type change struct {
	with func(*chat.Reply)
	want []string
}

func check(t *testing.T, base func(*testing.T) chat.Reply, changes map[string]change) {
	t.Helper()
	for name, tt := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := base(t)
			tt.with(&r)
			if diff := cmp.Diff(append([]string{}, tt.want...), whys(t, r)); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}

func answered(t *testing.T) chat.Reply { t.Helper(); return answer(t) }

func addPart(i int, parts ...chat.Part) func(*chat.Reply) {
	return func(r *chat.Reply) { r.Blocks[i].Parts = append(r.Blocks[i].Parts, parts...) }
}
