package checkup_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/checkup"
)

// TestRun has parts that end, one that listens when its time is over, and one that never does.
func TestRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hang := make(chan struct{})
		after := func(d time.Duration, found ...checkup.Finding) func(context.Context) []checkup.Finding {
			return func(context.Context) []checkup.Finding {
				time.Sleep(d)
				return found
			}
		}
		parts := []checkup.Part{
			{Name: "slow", Within: time.Minute, Try: after(2*time.Second, checkup.OK("a", "It took %d s.", 2), checkup.Doubt("b", "Hm.", "Look."))},
			{Name: "quick", Within: time.Minute, Try: after(time.Second, checkup.None("", "It isn't configured.", "Configure it."))},
			{Name: "late", Within: 3 * time.Second, Try: func(ctx context.Context) []checkup.Finding {
				<-ctx.Done()
				return []checkup.Finding{checkup.Bad("", "It was too late.", "Wait.")}
			}},
			{Name: "deaf", Within: 3 * time.Second, Try: func(context.Context) []checkup.Finding {
				<-hang
				return nil
			}},
		}
		var waited [][]string
		began := time.Now()
		got := checkup.Run(t.Context(), parts, func(names []string) { waited = append(waited, names) })
		if took := time.Since(began); took != 4*time.Second {
			t.Errorf("it took %v", took)
		}
		want := []checkup.Finding{
			{Part: "slow", What: "a", State: checkup.Good, Saw: "It took 2 s."},
			{Part: "slow", What: "b", State: checkup.Doubtful, Saw: "Hm.", Do: "Look."},
			{Part: "quick", State: checkup.Off, Saw: "It isn't configured.", Do: "Configure it."},
			{Part: "late", State: checkup.Failed, Saw: "It was too late.", Do: "Wait."},
			{Part: "deaf", State: checkup.Failed, Saw: "It gave no answer within 3s.", Do: "Look whether what it asks for hangs, and try again."},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([][]string{{"slow", "quick", "late", "deaf"}, {"slow", "late", "deaf"}, {"late", "deaf"}, {"deaf"}, nil}, waited); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		close(hang)
	})
}

func TestTold(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]checkup.Finding{
		"The database d isn't there: create it.": {State: checkup.Failed, Saw: "The database d isn't there.", Do: "Create it."},
		"It refused.":                            {State: checkup.Failed, Saw: "It refused.", Do: "Look."},
		"":                                       {State: checkup.Failed, Do: "Look."},
	} {
		if diff := cmp.Diff(want, checkup.Told("", message, "Look.")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", message, diff)
		}
	}
}
