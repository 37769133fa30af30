package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// dialogues are the project's own labelled questions.
const dialogues = "../../../bot/testdata/dialogues/questions.jsonl"

// questions returns the text of each dialogue.
func questions(b *testing.B) []string {
	b.Helper()
	file, err := os.Open(dialogues)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var out []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var row struct {
			Question string `json:"q"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			b.Fatal(err)
		}
		out = append(out, row.Question)
	}
	return out
}

// claims returns the starter base.
func claims(b *testing.B) (*lexicon.Lexicon, []knowledge.Claim) {
	b.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		b.Fatal(err)
	}
	all, err := starter.Claims()
	if err != nil {
		b.Fatal(err)
	}
	return lex, all
}

// quantiles runs do for one question after the other and reports the median and the 99th percentile.
func quantiles(b *testing.B, texts []string, do func(text string) error) {
	b.Helper()
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if err := do(texts[i%len(texts)]); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	micro := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Nanoseconds()) / 1000
	}
	b.ReportMetric(micro(.50), "p50-µs")
	b.ReportMetric(micro(.99), "p99-µs")
}

// BenchmarkAnswer is a question from its text to the reply that the guard has passed, on the starter base.
func BenchmarkAnswer(b *testing.B) {
	lex, all := claims(b)
	store, err := knowledge.NewMemory(all)
	if err != nil {
		b.Fatal(err)
	}
	base, err := knowledge.NewBase(b.Context(), lex, store)
	if err != nil {
		b.Fatal(err)
	}
	whosays, err := bot.New(base, lex)
	if err != nil {
		b.Fatal(err)
	}
	now := time.Now()
	quantiles(b, questions(b), func(text string) error {
		_, err := whosays.Handle(b.Context(), chat.Request{Command: chat.CommandAsk, Text: text, Now: now})
		return err
	})
}

// BenchmarkPeerBleve is a peer's search alone, for the same questions in the same claims: it lists claims, and
// neither understands nor answers.
func BenchmarkPeerBleve(b *testing.B) {
	_, all := claims(b)
	index, err := bleve.NewMemOnly(bleve.NewIndexMapping())
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range all {
		document := struct {
			Text    string
			Others  []string
			Aliases []string
		}{c.Text, []string{c.Translations["uk"], c.Translations["ru"]}, c.Aliases}
		if err := index.Index(c.ID, document); err != nil {
			b.Fatal(err)
		}
	}
	quantiles(b, questions(b), func(text string) error {
		found, err := index.Search(bleve.NewSearchRequest(bleve.NewMatchQuery(text)))
		if err == nil && found == nil {
			err = fmt.Errorf("no result for %q", text)
		}
		return err
	})
}
