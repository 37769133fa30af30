package loadbench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Texts are what people write: the project's own dialogues.
type Texts struct{ Questions, Statements []string }

// Question returns the text of the ith question.
func (t Texts) Question(i int) string { return t.Questions[i%len(t.Questions)] }

// Statement returns the statement of the ith question.
func (t Texts) Statement(i int) string { return t.Statements[i%len(t.Statements)] }

func readTexts(ctx context.Context) (t Texts, err error) {
	root, err := moduleRoot(ctx)
	if err != nil {
		return t, err
	}
	dialogues := filepath.Join(root, "bot", "testdata", "dialogues")
	if t.Questions, err = readLines(filepath.Join(dialogues, "questions.jsonl")); err != nil {
		return t, err
	}
	t.Statements, err = readLines(filepath.Join(dialogues, "statements.jsonl"))
	return t, err
}

func readLines(path string) (out []string, err error) {
	f, err := os.Open(path) //nolint:gosec // a file of the module
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	for lines := json.NewDecoder(f); ; {
		var line struct {
			Q string `json:"q"` // of a question
			S string `json:"s"` // of a statement
		}
		if err := lines.Decode(&line); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, line.Q+line.S)
	}
}
