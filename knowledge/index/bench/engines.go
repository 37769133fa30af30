package main

import (
	"maps"
	"slices"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// whosays is the name of the product among the engines.
const whosays = "whosays"

// engines returns how each engine is made. None holds more than one base at a time.
func engines() map[string]func(*lexicon.Lexicon) (engine, error) {
	return map[string]func(*lexicon.Lexicon) (engine, error){
		whosays: newProduct,
		"bleve": newBleve,
		"fts5":  newFTS5,
	}
}

// engineNames returns the names of the engines, the product first.
func engineNames() []string {
	names := slices.Sorted(maps.Keys(engines()))
	slices.Reverse(names)
	return names
}
