package guard

import "testing"

// BenchmarkCheck is the cost of a typical reply: a dozen blocks, three claims. The limit is 30 µs.
func BenchmarkCheck(b *testing.B) {
	r := answer(b)
	if err := Check(r); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = Check(r)
	}
}

// BenchmarkCheckCyrillic is the same on a reply of Ukrainian words, whose letters cost more to read.
func BenchmarkCheckCyrillic(b *testing.B) {
	r := answer(b)
	k := killed(b)
	r.Blocks[0].Parts[0].Text = k.Translations["uk"]
	for i := range r.Blocks {
		for j := range r.Blocks[i].Parts {
			if p := &r.Blocks[i].Parts[j]; p.Kind == "own" {
				p.Text = " за словами президента України, однієї зі сторін війни; "
			}
		}
	}
	if err := Check(r); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = Check(r)
	}
}

func BenchmarkRead(b *testing.B) {
	const text = "About 55,000 Ukrainian soldiers have been killed; загинуло приблизно 55 тис. військових, " +
		"погибло примерно пятьдесят пять тысяч солдат до 31.12.2025."
	var r reader
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r.read(text)
	}
}
