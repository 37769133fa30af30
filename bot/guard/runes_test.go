package guard

import (
	"math"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestDigitValue holds the digits of every script against the order in which Unicode lays them out.
func TestDigitValue(t *testing.T) {
	t.Parallel()
	next := 0
	for ch := rune(0); ch <= utf8.MaxRune; ch++ {
		value, zero, ok := digitValue(ch)
		if ok != unicode.Is(unicode.Nd, ch) {
			t.Fatalf("digitValue(%U): ok is %v", ch, ok)
		}
		if !ok {
			continue
		}
		if value != next || zero != ch-rune(value) {
			t.Fatalf("digitValue(%U) = %d of %U, want %d", ch, value, zero, next)
		}
		next = (next + 1) % 10
	}
}

func TestFromFloat(t *testing.T) {
	t.Parallel()
	for f, want := range map[float64]number{
		0: {}, 55000: {55, 3}, 2514: {2514, 0}, 0.42: {42, -2}, 31.5: {315, -1}, -7: {7, 0}, 1e21: {1, 21}, 2.5e20: {25, 19},
	} {
		if got, ok := fromFloat(f); !ok || got != want {
			t.Errorf("fromFloat(%v) = %v, %v, want %v", f, got, ok, want)
		}
	}
	for _, f := range []float64{math.NaN(), math.Inf(1)} {
		if got, ok := fromFloat(f); ok {
			t.Errorf("fromFloat(%v) = %v, want none", f, got)
		}
	}
}

// TestEveryNumeralIsRead holds the promise of read: no numeral of any script lies outside a token.
func TestEveryNumeralIsRead(t *testing.T) {
	t.Parallel()
	var r reader
	for ch := rune(0); ch <= utf8.MaxRune; ch++ {
		if !unicode.Is(unicode.N, ch) {
			continue
		}
		for _, text := range []string{string(ch), "a" + string(ch), "x, " + string(ch) + ".", strings.Repeat(string(ch), 3)} {
			if toks := r.read(text); len(toks) != 1 || !strings.ContainsRune(text[toks[0].start:toks[0].end], ch) {
				t.Fatalf("read(%q) = %v", text, shown(text, toks))
			}
		}
	}
}
