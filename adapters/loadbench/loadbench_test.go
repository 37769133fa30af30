package loadbench

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/whosays/whosays/adapters/benchtable"
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
		Ack: benchtable.Times{P50: 2000, P99: 3001, Max: 3001, N: 3}, Reply: benchtable.Times{P50: 2, P99: 3001, Max: 3001, N: 4},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
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

// TestFigures: what another bot took stands beside ours.
func TestFigures(t *testing.T) {
	t.Parallel()
	ours, floor := Row{Bot: Whosays, Transport: "http", Questions: 20, Twice: 1}, Row{Bot: "floor", Transport: "http", Questions: 20, Refused: map[string]int{"404": 3}}
	got := map[string][]float64{}
	for _, f := range figures(Platform{Name: "Fake"}, Options{Rate: 10}, []Row{ours, floor}) {
		if f.Of != "Fake by http: 20 questions, 10 a second" {
			t.Errorf("%+v", f)
		}
		got[f.Peer+": "+f.What] = f.Seen
	}
	for what, want := range map[string]float64{": replied to twice": 1, "floor: replied to twice": 0, "floor: refused by the platform: 404": 3} {
		if diff := cmp.Diff([]float64{want}, got[what]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
}
