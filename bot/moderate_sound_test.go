package bot

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

func (p *place) retracted(id string) {
	p.t.Helper()
	r := p.says(chat.Request{Command: chat.CommandClaimRetract, Claims: []string{id}, Values: map[string]string{"reason": "it was withdrawn"}, Lang: "en"})
	if r.Outcome != chat.Done {
		p.t.Fatal(plain(r))
	}
}

func (p *place) suggested(c chat.Command) (ids []string) {
	p.t.Helper()
	got, err := p.bot.Suggest(context.Background(), chat.Request{Command: c, Tenant: "test:T1", Actor: manager(), Lang: "en", Now: today}, ClaimOption, "")
	if err != nil {
		p.t.Fatal(err)
	}
	for _, choice := range got {
		ids = append(ids, choice.Value)
	}
	return ids
}

// TestOnlyWhatIsLiveIsRevised: what was taken back doesn't come back by being revised, and isn't suggested for it.
func TestOnlyWhatIsLiveIsRevised(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	id := p.published(line).Shown[0].Claim.ID
	ask := chat.Request{Command: chat.CommandClaimRevise, Claims: []string{id}, Lang: "en"}
	open := p.says(ask)
	values := map[string]string{"publisher": "The UN", "reason": "its publisher"}
	before := p.press(&open, chat.CommandFill, values)
	p.retracted(id)
	for name, r := range map[string]chat.Reply{
		"asked for":             p.says(ask),
		"submitted since":       p.press(&open, chat.CommandFill, values),
		"published since":       p.press(&before, chat.CommandPublish, nil),
		"with the new revision": p.says(chat.Request{Command: chat.CommandPublish, Lang: "en", Form: latest(before.Form)}),
	} {
		if r.Outcome != chat.Refused || !strings.Contains(plain(r), "taken back or replaced") {
			t.Errorf("%s:\n%s", name, plain(r))
		}
	}
	if c, err := p.base.Stored(context.Background(), knowledge.Key{Tenant: "test:T1", ID: id}, time.Time{}); err != nil || c.Status != knowledge.StatusRetracted {
		t.Errorf("%+v, %v", c, err)
	}
	if got := p.suggested(chat.CommandClaimRevise); slices.Contains(got, id) {
		t.Errorf("suggested: %v", got)
	}
	if got := p.suggested(chat.CommandClaimShow); !slices.Contains(got, id) {
		t.Errorf("not suggested to be looked at: %v", got)
	}
}

func latest(f *chat.Form) *chat.Form {
	out := *f
	out.Version++
	return &out
}
