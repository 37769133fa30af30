package answer

import (
	"net/url"
	"strings"
	"unicode"
)

// harmless returns a text that mentions nobody, links nowhere and sets no markup on any platform: what would do
// so is left out, and names of hosts are broken apart.
func harmless(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case strings.ContainsRune("@`<>*|~\\#_", r):
		case r == '[':
			b.WriteByte('(')
		case r == ']':
			b.WriteByte(')')
		case r == '\n':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return unlink(b.String())
}

// unlink breaks "://" and the dots of host names.
func unlink(text string) string {
	text = strings.ReplaceAll(text, "://", " ")
	runes := []rune(text)
	var b strings.Builder
	for i, r := range runes {
		b.WriteRune(r)
		host := r == '.' && i > 0 && i+2 < len(runes) && letterOrDigit(runes[i-1]) && unicode.IsLetter(runes[i+1]) && unicode.IsLetter(runes[i+2])
		if host {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func letterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// host returns the bare host of a link: what else an address holds isn't for a reader.
func host(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
