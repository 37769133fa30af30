package bot

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	moderationtest "github.com/whosays/whosays/bot/moderation/storetest"
	"github.com/whosays/whosays/knowledge"
)

// quicker is a store in which somebody else does something before the first change is made.
type quicker struct {
	moderation.Store

	once sync.Once
	do   func(context.Context, moderation.Store)
}

func (q *quicker) Enact(ctx context.Context, e moderation.Enactment) (knowledge.Head, error) {
	q.once.Do(func() { q.do(ctx, q.Store) })
	return q.Store.Enact(ctx, e)
}

// Somebody else has asked for a second person while a manager chose the language: both is so, and the manager is told how it is.
func TestSettingsChangedMeanwhile(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	store, err := knowledge.NewMemory(nil)
	if err != nil {
		t.Fatal(err)
	}
	council := moderation.New(p.base, &quicker{Store: moderationtest.NewMemory(store), do: func(ctx context.Context, s moderation.Store) {
		who := moderation.Who{Tenant: "test:T1", Actor: second()}
		change := moderation.Change{Action: moderation.Set, Settings: moderation.Settings{Approvals: 1, Corrections: true}}
		if _, err := moderation.New(p.base, s).Do(ctx, who, change); err != nil {
			t.Error(err)
		}
	}})
	p.bot = p.bot.With(Moderation{Council: council, Quotes: p.quotes})
	r := p.says(chat.Request{Command: chat.CommandSettings, Values: map[string]string{LangOption: "uk"}, Lang: "en"})
	is, err := council.Settings(t.Context(), "test:T1")
	if diff := cmp.Diff(moderation.Settings{Lang: "uk", Approvals: 1, Corrections: true}, is); diff != "" || err != nil {
		t.Error(diff, err)
	}
	now := p.says(chat.Request{Command: chat.CommandSettings, Lang: "en"})
	if _, list, _ := strings.Cut(plain(now), "\n"); r.Outcome != chat.Done || !strings.HasSuffix(plain(r), list) {
		t.Errorf("%s\n%s", plain(r), plain(now))
	}
}
