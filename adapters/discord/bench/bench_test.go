package main

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestMain lets the floor be started from this program too.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == floorCommand {
		main()
		return
	}
	os.Exit(m.Run())
}

// Every question is answered once by either bot, over either transport; how fast is no matter of tests.
func TestEveryQuestionIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := start(t.Context(), []string{"-rate", "20", "-for", "2s", "-guilds", "10", "-json"}, &out); err != nil {
		t.Fatal(err)
	}
	var got []row
	for lines := json.NewDecoder(&out); lines.More(); {
		var r row
		if err := lines.Decode(&r); err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	if len(got) != 4 {
		t.Fatalf("%d rows: %+v", len(got), got)
	}
	for _, r := range got {
		if r.Questions != 40 || r.Reply.N != 40 || r.Unanswered+r.Twice+r.Turned != 0 || r.Ack.N != 38 || r.MemoryMB <= 0 {
			t.Errorf("%+v", r)
		}
	}
}

func TestWhatIsCounted(t *testing.T) {
	t.Parallel()
	d, err := newDiscord(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.close)
	said := func(i int) *question {
		q := &question{due: time.Now()}
		newPeople(d, texts{[]string{"how many?"}, []string{"many"}}, 20).ask(i, q)
		return q
	}
	quick, late, never := said(2), said(3), said(0)
	quick.ack, quick.reply = time.Millisecond, 2*time.Millisecond
	late.ack, late.reply, late.asked = 2*time.Second, 3*time.Second+time.Millisecond, 5*time.Millisecond
	var got row
	got.count(d, []*question{quick, late, never})
	want := row{
		Questions: 3, Unanswered: 1, Late: 1, LateAsked: 5, Refused: refused{},
		Ack: latency{P50: 1, P99: 2000, Max: 2000, N: 2}, Reply: latency{P50: 2, P99: 3001, Max: 3001, N: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Nobody waits for an answer before the next question is asked, and what nobody answers isn't taken for answered.
func TestNobodyWaitsForAnswers(t *testing.T) {
	t.Parallel()
	d, err := newDiscord(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.close)
	p := newPeople(d, texts{[]string{"how many?"}, []string{"many"}}, 100)
	p.patience = time.Millisecond
	all, err := p.asks(t.Context(), 100, time.Second/2)
	if err != nil || len(all) != 50 {
		t.Fatalf("%d, %v", len(all), err)
	}
	mentions := 0
	for _, q := range all {
		if q.reply != 0 || q.ack != 0 {
			t.Errorf("%+v", q)
		}
		if q.message != nil {
			mentions++
		}
	}
	if mentions != 3 { // 1 of 20
		t.Errorf("%d mentions", mentions)
	}
}
