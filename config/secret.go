package config

import (
	"fmt"
	"io"
	"log/slog"
)

// hidden stands in place of a secret.
const hidden = "***"

// Secret is a value that nobody may read in an output: it writes itself as *** wherever it is formatted, logged or
// encoded, and as nothing where it is empty. The value stands behind a pointer, because fmt can't ask a field that
// isn't exported how it wants to be written, and would print the value of such a field.
type Secret struct{ value *string }

// NewSecret returns a secret with a value.
func NewSecret(value string) Secret { return Secret{&value} }

// Reveal returns the value. Only what needs the value to do its work calls it, and never writes it anywhere.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Equal reports whether two secrets have the same value.
func (s Secret) Equal(other Secret) bool { return s.Reveal() == other.Reveal() }

// String returns *** instead of the value.
func (s Secret) String() string {
	if s.Reveal() == "" {
		return ""
	}
	return hidden
}

// Format writes String for every verb of fmt, %#v and %x too.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue is for log/slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is for JSON, XML and flags.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalYAML is for YAML.
func (s Secret) MarshalYAML() (any, error) { return s.String(), nil }
