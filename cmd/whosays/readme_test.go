package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/adapters/console"
)

const readme = "../../README.md"

// session is a block of README.md that shows what was typed and what came out.
var session = regexp.MustCompile("(?ms)^```console\n\\$ whosays ([^\n]*)\n(.*?)^```$")

// TestReadmeShowsWhatTheProgramSays runs the examples of README.md, as in a terminal of 80 columns; -update
// writes what came out into it.
func TestReadmeShowsWhatTheProgramSays(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	if !session.Match(text) {
		t.Fatal("README.md has no example")
	}
	now := session.ReplaceAllStringFunc(string(text), func(s string) string {
		command := session.FindStringSubmatch(s)[1]
		return "```console\n$ whosays " + command + "\n" + readmeCall(t, command) + "```"
	})
	if golden.FlagUpdate() {
		if err := os.WriteFile(readme, []byte(now), 0o644); err != nil { //nolint:gosec // a file that everybody reads
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(lines(string(text)), lines(now)); diff != "" {
		t.Errorf("README.md is stale; go test ./cmd/whosays -run Readme -update (-README.md +program):\n%s", diff)
	}
}

func lines(text string) []string { return strings.Split(text, "\n") }

// word is a word of a command line, quoted or not.
var word = regexp.MustCompile(`"([^"]*)"|(\S+)`)

func readmeCall(t *testing.T, line string) string {
	t.Helper()
	var args []string
	for _, m := range word.FindAllStringSubmatch(line, -1) {
		args = append(args, m[1]+m[2])
	}
	var out strings.Builder
	a := &app{
		in: strings.NewReader(""), out: &out, errs: &out, screen: console.Screen{Width: 80},
		env:   func(string) string { return "" },
		clock: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) },
	}
	if status := a.execute(t.Context(), args); status != exitOK {
		t.Errorf("whosays %s: status %d: %s", line, status, out.String())
	}
	return out.String()
}

// TestReadmeBaseIsOne loads the base that README.md shows.
func TestReadmeBaseIsOne(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\n```yaml\n")
	base, _, ok := strings.Cut(rest, "```\n")
	file := filepath.Join(t.TempDir(), "base.yaml")
	if err := os.WriteFile(file, []byte(base), 0o600); err != nil || !ok {
		t.Fatal(ok, err)
	}
	status, out, errs := call(t, "", "search", "--json", "--base", file, "missing after the flood")
	if status != exitOK || !strings.Contains(out, `"id":"flood-people-missing-mayor"`) {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
}
