package discord

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
)

// revoked is how Discord answers where it doesn't know the token.
func revoked(match func(*http.Request) bool) discordfake.Fault {
	return discordfake.Fault{
		Match: match, Status: http.StatusUnauthorized, Body: `{"message":"401: Unauthorized","code":0}`,
		Header: http.Header{"Content-Type": {"application/json"}},
	}
}

// TestRevokedToken holds that a token that Discord takes no more ends the bot's presence, as it does at the gateway; that nothing
// is asked with it again; and that the answer that couldn't be sent is kept for the next token.
func TestRevokedToken(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.disconnect()
	shards := r.shards()
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(t.Context(), shards) }()
	r.ok(r.discord.AwaitReady(r.soon(), 1))
	r.discord.Inject(revoked(posting))
	r.discord.Say(r.channel, r.olena, r.mention()+killed)
	gwEndsWith(t, ended, &FatalError{Shard: -1, Code: http.StatusUnauthorized})
	if err := r.adapter.Healthy(shards); err == nil || !strings.Contains(err.Error(), "Reset Token") {
		t.Errorf("healthy: %v", err)
	}
	r.discord.Heal()
	p := chat.Post{To: place{r.guild, r.channel}.address(), Key: "k", Reply: r.adapter.bot.Notice(chat.NoticeThanks, "en")}
	said, err := r.desk.Say(t.Context(), place{r.guild, r.channel}.tenant(), p)
	if err != nil || said.State != delivery.StatePending || said.Due.IsZero() || !said.Tried.IsZero() {
		t.Errorf("%+v, %v", said, err)
	}
	if _, err := r.client.Application(t.Context()); !errors.As(err, new(*FatalError)) {
		t.Errorf("the application: %v", err)
	}
	if n := len(r.discord.Requests(posts)); n != 1 {
		t.Errorf("%d posts", n)
	}
}

// TestLateInteraction holds that a token of an interaction that has ended says nothing of the bot's.
func TestLateInteraction(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.discord.Inject(revoked(acknowledging))
	i := r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", killed))
	r.logs("couldn't be answered")
	r.discord.Heal()
	r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
	if n := len(i.History()); n != 0 {
		t.Errorf("%d answers", n)
	}
}
