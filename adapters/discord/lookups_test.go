package discord

import (
	"net/http"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/inbox"
)

// TestLookingHoldsUpNobody holds that an answer doesn't wait until the messages of others are found.
func TestLookingHoldsUpNobody(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, inbox: inbox.Options{Workers: 1, Queue: 16}})
	missing := discordfake.Broken(http.StatusNotFound, discordfake.Route(http.MethodGet, "/webhooks/*/*/messages/@original"))
	missing.Times = 0
	r.discord.Inject(missing)
	t.Cleanup(r.discord.Heal)
	var all []*discordfake.Interaction
	for range 8 {
		all = append(all, r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", killed)))
	}
	for _, i := range all {
		a, err := i.Answer(r.soon())
		r.ok(err)
		if a.Type != int(discordgo.InteractionResponseChannelMessageWithSource) {
			t.Fatalf("the first answer is of type %d", a.Type)
		}
	}
	r.discord.Heal()
	for _, i := range all {
		m := r.response(i)
		original, _ := i.Original()
		if rec := r.sent("discord:"+r.guild, r.record(m)); rec.Ref != (spot{place{r.guild, r.channel}, original.ID}).ref() {
			t.Errorf("%+v", rec)
		}
	}
}
