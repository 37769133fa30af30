package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Of a shared claim moderators are told what became of it and why, but not by whom, and of one that isn't published yet nothing.
func TestSharedClaimsOfModerators(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	by := knowledge.By{Actor: "jdoe", Reason: "from the report", At: today}
	c, err := p.base.Stored(t.Context(), knowledge.Key{ID: keys["K4"]}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	c.Aliases = append(c.Aliases, "another name")
	if _, err := p.base.Revise(t.Context(), by, c); err != nil {
		t.Fatal(err)
	}
	draft := c
	draft.ID, draft.Status, draft.Series, draft.Text = "draft", knowledge.StatusPending, "", "A draft of the keepers."
	if _, err := p.base.Add(t.Context(), by, draft); err != nil {
		t.Fatal(err)
	}
	history := plain(p.says(chat.Request{Command: chat.CommandClaimHistory, Claims: []string{c.ID}, Lang: "en"}))
	if strings.Contains(history, by.Actor) || !strings.Contains(history, by.Reason) {
		t.Error(history)
	}
	for _, command := range []chat.Command{chat.CommandClaimHistory, chat.CommandClaimShow} {
		r := p.says(chat.Request{Command: command, Claims: []string{"draft"}, Lang: "en"})
		none := p.says(chat.Request{Command: command, Claims: []string{"no-such-claim"}, Lang: "en"})
		if r.Outcome != none.Outcome || strings.Contains(plain(r), "keepers") || strings.Contains(plain(r), by.Actor) {
			t.Errorf("%s: %s\n%s", command, plain(r), plain(none))
		}
	}
	own := p.published(line)
	if r := plain(p.says(chat.Request{Command: chat.CommandClaimHistory, Claims: []string{own.Shown[0].Claim.ID}, Lang: "en"})); !strings.Contains(r, manager().ID) {
		t.Error(r)
	}
}
