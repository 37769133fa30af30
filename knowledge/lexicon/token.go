package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TokenKind tells words, numbers and marks apart.
type TokenKind uint8

// The kinds of tokens. Unreadable is a run in which digits and letters are mixed ("5S,000"): it is no number.
const (
	Word TokenKind = iota
	Number
	Mark
	Unreadable
)

// Token is one word, number or mark of a cleaned text.
type Token struct {
	Kind   TokenKind
	Text   string // as it stands in the text
	Norm   string // lower case, ё as е, possessive 's off; of a Number its digits and separators
	Suffix string // of a Number: the letters right behind it ("k", "th")
	Plus   bool   // of a Number: a "+" right behind it
	Start  int    // byte offsets in the cleaned text
	End    int
	Glued  bool // follows the token before it without a blank
	Upper  bool // begins with a capital letter
	Owner  bool // ends in 's, which Norm leaves out
	stem   string
}

// Stem returns the token's stem.
func (t *Token) Stem() string {
	if t.stem == "" {
		t.stem = stem(t.Norm)
	}
	return t.stem
}

// tokenize appends the tokens of a cleaned text.
func tokenize(out []Token, text string) []Token {
	out = slices.Grow(out, len(text)/5+4)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == ' ' || r == '\n':
			i += size
			continue
		case r >= '0' && r <= '9':
			out = append(out, number(text, i))
		case unicode.IsLetter(r):
			out = word(out, text, i)
		default:
			out = append(out, Token{Kind: Mark, Text: text[i : i+size], Norm: text[i : i+size], Start: i, End: i + size})
		}
		last := &out[len(out)-1]
		last.Glued = last.Start > 0 && text[last.Start-1] != ' ' && text[last.Start-1] != '\n'
		i = last.End
	}
	return out
}

// word reads letters, marks and inner apostrophes; "n't" becomes a word "not" of its own, "'s" goes.
func word(out []Token, text string, start int) []Token {
	end := start
	for i, r := range text[start:] {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !(isApostrophe(r) && letterAfter(text[start+i+utf8.RuneLen(r):])) {
			if r >= '0' && r <= '9' {
				return append(out, unreadable(text, start))
			}
			break
		}
		end = start + i + utf8.RuneLen(r)
	}
	first, _ := utf8.DecodeRuneInString(text[start:])
	t := Token{Kind: Word, Text: text[start:end], Norm: fold(text[start:end]), Start: start, End: end, Upper: unicode.IsUpper(first)}
	if !strings.Contains(t.Norm, "'") {
		return append(out, t)
	}
	if base, ok := strings.CutSuffix(t.Norm, "n't"); ok && base != "" {
		t.Norm, t.End = base, end
		for range len("n't") { // three runes: the apostrophe may have more bytes than one
			_, size := utf8.DecodeLastRuneInString(text[:t.End])
			t.End -= size
		}
		if t.Text = text[start:t.End]; base == "ca" || base == "wo" {
			t.Norm = "will"
		}
		not := Token{Kind: Word, Text: text[t.End:end], Norm: "not", Start: t.End, End: end}
		return append(out, t, not)
	}
	for _, ending := range []string{"'s", "'re", "'ve", "'ll", "'d", "'m"} {
		if base, ok := strings.CutSuffix(t.Norm, ending); ok && base != "" {
			t.Norm, t.Owner = base, ending == "'s"
		}
	}
	return append(out, t)
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == 'ʼ' || r == '‘'
}

func letterAfter(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLetter(r)
}

// number reads digits with separators between them, then a suffix of letters ("k", "тис", "th") or a plus.
func number(text string, start int) Token {
	end := start
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if r >= '0' && r <= '9' {
			end++
			continue
		}
		if strings.ContainsRune(",.'’٬٫", r) && end+size < len(text) && text[end+size] >= '0' && text[end+size] <= '9' {
			end += size
			continue
		}
		break
	}
	t := Token{Kind: Number, Text: text[start:end], Norm: text[start:end], Start: start, End: end}
	rest := text[end:]
	if strings.HasPrefix(rest, "+") {
		t.Plus = true
		t.End++
		return t
	}
	letters := 0
	for i, r := range rest {
		if !unicode.IsLetter(r) {
			break
		}
		letters = i + utf8.RuneLen(r)
	}
	if letters == 0 {
		return t
	}
	if after := rest[letters:]; letters > 6 || (after != "" && after[0] >= '0' && after[0] <= '9') || mixed(after) {
		return unreadable(text, start)
	}
	t.Suffix, t.End = fold(rest[:letters]), end+letters
	if strings.HasPrefix(text[t.End:], "+") {
		t.Plus = true
		t.End++
	}
	return t
}

// mixed reports a separator with a digit behind it: what "5S" is followed by in "5S,000".
func mixed(rest string) bool {
	return len(rest) > 1 && strings.ContainsRune(",.", rune(rest[0])) && rest[1] >= '0' && rest[1] <= '9'
}

// unreadable reads a whole run of digits, letters and separators of numbers.
func unreadable(text string, start int) Token {
	end := start
	for i, r := range text[start:] {
		inner := strings.ContainsRune(",.'", r) && start+i+1 < len(text) && text[start+i+1] > ' '
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !inner {
			break
		}
		end = start + i + utf8.RuneLen(r)
	}
	return Token{Kind: Unreadable, Text: text[start:end], Norm: fold(text[start:end]), Start: start, End: end}
}
