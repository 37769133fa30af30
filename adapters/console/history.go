package console

import (
	"io"
	"os"
	"path/filepath"
)

// history is the file in which the lines that were typed are kept. Questions can be private: only their
// owner may read it. A chat without a history is a chat; no failure here reaches the user.
type history struct {
	path string // empty: nothing is kept
}

// historyPath follows the XDG base directories: $XDG_STATE_HOME/whosays/history, ~/.local/state without it.
func historyPath(env func(string) string) string {
	dir := env("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) {
		home := env("HOME")
		if !filepath.IsAbs(home) {
			return ""
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "whosays", "history")
}

// reader and writer are the two halves of an editor's history (*liner.State).
type (
	reader interface {
		ReadHistory(r io.Reader) (int, error)
	}
	writer interface {
		WriteHistory(w io.Writer) (int, error)
	}
)

func (h history) load(s reader) {
	if h.path == "" {
		return
	}
	f, err := os.Open(h.path)
	if err != nil {
		return
	}
	defer f.Close()         //nolint:errcheck // it was only read
	_, _ = s.ReadHistory(f) // a line that can't be read ends it; the ones before are kept
}

// save writes a file beside the history and puts it in its place, so that two chats which end together leave
// the history of one of them, and never half of each.
func (h history) save(s writer) {
	if h.path == "" || os.MkdirAll(filepath.Dir(h.path), 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(h.path), "history-*") // made with mode 0600
	if err != nil {
		return
	}
	_, err = s.WriteHistory(f)
	if closed := f.Close(); err != nil || closed != nil || os.Rename(f.Name(), h.path) != nil {
		_ = os.Remove(f.Name())
	}
}
