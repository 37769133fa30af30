package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

const (
	killedQuestion = "How many Ukrainian soldiers have been killed?"
	killedClaim    = "ukraine-soldiers-killed-zelenskyy"
	takenBack      = "has been taken back"
)

// TestServeCorrects has the operator take back what servers of both platforms were told: each message is answered once, where the
// server wants it, and of what was taken back quietly nobody is told.
func TestServeCorrects(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "base.db")
	discord, environ := fakeDiscord(t)
	slack, team, slackEnviron := fakeSlack(t)
	environ = append(append(environ, slackEnviron...), "WHOSAYS_SLACK_APP_TOKEN="+slackAppToken, "WHOSAYS_DATABASE_URL="+db)
	olena, anna := discord.AddUser(discordfake.User{Username: "olena"}), slack.AddUser(slackfake.User{TeamID: team, Name: "anna"})
	guild, silent := discord.AddGuild(discordfake.Guild{Name: "Kyiv"}), discord.AddGuild(discordfake.Guild{Name: "Lviv"})
	facts := discord.AddChannel(discordfake.Channel{GuildID: guild, Name: "facts"})
	off := discord.AddChannel(discordfake.Channel{GuildID: silent, Name: "facts"})
	thread := slack.AddChannel(slackfake.Channel{TeamID: team, Name: "facts"})
	log, stop, done := serving(t, environ)
	log.wait(t, "ready")
	if err := discord.AwaitReady(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	if err := slack.AwaitSockets(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	wantsNoCorrections(t, db, "discord:"+silent)
	var answers []discordfake.Message
	for _, channel := range []string{off, facts} { // in this order they are looked at
		asked := discord.Say(channel, olena, "<@"+discord.BotID()+"> "+killedQuestion)
		m, err := discord.AwaitMessage(soon(t), channel, func(m discordfake.Message) bool {
			return m.Reference != nil && m.Reference.MessageID == asked.ID
		})
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, m)
	}
	asked := slack.Say(thread, anna, "<@"+slack.BotUser(team)+"> "+killedQuestion)
	if _, err := slack.AwaitMessage(soon(t), thread, func(m slackfake.Message) bool { return m.ThreadTS == asked.TS }); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"base", "retract", quietClaim, "--reason", "not to be told", "--quiet"}, {"base", "retract", killedClaim, "--reason", "the office withdrew it"},
	} {
		if out, errs, status := ran(t, environ, args...); status != exitOK {
			t.Fatalf("status %d: %s%s", status, out, errs)
		}
	}
	if m, err := discord.AwaitMessage(soon(t), facts, func(m discordfake.Message) bool { return strings.Contains(told(m), takenBack) }); err != nil ||
		m.Reference == nil || m.Reference.MessageID != answers[1].ID || !strings.Contains(told(m), "the office withdrew it") || !strings.Contains(told(m), "55,000") {
		t.Errorf("%+v: %v", m, err)
	}
	if m, err := slack.AwaitMessage(soon(t), thread, func(m slackfake.Message) bool { return strings.Contains(m.Text, takenBack) }); err != nil ||
		m.ThreadTS != asked.TS || !strings.Contains(m.Text, "the office withdrew it") {
		t.Errorf("%+v: %v", m, err)
	}
	if got := []int{len(discord.Messages(facts)), len(discord.Messages(off)), len(slack.Messages(thread))}; fmt.Sprint(got) != "[3 2 3]" {
		t.Errorf("there are %v messages", got)
	}
	stop()
	if status := <-done; status != exitOK {
		t.Errorf("status %d", status)
	}
	if strings.Contains(log.String(), "withdrew") {
		t.Errorf("the log holds what was said: %s", log)
	}
}

// quietClaim stands in the same answer, and is looked at before killedClaim.
const quietClaim = "ukraine-soldiers-killed-ualosses"

// told returns all that a message of Discord says.
func told(m discordfake.Message) string { return m.Content + fmt.Sprint(m.Embeds) }

func openDB(t *testing.T, path string) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), path, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // it was read and written
	return s
}

func wantsNoCorrections(t *testing.T, db, tenant string) {
	t.Helper()
	who := moderation.Who{Tenant: tenant, Actor: chat.Actor{ID: "discord:1", Manager: true}, Now: time.Now()}
	if _, err := moderation.New(nil, openDB(t, db).Council()).Do(t.Context(), who, moderation.Change{Action: moderation.Set}); err != nil {
		t.Fatal(err)
	}
}

// TestBaseAsksBeforeManyAreTold counts the messages that would be corrected, and asks.
func TestBaseAsksBeforeManyAreTold(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "base.db")
	environ := []string{"WHOSAYS_DATABASE_URL=" + db}
	base := func(in string, args ...string) (string, int) {
		a := surroundings(t, environ)
		var out strings.Builder
		a.in, a.out, a.errs = strings.NewReader(in), &out, &out
		status := a.execute(t.Context(), append([]string{"base"}, args...))
		return out.String(), status
	}
	add := func(id string) {
		if out, status := base("", "add", "--set", "id="+id, "--set", "kind=statement", "--set", "text=The dam holds.",
			"--set", "attribution.standing=unattributed", "--set", "source.title=The Valley Courier"); status != exitOK {
			t.Fatalf("%d: %s", status, out)
		}
	}
	said := func(id string, n int) {
		s := openDB(t, db).Deliveries()
		for i := range n {
			r := storetest.Said("", fmt.Sprint(id, i), knowledge.Claim{ID: id, Kind: knowledge.KindStatement, Text: "The dam holds.", Revision: 1})
			r.Desk = "discord"
			if _, _, err := s.Insert(t.Context(), r, time.Minute); err != nil {
				t.Fatal(err)
			}
		}
	}
	for id, n := range map[string]int{"few": 20, "many": 21, "more": 22, "quiet": 23} {
		add(id)
		said(id, n)
	}
	for _, tc := range []struct {
		in, id string
		more   []string
		says   string
		status int
	}{
		{"", "few", nil, "few is version 2, retracted", exitOK},
		{"", "many", nil, "21 messages of the last 30 days", exitFail},
		{"no\n", "many", nil, "nothing was changed", exitFail},
		{"y\n", "many", nil, "many is version 2, retracted", exitOK},
		{"", "more", []string{"--yes"}, "more is version 2, retracted", exitOK},
		{"", "quiet", []string{"--quiet"}, "quiet is version 2, retracted", exitOK},
	} {
		if out, status := base(tc.in, append([]string{"retract", tc.id, "--reason", "x"}, tc.more...)...); status != tc.status || !strings.Contains(out, tc.says) {
			t.Errorf("%s %q: status %d: %s", tc.id, tc.in, status, out)
		}
	}
}
