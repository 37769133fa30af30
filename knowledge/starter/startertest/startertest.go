// Package startertest gives tests the starter base in memory.
package startertest

import (
	"testing"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// Store returns a store in memory that holds the starter base, and the lexicon with which it is read.
func Store(t testing.TB) (*knowledge.Memory, *lexicon.Lexicon) {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	claims, err := starter.Claims()
	if err != nil {
		t.Fatal(err)
	}
	store, err := knowledge.NewMemory(claims)
	if err != nil {
		t.Fatal(err)
	}
	return store, lex
}
