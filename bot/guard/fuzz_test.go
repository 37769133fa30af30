package guard

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// seeds are texts with what the reader has to tell apart.
func seeds() []string {
	return []string{
		"", "55,000", "100–140 тис.", "half a million", "п'ятдесят п'ять тисяч", "٥٥٬٠٠٠", "５５，０００", "5S,000", "2025-12-31", "31.12.2025",
		"½ km² Ⅳ", "1.2.3.4", "two hundred and", "а\u0301 мільйо\u0301н", "\xff5\xfe", "55\u202f000ʼ", "0.420 million", "twenty-five hundred",
		"http://x/5 \"5", "1\n000", "9999999999999999999k", "🔟💯㋀", "5 k 10–20–30 тис", "2024-25 000", "'я5", strings.Repeat("5,", 60),
	}
}

// FuzzRead holds what the reader promises of any text: it ends, its numbers lie in the text, in order and on
// the borders of characters, and every numeral lies in one.
func FuzzRead(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var r reader
		toks := r.read(text)
		covered, start := 0, 0
		for _, tok := range toks {
			if tok.start < start || tok.end <= tok.start || tok.end > len(text) {
				t.Fatalf("number %d–%d of %q", tok.start, tok.end, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[tok.start:tok.end]) {
				t.Fatalf("number %q of %q splits a character", text[tok.start:tok.end], text)
			}
			if missed := numeralIn(text[min(covered, tok.start):tok.start]); missed != 0 {
				t.Fatalf("%q: %q is read by nobody", text, missed)
			}
			covered, start = max(covered, tok.end), tok.start
		}
		if missed := numeralIn(text[covered:]); missed != 0 {
			t.Fatalf("%q: %q is read by nobody", text, missed)
		}
	})
}

func numeralIn(s string) rune {
	for _, ch := range s {
		if unicode.Is(unicode.N, ch) {
			return ch
		}
	}
	return 0
}

// FuzzCheck throws texts into every place of a reply. Nothing panics, and what passes has no numeral in our
// words and no character that cannot be seen.
func FuzzCheck(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s, s, s, s, uint8(0))
		f.Add("55,000 and "+s, s, "", "3", uint8(1))
	}
	f.Fuzz(func(t *testing.T, claimed, said, ours, count string, where uint8) {
		claim := knowledge.Claim{ID: "c", Text: claimed, Sources: []knowledge.Source{{URL: said}}}
		parts := []chat.Part{sourced("c", said), own(ours), furniture(count)}
		i := int(where) % len(parts)
		parts[0], parts[i] = parts[i], parts[0]
		r := saying(claim, parts...)
		r.Blocks[1].Label = ours
		r.Blocks = append(r.Blocks, block(chat.RoleWrote, "", wrote(claimed)), block(chat.RoleNote, "", link("c", claimed, said)))
		if _, err := Seal(r, refusal()); err != nil {
			_ = err.Error()
			return
		}
		if numeralIn(ours) != 0 {
			t.Errorf("our words %q go out", ours)
		}
		for _, text := range []string{claimed, said, ours, count} {
			if strings.ContainsAny(text, "\x1b\u202e\u200b\x00") || !utf8.ValidString(text) {
				t.Errorf("%q goes out", text)
			}
		}
	})
}

// FuzzScore says one text of a claim with another: what passes has no number without a source by the
// definition of eval/score.py.
func FuzzScore(f *testing.F) {
	for _, s := range seeds() {
		f.Add("55,000 soldiers; "+s, s)
		f.Add("twenty", s)
	}
	f.Fuzz(func(t *testing.T, claimed, said string) {
		const most = 400 // the port is slow
		if len(claimed)+len(said) > most || spelledOut(claimed) || spelledOut(said) {
			return
		}
		r := saying(knowledge.Claim{ID: "c", Text: claimed}, sourced("c", said))
		if Check(r) != nil {
			return
		}
		if loose := unsourced(t, r, ""); len(loose) > 0 {
			t.Errorf("%q goes out for %q, score.py finds %v", said, claimed, loose)
		}
	})
}
