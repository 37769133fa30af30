package main

import (
	"os"
	"slices"
	"testing"

	"github.com/whosays/whosays/adapters/discord/discordbench"
	"github.com/whosays/whosays/adapters/loadbench"
	"github.com/whosays/whosays/adapters/slack/slackbench"
)

// TestEveryQuestionIsAnsweredOnce: under load, on each platform, over each of its transports; how fast is no matter of tests. The program
// is this one, which [TestMain] makes what it is called.
func TestEveryQuestionIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		on    loadbench.Platform
		args  []string
		acked int // of 40
	}{
		{discordbench.Platform(), []string{"-rate", "20", "-for", "2s", "-tenants", "10"}, 38},
		{slackbench.Platform(), []string{"-rate", "80", "-for", "500ms", "-tenants", "4"}, 40},
	} {
		t.Run(tc.on.Name, func(t *testing.T) {
			t.Parallel()
			got, err := loadbench.Measure(t.Context(), tc.on, program, slices.Concat(tc.args, []string{"-bots", loadbench.Whosays})...)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 2 {
				t.Fatalf("%d rows: %+v", len(got), got)
			}
			for _, r := range got {
				if r.Questions != 40 || r.Reply.N != 40 || r.Ack.N != tc.acked || r.Unanswered+r.Twice+r.Turned+len(r.Refused) != 0 || r.MemoryMB <= 0 {
					t.Errorf("%+v", r)
				}
			}
		})
	}
}
