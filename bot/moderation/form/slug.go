package form

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/whosays/whosays/knowledge"
)

// Limits of an id that is made up: short enough to be typed, and to leave room for a number behind it.
const (
	mostSlug = 80
	hashed   = 4 // bytes
)

// Slug returns an id for a claim: what it counts, whose it is and when it was said. The same claim always has the same.
func Slug(c *knowledge.Claim) string {
	on := c.Attribution.SaidOn.String()
	if on == "" {
		on = c.Scope.Period.To.String()
	}
	named := []string{c.Scope.Party, c.Scope.Group, c.Scope.Metric}
	if c.Kind != knowledge.KindFigure {
		sum := sha256.Sum256([]byte(c.Text))
		named = []string{string(c.Kind), c.Topic, hex.EncodeToString(sum[:hashed])}
	}
	var parts []string
	for _, part := range append(named, c.Attribution.Speaker, on) {
		if part = slugged(part); part != "" {
			parts = append(parts, part)
		}
	}
	out := strings.Join(parts, "-")
	if len(out) > mostSlug {
		out = strings.Trim(out[:mostSlug], "-")
	}
	if out == "" {
		return "claim"
	}
	return out
}

// slugged returns the ASCII letters and digits of a text, with single hyphens for the rest.
func slugged(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
}
