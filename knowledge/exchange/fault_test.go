package exchange_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
)

func TestFaultsCanBeReadByPrograms(t *testing.T) {
	t.Parallel()
	_, err := exchange.LoadPaths(floods(t), "testdata/several.bad.yaml")
	var broken *exchange.Broken
	if !errors.As(err, &broken) {
		t.Fatalf("%v", err)
	}
	const file = "testdata/several.bad.yaml"
	want := []exchange.Fault{
		{File: file, Line: 2, Claim: "dam-stands", Field: "kind", Message: `"rumour" is none of figure, statement, status, issue, context`},
		{File: file, Line: 11, Message: "a claim must be a group of fields, not a text"},
		{File: file, Line: 12, Claim: "dam-breaks", Message: "stands there twice, first on line 6"},
		{File: file, Line: 17, Field: `figure."200"`, Message: "there is no such field: write numbers without separators, such as 1200"},
		{File: file, Line: 14, Field: "id", Message: `"" must be a slug of at most 100 characters, such as civilians-killed`},
	}
	if diff := cmp.Diff(want, broken.Faults); diff != "" {
		t.Error(diff)
	}
}

// TestManyBrokenClaims: the first fifty are told in the order of the file, the others counted, across batches.
func TestManyBrokenClaims(t *testing.T) {
	t.Parallel()
	const all = 2000
	var b strings.Builder
	for i := range all {
		fmt.Fprintf(&b, `{"id": "c-%d", "kind": "rumour", "text": "The dam stands.", "attribution": {"standing": "unattributed"}, "sources": [{"title": "Water"}]}`+"\n", i)
	}
	_, err := exchange.LoadReader(floods(t), "-.jsonl", strings.NewReader(b.String()))
	lines := strings.Split(knowledge.MessageOf(err), "\n")
	for i := range 50 {
		if want := fmt.Sprintf(`-.jsonl:%d: claim "c-%d" is broken:`, i+1, i); lines[2*i] != want {
			t.Fatalf("%q instead of %q", lines[2*i], want)
		}
	}
	if len(lines) != 101 || lines[100] != "and 1950 more claims are broken" {
		t.Errorf("%d lines, at the end %q", len(lines), lines[len(lines)-1])
	}
	if broken := (*exchange.Broken)(nil); !errors.As(err, &broken) || len(broken.Faults) != 50 || broken.More != all-50 {
		t.Errorf("%v", broken)
	}
}

// TestBrokenClaimsOfSeveralFiles: a broken claim isn't told again where a later file adds to it, and what isn't
// readable ends everything.
func TestBrokenClaimsOfSeveralFiles(t *testing.T) {
	t.Parallel()
	file := func(name, data string) exchange.File { return exchange.File{Name: name, Data: []byte(data)} }
	first := file("a.yaml", "- {id: a, text: A.}\n- {id: b, kind: statement, text: The dam stands., attribution: {standing: unattributed}, sources: [{title: a}]}\n")
	second := file("b.yaml", "- {id: a, topic: dams}\n- {id: b, topic: ships}\n")
	third := file("c.jsonl", `{"id": `)
	_, err := exchange.Load(floods(t), first, second, third, first)
	want := `a.yaml:1: claim "a" is broken:
  line 1: kind: "" is none of figure, statement, status, issue, context
  line 1: attribution.standing: is missing: it says on which ground the speaker stands, "unattributed" where nobody is named
  line 1: sources: a claim needs at least one source
b.yaml:2: claim "b" is broken:
  line 2: topic: the lexicon has no topic "ships"; it has dams
c.jsonl:1: isn't JSON: unexpected end of JSON input`
	if diff := cmp.Diff(want, knowledge.MessageOf(err)); diff != "" {
		t.Error(diff)
	}
}

func TestLoadReader(t *testing.T) {
	t.Parallel()
	good := `{"id": "a", "kind": "statement", "text": "The dam stands.", "attribution": {"standing": "unattributed"}, "sources": [{"title": "Water"}]}`
	if claims, err := exchange.LoadReader(floods(t), "standard input.jsonl", strings.NewReader(good)); err != nil || len(claims) != 1 {
		t.Errorf("%d claims, %v", len(claims), err)
	}
	if _, err := exchange.LoadReader(floods(t), "a.txt", strings.NewReader(good)); knowledge.KindOf(err) != knowledge.Invalid {
		t.Errorf("no format: %v", err)
	}
	if _, err := exchange.LoadReader(floods(t), "a.jsonl", iotest.ErrReader(errors.New("gone"))); knowledge.KindOf(err) != knowledge.Unavailable {
		t.Errorf("a reader that fails: %v", err)
	}
}
