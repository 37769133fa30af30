package bot

import (
	"context"
	"slices"
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// moderatorsButtons are what buttons and menus under the replies to moderators ask for.
func moderatorsButtons() []chat.Command {
	return []chat.Command{
		chat.CommandPublish, chat.CommandEdit, chat.CommandCancel, chat.CommandRival, chat.CommandRevision, chat.CommandApprove, chat.CommandReject, chat.CommandTell,
		chat.CommandClaimShow, chat.CommandClaimPending, chat.CommandClaimGaps, chat.CommandClaimReports,
	}
}

// everybody is a council that lets everybody do everything, and does nothing.
type everybody struct{ Council }

func (everybody) May(context.Context, moderation.Who, moderation.Action) error { return nil }

func (everybody) Resembling(context.Context, string, knowledge.Claim) ([]knowledge.Claim, error) {
	return nil, nil
}

func TestAddAndFill(t *testing.T) {
	t.Parallel()
	b := seedBot(t).With(Moderation{Council: everybody{}})
	for _, lang := range lexicon.Languages {
		r := handle(t, b, chat.Request{Command: chat.CommandClaimAdd, Tenant: "t", Lang: lang})
		if r.Outcome != chat.Filling || !r.Opens || r.Form == nil {
			t.Fatalf("%+v", r)
		}
		filled := handle(t, b, chat.Request{Command: r.Form.Command, Tenant: "t", Lang: lang, Form: r.Form.With(map[string]string{
			"text": "At least 2,514 civilians were killed in Ukraine in 2025.", "figure": "at least 2,514", "speaker": "UN HRMMU", "url": "https://example.org/a",
			"group": "civilians", "metric": "killed", "place": "Ukraine", "period": "2025",
		})})
		if filled.Form == nil || filled.Form.Problems() || !slices.Contains(filled.Offers, chat.CommandPublish) {
			t.Errorf("%s\n%s", lang, plain(filled))
		}
	}
}
