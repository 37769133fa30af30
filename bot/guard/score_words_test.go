package guard

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"pgregory.net/rapid"
)

// scoreVagueIn is WORDS.findall: the stems of number words that stand behind no digit.
func scoreVagueIn(text string) []string {
	text = scoreFold(text)
	out := []string{}
	for _, loc := range scoreVague.FindAllStringIndex(text, -1) {
		before := []rune(text[:loc[0]])
		last, beforeLast := runeAt(before, len(before)-1), runeAt(before, len(before)-2)
		if isWordRune(last) || last == '.' || last == ',' || unicode.IsSpace(last) && unicode.Is(unicode.Nd, beforeLast) {
			continue
		}
		out = append(out, strings.ToLower(text[loc[0]:loc[1]]))
	}
	return out
}

// scoreStrings is strings(x): every text and number of a claim as the program prints it, but for ids, links,
// revisions and tenants, and those texts that the program doesn't print or that are no words of the claim.
func scoreStrings(x any) []string {
	switch x := x.(type) {
	case map[string]any:
		out := []string{}
		for k, v := range x {
			switch k {
			case "id", "url", "archive_url", "score", "revision", "tenant", "aliases", "at", "reviewed_on":
			default:
				out = append(out, scoreStrings(v)...)
			}
		}
		return out
	case []any:
		out := []string{}
		for _, v := range x {
			out = append(out, scoreStrings(v)...)
		}
		return out
	case string:
		return []string{x}
	case float64:
		return []string{strconv.FormatFloat(x, 'f', -1, 64)}
	}
	return nil
}

func claimStrings(t rapid.TB, c knowledge.Claim) []string {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var x any
	if err := json.Unmarshal(data, &x); err != nil {
		t.Fatal(err)
	}
	return scoreStrings(x)
}

// plainText is a reply as the terminal prints it without colours: one line for each block.
func plainText(r chat.Reply) string {
	var b strings.Builder
	for _, block := range r.Blocks {
		if block.Label != "" {
			b.WriteString(block.Label + ": ")
		}
		b.WriteString(block.Text() + "\n")
	}
	return b.String()
}

// unsourced is unsourced_numbers(reply, asked): the numbers of the reply's text that stand in no claim shown,
// nor in the furniture, nor in what was asked.
func unsourced(t rapid.TB, r chat.Reply, asked string) []string {
	t.Helper()
	shown := append([]string{asked}, r.FurnitureText()...)
	for _, s := range r.Shown {
		shown = append(shown, claimStrings(t, s.Claim)...)
	}
	for _, f := range r.Findings {
		if f.Claim != nil {
			shown = append(shown, claimStrings(t, *f.Claim)...)
		}
	}
	allowed := map[float64]bool{}
	for _, s := range shown {
		for v := range scoreValues(s, true) {
			allowed[v] = true
		}
	}
	said, out := strings.ToLower(scoreFold(strings.Join(shown, " "))), []string{}
	for _, word := range scoreVagueIn(plainText(r)) {
		if !strings.Contains(said, word) {
			out = append(out, word)
		}
	}
	for v := range scoreValues(plainText(r), false) {
		if !allowed[v] {
			out = append(out, strconv.FormatFloat(v, 'f', -1, 64))
		}
	}
	return out
}
