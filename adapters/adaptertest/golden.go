package adaptertest

import (
	"bytes"
	"encoding/json"
	"testing"

	"gotest.tools/v3/golden"
)

// Golden compares what is sent, as JSON, with testdata/name.golden.json of the package under test, or with -update writes it there: a
// golden that changes is a change of the product.
func Golden(t testing.TB, name string, sent any) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(sent); err != nil {
		t.Fatal(err)
	}
	golden.Assert(t, b.String(), name+".golden.json")
}
