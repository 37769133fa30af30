package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// collection gathers the claims of one load.
type collection struct {
	lexicon *lexicon.Lexicon // nil: claims aren't held against the rules
	decoder *decoder
	claims  []knowledge.Claim
	at      map[knowledge.Key]int // where a claim stands in claims
	from    map[knowledge.Key]place
}

// place is where a claim was read last.
type place struct {
	file string
	node *node
}

func newCollection(l *lexicon.Lexicon) *collection {
	return &collection{lexicon: l, decoder: newDecoder(), at: map[knowledge.Key]int{}, from: map[knowledge.Key]place{}}
}

// add reads one file.
func (c *collection) add(f File) error {
	read, err := readerOf(f.Name)
	if err != nil {
		return err
	}
	data, wrong := text8(f.Data)
	lines := map[knowledge.Key]int{} // of this file's claims
	if wrong == nil {
		var broken *fault
		wrong = read(data, func(n *node) bool {
			broken = c.take(n, f.Name, lines)
			return broken == nil
		})
		if broken != nil {
			wrong = broken
		}
	}
	if wrong == nil && len(lines) == 0 {
		wrong = faultAt(0, "holds no claims")
	}
	if wrong != nil {
		return wrong.in(f.Name)
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

// take adds one claim, joined with what earlier files say of it.
func (c *collection) take(n *node, file string, lines map[knowledge.Key]int) *fault {
	if n.kind != object {
		return faultAt(n.line, "a claim must be %s, not %s", object, n.kind)
	}
	claim, problems := c.decoder.claim(n)
	key := claim.Key()
	if line, twice := lines[key]; twice && claim.ID != "" {
		return &fault{line: n.line, claim: claim.ID, what: fmt.Sprintf("stands there twice, first on line %d", line)}
	}
	lines[key] = n.line
	at, known := c.at[key]
	if known {
		claim = knowledge.Merge(c.claims[at], claim)
	}
	if problems = c.validate(claim, n, problems); len(problems) > 0 {
		return &fault{line: n.line, claim: claim.ID, what: "is broken:", problems: problems}
	}
	if claim.Series != "" || len(claim.Disputes)+len(claim.Supersedes) > 0 { // only these can be broken beside others
		c.from[key] = place{file, n}
	}
	if known {
		c.claims[at] = claim
		return nil
	}
	c.at[key] = len(c.claims)
	c.claims = append(c.claims, claim)
	return nil
}

// loaded returns the claims of all files, held against each other.
func (c *collection) loaded() ([]knowledge.Claim, error) {
	if c.lexicon == nil {
		return c.claims, nil
	}
	all := knowledge.ValidateBase(c.claims)
	if len(all) == 0 {
		return c.claims, nil
	}
	broken := all[0] // mending it may mend others
	at := c.from[broken.Key]
	wrong := &fault{line: at.node.line, claim: broken.Key.ID, what: "is broken:"}
	for _, p := range broken.Problems {
		wrong.problems = append(wrong.problems, problem{at.node.lineOf(p.Field), p})
	}
	return nil, wrong.in(at.file)
}

// validate adds what is wrong with a claim by its rules to what was wrong with it as it was read. Of a field
// that couldn't be read the rules have nothing true to say.
func (c *collection) validate(claim knowledge.Claim, n *node, problems []problem) []problem {
	unread := map[string]bool{}
	for _, p := range problems {
		unread[firstStep(p.Field)] = true
	}
	if c.lexicon == nil {
		return problems
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
