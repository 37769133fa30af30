package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// discordToken has the form of a bot's token.
const discordToken = "canary-MTIz.abc.def"

func fakeDiscord(t *testing.T) (*discordfake.Server, []string) {
	t.Helper()
	fake := discordfake.Start(t, discordfake.Options{Token: discordToken, IdentifyWindow: time.Nanosecond})
	t.Cleanup(func() {
		if live := fake.Live(); len(live) > 0 {
			t.Errorf("live: %q", live)
		}
	})
	return fake, []string{
		"WHOSAYS_HTTP_LISTEN=127.0.0.1:0", "WHOSAYS_LOG_LEVEL=debug",
		"WHOSAYS_DISCORD_TOKEN=" + discordToken, "WHOSAYS_DISCORD_API=" + fake.URL(),
		"WHOSAYS_DISCORD_PUBLIC_KEY=" + hex.EncodeToString(fake.PublicKey()),
	}
}

// soon is a context that ends when nothing came.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// comesTo waits until a page says something with status 200.
func (r running) comesTo(path, body string) {
	r.t.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for ctx := soon(r.t); ; {
		status, got := r.get(path)
		if status == http.StatusOK && strings.Contains(got, body) {
			return
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			r.t.Fatalf("%s: %d %q, want %q", path, status, got, body)
		}
	}
}

// TestServeDiscord serves a server of Discord: mentions by the gateway, commands by both ways, until it is asked to stop.
func TestServeDiscord(t *testing.T) {
	t.Parallel()
	fake, environ := fakeDiscord(t)
	channel := fake.AddChannel(discordfake.Channel{GuildID: fake.AddGuild(discordfake.Guild{Name: "Kyiv"}), Name: "facts"})
	olena := fake.AddUser(discordfake.User{Username: "olena"})
	log, stop, done := serving(t, environ)
	r := running{t: t, log: log, url: "http://" + log.wait(t, "listening").Addr}
	log.wait(t, "ready")
	log.wait(t, "the commands are registered")
	if err := fake.AwaitReady(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	r.comesTo("/readyz", "database: ok\nbase: ok\ndiscord: ok\nready\n")
	asked := fake.Say(channel, olena, "<@"+fake.BotID()+"> How many Ukrainian soldiers have been killed?")
	if _, err := fake.AwaitMessage(soon(t), channel, func(m discordfake.Message) bool {
		return m.Reference != nil && m.Reference.MessageID == asked.ID && strings.Contains(m.Content, "55,000")
	}); err != nil {
		t.Error(err)
	}
	for _, endpoint := range []string{"", r.url + discordPath} {
		if err := fake.SetEndpoint(soon(t), endpoint); err != nil {
			t.Fatal(err)
		}
		if m, err := fake.Slash(channel, olena, "ask", discordfake.Text("question", "How many Ukrainian soldiers have been killed?")).Response(soon(t)); err != nil || !strings.Contains(m.Content, "55,000") {
			t.Errorf("by %q: %q, %v", endpoint, m.Content, err)
		}
	}
	r.want("/metrics", 200, `whosays_inbox_offers_total{verdict="accepted"}`)
	stop()
	if status := <-done; status != exitOK {
		t.Errorf("status %d", status)
	}
	if strings.Contains(log.String(), discordToken) {
		t.Errorf("the log holds the token: %s", log)
	}
}

// TestServeDiscordRefused serves on, not ready, where Discord refuses the bot for good.
func TestServeDiscordRefused(t *testing.T) {
	t.Parallel()
	_, environ := fakeDiscord(t)
	log, stop, done := serving(t, append(environ, "WHOSAYS_DISCORD_TOKEN=wrong.wrong.wrong"))
	r := running{t: t, log: log, url: "http://" + log.wait(t, "listening").Addr}
	log.wait(t, "Discord refuses the bot: it isn't there until this is changed and the process started anew")
	log.wait(t, "ready") // all else is
	r.want("/healthz", 200, "alive\n")
	r.want("/readyz", http.StatusServiceUnavailable, "discord: ")
	stop()
	if status := <-done; status != exitOK {
		t.Errorf("status %d", status)
	}
}

// ran runs the program to its end.
func ran(t *testing.T, environ []string, args ...string) (out, errs string, status int) {
	t.Helper()
	a := surroundings(t, environ)
	var o, e bytes.Buffer
	a.out, a.errs = &o, &e
	status = a.execute(t.Context(), args)
	return o.String(), e.String(), status
}

func TestDiscordInvite(t *testing.T) {
	t.Parallel()
	fake, environ := fakeDiscord(t)
	want := "https://discord.com/oauth2/authorize?client_id=" + fake.ApplicationID() + "&permissions=274877991936&scope=bot+applications.commands"
	if out, errs, status := ran(t, environ, "discord", "invite"); status != exitOK || out != want+"\n" {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	out, _, _ := ran(t, environ, "discord", "invite", "--json")
	var doc inviteDoc
	if err := json.Unmarshal([]byte(out), &doc); err != nil || doc.URL != want || doc.Application != fake.ApplicationID() {
		t.Errorf("%s: %v", out, err)
	}
	_, errs, status := ran(t, nil, "discord", "invite")
	if status != exitUsage || !strings.Contains(errs, "WHOSAYS_DISCORD_TOKEN") {
		t.Errorf("without a token: status %d: %s", status, errs)
	}
}

func TestDiscordCommands(t *testing.T) {
	t.Parallel()
	fake, environ := fakeDiscord(t)
	out, _, status := ran(t, environ, "discord", "commands", "--diff")
	if status != exitFail || !strings.Contains(out, `+ {"name":"ask"`) || !strings.Contains(out, "Fact-check this") {
		t.Errorf("status %d: %s", status, out)
	}
	all, err := commandTable()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		for _, lang := range []string{"uk", "ru"} {
			if c.Name[lang] == "" || !strings.Contains(out, fmt.Sprintf("%q:%q", lang, c.Name[lang])) {
				t.Errorf("%s isn't named in %s: %s", c.Command, lang, out)
			}
		}
	}
	if fake.Creates("") != 0 {
		t.Error("a look changes something")
	}
	if out, errs, status := ran(t, environ, "discord", "commands", "--register"); status != exitOK || !strings.HasSuffix(out, "Registered.\n") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	for _, args := range [][]string{{"discord", "commands", "--diff"}, {"discord", "commands", "--register"}} {
		if out, errs, status := ran(t, environ, args...); status != exitOK || out != "The registered commands are those of this version.\n" {
			t.Errorf("%v: status %d: %s%s", args, status, out, errs)
		}
	}
	if n := len(fake.Requests("PUT /applications/{app}/commands")); n != 1 {
		t.Errorf("the commands were registered %d times", n)
	}
}
