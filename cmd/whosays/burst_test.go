//go:build unix

package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// burst is how many people of each platform ask at once.
const burst = 500

// TestRow20Burst has 1,000 people of both platforms ask at once, and a process of whosays asked to end while they do. It ends as it should;
// who was told that the bot thinks is answered, or told that it is busy, once: by the next process where this one couldn't any more. No
// secret is logged. That all are acknowledged within 3 s is held on a clock of its own by adapters/inbox, and measured by make load:
// here the fakes are patient, and the process has a minute to end, since a test machine may be slow.
func TestRow20Burst(t *testing.T) {
	t.Parallel()
	c := newCrowd(t)
	first, log := process(t, c.environ...)
	c.connected()
	c.ask("How many Ukrainian soldiers have been killed?")
	if _, err := c.asked[burst/4].Answer(soon(t)); err != nil {
		t.Fatal(err)
	}
	terminate(t, first, log)
	second, later := process(t, c.environ...)
	thinking := c.thinking()
	for _, i := range thinking {
		if m, err := i.Response(soon(t)); err != nil || told(m) == "" {
			t.Errorf("who was told to wait isn't answered: %+v, %v", m, err)
		}
	}
	for ctx := soon(t); c.waiting() > 0 && ctx.Err() == nil; {
		time.Sleep(10 * time.Millisecond) // for what another process says
	}
	terminate(t, second, later)
	if n := c.waiting(); n > 0 || len(thinking) == 0 {
		t.Errorf("%d people of Slack wait for ever, %d of Discord were promised an answer: %s", n, len(thinking), log)
	}
	for i := range c.said {
		if n := c.answers(i); n > 1 {
			t.Errorf("%d answers to one person of Slack", n)
		}
	}
	for _, i := range thinking {
		if said := i.History(); len(said) > 1 {
			t.Errorf("somebody was answered twice: %+v", said)
		}
	}
	for _, secret := range []string{discordToken, slackAppToken, c.slack.Token(c.team)} {
		if strings.Contains(log.String()+later.String(), secret) {
			t.Error("a secret is logged")
		}
	}
	t.Logf("of %d on each platform %d were promised an answer by Discord", burst, len(thinking))
}

// crowd is many people on both platforms.
type crowd struct {
	*testing.T

	discord *discordfake.Server
	slack   *slackfake.Server
	facts   string   // a channel of Discord
	team    string   // of Slack
	environ []string // of a bot that is on both
	asked   []*discordfake.Interaction
	said    []*slackfake.Interaction
	rooms   []string // a channel of Slack for each, since Slack lets one post a second into one
}

func newCrowd(t *testing.T) *crowd {
	t.Helper()
	c := &crowd{
		T:       t,
		discord: discordfake.Start(t, discordfake.Options{Token: discordToken, IdentifyWindow: time.Nanosecond, AckWithin: time.Minute}),
		slack:   slackfake.Start(t, slackfake.Options{AppToken: slackAppToken, AckWithin: time.Minute}),
	}
	c.team = c.slack.AddTeam(slackfake.Team{Name: "Kyiv"})
	c.facts = c.discord.AddChannel(discordfake.Channel{GuildID: c.discord.AddGuild(discordfake.Guild{Name: "Kyiv"}), Name: "facts"})
	c.environ = []string{
		"WHOSAYS_LOG_LEVEL=debug", "WHOSAYS_SERVE_DRAIN=1m", "WHOSAYS_DATABASE_URL=" + filepath.Join(t.TempDir(), "base.db"),
		"WHOSAYS_DISCORD_TOKEN=" + discordToken, "WHOSAYS_DISCORD_API=" + c.discord.URL(),
		"WHOSAYS_SLACK_API=" + c.slack.URL(), "WHOSAYS_SLACK_BOT_TOKEN=" + c.slack.Token(c.team), "WHOSAYS_SLACK_APP_TOKEN=" + slackAppToken,
	}
	return c
}

// connected waits until the bot is there on both platforms.
func (c *crowd) connected() {
	c.Helper()
	_, err := c.discord.AwaitRequest(soon(c.T), "PUT /applications/{app}/commands", 0)
	for _, err := range []error{err, c.discord.AwaitReady(soon(c.T), 1), c.slack.AwaitSockets(soon(c.T), 1)} {
		if err != nil {
			c.Fatal(err)
		}
	}
}

// ask has everybody ask.
func (c *crowd) ask(question string) {
	for i := range burst {
		name := "user" + strconv.Itoa(i)
		c.rooms = append(c.rooms, c.slack.AddChannel(slackfake.Channel{TeamID: c.team, Name: name}))
		c.asked = append(c.asked, c.discord.Slash(c.facts, c.discord.AddUser(discordfake.User{Username: name}), "ask", discordfake.Text("question", question)))
		c.said = append(c.said, c.slack.Slash(c.rooms[i], c.slack.AddUser(slackfake.User{TeamID: c.team, Name: name}), "/whosays", "ask "+question))
	}
}

// thinking are those on Discord who saw something: an answer, or that the bot thinks.
func (c *crowd) thinking() []*discordfake.Interaction {
	return slices.DeleteFunc(slices.Clone(c.asked), func(i *discordfake.Interaction) bool {
		_, err := i.Answer(over())
		return err != nil
	})
}

// waiting counts those on Slack whose command was acknowledged, and who have no answer.
func (c *crowd) waiting() int {
	n := 0
	for at, i := range c.said {
		acked := slices.ContainsFunc(i.Attempts(), func(a slackfake.Attempt) bool { return a.Acked })
		if acked && c.answers(at) == 0 {
			n++
		}
	}
	return n
}

// answers counts what was said to somebody on Slack, alone or in their room.
func (c *crowd) answers(i int) int {
	return len(c.slack.Messages(c.rooms[i])) + len(c.said[i].Responses())
}

// over is a context that has ended: what there isn't now is not waited for.
func over() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// terminate asks a process to end, and waits until it has as it should.
func terminate(t *testing.T, cmd *exec.Cmd, log *logbook) {
	t.Helper()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it doesn't end as asked: %v: %s", err, log.last())
	}
}
