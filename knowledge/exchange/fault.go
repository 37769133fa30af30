package exchange

import (
	"fmt"
	"strings"

	"github.com/whosays/whosays/knowledge"
)

// Broken is the cause of an error of reading: all that is wrong, in the order of the files and of their claims. Of more
// than fifty broken claims the first fifty are here.
type Broken struct {
	Faults []Fault `json:"faults"`
	More   int     `json:"more,omitempty"` // further claims that are broken
}

// Fault is one thing that is wrong. Line is 0 where it is the file as a whole; Claim is empty where it is no
// claim's, or where the claim has no id.
type Fault struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Claim   string `json:"claim,omitempty"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
}

// Error counts the faults: the message of the error around it lists them.
func (b *Broken) Error() string {
	if len(b.Faults) == 1 {
		return "1 fault"
	}
	return fmt.Sprintf("%d faults", len(b.Faults))
}

// How much of what is wrong is listed.
const (
	maxProblems = 30 // of one claim
	maxBroken   = 50 // claims
)

// fault is what makes a file or a claim unusable. Either what says it, or problems lists what is wrong with one claim.
type fault struct {
	line     int // 0: the file as a whole
	claim    string
	what     string
	problems []problem
	ends     bool // nothing behind it can be read
}

// problem is one thing that is wrong with a claim, with its line.
type problem struct {
	line int
	knowledge.Problem
}

func faultAt(line int, format string, args ...any) *fault {
	return &fault{line: line, what: fmt.Sprintf(format, args...)}
}

// faults gathers what is wrong in a load.
type faults struct {
	Broken

	claims int // that are told
	text   strings.Builder
}

func (b *faults) add(file string, f *fault) {
	if b.claims == maxBroken {
		b.More++
		return
	}
	if b.claims++; b.claims > 1 {
		b.text.WriteByte('\n')
	}
	b.text.WriteString(f.in(file))
	if len(f.problems) == 0 {
		b.Faults = append(b.Faults, Fault{File: file, Line: f.line, Claim: f.claim, Message: f.what})
	}
	for _, p := range f.problems {
		b.Faults = append(b.Faults, Fault{File: file, Line: p.line, Claim: f.claim, Field: p.Field, Message: p.Message})
	}
}

// err returns all of it as one error, nil where nothing is wrong.
func (b *faults) err() error {
	if b.claims == 0 {
		return nil
	}
	msg := b.text.String()
	switch {
	case b.More == 1:
		msg += "\nand 1 more claim is broken"
	case b.More > 1:
		msg += fmt.Sprintf("\nand %d more claims are broken", b.More)
	}
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: msg, Err: &Broken{b.Faults, b.More}}
}

// brokenFile is the error of a file with one fault.
func brokenFile(file string, f *fault) error {
	var b faults
	b.add(file, f)
	return b.err()
}

// in says the fault of a file, in this form:
//
//	base.yaml:12: claim "residents-evacuated" is broken:
//	  line 14: scope.metric: the lexicon has no metric "evacuatd"
//	  line 17: figure.low: 9 is above high, which is 5
func (f *fault) in(file string) string {
	var b strings.Builder
	b.WriteString(file)
	if f.line > 0 {
		fmt.Fprintf(&b, ":%d", f.line)
	}
	b.WriteString(": ")
	switch {
	case f.claim != "":
		fmt.Fprintf(&b, "claim %s ", quoted(f.claim))
	case len(f.problems) > 0:
		b.WriteString("the claim ")
	}
	b.WriteString(f.what)
	for i, p := range f.problems {
		if i == maxProblems {
			fmt.Fprintf(&b, "\n  and %d more", len(f.problems)-i)
			break
		}
		fmt.Fprintf(&b, "\n  line %d: %s", p.line, p.Problem)
	}
	return b.String()
}
