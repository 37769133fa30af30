package bot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
)

// fewestTalks is how many talks there are at least.
const fewestTalks = 50

// Where a talk's file says who asks what, and where the reply begins.
const (
	talkAsks  = "-- "
	talkReply = "-- reply --"
)

// TestTalks walks what people write in a channel, on the whole starter base: each file has the command, the language
// where it was set, what was written, and the whole reply. A reply that changes is a change of the product: read it
// as the one who asked would.
func TestTalks(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob(filepath.Join("testdata", "talks", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < fewestTalks {
		t.Errorf("%d talks, wanted %d", len(names), fewestTalks)
	}
	b := wholeBot(t)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			req, head, want := talk(t, string(data))
			r := handle(t, b, req)
			calm(t, r, req.Text)
			if err := guard.Check(r); err != nil {
				t.Errorf("the guard stops it: %v", err)
			}
			if found := loose(r, plain(r), req.Text); len(found) > 0 {
				t.Errorf("numbers without a source: %q", found)
			}
			got := readable(r)
			if golden.FlagUpdate() {
				if err := os.WriteFile(name, []byte(head+talkReply+"\n"+got), 0o644); err != nil { //nolint:gosec // a golden is read by everyone
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		})
	}
}

// talk reads a file: the request, the file's part before the reply, and the reply.
func talk(t *testing.T, data string) (req chat.Request, head, want string) {
	t.Helper()
	head, want, _ = strings.Cut(data, talkReply+"\n")
	first, text, ok := strings.Cut(head, "\n")
	words := strings.Fields(strings.Trim(first, "- "))
	if !ok || !strings.HasPrefix(first, talkAsks) || len(words) == 0 || len(words) > 2 {
		t.Fatalf("%q isn't “-- command language --”", first)
	}
	req = chat.Request{Command: chat.Command(words[0]), Text: strings.TrimSuffix(text, "\n"), Now: today}
	if len(words) > 1 {
		req.Lang = words[1]
	}
	return req, head, want
}

// readable is a reply as somebody reads it: a line for each block, claims set apart.
func readable(r chat.Reply) string {
	marks := map[chat.Role]string{
		chat.RoleClaim: "\n• ", chat.RoleCaveat: "  ! ", chat.RoleCounts: "  ", chat.RoleRange: "  ", chat.RoleSaid: "  ", chat.RoleSource: "  ",
		chat.RoleFinding: "\n", chat.RoleHeading: "\n", chat.RoleNote: "\n", chat.RoleFooter: "\n", chat.RoleExample: "  > ", chat.RoleWrote: "\n",
	}
	out := "(" + string(r.Outcome) + ", " + r.Lang + ")\n"
	before := chat.Role("")
	for _, b := range r.Blocks {
		mark := marks[b.Role]
		if before == chat.RoleHeading || before == b.Role && b.Role == chat.RoleNote {
			mark = strings.TrimPrefix(mark, "\n")
		}
		out += mark + lines(chat.Reply{Blocks: []chat.Block{b}}, func(chat.Part) bool { return true })
		before = b.Role
	}
	return out
}
