package discord

import (
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// TestRetracted presses buttons that show again what was said before, after a claim that it quotes was taken back.
func TestRetracted(t *testing.T) {
	t.Parallel()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	store, err := knowledge.NewMemory(starterClaims(t))
	if err != nil {
		t.Fatal(err)
	}
	base, err := knowledge.NewBase(t.Context(), lex, store)
	if err != nil {
		t.Fatal(err)
	}
	b, err := bot.New(base, lex)
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, rigOptions{bot: b})
	checked := func() (said, id string) {
		m := r.response(r.discord.MessageCommand(r.olena, "Fact-check this", r.discord.Say(r.channel, r.olena, "55,000 Ukrainian soldiers have been killed.").ID))
		if !strings.Contains(m.Content, "55,000") {
			t.Fatalf("%q", m.Content)
		}
		return m.ID, r.button(m, chat.CommandShare)
	}
	shared, share := checked()
	if m := r.response(r.discord.Press(shared, r.olena, share)); m.For != "" || !strings.Contains(m.Content, "55,000") {
		t.Errorf("before, for %q: %q", m.For, m.Content)
	}
	said, share := checked()
	custom, err := target.Parse(share)
	r.ok(err)
	rec, err := r.desk.Get(t.Context(), "discord:"+r.guild, custom.Record)
	r.ok(err)
	q := rec.Quotes()[0]
	_, err = base.Retract(t.Context(), knowledge.By{Actor: "discord:1", Reason: "a mistake"}, q.Key, q.Revision)
	r.ok(err)
	if m := r.response(r.discord.Press(said, r.olena, share)); m.For != r.olena || !r.tells(m.Content, chat.NoticeChanged) {
		t.Errorf("shared with %q: %s", m.For, everything(m))
	}
	var in interaction
	in.Type, in.ID, in.ApplicationID, in.Token = 3, "1", r.discord.ApplicationID(), "t"
	in.GuildID, in.ChannelID, in.User = r.guild, r.channel, &user{ID: r.olena}
	in.Data.CustomID = target.ID{Action: chat.CommandMore, Record: custom.Record, Page: 1}.String()
	if m := r.forged(in); len(m.Embeds) != 0 || !r.tells(m.Content, chat.NoticeChanged) {
		t.Errorf("another page: %+v", m)
	}
}

// TestMoreForModerators: what moderators are to judge is shown whatever has become of its claims, to them alone.
func TestMoreForModerators(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	reply := listed()
	reply.Shown = []chat.Shown{{Claim: knowledge.Claim{ID: "nobodys-claim", Revision: 1}}}
	at := place{r.guild, r.channel}
	rec, _, err := r.desk.Note(t.Context(), delivery.Record{Tenant: at.tenant(), Key: "k", To: at.address(), Reply: reply})
	r.ok(err)
	if stands, err := r.adapter.bot.Stands(t.Context(), at.tenant(), &reply); err != nil || stands {
		t.Fatal("it stands", err)
	}
	var in interaction
	in.Type, in.ID, in.ApplicationID, in.Token = 3, "1", r.discord.ApplicationID(), "t"
	in.GuildID, in.ChannelID, in.User = r.guild, r.channel, &user{ID: r.olena}
	in.Data.CustomID = target.ID{Action: chat.CommandMore, Record: rec.ID}.String()
	if m := r.forged(in); !strings.Contains(m.Content, "second person") || m.Flags != discordgo.MessageFlagsEphemeral {
		t.Errorf("%q, flags %d", m.Content, m.Flags)
	}
}

// tells reports whether a content is that of a notice, in English.
func (r *rig) tells(content string, n chat.Notice) bool {
	return content == r.client.render(r.adapter.bot.Notice(n, "en"), "", 0, true).Content
}
