package console

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHistoryPath(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		env  map[string]string
		want string
	}{
		"the state directory": {map[string]string{"XDG_STATE_HOME": "/state", "HOME": "/home/a"}, "/state/whosays/history"},
		"the home directory":  {map[string]string{"HOME": "/home/a"}, "/home/a/.local/state/whosays/history"},
		"a relative path":     {map[string]string{"XDG_STATE_HOME": "state", "HOME": "/home/a"}, "/home/a/.local/state/whosays/history"},
		"neither":             {nil, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := historyPath(func(k string) string { return tt.env[k] })
			if diff := cmp.Diff(filepath.FromSlash(tt.want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// keeper is a history of two lines.
type keeper struct{ lines string }

func (k keeper) WriteHistory(w io.Writer) (int, error) {
	return w.Write([]byte(k.lines))
}

func TestHistoryIsForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	h := history{path: filepath.Join(t.TempDir(), "whosays", "history")}
	for _, lines := range []string{"one\n", "one\ntwo\n"} {
		h.save(keeper{lines})
		got, err := os.ReadFile(h.path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(lines, string(got)); diff != "" {
			t.Error(diff)
		}
	}
	info, err := os.Stat(h.path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("the file's mode is %o", got)
	}
	left, err := os.ReadDir(filepath.Dir(h.path))
	if err != nil || len(left) != 1 {
		t.Errorf("%v, left behind: %v", err, left)
	}
}

func TestHistoryThatCannotBeKept(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", filepath.Join(file, "whosays", "history"), "/dev/null/history"} {
		history{path: path}.save(keeper{"one\n"}) // neither panics nor complains
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	all := []string{"/ask ", "/check ", "/status ", "/sources ", "/how ", "/quote ", "/near ", "/lang ", "/help ", "/quit "}
	tests := map[string][]string{"/st": {"/status "}, "/": all, "how": nil, "": nil}
	for typed, want := range tests {
		if diff := cmp.Diff(want, complete(typed)); diff != "" {
			t.Errorf("%q: %s", typed, diff)
		}
	}
}
