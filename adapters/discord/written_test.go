package discord

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
)

// civilians is a statement that the starter base knows something of.
const civilians = "2,514 civilians were killed in Ukraine in 2025, the UN says."

// inside are text displays in a section in a container, beside what nobody knows.
const inside = `[{"type":17,"components":[{"type":99,"new":{"a":1}},{"type":9,"components":[{"type":10,"content":"` + civilians + `"}],
	"accessory":{"type":11,"media":{"url":"https://example.org/a.png"}}},{"type":14}]}]`

// shown are the ways in which a message says something without content.
func (r *rig) shown() map[string][]discordfake.SayOption {
	from := r.discord.AddChannel(discordfake.Channel{GuildID: r.guild, Name: "news"})
	embed := discordfake.WithEmbeds(discordfake.Embed{Title: "News", Fields: []discordfake.EmbedField{{Name: "Today", Value: civilians}}})
	return map[string][]discordfake.SayOption{
		"embeds":               {embed},
		"components":           {discordfake.WithComponents(inside)},
		"a forward":            {discordfake.Forward(r.discord.Say(from, r.olena, civilians))},
		"forwarded embeds":     {discordfake.Forward(r.discord.Say(from, r.olena, "", embed))},
		"forwarded components": {discordfake.Forward(r.discord.Say(from, r.olena, "", discordfake.WithComponents(inside)))},
	}
}

// TestWordless checks messages that say something without content, where one is chosen and where one is sent to the bot.
func TestWordless(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	dm := r.discord.OpenDM(r.olena)
	for name, options := range r.shown() {
		said := r.discord.Say(r.channel, r.olena, "", options...)
		if m := r.response(r.discord.MessageCommand(r.olena, "Fact-check this", said.ID)); !strings.Contains(everything(m), "2,514") || m.For != r.olena {
			t.Errorf("%s, chosen: %s", name, everything(m))
		}
		if m := r.reply(r.discord.Say(dm, r.olena, "", options...)); !strings.Contains(everything(m), "2,514") {
			t.Errorf("%s, in a DM: %s", name, everything(m))
		}
		if m := r.reply(r.discord.Say(dm, r.olena, killed, options...)); !strings.Contains(m.Content, "55,000") {
			t.Errorf("%s, beside a question: %s", name, everything(m))
		}
	}
	embed := r.shown()["embeds"]
	if m := r.reply(r.discord.Say(r.channel, r.olena, r.mention(), embed...)); !strings.Contains(everything(m), "2,514") {
		t.Errorf("embeds beside a mention: %s", everything(m))
	}
	r.discord.Say(r.channel, r.olena, "", embed...) // it speaks to nobody
	r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
	if n := r.replies(r.channel); n != 2 {
		t.Errorf("%d replies", n)
	}
}

// TestPointing answers who points at another message by nothing but a reply and a mention, where Discord tells what that says.
func TestPointing(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	dm := r.discord.OpenDM(r.olena)
	first := r.discord.Say(dm, r.olena, civilians)
	answer := r.reply(first)
	if m := r.reply(r.discord.Say(dm, r.olena, r.mention(), discordfake.ReplyTo(first.ID))); !strings.Contains(everything(m), "2,514") {
		t.Errorf("in a DM: %s", everything(m))
	}
	for name, to := range map[string]discordfake.Message{
		"the bot's own":           r.discord.Say(dm, r.olena, r.mention(), discordfake.ReplyTo(answer.ID)),
		"what Discord leaves out": r.discord.Say(r.channel, r.olena, r.mention(), discordfake.ReplyTo(r.discord.Say(r.channel, r.olena, civilians).ID)),
	} {
		if m := r.reply(to); !r.tells(m.Content, chat.NoticeNoText) {
			t.Errorf("%s: %q", name, m.Content)
		}
	}
}

// TestLongest answers the longest message that people can write, and one that is longer.
func TestLongest(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	for _, n := range []int{4000, 4001} {
		text := r.mention() + killed
		text += strings.Repeat("…", n-utf8.RuneCountInString(text))
		said := r.discord.Say(r.channel, r.olena, text)
		if m := r.reply(said); !strings.Contains(m.Content, "55,000") {
			t.Errorf("%d characters: %s", n, everything(m))
		}
		if m := r.response(r.discord.MessageCommand(r.olena, "Fact-check this", said.ID)); m.Content == "" {
			t.Errorf("%d characters, chosen: %s", n, everything(m))
		}
	}
}

// TestTexts reads components of which some have a shape that nobody knows.
func TestTexts(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		`null`: "", `{}`: "", `"x"`: "", `[1,null,"x"]`: "",
		`[{"type":99,"content":{"a":1}},{"type":10,"content":"a"},{"type":10,"content":[]},{"type":12,"content":"b"},{"type":17,"components":{"a":1}}]`: "a",
		`[{"type":17,"components":[{"type":10,"content":"a"},{"type":9,"components":[{"type":10,"content":"b"}]}]},{"type":10,"content":" "}]`:          "a\nb",
	} {
		m, ok := decode[messageEvent]([]byte(`{"components":` + data + `}`))
		if got := m.text(); !ok || got != want {
			t.Errorf("%s is read as %q, %t", data, got, ok)
		}
	}
}

// TestTakenBack holds that a question that was deleted before its answer is left without one, once and for all, and that Discord isn't
// asked again.
func TestTakenBack(t *testing.T) {
	t.Parallel()
	b, hold := slowBot(t)
	r := newRig(t, rigOptions{bot: b})
	let := hold()
	asked := r.discord.Say(r.channel, r.olena, r.mention()+killed)
	r.discord.Delete(asked.ID)
	let(nil)
	_, err := r.discord.AwaitRequest(r.soon(), posts, 0)
	r.ok(err)
	r.logs("code 50035")
	r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
	if n, tries := r.replies(r.channel), len(r.discord.Requests(posts)); n != 1 || tries != 2 {
		t.Errorf("%d replies in %d tries", n, tries)
	}
}
