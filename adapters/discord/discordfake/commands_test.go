package discordfake_test

import (
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

func TestCommands(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	session := p.client(t)
	perms := int64(discordgo.PermissionManageGuild)
	ask := &discordgo.ApplicationCommand{Name: "ask", Description: "ask", DefaultMemberPermissions: &perms, Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "what", Required: true},
	}}
	check := &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: "Check this"}
	first, err := session.ApplicationCommandBulkOverwrite(p.ApplicationID(), "", []*discordgo.ApplicationCommand{ask, check})
	if err != nil {
		t.Fatal(err)
	}
	ask.Description = "ask again"
	second, err := session.ApplicationCommandBulkOverwrite(p.ApplicationID(), "", []*discordgo.ApplicationCommand{ask})
	if err != nil {
		t.Fatal(err)
	}
	if first[0].ID != second[0].ID || p.Creates("") != 2 {
		t.Errorf("ids %s and %s, %d creates", first[0].ID, second[0].ID, p.Creates(""))
	}
	got, err := session.ApplicationCommands(p.ApplicationID(), "")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(second, got); diff != "" || *got[0].DefaultMemberPermissions != perms {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestCommandsThatDiscordRefuses(t *testing.T) {
	t.Parallel()
	option := func(fields string) string {
		return `[{"name":"ask","description":"d","options":[` + fields + `]}]`
	}
	for name, c := range map[string]struct{ body, want string }{
		"upper case":          {`[{"name":"Ask","description":"d"}]`, "APPLICATION_COMMAND_INVALID_NAME"},
		"a space":             {`[{"name":"a b","description":"d"}]`, "APPLICATION_COMMAND_INVALID_NAME"},
		"33 characters":       {`[{"name":"` + strings.Repeat("a", 33) + `","description":"d"}]`, `"name"`},
		"no description":      {`[{"name":"ask","description":""}]`, `"description":{"_errors":[{"code":"BASE_TYPE_REQUIRED"`},
		"101 characters":      {`[{"name":"ask","description":"` + strings.Repeat("a", 101) + `"}]`, `"description"`},
		"twice":               {`[{"name":"ask","description":"d"},{"name":"ask","description":"d"}]`, "APPLICATION_COMMANDS_DUPLICATE_NAME"},
		"required after not":  {option(`{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}`), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"},
		"an unknown type":     {option(`{"type":33,"name":"a","description":"d"}`), `"type"`},
		"nested too deep":     {option(`{"type":1,"name":"a","description":"d","options":[{"type":1,"name":"b","description":"d"}]}`), "TYPE_INVALID"},
		"beside others":       {option(`{"type":1,"name":"a","description":"d"},{"type":3,"name":"b","description":"d"}`), "TYPE_INVALID"},
		"26 choices":          {option(`{"type":3,"name":"a","description":"d","choices":[` + strings.Join(slicesRepeat(`{"name":"n","value":"v"}`, 26), ",") + `]}`), `"choices"`},
		"a described menu":    {`[{"type":3,"name":"Check","description":"d"}]`, "CONTEXT_MENU_DESCRIPTION"},
		"101 commands":        {`[` + strings.Join(numbered(`{"name":"a%d","description":"d"}`, 101), ",") + `]`, "30032"},
		"16 menus":            {`[` + strings.Join(numbered(`{"type":3,"name":"a%d"}`, 16), ",") + `]`, "30032"},
		"8001 characters":     {option(strings.Join(numbered(`{"type":3,"name":"a%d","description":"d","choices":[`+strings.Join(numbered(`{"name":"n%d","value":"`+strings.Repeat("v", 90)+`"}`, 5), ",")+`]}`, 20), ",")), "APPLICATION_COMMAND_TOO_LARGE"},
		"a wrong translation": {`[{"name":"ask","description":"d","name_localizations":{"uk":"ЗАПИТ"}}]`, "name_localizations"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, discordfake.Options{})
			got := p.do(t, "PUT", "/applications/"+p.ApplicationID()+"/guilds/"+p.guild+"/commands", c.body)
			if got.status != 400 || !strings.Contains(got.body, c.want) {
				t.Errorf("%d %s, want %s", got.status, got.body, c.want)
			}
			if n := len(p.Commands(p.guild)); n != 0 {
				t.Errorf("%d commands are registered", n)
			}
		})
	}
}

func numbered(text string, n int) []string {
	var all []string
	for i := range n {
		all = append(all, strings.Replace(text, "%d", strings.Repeat("x", i/26)+string(rune('a'+i%26)), 1))
	}
	return all
}
