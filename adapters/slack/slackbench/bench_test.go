package slackbench

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/loadbench"
	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// TestMix: what is asked is what the table says, in every channel.
func TestMix(t *testing.T) {
	t.Parallel()
	s, err := newSlack(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	p := newPeople(s, loadbench.Texts{Questions: []string{"how many?"}, Statements: []string{"many"}})
	for i := range 400 {
		q := &loadbench.Question{Due: time.Now()}
		if p.Ask(i, q); !q.NeedsAck || q.Replies() != 0 {
			t.Fatalf("question %d: %+v", i, q)
		}
	}
	got := map[string]int{}
	for _, d := range s.Deliveries("") {
		got[d.Type]++
	}
	want := map[string]int{"app_mention": 100, "message": 60, "/ask": 160, "/check": 60, "/whosays": 20} // nothing to press yet
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range s.channels {
		if n := len(s.Messages(c.id)); n != 5 { // mentions
			t.Errorf("%d messages in a channel", n)
		}
	}
}

// TestSaidForACommand: what is said to all after the answer to a command is said twice, if it answers no other.
func TestSaidForACommand(t *testing.T) {
	t.Parallel()
	s, err := newSlack(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	p, c := newPeople(s, loadbench.Texts{}), s.channels[0]
	post := func() string {
		m := s.Say(c.id, c.people[0].id, "an answer", func(m *slackfake.Message) { m.AppID = s.AppID() })
		return m.TS
	}
	one, two := post(), post()
	post()
	c.claimed[one], c.claimed[two] = true, true
	got := map[string]int{"one": p.said(c, one), "two": p.said(c, two), "none": p.said(c, "")}
	if diff := cmp.Diff(map[string]int{"one": 1, "two": 2, "none": 0}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
