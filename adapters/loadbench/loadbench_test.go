package loadbench

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWhatIsCounted(t *testing.T) {
	t.Parallel()
	answered := func(n int) func() int { return func() int { return n } }
	var got Row
	got.count([]*Question{
		{NeedsAck: true, Ack: time.Millisecond, Reply: 2 * time.Millisecond, Replies: answered(1)},
		{NeedsAck: true, Ack: 2 * time.Second, Reply: 3*time.Second + time.Millisecond, Asked: 5 * time.Millisecond, Replies: answered(2)},
		{NeedsAck: true, Ack: 3*time.Second + time.Millisecond, Reply: 3 * time.Millisecond, Replies: answered(1)},
		{NeedsAck: true, Replies: answered(0)},
		{Reply: time.Millisecond, Replies: answered(1)},
	})
	want := Row{
		Questions: 5, LateAcks: 2, Unanswered: 1, Twice: 1, Late: 1, LateAsked: 5,
		Ack: Latency{P50: 2000, P99: 3001, Max: 3001, N: 3}, Reply: Latency{P50: 2, P99: 3001, Max: 3001, N: 4},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestQuantiles(t *testing.T) {
	t.Parallel()
	var hundred []time.Duration
	for i := range 100 {
		hundred = append(hundred, time.Duration(100-i)*time.Millisecond)
	}
	for name, test := range map[string]struct {
		of   []time.Duration
		want Latency
	}{
		"none":    {nil, Latency{}},
		"one":     {[]time.Duration{7 * time.Millisecond}, Latency{7, 7, 7, 1}},
		"hundred": {hundred, Latency{50, 99, 100, 100}},
	} {
		if diff := cmp.Diff(test.want, quantiles(test.of)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// mute is a platform on which nobody answers.
type mute struct {
	Scene
	asked []time.Duration // after it was due
}

func (m *mute) Ask(_ int, q *Question) func(context.Context) {
	m.asked = append(m.asked, time.Since(q.Due))
	return func(ctx context.Context) { <-ctx.Done() }
}

// Nobody waits for an answer before the next question is asked, and what nobody answers isn't taken for answered.
func TestNobodyWaitsForAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, begun := &mute{}, time.Now()
		all, err := ask(t.Context(), s, 100, time.Second/2, time.Minute)
		if err != nil || len(all) != 50 {
			t.Fatalf("%d, %v", len(all), err)
		}
		for i, q := range all {
			if q.Due != begun.Add(time.Duration(i)*10*time.Millisecond) || s.asked[i] != 0 || q.Reply != 0 || q.Ack != 0 {
				t.Errorf("%d: %+v after %s", i, q, s.asked[i])
			}
		}
		if took := time.Since(begun); took != 490*time.Millisecond+time.Minute {
			t.Errorf("it took %s", took)
		}
	})
}

func TestButtonsArePressedOnce(t *testing.T) {
	t.Parallel()
	var s Buttons
	s.Add(Button{Message: "1"}, nil)
	s.Add(Button{Message: "2"}, []string{"a", "b"})
	s.Add(Button{Message: "3"}, []string{"a", "b"})
	for _, want := range []Button{{Message: "3", ID: "a"}, {Message: "2", ID: "b"}} {
		if got, ok := s.Take(); !ok || got != want {
			t.Errorf("%+v, wanted %+v", got, want)
		}
	}
	if got, ok := s.Take(); ok {
		t.Errorf("%+v", got)
	}
}
