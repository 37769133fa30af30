package discordbench

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/loadbench"
)

// TestMain lets the floor be started from this program too.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == floorCommand {
		if err := Main(context.Background(), os.Args[1:], os.Stdout); err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

// Every question is answered once by the floor, over either transport, as by whosays, whose own tests are the ones that ask it.
func TestEveryQuestionIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	got, err := loadbench.Measure(t.Context(), Platform(), "", "-rate", "20", "-for", "2s", "-tenants", "10", "-bots", floor)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 {
		t.Fatalf("%d rows: %+v", len(got), got)
	}
	for _, r := range got {
		if r.Questions != 40 || r.Reply.N != 40 || r.Unanswered+r.Twice+r.Turned != 0 || r.Ack.N != 38 || r.MemoryMB <= 0 {
			t.Errorf("%+v", r)
		}
	}
}

// TestFewMention: Discord counts the answers to mentions as posts.
func TestFewMention(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ rate, mentions int }{
		"one of twenty":  {100, 5},
		"25 a second":    {1000, 3}, // of 100
		"a slow channel": {1, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := newDiscord(t.Context(), 3)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(d.Close)
			p := newPeople(d, loadbench.Texts{Questions: []string{"how many?"}, Statements: []string{"many"}}, test.rate)
			mentions := 0
			for i := range 100 {
				q := &loadbench.Question{Due: time.Now()}
				if p.Ask(i, q); !q.NeedsAck {
					mentions++
				}
				if q.Replies() != 0 {
					t.Errorf("question %d has an answer", i)
				}
			}
			if mentions != test.mentions {
				t.Errorf("%d mentions", mentions)
			}
		})
	}
}
