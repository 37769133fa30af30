package slack

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
)

// TestForgedForms submits what nobody has opened, or not so.
func TestForgedForms(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada := r.admin("ada")
	opened, form := r.opens(ada, "claim add")
	submitted, _ := r.submits(form, filledIn())
	r.alone(opened, 0)
	payload, n := string(submitted.Payload()), 1
	for name, tc := range map[string]struct{ was, is, want string }{
		"a foreign field":     {`"values":{`, `"values":{"their_field":{"their_field":{"type":"plain_text_input","value":"x"}},`, "I don't know this"},
		"a foreign input":     {`"speaker":{"speaker"`, `"speaker":{"other"`, "I don't know this"},
		"a foreign choice":    {`"value":"medics"}`, `"value":"nobody_has_this"}`, "I don't know this"},
		"a lost record":       {`"callback_id":"ws1:fill:`, `"callback_id":"ws1:fill:x`, "I don't keep"},
		"another action":      {`"callback_id":"ws1:fill:`, `"callback_id":"ws1:publish:`, "I don't know this"},
		"a stranger's form":   {`"callback_id":"ws1:`, `"callback_id":"their:`, "I don't know this"},
		"who is no moderator": {`"user":{"id":"` + ada, `"user":{"id":"` + r.olena, "you have to be a moderator"},
	} {
		if !strings.Contains(payload, tc.was) {
			t.Fatalf("%s: %q isn't in %s", name, tc.was, payload)
		}
		forged := strings.ReplaceAll(payload, tc.was, tc.is)
		r.slack.Interact(r.team, strings.ReplaceAll(forged, submitted.TriggerID, "1.2.forged"+strings.ReplaceAll(name, " ", "")))
		m, err := opened.Response(r.soon(), n)
		r.ok(err)
		if n++; m.For == "" || !strings.Contains(m.Text, tc.want) {
			t.Errorf("%s: for %q: %q", name, m.For, m.Text)
		}
		if n == 5 { // that of a response_url
			opened, form = r.opens(ada, "claim add")
			submitted, _ = r.submits(form, filledIn())
			r.alone(opened, 0)
			payload, n = string(submitted.Payload()), 1
		}
	}
	r.slack.Interact(r.team, strings.ReplaceAll(strings.ReplaceAll(payload, `\"hook\":\"http`, `\"hook\":\"gopher`), submitted.TriggerID, "1.2.nohook"))
	if got := r.own(); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// TestAgain holds that what comes again is one change: the same request, posted again as it was signed, and a button pressed twice.
func TestAgain(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada := r.admin("ada")
	opened, form := r.opens(ada, "claim add")
	submitted, _ := r.submits(form, filledIn())
	draft := r.alone(opened, 0)
	pressed := r.slack.Press(r.channel, draft.TS, ada, actionOf(chat.CommandPublish))
	says(t, r.alone(pressed, 0), "Published")
	for range 3 {
		for _, d := range []*slackfake.Delivery{submitted.Delivery, pressed.Delivery, opened.Delivery} {
			if status, err := d.Replay(r.soon()); err != nil || status != 200 {
				t.Errorf("%s again: %d, %v", d.Type, status, err)
			}
			_, err := d.Repeat(r.soon())
			r.ok(err)
		}
	}
	r.ok(r.inbox.Close(t.Context()))
	if got := r.own(); len(got) != 1 || got[0].Revision != 1 {
		t.Errorf("%+v", got)
	}
	if a, b := len(opened.Responses()), len(pressed.Responses()); a != 1 || b != 1 {
		t.Errorf("it is shown %d times, and said to be published %d times", a, b)
	}
}

// TestTooLate holds that a form that can't be opened any more is shown with a button that opens it, and that a form that isn't read in
// time is acknowledged, and shown with what is missing.
func TestTooLate(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true, inbox: inbox.Options{Workers: 1, Queue: 8}})
	r.adapter.acks = 50 * time.Millisecond
	ada := r.admin("ada")
	r.slack.Inject(slackfake.Erring("expired_trigger_id", slackfake.Calling("views.open")))
	shown := r.types(ada, "claim add")
	edit := r.slack.Press(r.channel, shown.TS, ada, actionOf(chat.CommandEdit))
	form, err := edit.Modal(r.soon())
	r.ok(err)
	free := r.occupied()
	values := filledIn()
	delete(values, "speaker")
	if _, wrong := r.submits(form, values); len(wrong) > 0 {
		t.Errorf("in time: %q", wrong)
	}
	free()
	says(t, r.alone(edit, 0), "something is missing or wrong", "This is missing.")
	if got := r.own(); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// occupied keeps the rig's only worker from going on until it is told to.
func (r *rig) occupied() (free func()) {
	r.Helper()
	end := make(chan struct{})
	free = sync.OnceFunc(func() { close(end) })
	r.Cleanup(free)
	if v := r.inbox.Offer(r.Context(), inbox.Work{Do: func(context.Context) { <-end }}); v != inbox.Accepted {
		r.Fatalf("the work is %s", v)
	}
	return free
}

// TestFormTooFast holds that a form that can't be taken now stays open, with what was typed.
func TestFormTooFast(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true, inbox: inbox.Options{Workers: 8, Queue: 64, UserPerMinute: 2}})
	ada := r.admin("ada")
	opened, form := r.opens(ada, "claim add")
	for _, want := range []string{"", "ask"} {
		_, wrong := r.submits(form, map[string]string{"text": "x"})
		if first, ok := wrong["text"]; !ok && want != "" || !strings.Contains(first, want) || len(r.slack.Modals(ada)) != 1 {
			t.Errorf("%q", wrong)
		}
	}
	if n := len(opened.Responses()); n > 0 {
		t.Errorf("%d messages", n)
	}
}
