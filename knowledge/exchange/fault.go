package exchange

import (
	"fmt"
	"strings"

	"github.com/whosays/whosays/knowledge"
)

// fault is what makes a file unusable. Either what says it, or problems lists what is wrong with one claim.
type fault struct {
	line     int // 0: the file as a whole
	claim    string
	what     string
	problems []problem
}

// problem is one thing that is wrong with a claim, with its line.
type problem struct {
	line int
	knowledge.Problem
}

// in makes the fault an error of a file, in this form:
//
//	base.yaml:12: claim "residents-evacuated" is broken:
//	  line 14: scope.metric: the lexicon has no metric "evacuatd"
//	  line 17: figure.low: 9 is above high, which is 5
func (f *fault) in(file string) error {
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
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: b.String()}
}

// maxProblems is how many problems of one claim are listed.
const maxProblems = 30

func faultAt(line int, format string, args ...any) *fault {
	return &fault{line: line, what: fmt.Sprintf(format, args...)}
}
