package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Length returns how long a text is in UTF-16 units, as the platforms' clients count. Their servers may count code
// points, which are never more.
func Length(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// Ellipsis stands where a text goes on, or ended before its end.
const Ellipsis = "…"

// Cut returns plain text of at most limit characters (Length): as it is, or up to the last word that fits, with an
// ellipsis. It never cuts within a number.
func Cut(text string, limit int) string {
	text = strings.TrimSpace(text)
	if Length(text) <= limit {
		return text
	}
	first, _ := Split(atoms(text), limit-Length(Ellipsis))
	return strings.TrimSuffix(strings.TrimRight(strings.Join(first, ""), " ,;:—–-(“«"), Ellipsis) + Ellipsis
}

// Ends returns a plain text as two lines of at most limit characters each: its beginning as Cut returns it, and the end of
// what that leaves out, whole words of it. Where more than a bracket at the end would have to be left out, it is the middle
// that is: a claim's sentence ends with who says it. The second is empty where the first has all of it.
func Ends(text string, limit int) (first, last string) {
	text = strings.TrimSpace(text)
	first = Cut(text, limit)
	rest, ok := strings.CutPrefix(text, strings.TrimSuffix(first, Ellipsis))
	if first == text || !ok {
		return first, ""
	}
	rest = strings.TrimSpace(rest)
	if i := strings.LastIndex(rest, " ("); i > 0 && Length(rest[:i])+2*Length(Ellipsis) <= limit {
		return first, Cut(Ellipsis+rest, limit)
	}
	atoms := atoms(rest)
	n, blank, size := len(atoms), len(atoms), Length(Ellipsis)
	for n > 0 && size+Length(atoms[n-1]) <= limit {
		if n--; atoms[n] == " " {
			blank = n + 1
		}
		size += Length(atoms[n])
	}
	if n == 0 {
		blank = 0
	}
	return first, Ellipsis + strings.Join(atoms[blank:], "")
}

// Split parts atoms after the last blank within limit, or after the last atom that fits where there is none. An atom that
// alone is longer becomes an ellipsis. It always takes something.
func Split(atoms []string, limit int) (first, rest []string) {
	n, blank := 0, 0
	for i, a := range atoms {
		size := Length(a)
		if size > limit {
			atoms[i], size = Ellipsis, Length(Ellipsis)
		}
		if n+size > limit && i > 0 {
			if blank > 0 {
				i = blank
			}
			return atoms[:i], atoms[i:]
		}
		n += size
		if a == " " {
			blank = i + 1
		}
	}
	return atoms, nil
}

// atoms returns the pieces of plain text that mustn't be broken: numbers, and characters with their marks.
func atoms(text string) []string {
	out := make([]string, 0, len(text))
	for text != "" {
		n := Unbroken(text)
		out = append(out, text[:n])
		text = text[n:]
	}
	return out
}

// Unbroken returns how many bytes at the start of a text are one number, or one character with its marks. A number goes
// on over one blank or sign between digits ("55 000", "2026-02-04", "1.5"), which a backslash may precede, and over the
// dash of a range ("5 – 9").
func Unbroken(text string) int {
	first, n := utf8.DecodeRuneInString(text)
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		switch {
		case unicode.Is(unicode.M, r), unicode.IsDigit(first) && unicode.IsDigit(r):
			n += size
		case unicode.IsDigit(first) && joint(text[n:]) > 0:
			n += joint(text[n:])
		default:
			return n
		}
	}
	return n
}

// joint returns how many bytes at the start of a text join the digits before it with one behind it; 0: none do.
func joint(text string) int {
	if rest, escaped := strings.CutPrefix(text, "\\"); escaped {
		if n := joint(rest); n > 0 {
			return 1 + n
		}
		return 0
	}
	_, n := utf8.DecodeRuneInString(text)
	if !strings.ContainsAny(text[:n], ".,:∶/-–'’\u00a0\u202f\u2009 ") {
		return 0
	}
	for _, dash := range []string{" – ", " - "} {
		if strings.HasPrefix(text, dash) {
			n = len(dash)
		}
	}
	if r, _ := utf8.DecodeRuneInString(text[n:]); unicode.IsDigit(r) {
		return n
	}
	return 0
}
