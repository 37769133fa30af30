package discord

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/digest"
)

// suggested returns what is suggested for what olena has typed of an option, alone.
func (r *rig) suggested(option, typed string) string {
	r.Helper()
	a, err := r.discord.Autocomplete(r.channel, r.olena, "digest", discordfake.Sub("subscribe", discordfake.Typing(option, typed))).Answer(r.soon())
	r.ok(err)
	if len(a.Choices) != 1 {
		r.Fatalf("%s %q: %+v", option, typed, a.Choices)
	}
	var value string
	r.ok(json.Unmarshal(a.Choices[0].Value, &value))
	return value
}

// TestSubscribing has whoever may manage a channel subscribe it to one issue, by what is suggested to them as they type, and nobody else;
// what it would get now is shown to them alone.
func TestSubscribing(t *testing.T) {
	t.Parallel()
	b, store, err := adaptertest.Subscribed("discord")
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, rigOptions{bot: b})
	keeper := func(permissions int64) {
		r.discord.AddMember(r.guild, discordfake.Member{UserID: r.olena, Permissions: permissions})
	}
	do := func(name string, options ...discordfake.Option) discordfake.Message {
		t.Helper()
		m := r.response(r.discord.Slash(r.channel, r.olena, "digest", discordfake.Sub(name, options...)))
		if m.For != r.olena || !m.Pings.None() {
			t.Errorf("%s: for %q, pings %+v", name, m.For, m.Pings)
		}
		return m
	}
	keeper(discordgo.PermissionManageChannels)
	topics, zone := discordfake.Text("topics", r.suggested("topics", "corrections, terr")), discordfake.Text("zone", r.suggested("zone", "kyiv"))
	keeper(discordgo.PermissionSendMessages)
	if m := do("subscribe", topics, zone); !strings.Contains(everything(m), "those who manage this channel") {
		t.Errorf("%+v", m)
	}
	keeper(discordgo.PermissionManageChannels)
	if m := do("subscribe", topics, zone); !strings.Contains(everything(m), "corrections, territory") {
		t.Errorf("%+v", m)
	}
	all, err := store.List(t.Context(), "discord:"+r.guild)
	r.ok(err)
	if len(all) != 1 {
		t.Fatalf("%+v", all)
	}
	if diff := cmp.Diff([]digest.Topic{"corrections", "territory"}, all[0].Topics); diff != "" || all[0].Zone != "Europe/Kyiv" {
		t.Errorf("in %s, (-want +got):\n%s", all[0].Zone, diff)
	}
	if m := do("list"); !strings.Contains(m.Content, "<#"+r.channel+">") {
		t.Errorf("%+v", m)
	}
	keeper(discordgo.PermissionSendMessages) // anybody may look
	if m := do("preview"); !strings.Contains(everything(m), "Contested: territory") {
		t.Errorf("%+v", m)
	}
	if m := do("unsubscribe"); !strings.Contains(everything(m), "those who manage this channel") {
		t.Errorf("%+v", m)
	}
	if n := len(r.discord.Messages(r.channel)); n != 0 {
		t.Errorf("%d messages for all", n)
	}
}
