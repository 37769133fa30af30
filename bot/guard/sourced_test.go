package guard

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

func TestSourcedWords(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		id       string
		pass     []string
		violates []string
	}{
		"the figure, in every format": {
			"soldiers-killed",
			[]string{"55,000", "55 000", "55.000", "55’000", "55\u202f000", "55 тис.", "55k", "55 thousand", "fifty-five thousand", "п'ятдесят п'ять тисяч", "٥٥٬٠٠٠", "５５，０００", "55000.0"},
			[]string{"55,001", "55", "550,000", "55 million", "55 hundred", "5S,000", "0.055 million", "fifty-six thousand", "thousands", "55,0000", "5,5000", "half of 55k2"},
		},
		"dates by their components": {
			"soldiers-killed",
			[]string{"4 February 2026", "2026-02-04", "2026-02", "2026", "04.02.2026", "4/2/2026", "02.2026", "5 лютого 2026 року", "the 4th"},
			[]string{"6 February 2026", "2026-02-06", "2025", "2026-03", "05.03.2026", "2/4/2026", "9"},
		},
		"words of the sources": {
			"soldiers-killed",
			[]string{"France 2", "The toll after 4 years", "Of 2 parties"},
			[]string{"9000", "1234", "700,000", "article 27"}, // of its address, its archive, its aliases
		},
		"a range": {
			"killed-or-wounded",
			[]string{"100,000–140,000", "100–140 тис.", "100–140k", "1 January – 31 December 2025", "hundreds of thousands", "1/3 of them"},
			[]string{"100", "120,000", "100 to 140 thousand", "tens of thousands", "1/4 of them", "1/31"},
		},
		"number words of the claim": {
			"talks",
			[]string{"twenty-point", "20 points", "fifty-five thousand", "55,000", "one of two"},
			[]string{"twenty-one", "thirty", "five thousand", "a dozen"},
		},
		"another claim's number": {"talks", nil, []string{"140,000", "2026"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, text := range tt.pass {
				if got := sourced1(t, tt.id, text); len(got) > 0 {
					t.Errorf("%q is refused: %v", text, got)
				}
			}
			for _, text := range tt.violates {
				if got := sourced1(t, tt.id, text); !contains(got, WhyNotInClaim) {
					t.Errorf("%q goes out as sourced: %v", text, got)
				}
			}
		})
	}
}

// TestLetterByLetter holds what may be said of texts whose numbers can't be read for sure.
func TestLetterByLetter(t *testing.T) {
	t.Parallel()
	said := knowledge.Attribution{SaidOn: knowledge.Date{Year: 2025, Month: 11, Day: 30}}
	for name, tt := range map[string]struct {
		text           string
		pass, violates []string
	}{
		"an address in the text":  {"see http://x.example/77,000 or https://x.example/1/3", []string{"see", "30"}, []string{"77,000", "1/3"}},
		"words that go before":    {"two and a half million people", []string{"two and a half million", "Two and a half million people"}, []string{"half a million", "one million"}},
		"a range cut short":       {"50–70,000 of them", []string{"50–70,000", "70,000"}, []string{"50", "50,000"}},
		"a part of a number":      {"15S,000 and 41.2.3", []string{"15S,000", "41.2.3"}, []string{"5S,000", "15S", "1.2.3", "41.2"}},
		"a number cut short":      {"55000/55 000", []string{"55000/55 000"}, []string{"55000/55"}},
		"a part of a word":        {"hundreds", []string{"Hundreds", "HUNDREDS"}, []string{"hundred"}},
		"a month is no number":    {"", []string{"2025-11", "30.11.2025", "30 листопада 2025"}, []string{"11", "11 people"}},
		"a magnitude in our word": {"55 тис", []string{"55 тис", "55,000"}, []string{"55 тисk"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			claim := knowledge.Claim{ID: "c", Text: tt.text, Attribution: said}
			for _, text := range tt.pass {
				if got := whys(t, saying(claim, sourced("c", text))); len(got) > 0 {
					t.Errorf("%q is refused: %v", text, got)
				}
			}
			for _, text := range tt.violates {
				if got := whys(t, saying(claim, sourced("c", text))); !contains(got, WhyNotInClaim) {
					t.Errorf("%q goes out as sourced: %v", text, got)
				}
			}
		})
	}
	glued := saying(knowledge.Claim{ID: "c", Text: "55 тис"}, sourced("c", "55 тис"), own("k"))
	if got := whys(t, glued); len(got) == 0 {
		t.Error("a letter of ours that changes a number goes out")
	}
}

func sourced1(t *testing.T, id, text string) []string {
	t.Helper()
	r := answer(t)
	r.Blocks = append(r.Blocks, block(chat.RoleNote, "", own("It says: "), sourced(id, text), own(".")))
	return whys(t, r)
}

func TestAcrossParts(t *testing.T) {
	t.Parallel()
	const k, w = "soldiers-killed", "killed-or-wounded"
	check(t, answered, map[string]change{
		"one claim, cut in two":    {addPart(9, sourced(k, " 55"), sourced(k, ",000")), nil},
		"wrong when put together":  {addPart(9, sourced(k, " 2"), sourced(k, ",026")), nil},
		"no number of the claim":   {addPart(9, sourced(k, " 4"), sourced(k, ",004")), []string{WhyNotInClaim + ": 4,004"}},
		"two claims":               {addPart(9, sourced(k, " 4,"), sourced(w, " 100,000")), nil},
		"two claims, one number":   {addPart(9, sourced(k, " 2"), own(" "), sourced(w, "100")), []string{WhyAcrossParts + ": 2 100"}},
		"our letter behind":        {addPart(9, sourced(k, " 55,000"), own("k")), []string{WhyAcrossParts + ": 55,000k"}},
		"our word behind":          {addPart(9, sourced(k, " 4"), own(" million")), []string{WhyAcrossParts + ": 4 million"}},
		"our small word in front":  {addPart(9, own(" two "), sourced(w, "hundreds of thousands")), []string{WhyAcrossParts + ": two hundreds"}},
		"furniture and a number":   {addPart(9, furniture(" 3"), own(" "), sourced(w, "100")), []string{WhyAcrossParts + ": 3 100"}},
		"furniture and furniture":  {addPart(9, furniture(" 2"), own(","), furniture("514")), []string{WhyAcrossParts + ": 2,514"}},
		"furniture, then a date":   {addPart(9, furniture(" 2"), own(", "), furniture("2026-01-01")), nil},
		"numbers side by side":     {addPart(9, sourced(k, " 55,000"), own(" "), sourced(k, "2026")), nil},
		"a sentence of the claim":  {addPart(9, sourced("talks", talks(t).Text)), nil},
		"glued to our word":        {addPart(9, own("x"), sourced(k, "55,000")), []string{WhyAcrossParts + ": x55,000"}},
		"a magnitude of the claim": {addPart(9, sourced(w, " 140"), own(" "), sourced(w, "тис.")), nil},
	})
}
