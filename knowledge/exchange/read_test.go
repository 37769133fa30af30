package exchange_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge/exchange"
)

// Read returns what Load returns of valid claims, and takes those that Load refuses; what can't be read at all it
// refuses too.
func TestReadHoldsNoClaimAgainstTheRules(t *testing.T) {
	t.Parallel()
	file := func(name string) exchange.File {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return exchange.File{Name: name, Data: data}
	}
	good := file("claims.good.yaml")
	want, err := exchange.Load(floods(t), good)
	if err != nil {
		t.Fatal(err)
	}
	got, err := exchange.Read(good)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-Load +Read):\n%s", err, diff)
	}
	if _, err := exchange.Read(file("no-source.bad.yaml")); err != nil {
		t.Errorf("a claim is held against the rules: %v", err)
	}
	if _, err := exchange.Read(file("syntax.bad.yaml")); err == nil {
		t.Error("a file that can't be read is read")
	}
}
