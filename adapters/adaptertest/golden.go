package adaptertest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Golden compares what is sent, as JSON, with testdata/name.golden.json of the package under test, or with update writes it there: a
// golden that changes is a change of the product.
func Golden(t testing.TB, update bool, name string, sent any) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(sent); err != nil {
		t.Fatal(err)
	}
	got, path := b.String(), filepath.Join("testdata", name+".golden.json")
	if update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil { //nolint:gosec // a golden is read by everyone
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path) //nolint:gosec // of the package under test
	if err != nil {
		t.Fatalf("%v (go test with -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}
