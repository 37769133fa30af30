package guard

import (
	"math"
	"strings"
	"unicode"
)

// scoreRanges gives the low ends of ranges the magnitude of the high ones, and takes them out of text.
func scoreRanges(text string, out map[float64]bool) string {
	runes := []rune(text)
	var rest strings.Builder
	for i := 0; i < len(runes); {
		tail := string(runes[i:])
		if m := scoreRange.FindStringSubmatchIndex(tail); m != nil {
			word := strings.ToLower(tail[m[6]:m[7]])
			if mag, ok := scoreWords[word]; ok && !isWordRune(runeAt([]rune(tail[m[7]:]), 0)) {
				out[scoreFloat(tail[m[2]:m[3]], "")*mag] = true
				rest.WriteByte(' ')
				i += len([]rune(tail[:m[4]]))
				continue
			}
		}
		rest.WriteRune(runes[i])
		i++
	}
	return rest.String()
}

// scoreNumber matches NUM at s[i:]; an end of i is no match.
func scoreNumber(s []rune, i int) (value float64, end int) {
	if before := runeAt(s, i-1); i > 0 && (isWordRune(before) || before == '.') || !unicode.Is(unicode.Nd, s[i]) {
		return 0, i
	}
	end = i + digitsAt(s, i)
	if grouped := scoreGroups(s, i, end); grouped > end {
		end = grouped
	}
	whole, frac := string(s[i:end]), ""
	if r := runeAt(s, end); r == '.' || r == ',' {
		if n := digitsAt(s, end+1); n == 1 || n == 2 {
			frac = string(s[end+1 : end+1+n])
			end += 1 + n
		}
	}
	value = scoreFloat(whole, frac)
	if mag, n := scoreMagnitude(s, end); n > 0 {
		return scoreRound(value * mag), end + n
	}
	return scoreRound(value), end
}

// scoreRound is round(f, 6).
func scoreRound(f float64) float64 {
	if math.Abs(f) < 1e9 {
		return math.Round(f*1e6) / 1e6
	}
	return f
}

func digitsAt(s []rune, i int) int {
	n := 0
	for i+n < len(s) && unicode.Is(unicode.Nd, s[i+n]) {
		n++
	}
	return n
}

// scoreGroups returns the end of the groups of three behind one to three digits.
func scoreGroups(s []rune, i, end int) int {
	if end-i > 3 || !strings.ContainsRune(",.\u00a0\u202f\u2009 '\u2019\u066c", runeAt(s, end)) {
		return end
	}
	for sep := runeAt(s, end); runeAt(s, end) == sep && digitsAt(s, end+1) == 3; {
		end += 4
	}
	return end
}

func scoreMagnitude(s []rune, end int) (float64, int) {
	space := 0
	if end < len(s) && unicode.IsSpace(s[end]) {
		space = 1
	}
	n := 0
	for end+space+n < len(s) && isWordRune(s[end+space+n]) {
		n++
	}
	word := strings.ToLower(string(s[end+space : end+space+n]))
	mag, ok := scoreWords[word]
	if !ok || space == 1 && (word == "k" || word == "m") {
		return 0, 0
	}
	return mag, space + n
}
