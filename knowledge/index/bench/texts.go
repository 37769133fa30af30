package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"unicode/utf8"
)

// dialogues are the project's own labelled questions.
const dialogues = "../../../bot/testdata/dialogues/questions.jsonl"

// recorded returns the questions of the project's dialogues.
func recorded() ([]string, error) {
	file, err := os.Open(dialogues)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	var out []string
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var row struct {
			Question string `json:"q"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("%s: %w", dialogues, err)
		}
		out = append(out, row.Question)
	}
	return out, lines.Err()
}

// questions returns n questions: a third of them the project's dialogues while they last, the others about claims
// of the base in three languages.
func (g *generator) questions(n, base int) ([]string, error) {
	texts, err := recorded()
	if err != nil {
		return nil, err
	}
	r := rand.New(rand.NewPCG(11, 1))
	r.Shuffle(len(texts), func(i, k int) { texts[i], texts[k] = texts[k], texts[i] })
	out := make([]string, 0, n)
	for i := range n {
		if i%3 == 0 && i/3 < len(texts) {
			out = append(out, texts[i/3])
			continue
		}
		out = append(out, g.question(r, r.IntN(base)))
	}
	return out, nil
}

// question asks about what claim i counts, more or less closely.
func (g *generator) question(r *rand.Rand, i int) string {
	_, d := g.draw(i)
	lang := even(r, []string{"en", "en", "uk", "ru"})
	many := map[string]string{"en": "How many", "uk": "Скільки", "ru": "Сколько"}[lang]
	in := map[string]string{"en": "in", "uk": "у", "ru": "в"}[lang]
	by := map[string]string{"en": "according to", "uk": "за даними", "ru": "по данным"}[lang]
	s := fmt.Sprintf("%s %s %s %s", many, d.group.In(lang), d.party.In(lang), d.metric.In(lang))
	if d.place != nil && r.IntN(2) == 0 {
		s += " " + in + " " + d.place.In(lang)
	}
	if y := d.period.To.Year; y > 0 && r.IntN(2) == 0 {
		s += fmt.Sprintf(" %s %d", in, y)
	}
	if d.speaker != nil && r.IntN(3) == 0 {
		s += " " + by + " " + d.speaker.In(lang)
	}
	return s + "?"
}

// messageLength is how long a message of the comparison is, in letters.
const messageLength = 280

// messages returns n chat messages that repeat some claim of the base among noise.
func (g *generator) messages(n, base int) []string {
	r := rand.New(rand.NewPCG(13, 1))
	out := make([]string, n)
	for i := range out {
		out[i] = g.message(r, r.IntN(base))
	}
	return out
}

// message is 280 letters long: half of the words of a claim in their order, with handles, hashtags, a link and
// other words between and behind them.
func (g *generator) message(r *rand.Rand, i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "RT @%s%d: ", even(r, g.words), r.IntN(100))
	for w := range strings.FieldsSeq(g.claim(i).Text) {
		switch r.IntN(8) {
		case 0, 1:
			continue
		case 2:
			b.WriteString(g.word(r) + " ")
		case 3:
			b.WriteString("#")
		}
		b.WriteString(w + " ")
	}
	fmt.Fprintf(&b, "https://t.example/%x #%s%s ", r.Uint32(), even(r, g.words), strings.ToUpper(even(r, g.words)))
	for utf8.RuneCountInString(b.String()) < messageLength {
		b.WriteString(g.word(r) + " ")
	}
	return cut(b.String(), messageLength)
}

// cut returns the first n letters.
func cut(s string, n int) string {
	for utf8.RuneCountInString(s) > n {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}
