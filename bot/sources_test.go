package bot

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// scales are stems of words of magnitude that can stand without a number: "thousands".
var scales = []string{"hundred", "thousand", "million", "billion", "dozen", "сотн", "тысяч", "тисяч", "миллион", "мільйон", "миллиард", "мільярд", "десятк"}

// loose lists the numbers and the words of magnitude in a text that stand neither in what was asked nor in what
// the reply shows.
func loose(r chat.Reply, text, asked string) []string {
	found, words := values(text), vague(text)
	if len(found)+len(words) == 0 {
		return nil
	}
	allowed, said := maps.Clone(values(asked)), []string{asked}
	for _, s := range slices.Concat(r.FurnitureText(), shownText(r)) {
		said = append(said, s)
		maps.Copy(allowed, values(s))
	}
	all := strings.ToLower(strings.Join(said, " "))
	out := slices.DeleteFunc(words, func(w string) bool { return strings.Contains(all, w) })
	for n := range found {
		if !allowed[n] {
			out = append(out, strconv.FormatFloat(n, 'f', -1, 64))
		}
	}
	slices.Sort(out)
	return out
}

// vague lists the words of magnitude that follow no number.
func vague(text string) []string {
	var out []string
	text = strings.ToLower(text)
	for _, stem := range scales {
		for from := 0; ; from += len(stem) {
			i := strings.Index(text[from:], stem)
			if i < 0 {
				break
			}
			from += i
			before := []rune(text[:from])
			last, behind := at(before, len(before)-1), at(before, len(before)-2)
			scaled := strings.ContainsRune(".,", last) || unicode.IsSpace(last) && unicode.IsDigit(behind)
			if !wordly(last) && !scaled {
				out = append(out, stem)
			}
		}
	}
	return out
}

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

func TestLoose(t *testing.T) {
	t.Parallel()
	r := chat.Reply{Lang: "en", Shown: []chat.Shown{{Claim: knowledge.Claim{
		ID: "of-9000", Text: "About 55,000 fell.", Figure: knowledge.Figure{Best: new(55000.0)},
		Translations: map[string]string{"uk": "70 тисяч"}, Aliases: []string{"80,000 fell"},
		Sources: []knowledge.Source{{URL: "https://example.org/60000", Title: "Day 1,374"}},
	}}}}
	for _, tc := range []struct {
		name, text, asked string
		want              []string
	}{
		{"sourced", "55k, says “Day 1,374”; the link is https://example.org/60000", "", nil},
		{"asked", "You wrote: 12 dozen", "12 dozen?", nil},
		{"invented", "55,000 and 145,000", "", []string{"145000"}},
		{"ids, links, aliases and translations say nothing", "9000, 60000, 70000, 80000", "", []string{"60000", "70000", "80000", "9000"}},
		{"magnitudes", "thousands", "", []string{"thousand"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, loose(r, tc.text, tc.asked)); diff != "" {
				t.Errorf("loose(%q) (-want +got):\n%s", tc.text, diff)
			}
		})
	}
}
