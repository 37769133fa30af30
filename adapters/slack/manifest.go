package slack

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// manifest is what an app is made of (https://docs.slack.dev/reference/app-manifest).
type manifest struct {
	Display struct {
		Name        string `yaml:"name"`
		Description string `yaml:"description"`
	} `yaml:"display_information"`
	Features struct {
		Home struct {
			Tab      bool `yaml:"home_tab_enabled"`
			Messages bool `yaml:"messages_tab_enabled"`
			ReadOnly bool `yaml:"messages_tab_read_only_enabled"`
		} `yaml:"app_home"`
		Bot struct {
			Name   string `yaml:"display_name"`
			Online bool   `yaml:"always_online"`
		} `yaml:"bot_user"`
		Shortcuts []manifestShortcut `yaml:"shortcuts"`
		Commands  []manifestCommand  `yaml:"slash_commands"`
	} `yaml:"features"`
	OAuth struct {
		Redirects []string `yaml:"redirect_urls,omitempty"`
		Scopes    struct {
			Bot []string `yaml:"bot"`
		} `yaml:"scopes"`
	} `yaml:"oauth_config"`
	Settings struct {
		Events struct {
			URL string   `yaml:"request_url,omitempty"`
			Bot []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			Enabled bool   `yaml:"is_enabled"`
			URL     string `yaml:"request_url,omitempty"`
		} `yaml:"interactivity"`
		Org      bool `yaml:"org_deploy_enabled"`
		Socket   bool `yaml:"socket_mode_enabled"`
		Rotation bool `yaml:"token_rotation_enabled"`
	} `yaml:"settings"`
}

type manifestShortcut struct {
	Name     string `yaml:"name"`
	Type     string `yaml:"type"`
	Callback string `yaml:"callback_id"`
	About    string `yaml:"description"`
}

type manifestCommand struct {
	Command string `yaml:"command"`
	URL     string `yaml:"url,omitempty"`
	About   string `yaml:"description"`
	Hint    string `yaml:"usage_hint,omitempty"`
	Escape  bool   `yaml:"should_escape"`
}

// Path is where Endpoint is expected below the address of the service.
const Path = "/slack/events"

// scopes are exactly what the bot needs. The histories are read only to find a post again whose answer got lost; of channels and
// people it asks whether a channel is shared with others and who is in it, in what language somebody has Slack, and whether they are an
// admin; of user groups who is in them, since a group may moderate. Files are what moderators export.
func scopes() []string {
	return []string{
		"app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:write", "groups:history", "groups:read",
		"im:history", "im:write", "usergroups:read", "users:read",
	}
}

// botEvents are what the bot hears of.
func botEvents() []string {
	return []string{"app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked"}
}

// ManifestOptions say what an app is made for. The zero options make it for one team, by Socket Mode.
type ManifestOptions struct {
	URL         string // the public address of the service; empty: Socket Mode
	Installable bool   // teams install it at URL, and their tokens rotate; one of the configuration mustn't change by itself
}

// Manifest returns, as YAML, what Slack makes the app from. The error is of an address that Slack wouldn't take, or that is missing.
func Manifest(all []bot.Command, o ManifestOptions) ([]byte, error) {
	to, address := "", o.URL
	if address == "" && o.Installable {
		return nil, errors.New("an app that workspaces install needs the public address of serve, to which Slack sends back who installs it")
	}
	if address != "" {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			return nil, fmt.Errorf("%.200q isn't an address that Slack can reach: write one like https://bot.example", address)
		}
		to = strings.TrimSuffix(address, "/") + Path
	}
	var m manifest
	m.Display.Name, m.Display.Description = "WhoSays", "Says who says a figure, when and where, and checks what people claim."
	m.Features.Home.Tab, m.Features.Home.Messages = true, true
	m.Features.Bot.Name, m.Features.Bot.Online = "WhoSays", true
	m.Features.Shortcuts, m.Features.Commands = offered(all, to)
	m.OAuth.Scopes.Bot = scopes()
	if o.Installable {
		m.OAuth.Redirects, m.Settings.Rotation = []string{strings.TrimSuffix(address, "/") + CallbackPath}, true
	}
	m.Settings.Events.URL, m.Settings.Events.Bot = to, botEvents()
	m.Settings.Interactivity.Enabled, m.Settings.Interactivity.URL = true, to
	m.Settings.Socket = to == ""
	return yaml.Marshal(m)
}

// offered returns the shortcuts and the commands of the bot: those that have a short name, /claim for the group of them that are about
// claims, and /whosays for all.
func offered(all []bot.Command, to string) (shortcuts []manifestShortcut, commands []manifestCommand) {
	lang := lexicon.Languages[0]
	main, claims := manifestCommand{mainCommand, to, "", "", true}, manifestCommand{claimCommand, to, "", "", true}
	var names, inGroup []string
	for _, c := range all {
		switch {
		case c.Message:
			shortcuts = append(shortcuts, manifestShortcut{c.Name[lang], "message", factCheck, c.About[lang]})
			continue
		case c.Group == nil:
			names = append(names, c.Name[lang])
		case !slices.Contains(names, c.Group[lang]):
			names = append(names, c.Group[lang])
		}
		if slices.Contains(slashes(), c.Command) {
			commands = append(commands, manifestCommand{"/" + string(c.Command), to, c.About[lang], hint(c, lang), true})
		}
		if c.Command == chat.CommandHelp {
			main.About = c.About[lang]
		}
		if "/"+c.Group[lang] == claimCommand {
			claims.About, inGroup = c.Within[lang], append(inGroup, c.Name[lang])
		}
	}
	main.Hint, claims.Hint = strings.Join(names, "|"), strings.Join(inGroup, "|")
	return shortcuts, append(commands, main, claims)
}

// hint returns what is to be typed behind a command.
func hint(c bot.Command, lang string) string {
	var out []string
	for _, o := range c.Options {
		out = append(out, "["+o.Name[lang]+"]")
	}
	return strings.Join(out, " ")
}
