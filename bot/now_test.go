package bot

import (
	"testing"
	"time"

	"github.com/whosays/whosays/bot/chat"
)

// TestNothingIsKnownBeforeItIsSaid: at an earlier moment a later claim is neither shown nor counted, nor is anything
// checked against it.
func TestNothingIsKnownBeforeItIsSaid(t *testing.T) {
	t.Parallel()
	b, err := botOn(daily(401, "staff")...)
	if err != nil {
		t.Fatal(err)
	}
	then := time.Date(2024, time.June, 1, 18, 0, 0, 0, time.UTC)
	ask := func(command chat.Command, text string) chat.Reply {
		r, err := b.Handle(t.Context(), chat.Request{Command: command, Text: text, Now: then})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range r.Shown {
			if s.Claim.Attribution.SaidOn.Start().After(then) {
				t.Errorf("%q: %s is said on %s", text, s.Claim.ID, s.Claim.Attribution.SaidOn)
			}
		}
		return r
	}
	r := ask(chat.CommandAsk, "How many Russian soldiers have been killed?")
	if len(r.Shown) == 0 || *r.Shown[0].Claim.Figure.Best != 100153 || leftOut(r) != 152 {
		t.Error(plain(r))
	}
	if r := ask(chat.CommandAsk, "How has the number of Russian soldiers killed changed?"); len(r.Shown) != 12 || leftOut(r) != 141 {
		t.Error(plain(r))
	}
	for text, want := range map[string]chat.Verdict{
		"100,153 Russian soldiers have been killed.": chat.Matches,
		"100,401 Russian soldiers have been killed.": chat.Differs,
	} {
		if r := ask(chat.CommandCheck, text); len(r.Findings) != 1 || r.Findings[0].Verdict != want || r.Findings[0].Claim.Attribution.SaidOn.Start().After(then) {
			t.Errorf("%s:\n%s", text, plain(r))
		}
	}
	if r := handle(t, seedBot(t), chat.Request{Command: chat.CommandStatus, Now: time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC)}); len(r.Shown) > 0 {
		for _, s := range r.Shown {
			if s.Claim.Attribution.SaidOn.Year > 2025 {
				t.Errorf("the board shows %s", s.Claim.ID)
			}
		}
	}
}
