package discord

import (
	"context"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// both runs a test with interactions that come by the gateway, and by HTTP.
func both(t *testing.T, o rigOptions, test func(t *testing.T, r *rig)) {
	t.Helper()
	for name, http := range map[string]bool{"gateway": false, "http": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := o
			o.http = http
			test(t, newRig(t, o))
		})
	}
}

func TestSlash(t *testing.T) {
	t.Parallel()
	both(t, rigOptions{}, func(t *testing.T, r *rig) {
		for name, tc := range map[string]struct {
			locale, command string
			options         []discordfake.Option
			private         bool
			want            string
		}{
			"ask":               {"en-US", "ask", []discordfake.Option{discordfake.Text("question", killed)}, false, "55,000"},
			"ask in Ukrainian":  {"uk", "ask", []discordfake.Option{discordfake.Text("question", killed)}, false, "Зеленський"},
			"ask in the text's": {"en-GB", "ask", []discordfake.Option{discordfake.Text("question", "Сколько украинских солдат погибло?")}, false, "Зеленский"},
			"ask in German":     {"de", "ask", []discordfake.Option{discordfake.Text("question", killed)}, false, "55,000"},
			"check":             {"en-US", "check", []discordfake.Option{discordfake.Text("statement", "The UN says 55,000 Ukrainian soldiers were killed.")}, false, "mixed up"},
			"status":            {"en-US", "status", nil, false, ""},
			"help":              {"en-US", "help", nil, true, ""},
		} {
			user := r.discord.AddUser(discordfake.User{Username: "someone", Locale: tc.locale})
			i := r.discord.Slash(r.channel, user, tc.command, tc.options...)
			a, err := i.Answer(r.soon())
			r.ok(err)
			if a.Type != int(discordgo.InteractionResponseChannelMessageWithSource) || a.Ephemeral != tc.private {
				t.Errorf("%s: type %d, private %t", name, a.Type, a.Ephemeral)
			}
			if a.Message.Content == "" || !strings.Contains(a.Message.Content, tc.want) || !a.Message.Pings.None() {
				t.Errorf("%s: %q", name, a.Message.Content)
			}
		}
	})
}

func TestFactCheck(t *testing.T) {
	t.Parallel()
	both(t, rigOptions{}, func(t *testing.T, r *rig) {
		said := r.discord.Say(r.channel, r.olena, "Nearly 420,000 Russian soldiers were killed in 2025.")
		a, err := r.discord.MessageCommand(r.olena, "Fact-check this", said.ID).Answer(r.soon())
		r.ok(err)
		if !a.Ephemeral || len(a.Message.Embeds) == 0 {
			t.Fatalf("%+v", a)
		}
		shared := r.response(r.discord.Press(a.Message.ID, r.olena, r.button(a.Message, chat.CommandShare)))
		if shared.For != "" || shared.Content != a.Message.Content || len(shared.Embeds) != len(a.Message.Embeds) {
			t.Errorf("shared: %+v", shared)
		}
		again, err := r.discord.Press(a.Message.ID, r.olena, r.button(a.Message, chat.CommandShare)).Answer(r.soon())
		r.ok(err)
		if again.Type != int(discordgo.InteractionResponseDeferredMessageUpdate) {
			t.Errorf("shared twice: %+v", again)
		}
		embedded := r.discord.Say(r.channel, r.olena, "", discordfake.WithEmbeds(discordfake.Embed{Title: "News", Description: "2,514 civilians were killed in Ukraine in 2025, the UN says."}))
		if m := r.response(r.discord.MessageCommand(r.olena, "Fact-check this", embedded.ID)); len(m.Embeds) == 0 {
			t.Errorf("of an embed: %q", m.Content)
		}
		picture := r.discord.Say(r.channel, r.olena, "", discordfake.WithAttachment("cat.png"))
		if m := r.response(r.discord.MessageCommand(r.olena, "Fact-check this", picture.ID)); m.For != r.olena || len(m.Components) != 0 || m.Content == "" {
			t.Errorf("of a picture: %+v", m)
		}
	})
}

func TestButtons(t *testing.T) {
	t.Parallel()
	both(t, rigOptions{}, func(t *testing.T, r *rig) {
		answer := r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
		r.restart() // the buttons outlive the process
		for action, want := range map[chat.Command]string{
			chat.CommandSources: "http", chat.CommandMethod: "2026-02-04", chat.CommandQuote: "55,000 Ukrainian soldiers have been killed",
		} {
			m := r.response(r.discord.Press(answer.ID, r.olena, r.button(answer, action)))
			if text := everything(m); m.For != r.olena || !strings.Contains(text, want) || !m.Pings.None() {
				t.Errorf("%s: for %q: %s", action, m.For, text)
			}
		}
		near := r.response(r.discord.Press(answer.ID, r.olena, r.button(answer, chat.CommandNear)))
		menu := near.Components[0].Components[0]
		if len(menu.Options) == 0 {
			t.Fatalf("nothing to choose from: %+v", near)
		}
		chosen := r.response(r.discord.Select(near.ID, r.olena, menu.CustomID, menu.Options[0].Value))
		if chosen.For != r.olena || len(chosen.Embeds) == 0 {
			t.Errorf("chosen: %+v", chosen)
		}
	})
}

func TestReport(t *testing.T) {
	t.Parallel()
	both(t, rigOptions{}, func(t *testing.T, r *rig) {
		answer := r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
		form := r.discord.Press(answer.ID, r.olena, r.button(answer, chat.CommandReport))
		a, err := form.Answer(r.soon())
		r.ok(err)
		if a.Modal.CustomID == "" || a.Modal.Title == "" {
			t.Fatalf("%+v", a)
		}
		m := r.response(r.discord.SubmitModal(form, map[string]string{reportInput: "It is out of date.\u202e"}))
		if m.For != r.olena {
			t.Errorf("all see %q", m.Content)
		}
		all, err := r.store.Reports().List(t.Context(), "discord:"+r.guild, 10)
		r.ok(err)
		if len(all) != 1 || all[0].Note != "It is out of date." || len(all[0].Claims) == 0 {
			t.Errorf("%+v", all)
		}
	})
}

// TestOtherTenants presses buttons of an answer where it wasn't given.
func TestOtherTenants(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	answer := r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
	id := r.button(answer, chat.CommandSources)
	other := r.discord.AddChannel(discordfake.Channel{GuildID: r.discord.AddGuild(discordfake.Guild{Name: "Lviv"}), Name: "facts"})
	there := r.reply(r.discord.Say(other, r.olena, r.mention()+killed))
	var in interaction
	in.Type, in.ID, in.ApplicationID, in.Token = discordgo.InteractionMessageComponent, "1", r.discord.ApplicationID(), "t"
	in.GuildID, in.ChannelID, in.User = there.GuildID, there.ChannelID, &user{ID: r.olena}
	in.Data.CustomID = id
	if m := r.forged(in); len(m.Embeds) != 0 || m.Flags != discordgo.MessageFlagsEphemeral || strings.Contains(m.Content, "55,000") {
		t.Errorf("%+v", m)
	}
}

// forged returns the answer to an interaction that Discord didn't make.
func (r *rig) forged(in interaction) message {
	r.Helper()
	said := make(chan callback, 1)
	r.adapter.interaction(r.Context(), in, func(_ context.Context, _ *interaction, c callback) (posted, error) {
		said <- c
		return posted{}, nil
	})
	select {
	case c := <-said:
		m, _ := c.Data.(message)
		return m
	case <-r.soon().Done():
		r.Fatal("no answer")
		return message{}
	}
}

// everything is all that can be read in a message.
func everything(m discordfake.Message) string {
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
		for _, f := range e.Fields {
			parts = append(parts, f.Name, f.Value)
		}
	}
	return strings.Join(parts, "\n")
}

// slow is a store that doesn't answer until it is let.
type slow struct {
	knowledge.Store
	wait <-chan struct{}
	err  error // its answer
}

func (s *slow) Heads(ctx context.Context, tenant string) (knowledge.Heads, error) {
	select {
	case <-s.wait:
	case <-ctx.Done():
		return knowledge.Heads{}, ctx.Err()
	}
	if s.err != nil {
		return knowledge.Heads{}, s.err
	}
	return s.Store.Heads(ctx, tenant)
}

// TestSlowCore holds that Discord gets its answer though the core is slow, and the person theirs. TestThreeSeconds says when.
func TestSlowCore(t *testing.T) {
	t.Parallel()
	b, hold := slowBot(t)
	r := newRig(t, rigOptions{bot: b, pace: hasty(false)})
	let := hold()
	i := r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", killed))
	a, err := i.Answer(r.soon())
	r.ok(err)
	if a.Type != int(discordgo.InteractionResponseDeferredChannelMessageWithSource) {
		t.Errorf("the first answer is of type %d", a.Type)
	}
	let(nil)
	if m := r.response(i); !strings.Contains(m.Content, "55,000") {
		t.Errorf("the answer is %q", m.Content)
	}
}
