// Package moderation is the keeping of a tenant's base: who may change what of it, changes that wait for a second person, and
// the mistakes that people report.
package moderation

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge"
)

// MostNote is how long the note of a report may be, in characters.
const MostNote = 1000

// mostClaims bounds the claims of a report: a reply shows fewer.
const mostClaims = 100

// Report is a mistake that somebody has reported. It holds neither who it was nor what they were answering to.
type Report struct {
	ID     string    // unique in its tenant; ids of one moment sort by nothing
	Tenant string    // where it was reported; empty: where no tenant is
	At     time.Time // to the microsecond
	Lang   string    // of the reply that it is about
	Note   string    // what is said to be wrong; may be empty
	Claims []Version // which the reply showed
}

// Version is a claim, in one of its versions.
type Version struct {
	Tenant   string `json:"tenant,omitempty"`
	ID       string `json:"id"`
	Revision int    `json:"revision"`
}

// Reports keeps reports; a database implements it. All of it may be called at once. An error is a *knowledge.Error.
type Reports interface {
	// Add keeps a report, which Valid has to let through. One whose tenant and id are there already is kept once.
	Add(ctx context.Context, r Report) error
	// List returns at most so many reports of a tenant, the newest first.
	List(ctx context.Context, tenant string, limit int) ([]Report, error)
	// Forget deletes the reports of all tenants that are older, and returns how many there were.
	Forget(ctx context.Context, before time.Time) (int, error)
}

// Clean returns a note as it is kept: without what can't be seen, and without space around it.
func Clean(note string) string {
	seen := func(r rune) rune {
		if r == '\n' || unicode.IsGraphic(r) && r != utf8.RuneError {
			return r
		}
		return -1
	}
	return strings.TrimSpace(strings.Map(seen, note))
}

// Valid returns an error of kind Invalid where a report can't be kept.
func (r *Report) Valid() error {
	msg := ""
	switch {
	case r.ID == "" || r.At.IsZero():
		msg = "A report needs an id and a time."
	case r.Note != Clean(r.Note):
		msg = "The note holds characters that can't be seen: leave them out."
	case utf8.RuneCountInString(r.Note) > MostNote:
		msg = "The note is too long: say it in a thousand characters."
	case r.Note == "" && len(r.Claims) == 0:
		msg = "The report says nothing: write what is wrong."
	case len(r.Claims) > mostClaims:
		msg = "The report names too many claims: name those that are wrong."
	default:
		return nil
	}
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: msg}
}
