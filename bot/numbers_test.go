package bot

import (
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
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
			for _, w := range strings.Fields(words) {
				out[w] = value
			}
		}
		return out
	}()
	links    = regexp.MustCompile(`https?://[^\s\x{a0}"]+`)
	marks    = regexp.MustCompile(`(?m)^\s*\d{1,2}[.)]\s`)
	dates    = regexp.MustCompile(`\b\d{4}-\d\d(?:-\d\d)?\b|\b\d\d?[./]\d\d?[./]\d{4}\b`)
	spans    = regexp.MustCompile(`(\d{1,3})\s?[-–—]\s?(\d{1,3}[\s\x{a0}]?(\p{L}+))`)
	noDigits = regexp.MustCompile(`\D+`)
	scales   = regexp.MustCompile(`(?i)hundred|thousand|million|billion|dozen|сотн|тысяч|тисяч|миллион|мільйон|миллиард|мільярд|десятк`)
)

// separators stand between groups of three digits.
const separators = ",.\u00a0\u202f\u2009 '\u2019\u066c"

// values returns each number of a text by its value: 55,000 = 55 000 = 55 тис. = 55k.
func values(text string) map[float64]bool {
	out := map[float64]bool{}
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

// loose lists the numbers and the words of magnitude in a text that stand neither in what was asked nor in what
// the reply shows.
func loose(r chat.Reply, text, asked string) []string {
	allowed, said := values(asked), []string{asked}
	for _, s := range slices.Concat(r.FurnitureText(), shownText(r)) {
		said = append(said, s)
		for n := range values(s) {
			allowed[n] = true
		}
	}
	var out []string
	all := strings.ToLower(strings.Join(said, " "))
	for _, at := range scales.FindAllStringIndex(text, -1) {
		before := []rune(text[:at[0]])
		word := strings.ToLower(text[at[0]:at[1]])
		if last := len(before) - 1; !wordly(rune0(before, last)) && !strings.ContainsRune(".,", rune0(before, last)) &&
			!(unicode.IsSpace(rune0(before, last)) && unicode.IsDigit(rune0(before, last-1))) && !strings.Contains(all, word) {
			out = append(out, word)
		}
	}
	for n := range values(text) {
		if !allowed[n] {
			out = append(out, strconv.FormatFloat(n, 'f', -1, 64))
		}
	}
	slices.Sort(out)
	return out
}

func rune0(s []rune, i int) rune { return at(s, i) }

// shownText returns every text and number of the claims that a reply shows, as the reply's language has them;
// ids, links and other ways to ask say nothing.
func shownText(r chat.Reply) []string {
	var out []string
	for _, c := range shownClaims(r) {
		c.Text, _ = c.In(r.Lang)
		c.ID, c.Tenant, c.Topic, c.Series, c.Translations, c.Aliases, c.Disputes, c.Supersedes = "", "", "", "", nil, nil, nil, nil
		data, err := json.Marshal(c)
		if err != nil {
			panic(err)
		}
		var doc any
		if err := json.Unmarshal(data, &doc); err != nil {
			panic(err)
		}
		out = append(out, leaves(doc)...)
	}
	return out
}

func shownClaims(r chat.Reply) []knowledge.Claim {
	var out []knowledge.Claim
	for _, s := range r.Shown {
		out = append(out, s.Claim)
	}
	for _, f := range r.Findings {
		if f.Claim != nil {
			out = append(out, *f.Claim)
		}
	}
	return out
}

func leaves(doc any) []string {
	var out []string
	switch doc := doc.(type) {
	case map[string]any:
		for key, x := range doc {
			if !slices.Contains([]string{"url", "archive_url", "revision", "at", "reviewed_on"}, key) {
				out = append(out, leaves(x)...)
			}
		}
	case []any:
		for _, x := range doc {
			out = append(out, leaves(x)...)
		}
	case string:
		out = append(out, doc)
	case float64:
		out = append(out, strconv.FormatFloat(doc, 'f', -1, 64))
	}
	return out
}
