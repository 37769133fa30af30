package exchange

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// collection gathers the claims of one load.
type collection struct {
	lexicon *lexicon.Lexicon // nil: claims aren't held against the rules
	claims  []knowledge.Claim
	at      map[knowledge.Key]int // where a claim stands in claims
	from    map[knowledge.Key]place
	broken  map[knowledge.Key]bool
	faults  faults
}

// place is where a claim was read last.
type place struct {
	file string
	node *node
}

func newCollection(l *lexicon.Lexicon) *collection {
	return &collection{lexicon: l, at: map[knowledge.Key]int{}, from: map[knowledge.Key]place{}, broken: map[knowledge.Key]bool{}}
}

// add reads one file. The error is one behind which no other file is worth reading; broken claims are told by loaded.
func (c *collection) add(f File, format Format) error {
	read, err := format.reader()
	if err != nil {
		return err
	}
	data, wrong := text8(f.Data)
	if wrong == nil {
		wrong = c.read(f.Name, data, read)
	}
	if wrong != nil {
		c.faults.add(f.Name, wrong)
		return c.faults.err()
	}
	return nil
}

// text8 checks size and encoding, and takes off the mark that some editors put in front.
func text8(data []byte) ([]byte, *fault) {
	if len(data) > MaxFile {
		return nil, faultAt(0, "is larger than the %d MiB that a file may have", MaxFile>>20)
	}
	if !utf8.Valid(data) {
		line := 1
		for rest := data; ; {
			r, size := utf8.DecodeRune(rest)
			if r == utf8.RuneError && size == 1 {
				return nil, faultAt(line, "isn't valid UTF-8 here")
			}
			if r == '\n' {
				line++
			}
			rest = rest[size:]
		}
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// take adds one claim that was checked, or tells what is wrong with it.
func (c *collection) take(got *checked, file string, lines map[knowledge.Key]int) *fault {
	if got.node == nil {
		return got.fault
	}
	claim, key := got.claim, got.claim.Key()
	if line, twice := lines[key]; twice && claim.ID != "" {
		return &fault{line: got.node.line, claim: claim.ID, what: fmt.Sprintf("stands there twice, first on line %d", line)}
	}
	lines[key] = got.node.line
	if got.fault != nil {
		c.broken[key] = true
		return got.fault
	}
	if c.broken[key] { // what it adds to is told already
		return nil
	}
	if claim.Series != "" || len(claim.Disputes)+len(claim.Supersedes) > 0 { // only these can be broken beside others
		c.from[key] = place{file, got.node}
	}
	if at, known := c.at[key]; known {
		c.claims[at] = claim
		return nil
	}
	c.at[key] = len(c.claims)
	c.claims = append(c.claims, claim)
	return nil
}

// loaded returns the claims of all files, held against each other: that of claims which are right by themselves.
func (c *collection) loaded() ([]knowledge.Claim, error) {
	if c.faults.claims == 0 && c.lexicon != nil {
		c.beside(knowledge.ValidateBase(c.claims))
	}
	if err := c.faults.err(); err != nil {
		return nil, err
	}
	return c.claims, nil
}

// beside tells what is wrong with claims beside each other, in the order in which they stand.
func (c *collection) beside(all []knowledge.Broken) {
	slices.SortFunc(all, func(x, y knowledge.Broken) int { return cmp.Compare(c.at[x.Key], c.at[y.Key]) })
	for _, broken := range all {
		at := c.from[broken.Key]
		wrong := &fault{line: at.node.line, claim: broken.Key.ID, what: "is broken:"}
		for _, p := range broken.Problems {
			wrong.problems = append(wrong.problems, problem{at.node.lineOf(p.Field), p})
		}
		c.faults.add(at.file, wrong)
	}
}

// validate adds what is wrong with a claim by its rules to what was wrong with it as it was read. Of a field
// that couldn't be read the rules have nothing true to say.
func (c *collection) validate(claim knowledge.Claim, n *node, problems []problem) []problem {
	if c.lexicon == nil {
		return problems
	}
	unread := map[string]bool{}
	for _, p := range problems {
		unread[firstStep(p.Field)] = true
	}
	var found knowledge.Problems
	errors.As(claim.Validate(c.lexicon), &found)
	for _, p := range found {
		if !unread[firstStep(p.Field)] {
			problems = append(problems, problem{n.lineOf(p.Field), p})
		}
	}
	return problems
}

// firstStep returns the field of the claim that a path begins with.
func firstStep(path string) string {
	if end := strings.IndexAny(path, ".["); end >= 0 {
		return path[:end]
	}
	return path
}
