package discord

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
)

// TestNothingIsPromised holds that who isn't answered, for too many aren't, isn't told that the bot thinks: nobody does.
func TestNothingIsPromised(t *testing.T) {
	t.Parallel()
	b, err := onStarter()
	if err != nil {
		t.Fatal(err)
	}
	ask := interactionData{Name: "ask", Type: discordgo.ChatApplicationCommand}
	for name, tc := range map[string]struct {
		data   interactionData
		limits inbox.Options
	}{
		"a command":          {ask, inbox.Options{}}, // nobody works, nothing may wait
		"a report":           {interactionData{CustomID: target.ID{Action: "report", Record: delivery.NewID()}.String()}, inbox.Options{}},
		"a command too soon": {ask, inbox.Options{Workers: 1, Queue: 1, UserPerMinute: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { unpromised(t, b, tc.data, tc.limits) })
		})
	}
}

func unpromised(t *testing.T, b *bot.Bot, data interactionData, limits inbox.Options) {
	t.Helper()
	limits.Asides = -1
	full, err := inbox.New(limits)
	if err != nil {
		t.Fatal(err)
	}
	client, err := NewClient(ClientOptions{Token: "a.b.c", Label: b.Label})
	if err != nil {
		t.Fatal(err)
	}
	a, err := New(Options{Client: client, Bot: b, Inbox: full})
	if err != nil {
		t.Fatal(err)
	}
	in := interaction{ID: "1", ApplicationID: "2", Token: "t", GuildID: "3", ChannelID: "4", User: &user{ID: "5"}, Data: data}
	in.Type = discordgo.InteractionApplicationCommand
	if data.CustomID != "" {
		in.Type = discordgo.InteractionMessageComponent
	}
	if limits.UserPerMinute > 0 && full.Offer(t.Context(), inbox.Work{User: scheme + in.user(), Do: func(context.Context) {}}) != inbox.Accepted {
		t.Error("nothing is taken")
	}
	var said atomic.Int64
	a.interaction(t.Context(), in, func(context.Context, *interaction, callback) (posted, error) {
		said.Add(1)
		return posted{}, nil
	})
	time.Sleep(2 * realPace().first) // on the bubble's clock
	if n := said.Load(); n != 0 {
		t.Errorf("%d first answers", n)
	}
	if err := full.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestDeliveredAgain holds that an event that wasn't taken is seen, and answered no more, once its author was told; and that one of which nobody
// could be told is answered when Discord delivers it again.
func TestDeliveredAgain(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]*discordfake.Fault{
		"told": nil, "refused": new(discordfake.Broken(http.StatusInternalServerError, posting)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{inbox: inbox.Options{Workers: 1, Queue: 1}})
			let := r.full()
			if fault != nil {
				r.discord.Inject(*fault)
			}
			asked := r.discord.Say(r.channel, r.olena, r.mention()+killed)
			if fault == nil {
				if m := r.reply(asked); !r.tells(m.Content, chat.NoticeBusy) {
					t.Errorf("%q", m.Content)
				}
			} else {
				r.logs("beside the queue")
			}
			let()
			gwSoon(t, "nothing on its way", func() bool { return r.inbox.Pending() == 0 })
			done := make(chan struct{})
			gwSoon(t, "room", func() bool {
				return r.inbox.Offer(t.Context(), inbox.Work{Do: func(context.Context) { close(done) }}) == inbox.Accepted
			})
			<-done // nothing waits any more
			r.adapter.Dispatch(t.Context(), "MESSAGE_CREATE", r.event(asked))
			r.ok(r.inbox.Close(t.Context()))
			if m := r.reply(asked); (fault != nil) != strings.Contains(m.Content, "55,000") || r.replies(r.channel) != 1 {
				t.Errorf("%d replies, the first %q", r.replies(r.channel), m.Content)
			}
		})
	}
}
