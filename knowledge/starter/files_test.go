package starter_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryFileHasItsPlace: what isn't in the order isn't in the base.
func TestEveryFileHasItsPlace(t *testing.T) {
	t.Parallel()
	there, err := filepath.Glob("*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	order, err := os.ReadFile("order.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(strings.FieldsSeq(string(order))); !slices.Equal(got, there) {
		t.Errorf("order.txt has %v of %v", got, there)
	}
}
