package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/peterh/liner"
)

// prompt is what the chat shows in front of the line that is typed.
const prompt = "› "

// Editor reads lines typed at a terminal, with editing and a history. Close puts the terminal back.
type Editor struct {
	state   *liner.State
	history history
}

// Interactive reports whether somebody sits at both ends: lines can be edited only where both the input and
// the output are this process's own terminal.
func Interactive(in io.Reader, out io.Writer) bool {
	i, inFile := in.(*os.File)
	o, outFile := out.(*os.File)
	return inFile && outFile && i.Fd() == os.Stdin.Fd() && o.Fd() == os.Stdout.Fd() &&
		term.IsTerminal(i.Fd()) && term.IsTerminal(o.Fd())
}

// NewEditor takes over the terminal of the process. env is os.Getenv; it says where the history is kept.
func NewEditor(env func(string) string) *Editor {
	e := &Editor{state: liner.NewLiner(), history: history{path: historyPath(env)}}
	e.state.SetCtrlCAborts(true)
	e.state.SetMultiLineMode(true)
	e.state.SetCompleter(complete)
	e.history.load(e.state)
	return e
}

// Next returns the line that is typed next; io.EOF where the user leaves with Ctrl-D or Ctrl-C.
func (e *Editor) Next(ctx context.Context) (string, error) {
	line, err := await(ctx, func() (string, error) { return e.state.Prompt(prompt) })
	switch {
	case errors.Is(err, liner.ErrPromptAborted):
		return "", io.EOF
	case err != nil:
		fmt.Println() // what comes next doesn't stand on the line of the prompt
		return "", err
	}
	if strings.TrimSpace(line) != "" {
		e.state.AppendHistory(Clean(line))
	}
	return line, nil
}

// Close keeps the history, where that is possible, and gives the terminal back.
func (e *Editor) Close() error {
	e.history.save(e.state)
	return e.state.Close()
}

// complete offers the chat's commands for what has been typed of one.
func complete(line string) []string {
	var out []string
	for _, c := range commandNames() {
		if strings.HasPrefix(line, "/") && strings.HasPrefix(c, line) {
			out = append(out, c+" ")
		}
	}
	return out
}
