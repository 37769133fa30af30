package benchtable_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/benchtable"
)

func figures() []benchtable.Figure {
	return []benchtable.Figure{
		{Of: "10,000 claims", What: "a question", Unit: "ms, p50 / p99", Asked: "≤ 5", Seen: []float64{0.12345, 1.2345}},
		{Of: "10,000 claims", What: "memory", Unit: "MB", Seen: []float64{123.45}},
		{Of: "10,000 claims", What: "a question", Unit: "ms, p50 / p99", Peer: "bleve", Seen: []float64{12.345, 30000}},
		{Of: "10,000 claims", What: "a question", Unit: "ms, p50 / p99", Peer: "FTS5", Seen: []float64{1, 0}},
		{Of: "commits", What: "16 at once", Unit: "a second", Peer: "plain", Seen: []float64{7}},
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := benchtable.Write(&out, false, figures()); err != nil {
		t.Fatal(err)
	}
	want := `
of             measured    seen          asked  peers, in the same run          unit
10,000 claims  a question  0.123 / 1.23  ≤ 5    bleve 12.3 / 30000, FTS5 1 / 0  ms, p50 / p99
               memory      123           –      –                               MB
commits        16 at once  –             –      plain 7                         a second
`
	if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLines: what was written is read among what else make and go test print, and what was reported last of a thing stands.
func TestLines(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	if err := benchtable.Write(&lines, true, figures()); err != nil {
		t.Fatal(err)
	}
	got, err := benchtable.Read(strings.NewReader("go run ./bench\nBenchmarkCommit\t\n" + lines.String() + "PASS\n"))
	if diff := cmp.Diff(figures(), got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	again := append(figures(), benchtable.Figure{Of: "commits", What: "16 at once", Unit: "a second", Peer: "plain", Seen: []float64{9}})
	var table bytes.Buffer
	if err := benchtable.Write(&table, false, again); err != nil || !strings.Contains(table.String(), "plain 9") || strings.Contains(table.String(), "plain 7") {
		t.Errorf("%v: %s", err, table.String())
	}
	if _, err := benchtable.Read(strings.NewReader(`{"of":5}`)); err == nil {
		t.Error("what can't be read is passed over")
	}
}
