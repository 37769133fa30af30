package lexicon

import "testing"

func BenchmarkLoad(b *testing.B) {
	for range b.N {
		if _, err := Load(language, domain); err != nil {
			b.Fatal(err)
		}
	}
}
