package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	xterm "golang.org/x/term"
)

// Asker asks for a line at a time: whoever sits at a terminal, or else what the input has on its next line. It is for one goroutine.
type Asker struct {
	out   io.Writer // where questions stand
	tty   *os.File  // nil: nobody sits there
	lines *Lines
}

// NewAsker returns an asker that reads in, and writes its questions to errs.
func NewAsker(in io.Reader, errs io.Writer) *Asker {
	a := &Asker{out: errs, lines: NewLines(in)}
	if f, ok := in.(*os.File); ok && term.IsTerminal(f.Fd()) {
		a.tty = f
	}
	return a
}

// Somebody reports whether somebody sits there, who can be asked again.
func (a *Asker) Somebody() bool { return a.tty != nil }

// Line asks for a line, without blanks at its ends. The error is io.EOF where there is none, or the context's.
func (a *Asker) Line(ctx context.Context, question string) (string, error) {
	if _, err := fmt.Fprintf(a.out, "%s ", question); err != nil {
		return "", err
	}
	line, err := a.lines.Next(ctx)
	if a.tty == nil || err != nil { // nobody has pressed Enter
		_, _ = fmt.Fprintln(a.out)
	}
	return strings.TrimSpace(line), err
}

// typing is what stands where something is typed that doesn't show.
const typing = "(it doesn't show) "

// Hidden is Line, of what doesn't show while it is typed. Who gives up, with Ctrl-C or Ctrl-D, has cancelled.
func (a *Asker) Hidden(ctx context.Context, question string) (string, error) {
	if a.tty == nil {
		return a.Line(ctx, question)
	}
	// Raw before anything is asked: what is typed at once would show otherwise.
	before, err := term.MakeRaw(a.tty.Fd())
	if err != nil {
		return "", fmt.Errorf("the terminal can't be told to hide what is typed: %w", err)
	}
	line, err := await(ctx, func() (string, error) {
		t := xterm.NewTerminal(struct {
			io.Reader
			io.Writer
		}{a.tty, a.out}, "")
		if _, err := io.WriteString(a.out, question+"\r\n"); err != nil {
			return "", err
		}
		return t.ReadPassword(typing)
	})
	if errors.Is(err, io.EOF) {
		err = context.Canceled
	}
	return strings.TrimSpace(line), errors.Join(err, term.Restore(a.tty.Fd(), before))
}
