package guard

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A port of values and unsourced_numbers of eval/score.py, by which the project's replies are measured. Go's
// regexp has no look-behind and no back-references, so NUM is matched by hand (scoreNumber).

const scoreSpaces = `[\s\x{a0}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}\x{1680}\x{85}\x{2028}\x{2029}\x{1c}-\x{1f}\v]`

var (
	scoreWords = map[string]float64{
		"k": 1e3, "thousand": 1e3, "тыс": 1e3, "тысяч": 1e3, "тысячи": 1e3, "тысяча": 1e3, "тис": 1e3, "тисяч": 1e3,
		"тисячі": 1e3, "тисяча": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6, "millions": 1e6, "млн": 1e6,
		"миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6, "мільйон": 1e6, "мільйона": 1e6, "мільйонів": 1e6,
		"bn": 1e9, "billion": 1e9, "млрд": 1e9, "миллиард": 1e9, "мільярд": 1e9, "миллиардов": 1e9, "мільярдів": 1e9,
	}
	scoreURL   = regexp.MustCompile(`https?://([^\s"\x{a0}\x{2000}-\x{200a}\x{202f}])+`)
	scoreMark  = regexp.MustCompile(`(?m)^` + scoreSpaces + `*\p{Nd}{1,2}[.)]` + scoreSpaces)
	scoreDay   = regexp.MustCompile(`^\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}`)
	scoreMonth = regexp.MustCompile(`^\p{Nd}{4}-\p{Nd}{2}`)
	scoreDMY   = regexp.MustCompile(`^\p{Nd}{1,2}[./]\p{Nd}{1,2}[./]\p{Nd}{4}`)
	scoreRange = regexp.MustCompile(`^(\p{Nd}{1,3})` + scoreSpaces + `?[-–—]` + scoreSpaces + `?(\p{Nd}{1,3})` + scoreSpaces + `?(\pL+)`)
	scoreVague = regexp.MustCompile(`(?i)hundred|thousand|million|billion|dozen|сотн|тысяч|тисяч|миллион|мільйон|миллиард|мільярд|десятк`)
)

// scoreFold is what the port reads: full-width forms are unfolded first, since score.py doesn't know that
// "５５，０００" and "٥٫٥" are numbers with a group and a decimal.
func scoreFold(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '٫':
			out.WriteByte('.')
		case r >= 0xFF01 && r <= 0xFFEF:
			out.WriteString(norm.NFKC.String(string(r)))
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

func isWordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.Is(unicode.N, r) }

func runeAt(s []rune, i int) rune {
	if i < 0 || i >= len(s) {
		return ' '
	}
	return s[i]
}

// bounded reports whether \b stands on both sides of s[start:end].
func bounded(s string, start, end int) bool {
	before, after := []rune(s[:start]), []rune(s[end:])
	return !isWordRune(runeAt(before, len(before)-1)) && !isWordRune(runeAt(after, 0))
}

// scoreValues is values(text), for a reply without its list marks. A claim has no list: score.py takes a "1." at
// its start for a mark all the same, the guard doesn't.
func scoreValues(text string, marks bool) map[float64]bool {
	out := map[float64]bool{}
	text = scoreURL.ReplaceAllString(scoreFold(text), " ")
	if !marks {
		text = scoreMark.ReplaceAllString(text, " ")
	}
	text = scoreDates(text, out)
	text = scoreRanges(text, out)
	runes := []rune(text)
	for i := 0; i < len(runes); {
		value, end := scoreNumber(runes, i)
		if end > i {
			out[value] = true
			i = end
			continue
		}
		i++
	}
	return out
}

// scoreDates takes the dates out of text, and their components into out.
func scoreDates(text string, out map[float64]bool) string {
	var rest strings.Builder
	for i := 0; i < len(text); {
		if end := scoreDateAt(text, i); end > i {
			for _, part := range strings.FieldsFunc(text[i:end], func(r rune) bool { return !unicode.Is(unicode.Nd, r) }) {
				out[scoreFloat(part, "")] = true
			}
			rest.WriteByte(' ')
			i = end
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		rest.WriteString(text[i : i+size])
		i += size
	}
	return rest.String()
}

func scoreDateAt(text string, i int) int {
	for _, re := range []*regexp.Regexp{scoreDay, scoreMonth, scoreDMY} {
		if loc := re.FindStringIndex(text[i:]); loc != nil && bounded(text, i, i+loc[1]) {
			return i + loc[1]
		}
	}
	return 0
}

func scoreFloat(whole, frac string) float64 {
	f, _ := strconv.ParseFloat(asciiDigits(whole)+"."+asciiDigits(frac)+"0", 64)
	return f
}

// asciiDigits keeps the digits of s, whatever their script.
func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if value, _, ok := digitValue(r); ok {
			return rune('0' + value)
		}
		return -1
	}, s)
}
