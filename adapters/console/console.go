// Package console shows replies in a terminal and holds a conversation there: layout, colours, line editing.
// It decides how a reply looks, never what it says.
package console

import (
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// widest is the longest line that is comfortable to read; wider terminals keep the rest empty.
const widest = 100

// Screen is what a reply is drawn on.
type Screen struct {
	Width  int  // columns; 0: lines are never wrapped, and nothing is drawn beside the words
	Colour bool // colours, weights and links by escape sequences
}

// Detect looks at where the output goes. A pipe or a file has neither width nor colour; NO_COLOR
// (https://no-color.org) and TERM=dumb turn colour off. env is os.Getenv, or a test's own.
func Detect(out io.Writer, env func(string) string) Screen {
	f, ok := out.(*os.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return Screen{}
	}
	s := Screen{Width: 80, Colour: env("NO_COLOR") == "" && env("TERM") != "dumb"}
	if w, _, err := term.GetSize(f.Fd()); err == nil && w > 0 {
		s.Width = min(w, widest)
	}
	return s
}
