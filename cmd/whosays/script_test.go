package main

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/whosays/whosays/adapters/servertest"
)

// TestMain lets the scripts run this test binary as whosays.
func TestMain(m *testing.M) {
	testscript.Main(servertest.Around(m), map[string]func(){"whosays": main, served: serveCalls})
}

// TestScripts runs the command line as a user does: testdata/script/*.txtar.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                "testdata/script",
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv(raceExit())
			env.Values[serverKey{}] = &server{env: slices.Clone(env.Vars)}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"run": runProgram, "status": checkStatus, "set": setVariable,
			"lines": checkLines,
			"keys":  checkKeys,
			"write": writeFile,
			"clean": checkClean,
		},
	})
}

// raceExit is a setting for the processes that tests start.
func raceExit() (name, value string) { return "GORACE", servertest.ChildRace }

// checkLines counts the lines of the output: lines 3.
func checkLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lines N")
	}
	if got := strconv.Itoa(strings.Count(ts.ReadFile("stdout"), "\n")); got != args[0] {
		ts.Fatalf("the output has %s lines, not %s", got, args[0])
	}
}

// checkKeys wants every line of the output to be a JSON object with exactly these keys in this order: keys a b c.
func checkKeys(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: keys KEY…")
	}
	for line := range strings.SplitSeq(strings.TrimSpace(ts.ReadFile("stdout")), "\n") {
		got, err := keys(line)
		ts.Check(err)
		if !slices.Equal(got, args) {
			ts.Fatalf("the keys are %v, not %v, in:\n%s", got, args, line)
		}
	}
}

// keys returns the keys of a JSON object in their order.
func keys(object string) ([]string, error) {
	dec := json.NewDecoder(strings.NewReader(object))
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	var out []string
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, err
		}
		out = append(out, key.(string))
	}
	return out, nil
}

// writeFile writes a file from a Go string, with how often it is repeated: write FILE "a\xff" 1000.
func writeFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: write FILE STRING N")
	}
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte(text), n), 0o600))
}

// checkClean wants no control characters but newlines in an output: clean stdout.
func checkClean(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: clean stdout|stderr")
	}
	text := ts.ReadFile(args[0])
	for _, r := range text {
		if r != '\n' && (r < ' ' || r >= 0x7f && r <= 0x9f || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r == '\ufffe') {
			ts.Fatalf("%U stands in %q", r, text)
		}
	}
}
