package correction_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/moderation/correction"
	"github.com/whosays/whosays/knowledge"
)

func TestThePlatformFails(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		errs []error
		want int
		ends map[correction.End]int
	}{
		"not at all":             {nil, 1, map[correction.End]int{correction.Said: 1}},
		"it refuses":             {[]error{chat.ErrRefused}, 0, map[correction.End]int{correction.Failed: 1}},
		"it asks to wait":        {[]error{&chat.Delayed{After: time.Minute, Err: errors.New("too many")}}, 1, map[correction.End]int{correction.Later: 1}},
		"it doesn't answer":      {away(3), 1, map[correction.End]int{correction.Later: 1}},
		"it is away for an hour": {away(70), 1, map[correction.End]int{correction.Later: 2}}, // longer than the desk's patience
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				w.platform.errs = tc.errs
				w.asked("one", "dam", "m1")
				w.retract("", "dam", "withdrawn")
				w.runs(1, 4*time.Hour)
				if got := w.told(); len(got) != tc.want {
					t.Errorf("said: %q", got)
				}
				if diff := cmp.Diff(tc.ends, w.ends); diff != "" {
					t.Error(diff)
				}
				if left, err := w.followed.Behind(t.Context()); len(left) > 0 || err != nil {
					t.Errorf("not followed: %v, %v", left, err)
				}
			}, toll("", "dam"))
		})
	}
}

// What changes again while a correction is under way is told once that is said: the last state is told last.
func TestChangedWhileItIsSaid(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.platform.errs = []error{&chat.Delayed{After: 10 * time.Minute, Err: errors.New("too many")}}
		w.asked("one", "dam", "m1")
		w.revise("", "dam", "misread", best(130, "At the dam 130 people were killed."))
		w.runs(1, time.Minute)
		w.retract("", "dam", "withdrawn")
		w.runs(2, time.Hour)
		wants(t, w,
			"m1| "+changed+was+" "+now130+" because misread",
			"post:1/2/m1| "+gone+"It was: At the dam 130 people were killed, says The Valley Council. source The Delta Post · undated because withdrawn")
	}, toll("", "dam"))
}

// The claim changes again between two messages of one correction: who is told later is told how it stands then, and who was told
// before is told again.
func TestChangedBetweenTwoMessages(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.asked("one", "dam", "m1")
		w.asked("one", "dam", "m2")
		w.revise("", "dam", "misread", best(130, "At the dam 130 people were killed."))
		w.platform.before = func(chat.Post) {
			w.platform.before = nil
			w.retract("", "dam", "withdrawn")
		}
		w.runs(1, time.Hour)
		wants(t, w,
			"m1| "+changed+was+" "+now130+" because misread",
			"m2| "+gone+was+" because withdrawn",
			"post:1/2/m1| "+gone+"It was: At the dam 130 people were killed, says The Valley Council. source The Delta Post · undated because withdrawn")
	}, toll("", "dam"))
}

// An answer whose fate isn't known while the chain is gone through is found to be sent later: it is corrected then. One of which it
// is never known keeps nobody waiting.
func TestTheFateOfAnAnswerIsUnknown(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		end  delivery.Result
		want []string
	}{
		"found later":  {delivery.Result{State: delivery.StateSent, Ref: "m1"}, []string{"m1| " + gone + was + " because withdrawn"}},
		"never known":  {delivery.Result{State: delivery.StateUnknown, Why: delivery.ReasonLost}, nil},
		"it wasn't so": {delivery.Result{State: delivery.StateFailed, Why: delivery.ReasonChanged}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				sending := w.sending("one", "dam", 10*time.Minute)
				w.retract("", "dam", "withdrawn")
				w.runs(1, 5*time.Minute)
				if left, err := w.followed.Behind(t.Context()); len(left) != 1 || err != nil {
					t.Errorf("followed, and the answer may be there: %v, %v", left, err)
				}
				if n, err := w.corrections().Count(t.Context(), knowledge.Key{ID: "dam"}); n != 0 || err != nil {
					t.Errorf("counted: %d, %v", n, err)
				}
				if _, ok, err := w.said.Finish(t.Context(), sending, tc.end); !ok || err != nil {
					t.Fatal(ok, err)
				}
				w.runs(1, time.Hour)
				wants(t, w, tc.want...)
				if left, err := w.followed.Behind(t.Context()); len(left) > 0 || err != nil {
					t.Errorf("not followed: %v, %v", left, err)
				}
			}, toll("", "dam"))
		})
	}
}

// An answer under way that says what stands doesn't keep the chain from being followed.
func TestAnAnswerUnderWaySaysWhatStands(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.revise("", "dam", "misread", best(130, "At the dam 130 people were killed."))
		w.sending("one", "dam", 24*time.Hour)
		w.runs(1, time.Hour)
		if left, err := w.followed.Behind(t.Context()); len(left) > 0 || err != nil {
			t.Errorf("not followed: %v, %v", left, err)
		}
	}, toll("", "dam"))
}

// Three replicas see a change at once: each message is answered once, no faster than one a second and replica.
func TestReplicas(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		const messages = 40
		for i := range messages {
			w.asked("one", "dam", fmt.Sprintf("m%d", i))
		}
		w.retract("", "dam", "withdrawn")
		w.runs(3, time.Hour)
		answered := map[chat.MessageRef]int{}
		for _, p := range w.platform.posts {
			answered[p.ReplyTo]++
		}
		if len(answered) != messages || len(w.platform.posts) != messages {
			t.Errorf("%d posts to %d messages", len(w.platform.posts), len(answered))
		}
		if took := w.platform.at[messages-1].Sub(w.platform.at[0]); took < 12*time.Second {
			t.Errorf("said within %v", took)
		}
	}, toll("", "dam"))
}

func TestCount(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.off["two"] = true
		for i := range 3 {
			w.asked("one", "dam", fmt.Sprintf("m%d", i))
		}
		w.asked("two", "dam", "m9")
		w.asked("one", "other", "m10")
		w.asked("one", "dam", "") // seen by one person alone
		dam, other := knowledge.Key{ID: "dam"}, knowledge.Key{ID: "other"}
		count := func(keys ...knowledge.Key) int {
			n, err := w.corrections().Count(t.Context(), keys...)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if got := []int{count(dam), count(dam, other), count(), count(knowledge.Key{Tenant: "one", ID: "dam"})}; !cmp.Equal(got, []int{3, 4, 0, 0}) {
			t.Errorf("before: %v", got)
		}
		w.revise("", "dam", "misread", best(130, "At the dam 130 people were killed."))
		w.runs(1, time.Hour)
		if got := count(dam); got != 3 { // the corrections, and not what they have corrected
			t.Errorf("after: %d", got)
		}
	}, toll("", "dam"), toll("", "other"))
}

func TestNews(t *testing.T) {
	t.Parallel()
	dam := toll("", "dam")
	with := func(change func(*knowledge.Claim)) knowledge.Edit {
		is := toll("", "dam")
		change(&is)
		return knowledge.Edit{Was: &dam, Is: is}
	}
	pending := toll("", "dam")
	pending.Status = knowledge.StatusPending
	for name, tc := range map[string]struct {
		edit knowledge.Edit
		news bool
	}{
		"new":            {knowledge.Edit{Is: dam}, false},
		"the same":       {with(func(*knowledge.Claim) {}), false},
		"was pending":    {knowledge.Edit{Was: &pending, Is: dam}, false},
		"figure":         {with(best(130, dam.Text)), true},
		"qualifier":      {with(func(c *knowledge.Claim) { c.Figure.Qualifier = knowledge.About }), true},
		"text alone":     {with(func(c *knowledge.Claim) { c.Text = "At the dam, 120 people were killed." }), false},
		"retracted":      {with(func(c *knowledge.Claim) { c.Status = knowledge.StatusRetracted }), true},
		"live, said out": {with(func(c *knowledge.Claim) { c.Status = "" }), false},
		"text of words": {
			knowledge.Edit{Was: &knowledge.Claim{ID: "talks", Text: "The talks go on."}, Is: knowledge.Claim{ID: "talks", Text: "The talks have ended."}}, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := correction.News(tc.edit); (len(got) > 0) != tc.news {
				t.Errorf("news: %v", got)
			}
		})
	}
}
