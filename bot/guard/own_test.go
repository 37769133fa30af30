package guard

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/bot/chat"
)

func TestOwnWords(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"One of the two sides says so; both count the first three.", "Обидві сторони, два джерела.", "Ни одна из двух сторон.",
		"Often, someone; in the decades since.", "батальйон, століття, сторона", "№ and #, — “”", "",
	} {
		if got := own1(t, text); len(got) > 0 {
			t.Errorf("%q is refused: %v", text, got)
		}
	}
	for _, text := range []string{
		"55", "٥", "५", "５", "²", "½", "Ⅳ", "①", "𝟗", "㋀", "a hundred", "Thousands", "half a million", "billions", "two dozen", "twenty",
		"fifty-five", "ten", "tens of", "сотня", "сотні", "тисяча", "тисячами", "мільйон", "мільярди", "п'ятдесят", "десятки", "двадцять",
		"півмільйона", "сто", "двумстам", "тысяч", "миллиона", "миллиардов", "полсотни", "пятнадцать", "десятеро", "тис.", "млн",
		"the hundredth", "Мільйо\u0301н", "ТИСЯЧ", "ｔｈｏｕｓａｎｄ", "multimillion", "quadrillion",
	} {
		if got := own1(t, text); !contains(got, WhyOwnNumber) {
			t.Errorf("%q goes out in words of our own: %v", text, got)
		}
	}
}

// own1 says why words of our own are refused, as a part and as a label.
func own1(t *testing.T, text string) []string {
	t.Helper()
	r := answer(t)
	r.Blocks[9].Parts = []chat.Part{own(text)}
	asPart := whys(t, r)
	r = answer(t)
	r.Blocks[3].Label = text
	if asLabel := whys(t, r); len(asLabel) != len(asPart) {
		t.Errorf("%q: %v as a part, %v as a label", text, asPart, asLabel)
	}
	return asPart
}

func contains(whys []string, why string) bool {
	for _, w := range whys {
		if strings.HasPrefix(w, why+": ") {
			return true
		}
	}
	return false
}
