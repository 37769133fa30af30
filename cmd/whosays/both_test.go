package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// both is a Discord and a Slack with a channel each in which somebody asks, and the environment of a program that serves them from
// one database.
type both struct {
	t       *testing.T
	environ []string
	db      string

	discord             *discordfake.Server
	guild, facts, olena string

	slack              *slackfake.Server
	team, thread, anna string
}

func newBoth(t *testing.T) both {
	t.Helper()
	b := both{t: t, db: filepath.Join(t.TempDir(), "base.db")}
	var onSlack []string
	b.discord, b.environ = fakeDiscord(t)
	b.slack, b.team, onSlack = fakeSlack(t)
	b.environ = append(append(b.environ, onSlack...), "WHOSAYS_SLACK_APP_TOKEN="+slackAppToken, "WHOSAYS_DATABASE_URL="+b.db)
	b.guild = b.discord.AddGuild(discordfake.Guild{Name: "Kyiv"})
	b.facts = b.discord.AddChannel(discordfake.Channel{GuildID: b.guild, Name: "facts"})
	b.olena = b.discord.AddUser(discordfake.User{Username: "olena"})
	b.thread = b.slack.AddChannel(slackfake.Channel{TeamID: b.team, Name: "facts"})
	b.anna = b.slack.AddUser(slackfake.User{TeamID: b.team, Name: "anna", Admin: true, TZ: "Europe/Kyiv"})
	return b
}

// serves runs the program until the function that it returns has stopped it.
func (b both) serves(args ...string) (running, func()) {
	b.t.Helper()
	log, stop, done := serving(b.t, b.environ, args...)
	r := running{t: b.t, log: log, url: "http://" + log.wait(b.t, "listening").Addr}
	log.wait(b.t, "ready")
	return r, func() {
		b.t.Helper()
		stop()
		if status := <-done; status != exitOK {
			b.t.Errorf("%q: status %d: %s", args, status, log)
		}
	}
}

func (b both) onDiscord() {
	b.t.Helper()
	b.ok(b.discord.AwaitReady(soon(b.t), 1))
}

func (b both) onSlack() {
	b.t.Helper()
	b.ok(b.slack.AwaitSockets(soon(b.t), 1))
}

func (b both) ok(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// asksDiscord has olena ask in a channel of Discord, and returns the answer.
func (b both) asksDiscord(channel string) discordfake.Message {
	b.t.Helper()
	asked := b.discord.Say(channel, b.olena, "<@"+b.discord.BotID()+"> "+killedQuestion)
	m, err := b.discord.AwaitMessage(soon(b.t), channel, func(m discordfake.Message) bool {
		return m.Reference != nil && m.Reference.MessageID == asked.ID
	})
	b.ok(err)
	return m
}

// asksSlack has anna ask, and returns what she said once it is answered.
func (b both) asksSlack() slackfake.Said {
	b.t.Helper()
	asked := b.slack.Say(b.thread, b.anna, "<@"+b.slack.BotUser(b.team)+"> "+killedQuestion)
	_, err := b.slack.AwaitMessage(soon(b.t), b.thread, func(m slackfake.Message) bool { return m.ThreadTS == asked.TS })
	b.ok(err)
	return asked
}

// retracts has the operator take a claim back.
func (b both) retracts(claim, reason string, more ...string) {
	b.t.Helper()
	if out, errs, status := ran(b.t, b.environ, append([]string{"base", "retract", claim, "--reason", reason}, more...)...); status != exitOK {
		b.t.Fatalf("status %d: %s%s", status, out, errs)
	}
}

// told waits until something is said in the channels of both platforms.
func (b both) told(what string) (discordfake.Message, slackfake.Message) {
	b.t.Helper()
	onDiscord, err := b.discord.AwaitMessage(soon(b.t), b.facts, func(m discordfake.Message) bool { return strings.Contains(told(m), what) })
	b.ok(err)
	onSlack, err := b.slack.AwaitMessage(soon(b.t), b.thread, func(m slackfake.Message) bool { return strings.Contains(m.Text, what) })
	b.ok(err)
	return onDiscord, onSlack
}
