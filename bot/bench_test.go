package bot

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/chat"
)

// BenchmarkAsk and BenchmarkCheck answer the dialogues in turn. p50-µs and p99-µs are of single replies.
func BenchmarkAsk(b *testing.B) { replies(b, chat.CommandAsk) }

// BenchmarkCheck judges the statements of the dialogues.
func BenchmarkCheck(b *testing.B) { replies(b, chat.CommandCheck) }

// BenchmarkMethod answers the longest of the buttons, of each claim of the starter base in turn.
func BenchmarkMethod(b *testing.B) {
	bot := wholeBot(b)
	claims, err := bot.base.List(context.Background(), "")
	if err != nil {
		b.Fatal(err)
	}
	var reqs []chat.Request
	for _, c := range claims {
		reqs = append(reqs, chat.Request{Command: chat.CommandMethod, Claims: []string{c.ID}, Lang: "en", Now: today})
	}
	timed(b, bot, reqs)
}

func replies(b *testing.B, command chat.Command) {
	bot := seedBot(b)
	var reqs []chat.Request
	for _, d := range dialogues(b, "testdata/dialogues") {
		if req := d.request(); req.Command == command {
			reqs = append(reqs, req)
		}
	}
	timed(b, bot, reqs)
}

// timed answers requests in turn.
func timed(b *testing.B, bot *Bot, reqs []chat.Request) {
	ctx := context.Background()
	for _, req := range reqs { // claims are read on first sight
		if _, err := bot.Handle(ctx, req); err != nil {
			b.Fatal(err)
		}
	}
	var took []time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := bot.Handle(ctx, reqs[i%len(reqs)]); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	for name, share := range map[string]float64{"p50-µs": 0.5, "p99-µs": 0.99} {
		at := min(int(share*float64(len(took))), len(took)-1)
		b.ReportMetric(float64(took[at].Nanoseconds())/1e3, name)
	}
}
