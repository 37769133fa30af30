package guard

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"pgregory.net/rapid"
)

// fragments are what texts are put together from, to come upon the corners of both readers.
var fragments = []string{
	"55", "000", "142", "2", "5", "2025", "12", "31", "0", "00", "420", ",", ".", "-", "–", "—", " ", " ", " ", " ",
	"  ", "\n", "\u00a0", "\u202f", "\u2009", "'", "’", "k", "m", "K", "S", "x", "тис", "тис.", "тыс", "thousand",
	"thousands", "million", "мільйонів", "тысячами", "hundred", "dozen", "десятки", "сотні", " and ", " to ",
	" killed ", " у ", "/", ":", "_", "٥", "٬", "٫", "５", "，", "½", "²", "http://x/5", "\"", "ʼ", "1.", "2)", "th",
	"é", "55,000", "2025-12-31", "31.12.2025", "100–140 тис.", "0.420", "soldiers", "%",
}

func fragmented(most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments), 0, most).Draw(t, "fragments"), "")
	})
}

// spelledOut reports whether the guard gives a value to number words of text. There it knows more than
// score.py, which asks for the very word: "fifty-five thousand" may say a claim's 55,000.
func spelledOut(text string) bool {
	var r reader
	for _, tok := range r.read(text) {
		if c, _ := classAt(text, tok.start); tok.kind == exact && tok.scaled && c == letter {
			return true
		}
	}
	return false
}

// saying is a reply whose first block says parts of one claim.
func saying(claim knowledge.Claim, parts ...chat.Part) chat.Reply {
	return chat.Reply{
		Outcome: chat.Answered, Shown: []chat.Shown{{Claim: claim}},
		Blocks: []chat.Block{
			block(chat.RoleLead, claim.ID, parts...),
			block(chat.RoleSource, claim.ID, sourced(claim.ID, "source")),
		},
	}
}

// cut divides text into parts of one claim.
func cut(t *rapid.T, text, id string) []chat.Part {
	parts := []chat.Part{}
	for text != "" {
		n := rapid.IntRange(1, len(text)).Draw(t, "cut")
		for n < len(text) && !utf8.RuneStart(text[n]) {
			n++
		}
		parts = append(parts, sourced(id, text[:n]))
		if rapid.IntRange(0, 5).Draw(t, "kind") == 0 {
			parts[len(parts)-1].Kind = chat.Own
		}
		text = text[n:]
	}
	return parts
}

// TestGuardIsAsStrictAsTheScore says anything about a claim, true or not: what the guard lets through has no
// number without a source by the definition of eval/score.py.
func TestGuardIsAsStrictAsTheScore(t *testing.T) {
	t.Parallel()
	passed := 0
	rapid.Check(t, func(t *rapid.T) {
		words := fragmented(12).Draw(t, "claim")
		claim := knowledge.Claim{ID: "c", Text: words, Translations: map[string]string{"uk": fragmented(6).Draw(t, "uk")}}
		if rapid.Bool().Draw(t, "figure") {
			claim.Figure.Best = new(float64(rapid.SampledFrom([]int{55, 55000, 142, 2514, 100000}).Draw(t, "best")))
		}
		said := words
		switch rapid.IntRange(0, 3).Draw(t, "way") {
		case 0:
			said = fragmented(6).Draw(t, "said")
		case 1:
			runes := []rune(words)
			from := rapid.IntRange(0, len(runes)).Draw(t, "from")
			said = string(runes[from:rapid.IntRange(from, len(runes)).Draw(t, "to")])
		case 2:
			said = fragmented(2).Draw(t, "before") + words + fragmented(2).Draw(t, "after")
		}
		if spelledOut(words) || spelledOut(claim.Translations["uk"]) || spelledOut(said) {
			return
		}
		r := saying(claim, cut(t, said, claim.ID)...)
		if Check(r) != nil {
			return
		}
		passed++
		if loose := unsourced(t, r, ""); len(loose) > 0 {
			t.Fatalf("the guard lets %q through, score.py finds %v", r.Blocks[0].Text(), loose)
		}
	})
	if passed == 0 {
		t.Error("no reply passed the guard: the test shows nothing")
	}
}
