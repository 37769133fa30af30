package bot

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// A reader of numbers by the rules of eval/score.py, and by no code of bot/guard: what it finds in a reply, and in
// no claim that the reply shows, is a number without a source.

var (
	magnitudes = func() map[string]float64 {
		out := map[string]float64{}
		for value, words := range map[float64]string{
			1e3: "k thousand тыс тысяч тысячи тысяча тис тисяч тисячі тисяча",
			1e6: "m mn mln million millions млн миллион миллиона миллионов мільйон мільйона мільйонів",
			1e9: "bn billion млрд миллиард мільярд миллиардов мільярдів",
		} {
			for w := range strings.FieldsSeq(words) {
				out[w] = value
			}
		}
		return out
	}()
	links    = regexp.MustCompile(`https?://[^\s\x{a0}"]+`)
	marks    = regexp.MustCompile(`(?m)^[\s\x{a0}]*\d{1,2}[.)][\s\x{a0}]`)
	dates    = regexp.MustCompile(`\b\d{4}-\d\d(?:-\d\d)?\b|\b\d\d?[./]\d\d?[./]\d{4}\b`)
	spans    = regexp.MustCompile(`(\d{1,3})\s?[-–—]\s?(\d{1,3}[\s\x{a0}]?([\p{L}\p{N}_]+))`)
	noDigits = regexp.MustCompile(`\D+`)
)

// separators stand between groups of three digits.
const separators = ",.\u00a0\u202f\u2009 '\u2019\u066c"

// readings are the values of texts that were read: replies say the same sentences again and again.
var readings sync.Map // of string to map[float64]bool

// values returns each number of a text by its value: 55,000 = 55 000 = 55 тис. = 55k. The map isn't to be changed.
func values(text string) map[float64]bool {
	known, ok := readings.Load(text)
	if !ok {
		known, _ = readings.LoadOrStore(text, valued(text))
	}
	return known.(map[float64]bool)
}

func valued(text string) map[float64]bool {
	out := map[float64]bool{}
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return out
	}
	text = marks.ReplaceAllString(links.ReplaceAllString(text, " "), " ")
	text = dates.ReplaceAllStringFunc(text, func(date string) string {
		for _, part := range noDigits.Split(date, -1) {
			out[value(part, "")] = true
		}
		return " "
	})
	text = spans.ReplaceAllStringFunc(text, func(span string) string { // its low end shares the magnitude of its high one
		m := spans.FindStringSubmatch(span)
		scale, ok := magnitudes[strings.ToLower(m[3])]
		if !ok {
			return span
		}
		out[value(m[1], "")*scale] = true
		return " " + m[2]
	})
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		if before := at(runes, i-1); unicode.IsDigit(runes[i]) && !wordly(before) && before != '.' {
			n, end := number(runes, i)
			out[n] = true
			i = end - 1
		}
	}
	return out
}

// number reads the number that begins at i: digits, or groups of three, a fraction, a word of magnitude.
func number(s []rune, i int) (n float64, end int) {
	end = i + run(s, i, unicode.IsDigit)
	if sep := at(s, end); end-i <= 3 && strings.ContainsRune(separators, sep) {
		for next := end; at(s, next) == sep && run(s, next+1, unicode.IsDigit) >= 3; {
			if next += 4; !unicode.IsDigit(at(s, next)) {
				end = next
			}
		}
	}
	whole, fraction := string(s[i:end]), ""
	if long := run(s, end+1, unicode.IsDigit); strings.ContainsRune(".,", at(s, end)) && (long == 1 || long == 2) {
		fraction = string(s[end+1 : end+1+long])
		end += 1 + long
	}
	n = value(whole, fraction)
	start := end
	if unicode.IsSpace(at(s, end)) {
		start++
	}
	long := run(s, start, wordly)
	if word := strings.ToLower(string(s[min(start, len(s)):min(start+long, len(s))])); start == end || len(word) > 1 {
		if scale, ok := magnitudes[word]; ok {
			return math.Round(n*scale*1e6) / 1e6, start + long
		}
	}
	return math.Round(n*1e6) / 1e6, end
}

func wordly(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

func at(s []rune, i int) rune {
	if i < 0 || i >= len(s) {
		return '\n'
	}
	return s[i]
}

// run counts the runes from i on that are of a kind.
func run(s []rune, i int, kind func(rune) bool) int {
	n := 0
	for i+n < len(s) && kind(s[i+n]) {
		n++
	}
	return n
}

func value(whole, fraction string) float64 {
	n, _ := strconv.ParseFloat(noDigits.ReplaceAllString(lexicon.Clean(whole), "")+"."+lexicon.Clean(fraction)+"0", 64)
	return n
}

func TestValues(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, text string
		want       []float64
	}{
		{"digits and letters", "the 5S,000th", []float64{0, 5}},
		{"grouped", "55,000, 55 000, 55.000 and 55'000", []float64{55000}},
		{"no-break spaces", "2\u00a0514 and 12\u202f142", []float64{2514, 12142}},
		{"magnitudes", "55k, 55 тис. and 0.42 million", []float64{55000, 420000}},
		{"a range", "100–140 thousand", []float64{100000, 140000}},
		{"dates", "2026-02-04 and 4.2.2025", []float64{2, 4, 2025, 2026}},
		{"no group", "1,234,5678", []float64{1234, 5678}},
		{"a fraction", "31.5 %, 2,5 тыс.", []float64{31.5, 2500}},
		{"links and list marks", "1. https://example.org/55000", nil},
		{"other scripts", "٥٥٬٠٠٠", []float64{55000}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := slices.Sorted(maps.Keys(values(tc.text)))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("values(%q) (-want +got):\n%s", tc.text, diff)
			}
		})
	}
}
