package discord

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
)

// hooking is how what follows a first answer is asked for.
func hooking(method string) func(*http.Request) bool {
	path := "/webhooks/*/*"
	if method != http.MethodPost {
		path += "/messages/@original"
	}
	return discordfake.Route(method, path)
}

// TestWhisper holds that a help and a refusal are seen by the person alone, though all saw that the bot thinks, and that nothing of
// that is left.
func TestWhisper(t *testing.T) {
	t.Parallel()
	once := func(f discordfake.Fault) discordfake.Fault {
		f.Times = 1
		return f
	}
	taken := discordfake.Broken(http.StatusBadGateway, hooking(http.MethodDelete))
	taken.AfterStore = true
	for name, tc := range map[string]struct {
		text   string
		http   bool
		faults []discordfake.Fault
		err    error // of the base
	}{
		"help":                     {text: "help"},
		"help by HTTP":             {text: "help", http: true},
		"a refusal":                {text: killed, err: errors.New("the base is out")},
		"a refusal by HTTP":        {text: killed, err: errors.New("the base is out"), http: true},
		"502 after it was deleted": {text: "help", faults: []discordfake.Fault{once(taken)}},
		"500":                      {text: "help", faults: []discordfake.Fault{once(discordfake.Broken(http.StatusInternalServerError, hooking(http.MethodDelete)))}},
		"429 twice": {text: "help", faults: []discordfake.Fault{
			once(discordfake.RateLimited("user", 100*time.Millisecond, hooking(http.MethodDelete))),
			once(discordfake.RateLimited("user", 100*time.Millisecond, hooking(http.MethodPost))),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, hold := slowBot(t)
			r := newRig(t, rigOptions{bot: b, http: tc.http, pace: hasty(tc.http)})
			let := hold()
			i := r.thinking(tc.text)
			for _, f := range tc.faults {
				r.discord.Inject(f)
			}
			let(tc.err)
			m, err := i.FollowUp(r.soon(), 0)
			r.ok(err)
			if m.For != r.olena || m.Content == "" || len(m.Components) != 0 || !m.Pings.None() {
				t.Errorf("for %q: %+v", m.For, m)
			}
			if _, there := i.Original(); there || len(i.History()) != 1 || r.replies(r.channel) != 0 {
				t.Errorf("all see that the bot thinks: %t; %+v", there, i.History())
			}
		})
	}
}

// TestWhisperLost holds that what may have been told isn't told again: Discord knows no nonce of it.
func TestWhisperLost(t *testing.T) {
	t.Parallel()
	b, hold := slowBot(t)
	r := newRig(t, rigOptions{bot: b, pace: hasty(false)})
	let := hold()
	i := r.thinking("help")
	lost := discordfake.Broken(http.StatusBadGateway, hooking(http.MethodPost))
	lost.AfterStore = true
	r.discord.Inject(lost)
	let(nil)
	r.logs("couldn't be answered")
	r.ok(r.inbox.Close(t.Context()))
	if n := len(i.History()); n != 1 {
		t.Errorf("told %d times", n)
	}
}

// TestThinkingTwice holds that nobody thinks for ever where what was asked for twice is said once.
func TestThinkingTwice(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{pace: hasty(false)})
	checked := r.checked()
	let := r.occupy()
	var presses []*discordfake.Interaction
	for range 2 {
		presses = append(presses, r.discord.Press(checked.ID, r.olena, r.button(checked, chat.CommandShare)))
	}
	for _, i := range presses {
		_, err := i.Answer(r.soon())
		r.ok(err)
	}
	let()
	r.ok(r.inbox.Close(t.Context()))
	for _, m := range r.discord.Messages(r.channel) {
		if m.Author == r.discord.BotID() && m.Flags&discordfake.Loading != 0 {
			t.Error("it is still said that the bot thinks")
		}
	}
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("%d messages", n)
	}
}
