package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/console"
)

// session is a block of README.md that shows what was typed and what came out.
var session = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

// TestReadmeShowsWhatTheProgramSays runs the examples of README.md, as in a terminal of 80 columns.
func TestReadmeShowsWhatTheProgramSays(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	sessions := session.FindAllStringSubmatch(string(readme), -1)
	if len(sessions) == 0 {
		t.Fatal("README.md has no example")
	}
	for _, s := range sessions {
		for typed := range strings.SplitSeq("\n"+s[1], "\n$ ") {
			command, want, _ := strings.Cut(typed, "\n")
			if args, ok := strings.CutPrefix(command, "whosays "); ok {
				if diff := cmp.Diff(strings.TrimSpace(want), strings.TrimSpace(readmeCall(t, args))); diff != "" {
					t.Errorf("%s (-README.md +program):\n%s", command, diff)
				}
			}
		}
	}
}

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
	a.execute(t.Context(), args)
	return out.String()
}
