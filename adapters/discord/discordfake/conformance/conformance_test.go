package conformance_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/discord/discordfake/conformance"
)

// spec is Discord's OpenAPI document, beside the repository.
const spec = "shared/guides/discord-openapi.json"

func load(t *testing.T) *conformance.Document {
	t.Helper()
	path, err := conformance.Find(spec)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := conformance.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestAMissingDocumentIsNamed(t *testing.T) {
	t.Parallel()
	if _, err := conformance.Find("nowhere.json"); err == nil || !strings.Contains(err.Error(), "nowhere.json") {
		t.Errorf("err = %v", err)
	}
	if _, err := conformance.Load("nowhere.json"); err == nil || !strings.Contains(err.Error(), "nowhere.json") {
		t.Errorf("err = %v", err)
	}
}

// TestTheRealClientConforms also shows that the document's paths are found by what the client asks for.
func TestTheRealClientConforms(t *testing.T) {
	t.Parallel()
	doc := load(t)
	s := discordfake.Start(t, discordfake.Options{})
	s.Observe(doc.Check)
	guild := s.AddGuild(discordfake.Guild{Name: "Kyiv"})
	channel := s.AddChannel(discordfake.Channel{GuildID: guild})
	user := s.AddUser(discordfake.User{Username: "olena"})
	session, err := discordgo.New(s.Token())
	if err != nil {
		t.Fatal(err)
	}
	session.Client = &http.Client{Transport: s.Transport()}
	t.Cleanup(session.Client.CloseIdleConnections)
	used := s.Slash(channel, user, "ask")
	i := &discordgo.Interaction{ID: used.ID, Token: used.Token, AppID: s.ApplicationID()}
	perms := int64(8192)
	text := "done"
	quiet := &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
	embeds := []*discordgo.MessageEmbed{{Title: "t", Fields: []*discordgo.MessageEmbedField{{Name: "n", Value: "v"}}}}
	for name, do := range map[string]func() error{
		"gateway": func() error { _, err := session.GatewayBot(); return err },
		"commands": func() error {
			_, err := session.ApplicationCommandBulkOverwrite(s.ApplicationID(), "", []*discordgo.ApplicationCommand{{
				Name: "ask", Description: "d", DefaultMemberPermissions: &perms,
				Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionString, Name: "q", Description: "d"}},
			}})
			return err
		},
		"message": func() error {
			_, err := session.ChannelMessageSendComplex(channel, &discordgo.MessageSend{Content: "x", Embeds: embeds, AllowedMentions: quiet})
			return err
		},
		"file": func() error {
			_, err := session.ChannelMessageSendComplex(channel, &discordgo.MessageSend{
				Content: "x", Files: []*discordgo.File{{Name: "a.txt", Reader: strings.NewReader("a")}},
			})
			return err
		},
		"interaction": func() error {
			err := session.InteractionRespond(i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource})
			if err == nil {
				_, err = session.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &text})
			}
			return err
		},
	} {
		if err := do(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, err := range s.Violations() {
		t.Error(err)
	}
}

func TestViolationsAreFound(t *testing.T) {
	t.Parallel()
	doc := load(t)
	long := func(n int) string { return `"` + strings.Repeat("x", n) + `"` }
	list := func(item string, n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(item+",", n), ",") + "]"
	}
	const messages = "/api/v10/channels/123/messages"
	for name, c := range map[string]struct {
		method, path, kind, body string
		good                     bool
	}{
		"a message":         {"POST", messages, "", `{"content":"x"}`, true},
		"multipart":         {"POST", messages, "multipart/form-data; boundary=b", part(`{"content":"x"}`), true},
		"26 fields":         {"POST", messages, "", `{"embeds":[{"fields":` + list(`{"name":"n","value":"v"}`, 26) + `}]}`, false},
		"a value of 1025":   {"POST", messages, "", `{"embeds":[{"fields":[{"name":"n","value":` + long(1025) + `}]}]}`, false},
		"11 embeds":         {"POST", messages, "", `{"embeds":` + list(`{"title":"x"}`, 11) + `}`, false},
		"a nonce of 26":     {"POST", messages, "", `{"content":"x","nonce":` + long(26) + `}`, false},
		"inside multipart":  {"POST", messages, "multipart/form-data; boundary=b", part(`{"content":"x","nonce":` + long(26) + `}`), false},
		"no payload_json":   {"POST", messages, "multipart/form-data; boundary=b", "--b--\r\n", false},
		"a custom id":       {"POST", messages, "", `{"components":[{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":` + long(101) + `}]}]}`, false},
		"a description":     {"PUT", "/api/v9/applications/1/commands", "", `[{"name":"ask","description":` + long(101) + `}]`, false},
		"permissions":       {"PUT", "/api/v9/applications/1/commands", "", `[{"name":"ask","description":"d","default_member_permissions":"8192"}]`, true},
		"right elsewhere":   {"POST", messages, "", `[{"name":"ask","description":"d","default_member_permissions":"8192"}]`, false},
		"wrong permissions": {"PUT", "/api/v9/applications/1/commands", "", `[{"name":"ask","description":"d","default_member_permissions":"all"}]`, false},
		"26 choices":        {"POST", "/api/v9/interactions/1/t/callback", "", `{"type":8,"data":{"choices":` + list(`{"name":"n","value":"v"}`, 26) + `}}`, false},
		"a title of 46":     {"POST", "/api/v9/interactions/1/t/callback", "", `{"type":9,"data":{"custom_id":"a","title":` + long(46) + `,"components":[{"type":1,"components":[{"type":4,"custom_id":"t","style":1}]}]}}`, false},
		"a title of 45":     {"POST", "/api/v9/interactions/1/t/callback", "", `{"type":9,"data":{"custom_id":"a","title":` + long(45) + `,"components":[{"type":1,"components":[{"type":4,"custom_id":"t","style":1}]}]}}`, true},
		"no such path":      {"GET", "/api/v9/nowhere", "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := http.NewRequestWithContext(t.Context(), c.method, "http://127.0.0.1:1"+c.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", c.kind)
			if c.kind == "" {
				r.Header.Set("Content-Type", "application/json")
			}
			for range 2 { // what was right is known then
				if err := doc.Check(r, []byte(c.body)); (err == nil) != c.good {
					t.Errorf("err = %v", err)
				}
			}
		})
	}
}

func part(payload string) string {
	return "--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n" + payload + "\r\n--b--\r\n"
}
