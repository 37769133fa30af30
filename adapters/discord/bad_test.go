package discord

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
)

// TestBadEvents gives the adapter what nobody ought to send.
func TestBadEvents(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	for _, kind := range []string{"MESSAGE_CREATE", "INTERACTION_CREATE", "GUILD_DELETE", "TYPING_START", ""} {
		for _, data := range []string{
			``, `null`, `[]`, `"x"`, `{}`, `{"id":1}`, `{"id":"1","author":null,"content":"<@1>"}`,
			`{"id":"1","type":2,"token":"t","data":null,"channel_id":"1","application_id":"1","user":{"id":"1"}`,
			`{"id":"../1","type":0,"channel_id":"1","content":"hi","author":{"id":"2"}}`,
			`{"id":"-1","unavailable":false}`,
		} {
			r.adapter.Dispatch(t.Context(), kind, json.RawMessage(data))
		}
	}
	r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("%d replies", n)
	}
}

// TestHostileText holds what people write: it is answered, or refused kindly, and pings nobody.
func TestHostileText(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	for name, text := range map[string]string{
		"long":     strings.Repeat("How many soldiers died? ", 160),
		"everyone": "@everyone @here <@" + r.olena + "> <@&" + r.guild + "> says 55,000 Ukrainian soldiers were killed",
		"markup":   "**[55,000](https://evil.example)** ||soldiers|| `killed` <t:1> <#1> # of Ukraine",
		"unknown":  "\u202e55,000\u200b \ufeffsoldiers\x00",
	} {
		m := r.reply(r.discord.Say(r.channel, r.olena, r.mention()+text))
		if m.Content == "" && len(m.Embeds) == 0 || strings.Contains(everything(m), "](https://evil") {
			t.Errorf("%s: %s", name, everything(m))
		}
	}
	said := r.discord.Say(r.channel, r.olena, "@everyone 55,000 Ukrainian soldiers were killed")
	m := r.response(r.discord.MessageCommand(r.olena, "Fact-check this", said.ID))
	if shared := r.response(r.discord.Press(m.ID, r.olena, r.button(m, chat.CommandShare))); !shared.Pings.None() {
		t.Errorf("shared, it pings %+v", shared.Pings)
	}
}

// TestUnknownComponents answers a message that holds, or answers one that holds, what discordgo can't read.
func TestUnknownComponents(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	odd := r.discord.Say(r.channel, r.olena, "odd", discordfake.WithComponents(`[{"type":99}]`))
	r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed, discordfake.WithComponents(`[{"type":99,"new":{"a":[1]}}]`), discordfake.WithField("news", `{"a":1}`)))
	r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed, discordfake.ReplyTo(odd.ID)))
}

// TestForged presses what nobody has made, and submits what nobody was shown.
func TestForged(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	answer := r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
	real := r.record(answer)
	next := 0
	for name, in := range map[string]interaction{
		"no id":            {Type: discordgo.InteractionMessageComponent},
		"another bot's":    {Type: discordgo.InteractionMessageComponent, Data: interactionData{CustomID: "their:button"}},
		"a lost record":    {Type: discordgo.InteractionMessageComponent, Data: interactionData{CustomID: "ws1:sources:nobodysrecord"}},
		"a lost page":      {Type: discordgo.InteractionMessageComponent, Data: interactionData{CustomID: "ws1:more:" + real + ":0"}},
		"a foreign claim":  {Type: discordgo.InteractionMessageComponent, Data: interactionData{CustomID: "ws1:show:" + real, Values: []string{"nobodys-claim"}}},
		"no choice":        {Type: discordgo.InteractionMessageComponent, Data: interactionData{CustomID: "ws1:show:" + real}},
		"a form of nobody": {Type: discordgo.InteractionModalSubmit, Data: interactionData{CustomID: "ws1:report:nobodysrecord"}},
		"a foreign form":   {Type: discordgo.InteractionModalSubmit, Data: interactionData{CustomID: "form"}},
		"an empty form":    {Type: discordgo.InteractionModalSubmit, Data: interactionData{CustomID: "ws1:report:" + real}},
		"a lost command":   {Type: discordgo.InteractionApplicationCommand, Data: interactionData{Name: "nobody"}},
		"a later type":     {Type: 99},
	} {
		t.Run(name, func(t *testing.T) {
			next++
			in.ID, in.ApplicationID, in.Token = strconv.Itoa(next), r.discord.ApplicationID(), "forged"
			in.GuildID, in.ChannelID, in.User = r.guild, r.channel, &user{ID: r.olena}
			if m := r.forged(in); len(m.Embeds) != 0 || m.Flags != discordgo.MessageFlagsEphemeral || m.Content == "" {
				t.Errorf("%+v", m)
			}
		})
	}
}

// TestForgedRequests posts to the endpoint what Discord hasn't signed.
func TestForgedRequests(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	server := httptest.NewServer(r.adapter.Endpoint(r.discord.PublicKey()))
	t.Cleanup(server.Close)
	for _, how := range []discordfake.Forgery{discordfake.Unsigned, discordfake.NotHex, discordfake.OtherKey, discordfake.ChangedBody, discordfake.OldTimestamp} {
		status, err := r.discord.Forge(t.Context(), server.URL, how)
		r.ok(err)
		if status != http.StatusUnauthorized {
			t.Errorf("%v is answered with %d", how, status)
		}
	}
	resp, err := http.Get(server.URL)
	r.ok(err)
	r.ok(resp.Body.Close())
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET is answered with %s", resp.Status)
	}
}
