package slack

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/digest"
)

// TestSubscribing has whoever made a channel subscribe it to one issue, by the names that they are told, and nobody else; what it would
// get now is shown to them alone.
func TestSubscribing(t *testing.T) {
	t.Parallel()
	b, store, err := adaptertest.Subscribed("slack")
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, rigOptions{http: true, bot: b})
	ada := r.slack.AddUser(slackfake.User{TeamID: r.team, Name: "ada", TZ: "Europe/Warsaw"})
	r.channel = r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Name: "digests", Creator: ada})
	says := func(m slackfake.Message, words string) {
		t.Helper()
		if !strings.Contains(m.Text, words) {
			t.Errorf("%q isn't in %s", words, m.Text)
		}
	}
	says(r.types(r.olena, "digest subscribe"), "those who manage this channel")
	says(r.types(ada, "digest subscribe topics=football"), "• territory")
	says(r.types(ada, "digest subscribe zone=indiana"), "• America/Indiana/Knox")
	says(r.types(ada, `digest subscribe topics="corrections, territory" time=18:30`), "18:30 Europe/Warsaw")
	says(r.types(ada, "digest subscribe topics=“The nuclear power plant” every=weekly zone=“new york”"), "America/NewˍYork")
	all, err := store.List(t.Context(), r.tenant())
	r.ok(err)
	if len(all) != 1 {
		t.Fatalf("%+v", all)
	}
	if diff := cmp.Diff([]digest.Topic{"nuclear_plant"}, all[0].Topics); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	says(r.types(r.olena, "digest list"), "<#"+r.channel+">")
	says(r.types(r.olena, "digest preview"), "Contested: the nuclear power plant")
	says(r.types(r.olena, "digest why"), "None was due yet")
	says(r.types(r.olena, "digest pause"), "those who manage this channel")
	for user, want := range map[string]bool{r.olena: true, r.slack.AddUser(slackfake.User{TeamID: r.team, Guest: true}): false} {
		_, err := r.slack.OpenHome(user, "home").Ack(r.soon())
		r.ok(err)
		blocks, err := json.Marshal(r.home(user).Blocks)
		r.ok(err)
		if told := strings.Contains(string(blocks), `\u003c#`+r.channel); told != want {
			t.Errorf("that digests come there is told: %t", told)
		}
	}
	if n := r.replies(r.channel); n != 0 {
		t.Errorf("%d messages for all", n)
	}
}
