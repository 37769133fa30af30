package knowledge

import (
	"fmt"
	"strings"
)

// Problem is one thing that is wrong with a claim. Field is the path as it is written in a base file:
// "figure.low", "sources[0].quote", "translations.uk".
type Problem struct {
	Field   string
	Message string
}

// Problems is everything that is wrong with a claim, in the order of the claim's fields. It is safe to show:
// what it repeats of the claim is quoted and clipped.
type Problems []Problem

// Error lists the problems in one line.
func (p Problems) Error() string {
	var b strings.Builder
	for i, problem := range p {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(problem.String())
	}
	return b.String()
}

// String returns the field, where there is one, and what is wrong with it.
func (p Problem) String() string {
	if p.Field == "" {
		return p.Message
	}
	return p.Field + ": " + p.Message
}

func (p *Problems) add(field, format string, args ...any) {
	*p = append(*p, Problem{Field: field, Message: fmt.Sprintf(format, args...)})
}
