package discord

import (
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// TestActor reads who asks from an interaction, and from nothing else.
func TestActor(t *testing.T) {
	t.Parallel()
	olena := &user{ID: "7"}
	for name, test := range map[string]struct {
		in   interaction
		want chat.Actor
	}{
		"a member":                   {interaction{GuildID: "1", Member: &member{User: olena, Permissions: "2048"}}, chat.Actor{ID: "discord:7"}},
		"with roles":                 {interaction{GuildID: "1", Member: &member{User: olena, Roles: []string{"8", "nonsense", "9"}}}, chat.Actor{ID: "discord:7", Groups: []string{"discord:role:8", "discord:role:9"}}},
		"who manages the server":     {interaction{GuildID: "1", Member: &member{User: olena, Permissions: "32"}}, chat.Actor{ID: "discord:7", Manager: true}},
		"an administrator":           {interaction{GuildID: "1", Member: &member{User: olena, Permissions: "8"}}, chat.Actor{ID: "discord:7", Manager: true}},
		"of more than 32 bits":       {interaction{GuildID: "1", Member: &member{User: olena, Permissions: "2251799813685280"}}, chat.Actor{ID: "discord:7", Manager: true}},
		"of permissions that aren't": {interaction{GuildID: "1", Member: &member{User: olena, Permissions: "0x20"}}, chat.Actor{ID: "discord:7"}},
		"in a direct conversation":   {interaction{User: olena}, chat.Actor{ID: "discord:7"}},
		"a member in none":           {interaction{Member: &member{User: olena, Roles: []string{"8"}, Permissions: "8"}}, chat.Actor{ID: "discord:7"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, test.in.actor()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestArguments reads options of all kinds, and what they can't be.
func TestArguments(t *testing.T) {
	t.Parallel()
	c := ofAllKinds()[0]
	for name, test := range map[string]struct {
		given []argument
		want  chat.Request
	}{
		"nothing": {nil, chat.Request{}},
		"all": {
			[]argument{{Name: "text", Value: "T"}, {Name: "side", Value: "b"}, {Name: "claim", Value: "c-1"}, {Name: "who", Value: "5"}, {Name: "quiet", Value: true}},
			chat.Request{Text: "T", Claims: []string{"c-1"}, Values: map[string]string{"side": "b", "who": "discord:5", "quiet": "true"}},
		},
		"a role":                  {[]argument{{Name: "who", Value: "6"}}, chat.Request{Values: map[string]string{"who": "discord:role:6"}}},
		"everybody":               {[]argument{{Name: "who", Value: "1"}}, chat.Request{}},
		"nobody":                  {[]argument{{Name: "who", Value: "99"}}, chat.Request{}},
		"a name":                  {[]argument{{Name: "who", Value: "olena"}}, chat.Request{}},
		"no flag":                 {[]argument{{Name: "quiet", Value: false}}, chat.Request{}},
		"another option":          {[]argument{{Name: "loud", Value: "x"}}, chat.Request{}},
		"numbers where text is":   {[]argument{{Name: "text", Value: 1.5}, {Name: "side", Value: nil}}, chat.Request{}},
		"text where a flag is":    {[]argument{{Name: "quiet", Value: "true"}}, chat.Request{}},
		"a number for an account": {[]argument{{Name: "who", Value: 5.0}}, chat.Request{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := interaction{GuildID: "1", Data: interactionData{Name: "claim", Options: []argument{
				{Name: "add", Type: discordgo.ApplicationCommandOptionSubCommand, Options: test.given},
			}}}
			in.Data.Resolved.Roles = map[string]struct{}{"1": {}, "6": {}}
			in.Data.Resolved.Users = map[string]user{"5": {ID: "5"}}
			var got chat.Request
			in.fill(&got, c)
			if diff := cmp.Diff(test.want, got, cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "Sees" }, cmp.Ignore())); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestTyping finds the option that is being typed, whatever is typed.
func TestTyping(t *testing.T) {
	t.Parallel()
	c := ofAllKinds()[0]
	for name, test := range map[string]struct {
		given     []argument
		id, typed string
	}{
		"a claim":            {[]argument{{Name: "text", Value: "T"}, {Name: "claim", Value: "ki", Focused: true}}, bot.ClaimOption, "ki"},
		"nothing yet":        {[]argument{{Name: "claim", Focused: true}}, bot.ClaimOption, ""},
		"a part of a number": {[]argument{{Name: "claim", Value: 1.0, Focused: true}}, bot.ClaimOption, ""},
		"what is no text":    {[]argument{{Name: "claim", Value: map[string]any{"a": 1.0}, Focused: true}}, bot.ClaimOption, ""},
		"another option":     {[]argument{{Name: "text", Value: "T", Focused: true}}, "", ""},
		"an unknown one":     {[]argument{{Name: "loud", Value: "T", Focused: true}}, "", ""},
		"none":               {nil, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := interaction{Data: interactionData{Name: "claim", Options: []argument{
				{Name: "add", Type: discordgo.ApplicationCommandOptionSubCommand, Options: test.given},
			}}}
			if id, typed := in.typing(c); id != test.id || typed != test.typed {
				t.Errorf("%q, %q", id, typed)
			}
		})
	}
}
