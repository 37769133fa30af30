package bot

import (
	"testing"

	"github.com/whosays/whosays/knowledge"
)

// Replies that the guard has stopped though nothing was wrong with what they say.

// TestNumbersInNames: a speaker's name may hold a number, wherever the reply says it.
func TestNumbersInNames(t *testing.T) {
	t.Parallel()
	c := studied("russia-killed-study", 275000, 325000)
	c.Attribution.Speaker = "Radio 24"
	b, err := botOn(c)
	if err != nil {
		t.Fatal(err)
	}
	if r := asks(t, b, "How many Russian soldiers have been killed, as the UN counts?"); len(r.Shown) == 0 {
		t.Errorf("the guard stopped the reply: %s", plain(r))
	}
	if r := checks(t, b, "The UN says that 300,000 Russian soldiers have been killed."); len(r.Findings) == 0 {
		t.Errorf("the guard stopped the check: %s", plain(r))
	}
}

// TestFigureLikeAYear: a figure that reads like the year up to which the base reaches doesn't stop the reply.
func TestFigureLikeAYear(t *testing.T) {
	t.Parallel()
	c := studied("russia-killed-study", 2025, 2025)
	c.Figure = knowledge.Figure{Best: new(2025.0), Qualifier: knowledge.Exact, Unit: "persons"}
	c.Text, c.Sources[0].PublishedOn, c.Attribution.SaidOn = "2,025 Russian soldiers have been killed.", knowledge.Date{Year: 2025}, knowledge.Date{Year: 2025}
	b, err := botOn(c)
	if err != nil {
		t.Fatal(err)
	}
	if r := asks(t, b, "How many Russian soldiers have been killed?"); len(r.Shown) == 0 {
		t.Errorf("the guard stopped the reply: %s", plain(r))
	}
}
