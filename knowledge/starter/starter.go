// Package starter is the base that the program brings along: claims about its first domain, as data.
package starter

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
)

//go:embed *.yaml
var files embed.FS

// names returns the files of the base in the order in which they are joined: what a later one says of a claim
// goes before what the article says, which is one secondary source among others.
func names() []string { return []string{"seed-article.yaml", "casualties.yaml", "negotiations.yaml"} }

// Edition returns what tells this edition of the base from others: the beginning of a hash over its files.
func Edition() (string, error) {
	h := sha256.New()
	for _, name := range names() {
		data, err := files.ReadFile(name)
		if err != nil {
			return "", err
		}
		_, _ = h.Write(data) // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil))[:12], nil
}

// Claims returns the starter base, in the order of its files and their claims. That all are valid is what a test
// shows, and not checked again at each start. An error is a defect of the data.
func Claims() ([]knowledge.Claim, error) {
	base := make([]exchange.File, 0, len(names()))
	for _, name := range names() {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		base = append(base, exchange.File{Name: "starter/" + name, Data: data})
	}
	return exchange.Read(base...)
}
