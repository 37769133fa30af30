package bot

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// What the dialogues have to reach, as shares of all lines.
const (
	floorOwn    = 0.96
	floorShared = 0.97
	floorWhole  = 0.95 // on the whole starter base
	fewest      = 150  // lines of our own
)

// dialogue is a line of questions.jsonl or statements.jsonl (eval/README.md).
type dialogue struct {
	ID     string
	Lang   string
	Q, S   string
	Expect struct {
		Outcome  []chat.Outcome
		First    []string
		AlsoOK   []string `json:"also_ok"`
		MustHave []string `json:"must_have"`
		Mismatch []knowledge.Dimension
		Findings []struct {
			Verdict []chat.Verdict
			Claim   []string
			Mixups  []knowledge.Dimension
		}
	}
}

func (d dialogue) text() string { return d.Q + d.S }

// request is what the line asks of the bot.
func (d dialogue) request() chat.Request {
	if d.S != "" {
		return chat.Request{Command: chat.CommandCheck, Text: d.S, Now: today}
	}
	return chat.Request{Command: chat.CommandAsk, Text: d.Q, Now: today}
}

func TestDialogues(t *testing.T) {
	t.Parallel()
	all := dialogues(t, filepath.Join("testdata", "dialogues"))
	langs := map[string]int{}
	for _, d := range all {
		langs[d.Lang]++
	}
	if len(all) < fewest || len(langs) < 3 {
		t.Errorf("%d lines in %v: at least %d in three languages are wanted", len(all), langs, fewest)
	}
	t.Run("own", func(t *testing.T) { t.Parallel(); hold(t, seedBot(t), all, floorOwn) })
	t.Run("whole", func(t *testing.T) {
		t.Parallel()
		hold(t, wholeBot(t), dialogues(t, filepath.Join("testdata", "starter-dialogues")), floorWhole)
	})
	t.Run("shared", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join("..", "..", "shared", "eval")
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			t.Skip("the shared set doesn't lie beside this checkout: ", dir)
		}
		hold(t, seedBot(t), dialogues(t, dir), floorShared)
	})
}

// hold judges every line as eval/score.py does, and the share that is right.
func hold(t *testing.T, b *Bot, all []dialogue, floor float64) {
	t.Helper()
	right := 0
	for _, d := range all {
		r := handle(t, b, d.request())
		why := judgeQuestion(d, r)
		if d.S != "" {
			why = judgeStatement(d, r)
		}
		if why == "" {
			right++
		} else {
			t.Logf("%s [%s] %s\n\t%s", d.ID, d.Lang, d.text(), why)
		}
		if found := loose(r, plain(r), d.text()); len(found) > 0 {
			t.Errorf("%s [%s] %s\n\tnumbers without a source: %q", d.ID, d.Lang, d.text(), found)
		}
	}
	share := float64(right) / float64(len(all))
	t.Logf("%d of %d lines are right: %.1f %%", right, len(all), 100*share)
	if share < floor {
		t.Errorf("%.1f %% of the lines are right; the floor is %.0f %%", 100*share, 100*floor)
	}
}

// dialogues reads both files of a directory, every line of them.
func dialogues(t testing.TB, dir string) []dialogue {
	t.Helper()
	var out []dialogue
	for _, name := range []string{"questions.jsonl", "statements.jsonl"} {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close() //nolint:errcheck // only read
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var d dialogue
			if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			out = append(out, d)
		}
	}
	return out
}
