package discord

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
)

func newLogger(l *logged) *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

const killed = "How many Ukrainian soldiers have been killed?"

func TestMention(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	asked := r.discord.Say(r.channel, r.olena, r.mention()+killed)
	m := r.reply(asked)
	if !strings.Contains(m.Content, "55,000") || !strings.Contains(m.Content, "Zelenskyy") {
		t.Errorf("the answer is %q", m.Content)
	}
	if !m.Pings.None() {
		t.Errorf("somebody was pinged: %+v", m.Pings)
	}
	r.button(m, chat.CommandSources)
}

func TestThread(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	thread := r.discord.AddChannel(discordfake.Channel{GuildID: r.guild, ParentID: r.channel, Name: "losses", Type: discordfake.PublicThread})
	r.reply(r.discord.Say(thread, r.olena, r.mention()+killed))
	if n := r.replies(r.channel); n != 0 {
		t.Errorf("%d replies outside of the thread", n)
	}
}

func TestDirectMessage(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	dm := r.discord.OpenDM(r.olena)
	if m := r.reply(r.discord.Say(dm, r.olena, "Скільки українських військових загинуло?")); !strings.Contains(m.Content, "Зеленський") {
		t.Errorf("the answer is %q", m.Content)
	}
	if m := r.reply(r.discord.Say(dm, r.olena, "", discordfake.WithAttachment("cat.png"))); m.Content == "" || len(m.Components) != 0 {
		t.Errorf("the answer to a picture is %+v", m)
	}
}

// TestUnasked holds what isn't said to the bot.
func TestUnasked(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	other := r.discord.AddUser(discordfake.User{Username: "other", Bot: true})
	at := r.mention()
	for _, say := range []func() discordfake.Message{
		func() discordfake.Message { return r.discord.Say(r.channel, r.olena, killed) },
		func() discordfake.Message { return r.discord.Say(r.channel, r.olena, "@everyone "+killed) },
		func() discordfake.Message { return r.discord.Say(r.channel, r.olena, "`"+at+"` "+killed) },
		func() discordfake.Message { return r.discord.Say(r.channel, r.olena, "```\n"+at+"\n```"+killed) },
		func() discordfake.Message { return r.discord.Say(r.channel, other, at+killed) },
		func() discordfake.Message {
			return r.discord.Say(r.channel, r.olena, at+killed, discordfake.ByWebhook("77"))
		},
	} {
		say()
	}
	m := r.reply(r.discord.Say(r.channel, r.olena, at+killed))
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("%d replies, the last %q", n, m.Content)
	}
	// A message that answers the bot's, without naming it, isn't for it either.
	r.discord.Say(r.channel, r.olena, "thanks", discordfake.ReplyTo(m.ID))
	r.reply(r.discord.Say(r.channel, r.olena, at+"help"))
	if n := r.replies(r.channel); n != 2 {
		t.Errorf("%d replies", n)
	}
}
