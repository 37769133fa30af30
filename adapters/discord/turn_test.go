package discord

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// slowBot is a bot whose base doesn't answer once it is held, until it is let, and then with an error if there is one.
func slowBot(t *testing.T) (b *bot.Bot, hold func() (let func(error))) {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	store, err := knowledge.NewMemory(starterClaims(t))
	if err != nil {
		t.Fatal(err)
	}
	open := make(chan struct{})
	close(open)
	gate := &slow{Store: store, wait: open}
	base, err := knowledge.NewBase(t.Context(), lex, gate)
	if err != nil {
		t.Fatal(err)
	}
	if b, err = bot.New(base, lex); err != nil {
		t.Fatal(err)
	}
	return b, func() func(error) {
		wait := make(chan struct{})
		gate.wait = wait
		return func(err error) {
			gate.err = err
			close(wait)
		}
	}
}

// TestThinking holds that what is said after it was said that the bot thinks is seen by whom it is for: nobody can change that
// later.
func TestThinking(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{pace: hasty(false)})
	said := r.discord.Say(r.channel, r.olena, "Nearly 420,000 Russian soldiers were killed in 2025.")
	checked := r.response(r.discord.MessageCommand(r.olena, "Fact-check this", said.ID))
	let := r.occupy()
	of := map[string]*discordfake.Interaction{
		"":      r.discord.Press(checked.ID, r.olena, r.button(checked, chat.CommandShare)),
		r.olena: r.discord.Slash(r.channel, r.olena, "help"),
	}
	for _, i := range of {
		if a, err := i.Answer(r.soon()); err != nil || a.Type != int(discordgo.InteractionResponseDeferredChannelMessageWithSource) {
			t.Fatal(a.Type, err)
		}
	}
	let()
	for who, i := range of {
		if m := r.response(i); m.For != who {
			t.Errorf("for %q, not %q: %q", m.For, who, m.Content)
		}
	}
}

// thinking asks by a command while the base doesn't answer, and returns when all see that the bot thinks.
func (r *rig) thinking(text string) *discordfake.Interaction {
	r.Helper()
	i := r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", text))
	if a, err := i.Answer(r.soon()); err != nil || a.Ephemeral || a.Type != int(discordgo.InteractionResponseDeferredChannelMessageWithSource) {
		r.Fatal(a.Type, a.Ephemeral, err)
	}
	return i
}

// TestThinkingLost holds that there is an answer though Discord's word that it takes "thinking" was lost.
func TestThinkingLost(t *testing.T) {
	t.Parallel()
	b, hold := slowBot(t)
	pace := hasty(false)
	pace.first = 5 * time.Second // for all that, a busy machine has to bring Discord a request
	r := newRig(t, rigOptions{bot: b, pace: pace})
	let := hold()
	r.discord.Inject(discordfake.Fault{Match: acknowledging, Times: 1, Hang: true, AfterStore: true})
	i := r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", killed))
	_, err := i.Answer(r.soon())
	r.ok(err)
	r.logs("couldn't be acknowledged")
	let(nil)
	if m := r.response(i); !strings.Contains(m.Content, "55,000") {
		t.Errorf("%q", m.Content)
	}
}

// TestThinkingReplica has one replica think, and another with the same interaction know the answer first.
func TestThinkingReplica(t *testing.T) {
	t.Parallel()
	b, hold := slowBot(t)
	r := newRig(t, rigOptions{bot: b, pace: hasty(false)})
	quick, err := onStarter()
	r.ok(err)
	client := r.another()
	box, err := inbox.New(inbox.Options{Workers: 4, Queue: 16})
	r.ok(err)
	t.Cleanup(func() { r.ok(box.Close(context.Background())) })
	other, err := New(Options{Client: client, Bot: quick, Desk: r.desk, Inbox: box, Reports: r.store.Reports(), Endings: r.adapter.endings, Now: r.adapter.now})
	r.ok(err)
	let := hold()
	i := r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", killed))
	_, err = i.Answer(r.soon())
	r.ok(err)
	var in interaction
	in.Type, in.ID, in.ApplicationID, in.Token = discordgo.InteractionApplicationCommand, i.ID, r.discord.ApplicationID(), i.Token
	in.GuildID, in.ChannelID, in.User = r.guild, r.channel, &user{ID: r.olena}
	in.Data.Name, in.Data.Type, in.Data.Options = "ask", discordgo.ChatApplicationCommand, []argument{{Name: "question", Value: killed}}
	other.interaction(t.Context(), in, client.respond)
	m := r.response(i)
	let(nil)
	r.ok(r.inbox.Close(t.Context()))
	if n := len(i.History()); n != 1 || !strings.Contains(m.Content, "55,000") {
		t.Errorf("%d answers, the first %q", n, m.Content)
	}
}
