package discord

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/delivery"
)

// TestNothingIsPromised holds that who isn't answered, for too many aren't, isn't told that the bot thinks: nobody does.
func TestNothingIsPromised(t *testing.T) {
	t.Parallel()
	b, err := onStarter()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]interactionData{
		"a command": {Name: "ask", Type: discordgo.ChatApplicationCommand},
		"a report":  {CustomID: customID{Action: "report", Record: delivery.NewID()}.String()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { unpromised(t, b, data) })
		})
	}
}

func unpromised(t *testing.T, b *bot.Bot, data interactionData) {
	t.Helper()
	full, err := inbox.New(inbox.Options{}) // nobody works, nothing may wait
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
	a.asides.Store(mostAsides)
	in := interaction{ID: "1", ApplicationID: "2", Token: "t", GuildID: "3", ChannelID: "4", User: &user{ID: "5"}, Data: data}
	in.Type = discordgo.InteractionApplicationCommand
	if data.CustomID != "" {
		in.Type = discordgo.InteractionMessageComponent
	}
	var said atomic.Int64
	a.interaction(t.Context(), in, func(context.Context, *interaction, callback) (posted, error) {
		said.Add(1)
		return posted{}, nil
	})
	time.Sleep(2 * firstAnswerBy) // on the bubble's clock
	if n := said.Load(); n != 0 {
		t.Errorf("%d first answers", n)
	}
	if err := full.Close(t.Context()); err != nil {
		t.Error(err)
	}
}
