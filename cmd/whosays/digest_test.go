package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Of Discord's permissions and flags of messages.
const (
	manageChannels = 1 << 4
	sendMessages   = 1 << 11
	ephemeral      = 1 << 6
)

// TestServeDigests has a channel of each platform subscribe, and sees to it that what has changed is told there once when it is due.
func TestServeDigests(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "base.db")
	discord, environ := fakeDiscord(t)
	slack, team, slackEnviron := fakeSlack(t)
	environ = append(append(environ, slackEnviron...), "WHOSAYS_SLACK_APP_TOKEN="+slackAppToken, "WHOSAYS_DATABASE_URL="+db)
	olena, anna := discord.AddUser(discordfake.User{Username: "olena"}), slack.AddUser(slackfake.User{TeamID: team, Name: "anna", Admin: true, TZ: "Europe/Kyiv"})
	guild := discord.AddGuild(discordfake.Guild{Name: "Kyiv"})
	discord.AddMember(guild, discordfake.Member{UserID: olena, Permissions: manageChannels})
	facts := discord.AddChannel(discordfake.Channel{GuildID: guild, Name: "facts"})
	closed := discord.AddChannel(discordfake.Channel{GuildID: guild, Name: "closed", Bot: sendMessages})
	thread := slack.AddChannel(slackfake.Channel{TeamID: team, Name: "facts"})
	log, stop, done := serving(t, environ)
	r := running{t: t, log: log, url: "http://" + log.wait(t, "listening").Addr}
	log.wait(t, "ready")
	if err := discord.AwaitReady(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	if err := slack.AwaitSockets(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	m, err := discord.Slash(facts, olena, "digest", discordfake.Sub("subscribe", discordfake.Text("zone", "Europe/Kyiv"))).Response(soon(t))
	if err != nil || !strings.Contains(told(m), "Digests come to this channel") || m.Flags&ephemeral == 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	slack.Slash(thread, anna, "/whosays", "digest subscribe time=18:30")
	store := openDB(t, db)
	s := store.Digests()
	for tenant, desk := range map[string]string{"discord:" + guild: "discord", "slack:" + team: "slack"} {
		subscribedSoon(t, s, tenant, desk)
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	base, err := knowledge.NewBase(t.Context(), lex, store)
	if err != nil {
		t.Fatal(err)
	}
	view, err := base.View(t.Context(), "", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if out, errs, status := ran(t, environ, "base", "retract", killedClaim, "--reason", "the office withdrew it"); status != exitOK {
		t.Fatalf("status %d: %s%s", status, out, errs)
	}
	for _, tenant := range []string{"discord:" + guild, "slack:" + team} {
		all, err := s.List(t.Context(), tenant)
		if err != nil || len(all) != 1 {
			t.Fatalf("%+v, %v", all, err)
		}
		all[0].Next.At = time.Now().Add(-time.Minute) // its hour has come
		all[0].Since = view.At()                      // and one came before
		if _, err := s.Put(t.Context(), all[0]); err != nil {
			t.Fatal(err)
		}
		if all[0].Desk == "discord" { // in another channel, too, in which the bot may not speak any more
			all[0].From = all[0].Next.At.Add(-time.Hour)
			all[0].ID, all[0].To = "closed", chat.Address("discord:"+guild+"/"+closed)
			if _, err := s.Put(t.Context(), all[0]); err != nil {
				t.Fatal(err)
			}
		}
	}
	const gone = "Taken back"
	if m, err := discord.AwaitMessage(soon(t), facts, func(m discordfake.Message) bool { return strings.Contains(told(m), gone) }); err != nil ||
		!strings.Contains(told(m), "the office withdrew it") {
		t.Errorf("%+v: %v", m, err)
	}
	if m, err := slack.AwaitMessage(soon(t), thread, func(m slackfake.Message) bool { return strings.Contains(m.Text, gone) }); err != nil {
		t.Errorf("%+v: %v", m, err)
	}
	if m, err := discord.AwaitMessage(soon(t), discord.OpenDM(olena), nil); err != nil || !strings.Contains(told(m), "A digest is paused") {
		t.Errorf("%+v: %v", m, err)
	}
	for _, want := range []string{
		`whosays_posts_total{desk="discord",end="sent"} 2`, `whosays_posts_total{desk="discord",end="refused"} 1`, `whosays_posts_total{desk="slack",end="sent"} 1`,
		`whosays_digest_lateness_seconds_count 2`,
	} {
		r.comesTo("/metrics", want)
	}
	stop()
	if status := <-done; status != exitOK {
		t.Errorf("status %d", status)
	}
	if got := []int{len(discord.Messages(facts)), len(slack.Messages(thread))}; fmt.Sprint(got) != "[1 1]" {
		t.Errorf("there are %v messages: %+v", got, discord.Messages(facts))
	}
}

// TestDigestPreview shows the digest that a channel would get now, in a terminal of 80 columns, in each language.
func TestDigestPreview(t *testing.T) {
	t.Parallel()
	for _, lang := range lexicon.Languages {
		var out strings.Builder
		a := &app{
			in: strings.NewReader(""), out: &out, errs: &out, screen: console.Screen{Width: 80}, env: func(string) string { return "" },
			clock: func() time.Time { return time.Date(2026, 11, 30, 7, 0, 0, 0, time.UTC) },
		}
		if status := a.execute(t.Context(), []string{"digest", "preview", "--lang", lang}); status != exitOK {
			t.Fatalf("status %d: %s", status, out.String())
		}
		path := filepath.Join("testdata", "digest-"+lang+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil { //nolint:gosec // a golden is read by everyone
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), out.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestDigestPreviewTopics(t *testing.T) {
	t.Parallel()
	if status, out, errs := call(t, "", "digest", "preview", "--lang", "en", "--topics", "territory"); status != exitOK || strings.Contains(out, "nuclear") || !strings.Contains(out, "Moscow demands") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	if status, out, errs := call(t, "", "digest", "preview", "--topics", "football"); status != exitUsage || !strings.Contains(errs, "football") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
}

// subscribedSoon waits until a tenant has subscribed.
func subscribedSoon(t *testing.T, s digest.Store, tenant, desk string) {
	t.Helper()
	for ctx := soon(t); ; {
		all, err := s.List(ctx, tenant)
		if err != nil {
			t.Fatalf("%s: %v", tenant, err)
		}
		if len(all) == 1 && all[0].Desk == desk {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}
