package discord

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// TestForgedByReaders has somebody who is no moderator press the buttons of a moderator's draft, and send its form, which only that
// moderator was shown: they alone are told that they may not, and nothing is stored.
func TestForgedByReaders(t *testing.T) {
	t.Parallel()
	b, err := adaptertest.Moderated()
	if err != nil {
		t.Fatal(err)
	}
	r := newRoom(t, adaptertest.Setting{Bot: b, Now: today})
	editor := r.hand(adaptertest.Chief, r.channel)
	editor.Command(chat.CommandClaimAdd, map[string]string{bot.TextOption: "UN HRMMU: at least 77 children wounded in Ukraine in 2021 https://ukraine.ohchr.org/en/report"})
	record := r.record(editor.seen[len(editor.seen)-1])
	reader := &member{User: &user{ID: r.ids[adaptertest.Reader]}, Permissions: "0"}
	next := 0
	forge := func(kind discordgo.InteractionType, data interactionData) message {
		next++
		in := interaction{ID: fmt.Sprint(next), ApplicationID: r.discord.ApplicationID(), Token: "forged", Type: kind, GuildID: r.guild, ChannelID: r.channel, Member: reader, Data: data}
		return r.forged(in)
	}
	for name, m := range map[string]message{
		"publish": forge(discordgo.InteractionMessageComponent, interactionData{CustomID: "ws1:publish:" + record}),
		"cancel":  forge(discordgo.InteractionMessageComponent, interactionData{CustomID: "ws1:cancel:" + record}),
		"approve": forge(discordgo.InteractionMessageComponent, interactionData{CustomID: "ws1:approve:" + record}),
		"share":   forge(discordgo.InteractionMessageComponent, interactionData{CustomID: "ws1:share:" + record}),
		"the form": forge(discordgo.InteractionModalSubmit, interactionData{CustomID: "ws1:fill:" + record, Components: []formRow{
			{Components: []formField{{CustomID: "figure", Value: "at least 78"}}},
		}}),
		"a command": forge(discordgo.InteractionApplicationCommand, interactionData{Name: "claim", Type: discordgo.ChatApplicationCommand, Options: []argument{
			{Name: "pending", Type: discordgo.ApplicationCommandOptionSubCommand},
		}}),
	} {
		if m.Flags != discordgo.MessageFlagsEphemeral || m.Content == "" || len(m.Components) != 0 || strings.Contains(m.Content, "77") {
			t.Errorf("%s: %+v", name, m)
		}
	}
	if seen := editor.Command(chat.CommandClaimExport, nil); seen.File != "" {
		t.Errorf("stored: %s", seen.File)
	}
	if n := r.replies(r.channel); n != 0 {
		t.Errorf("all see %d messages", n)
	}
	if seen := editor.Press(chat.CommandPublish); !strings.Contains(seen.Text, "Published.") { // it could have been
		t.Errorf("%s", seen.Text)
	}
}
