package discord

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
)

const posts = "POST /channels/{channel}/messages"

// notice posts a sentence into a channel, and returns the error.
func (r *rig) notice(channel, key string) error {
	p := chat.Post{To: place{r.guild, channel}.address(), Key: key, Reply: r.adapter.bot.Notice(chat.NoticeBusy, "en")}
	_, err := r.client.Send(r.Context(), p)
	return err
}

// TestSpentBucket holds that a channel that takes no more for now is left alone, and that nobody sleeps for it: not whoever
// writes there, and not whoever waits for an answer elsewhere.
func TestSpentBucket(t *testing.T) {
	t.Parallel()
	once := discordfake.Limit{Requests: 1, Per: time.Hour}
	r := newRig(t, rigOptions{fake: discordfake.Options{RouteLimits: map[string]discordfake.Limit{posts: once}}})
	r.ok(r.notice(r.channel, "first"))
	for range 20 { // more than there are workers
		r.discord.Say(r.channel, r.olena, r.mention()+killed)
	}
	delayed, ok := errors.AsType[*chat.Delayed](r.notice(r.channel, "second"))
	if !ok || delayed.After < time.Minute {
		t.Errorf("the second is delayed by %+v", delayed)
	}
	quiet := r.discord.AddChannel(discordfake.Channel{GuildID: r.guild, Name: "quiet"})
	r.reply(r.discord.Say(quiet, r.olena, r.mention()+killed))
	if n := len(r.discord.Requests(posts)); n != 2 {
		t.Errorf("%d requests", n)
	}
}

// TestGlobalLimit holds that a limit of all routes is heeded on all, but that interactions, which don't count towards it, are
// answered.
func TestGlobalLimit(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.discord.Inject(discordfake.RateLimited("global", time.Hour, posting))
	other := r.discord.AddChannel(discordfake.Channel{GuildID: r.guild, Name: "other"})
	for _, channel := range []string{r.channel, other} {
		if _, ok := errors.AsType[*chat.Delayed](r.notice(channel, "x")); !ok {
			t.Error("it isn't delayed")
		}
	}
	if n := len(r.discord.Requests(posts)); n != 1 {
		t.Errorf("%d requests", n)
	}
	r.response(r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", killed)))
}

// TestUntold holds that an error tells nothing of the page that somebody in front of Discord answers with, and no URL.
func TestUntold(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	for _, status := range []int{http.StatusForbidden, http.StatusNotFound, http.StatusInternalServerError, http.StatusBadGateway} {
		fault := discordfake.Broken(status, nil)
		fault.Body = "no upstream for /interactions/1/sesame" + strings.Repeat(" long", 1000)
		r.discord.Inject(fault)
		err := r.client.call(t.Context(), http.MethodPost, discordgo.EndpointInteractionResponse("1", "sesame"), "sesame", callback{Type: discordgo.InteractionResponseDeferredMessageUpdate}, nil)
		if err == nil || strings.Contains(err.Error(), "sesame") || len(err.Error()) > 200 {
			t.Errorf("%d: %.100v", status, err)
		}
	}
}

// TestStartLimited holds that the gateway's address isn't asked for while Cloudflare refuses everything.
func TestStartLimited(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.discord.Inject(discordfake.CloudflareLimited(time.Minute, discordfake.Route("GET", "/gateway/bot")))
	g := &gateways{token: "x", http: r.client.http, pace: gatewayPace{}.withDefaults()}
	if _, err := g.start(t.Context()); atLeast(err, 0) < time.Minute {
		t.Errorf("it waits %v after %v", atLeast(err, 0), err)
	}
}
