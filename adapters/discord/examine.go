package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// ExamineOptions say what is configured for Discord.
type ExamineOptions struct {
	Token     string
	PublicKey string // empty: interactions come by the gateway
	API       string // see ClientOptions
	Commands  []bot.Command
}

// Account is whom a token is of.
type Account struct {
	Name        string
	Application string // its id
	PublicKey   string // of the application
}

// Recognise tries a token, and returns whom it is of; nobody where the finding isn't a good one.
func Recognise(ctx context.Context, o ExamineOptions) (Account, checkup.Finding) {
	c, err := NewClient(ClientOptions{Token: o.Token, API: o.API})
	if err != nil {
		return Account{}, checkup.Bad("token", "discord.api isn't an address.", "Write one like http://127.0.0.1:8081, or leave it out.")
	}
	a, app, found := c.recognise(ctx)
	a.Application, a.PublicKey = app.ID, app.Key
	return a, found
}

func (c *Client) recognise(ctx context.Context) (a Account, app application, found checkup.Finding) {
	var me struct {
		Name string `json:"username"`
	}
	address := discordgo.EndpointUser("@me")
	err := c.call(ctx, http.MethodGet, address, address, nil, &me)
	if err == nil {
		app, err = c.application(ctx)
	}
	if err != nil {
		return Account{}, application{}, trouble("token", err)
	}
	return Account{Name: me.Name}, app, checkup.OK("token", "Discord takes the token; it is that of %s.", me.Name)
}

// trouble says what it means that Discord doesn't do what it was asked.
func trouble(what string, err error) checkup.Finding {
	if _, fatal := errors.AsType[*FatalError](err); fatal {
		return checkup.Bad(what, "Discord refuses the token: it is wrong, or was reset.", "Reset it in Discord's developer portal, on the page Bot, and put the new one into discord.token.")
	}
	if late, ok := errors.AsType[*chat.Delayed](err); ok {
		return checkup.Bad(what, "Discord limits how much may be asked from here, so that nothing could be.", fmt.Sprintf("Wait %v, and try again.", late.After.Round(time.Second)))
	}
	if no, ok := errors.AsType[*refusal](err); ok {
		return checkup.Bad(what, fmt.Sprintf("Discord refuses with %d (code %d).", no.status, no.code), "Look whether the application is still there in Discord's developer portal.")
	}
	return checkup.Bad(what, fmt.Sprintf("Discord can't be asked: %.200s.", err), "Look whether this machine may connect to https://discord.com, and at discord.api.")
}

// Examine tries what is configured for Discord, and changes nothing.
func Examine(ctx context.Context, o ExamineOptions) []checkup.Finding {
	c, err := NewClient(ClientOptions{Token: o.Token, API: o.API})
	if err != nil {
		return []checkup.Finding{checkup.Bad("token", "discord.api isn't an address.", "Write one like http://127.0.0.1:8081, or leave it out.")}
	}
	_, app, found := c.recognise(ctx)
	out := []checkup.Finding{found}
	if found.State != checkup.Good {
		return out
	}
	return append(out, intents(app.Flags), c.examineGateway(ctx), c.examineCommands(ctx, app.ID, o.Commands), examineServers(app), examineEndpoint(ctx, app, o.PublicKey))
}

// The flags of an application that may have what people write, wherever they write it
// (https://docs.discord.com/developers/resources/application#application-object-application-flags).
const (
	contentGranted        = 1 << 18
	contentGrantedLimited = 1 << 19
)

// intents looks at the privileged intent that bots most often ask for. This one asks for none: what is said to it comes without.
func intents(flags int) checkup.Finding {
	if flags&(contentGranted|contentGrantedLimited) != 0 {
		return checkup.Doubt("intents", "Discord grants the bot the content of all messages, which it doesn't need: it reads only what is said to it.",
			"Turn Message Content Intent off in Discord's developer portal, on the page Bot, unless another program uses the same application.")
	}
	return checkup.OK("intents", "It needs no privileged intent, and has none.")
}

// examineGateway looks whether Discord lets the bot connect.
func (c *Client) examineGateway(ctx context.Context) checkup.Finding {
	var start gatewayStart
	if err := c.call(ctx, http.MethodGet, discordgo.EndpointGatewayBot, discordgo.EndpointGatewayBot, nil, &start); err != nil {
		return trouble("gateway", err)
	}
	if start.Limit.Remaining < start.Shards {
		again := (time.Duration(start.Limit.ResetAfter) * time.Millisecond).Round(time.Minute)
		return checkup.Bad("gateway", fmt.Sprintf("Discord lets the bot connect %d times more today, and it has %d shards.", start.Limit.Remaining, start.Shards),
			fmt.Sprintf("Look in the log of serve why it connects so often; the count begins anew in %v.", again))
	}
	return checkup.OK("gateway", "Discord recommends %s, and lets the bot connect %d times more today.", several(start.Shards, "shard"), start.Limit.Remaining)
}

func several(n int, what string) string {
	if n == 1 {
		return "one " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// examineCommands looks whether Discord offers the commands of this version.
func (c *Client) examineCommands(ctx context.Context, app string, all []bot.Command) checkup.Finding {
	changes, err := c.CommandChanges(ctx, app, all)
	switch {
	case err != nil:
		return trouble("commands", err)
	case len(changes) > 0:
		return checkup.Doubt("commands", fmt.Sprintf("%s not registered as in this version.", isOrAre(len(changes), "command")),
			"Start serve, which registers them, or run whosays discord commands --register.")
	}
	return checkup.OK("commands", "All are registered as in this version.")
}

func isOrAre(n int, what string) string {
	if n == 1 {
		return "One " + what + " is"
	}
	return fmt.Sprintf("%d %ss are", n, what)
}

func examineServers(app application) checkup.Finding {
	if app.Servers == 0 {
		return checkup.Doubt("servers", "The bot is in no server yet.", "Open the address that whosays discord invite prints.")
	}
	return checkup.OK("servers", "The bot is in %s.", several(app.Servers, "server"))
}

// examineEndpoint looks whether what Discord brings by HTTP is taken, where it does.
func examineEndpoint(ctx context.Context, app application, key string) checkup.Finding {
	const what = "endpoint"
	switch {
	case key == "" && app.Endpoint == "":
		return checkup.OK(what, "Interactions come by the gateway.")
	case key == "":
		return checkup.Bad(what, "Discord brings interactions to "+host(app.Endpoint)+", but discord.public_key isn't set: nobody there takes them.",
			"Set discord.public_key to the one of the page General Information, or empty the field Interactions Endpoint URL there.")
	case !strings.EqualFold(key, app.Key):
		return checkup.Bad(what, "discord.public_key isn't that of the token's application: what Discord signs is refused.",
			"Copy it from the page General Information of the same application as the token.")
	case app.Endpoint == "":
		return checkup.Doubt(what, "The public key is that of the application, but interactions come by the gateway.",
			"Name the address of serve, with /discord/interactions behind it, as Interactions Endpoint URL on the page General Information, or leave discord.public_key out.")
	}
	return checkup.Endpoint(ctx, what, app.Endpoint)
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "an address"
	}
	return u.Host
}

// Clock asks Discord, or what stands in its place, how late it is there, within a second. It needs no token.
func Clock(ctx context.Context, api string) (time.Time, error) {
	t, err := newTransport(nil, api)
	if err != nil {
		return time.Time{}, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, discordgo.EndpointGateway, http.NoBody)
	if err != nil {
		return time.Time{}, err
	}
	r.Header.Set("User-Agent", userAgent)
	resp, err := (&http.Client{Transport: t, Timeout: requestTimeout}).Do(r)
	if err != nil {
		return time.Time{}, fmt.Errorf("discord: no answer: %w", err)
	}
	_ = resp.Body.Close() // nothing was read
	return http.ParseTime(resp.Header.Get("Date"))
}
