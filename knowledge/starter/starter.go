// Package starter is the base that the program brings along: claims about its first domain, as data.
package starter

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"strings"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
)

//go:embed *.yaml order.txt
var files embed.FS

// names returns the files of the base in the order in which they are joined, as order.txt says it, one a line: what a later one says
// of a claim goes before what an earlier one says.
func names() ([]string, error) {
	data, err := files.ReadFile("order.txt")
	return strings.Fields(string(data)), err
}

// Edition returns what tells this edition of the base from others: the beginning of a hash over its files.
func Edition() (string, error) {
	all, err := read()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, f := range all {
		_, _ = h.Write(f.Data) // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil))[:12], nil
}

// Claims returns the starter base, in the order of its files and their claims. That all are valid is what a test
// shows, and not checked again at each start. An error is a defect of the data.
func Claims() ([]knowledge.Claim, error) {
	all, err := read()
	if err != nil {
		return nil, err
	}
	return exchange.Read(all...)
}

func read() ([]exchange.File, error) {
	order, err := names()
	if err != nil {
		return nil, err
	}
	out := make([]exchange.File, 0, len(order))
	for _, name := range order {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, exchange.File{Name: "starter/" + name, Data: data})
	}
	return out, nil
}
