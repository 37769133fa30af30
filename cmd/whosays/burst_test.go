//go:build unix

package main

import (
	"context"
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
// here the fakes are patient, since a test machine may be slow.
func TestRow20Burst(t *testing.T) {
	t.Parallel()
	discord := discordfake.Start(t, discordfake.Options{Token: discordToken, IdentifyWindow: time.Nanosecond, AckWithin: time.Minute})
	slack := slackfake.Start(t, slackfake.Options{AppToken: slackAppToken, AckWithin: time.Minute})
	team := slack.AddTeam(slackfake.Team{Name: "Kyiv"})
	environ := []string{
		"WHOSAYS_LOG_LEVEL=debug", "WHOSAYS_DATABASE_URL=" + filepath.Join(t.TempDir(), "base.db"),
		"WHOSAYS_DISCORD_TOKEN=" + discordToken, "WHOSAYS_DISCORD_API=" + discord.URL(),
		"WHOSAYS_SLACK_API=" + slack.URL(), "WHOSAYS_SLACK_BOT_TOKEN=" + slack.Token(team), "WHOSAYS_SLACK_APP_TOKEN=" + slackAppToken,
	}
	facts := discord.AddChannel(discordfake.Channel{GuildID: discord.AddGuild(discordfake.Guild{Name: "Kyiv"}), Name: "facts"})
	first, log := process(t, environ...)
	for _, err := range []error{discord.AwaitReady(soon(t), 1), slack.AwaitSockets(soon(t), 1)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := discord.AwaitRequest(soon(t), "PUT /applications/{app}/commands", 0); err != nil {
		t.Fatal(err)
	}
	const question = "How many Ukrainian soldiers have been killed?"
	var asked []*discordfake.Interaction
	var said []*slackfake.Interaction
	var rooms []string // one for each, since Slack lets one post a second into a channel
	for i := range burst {
		name := "user" + strconv.Itoa(i)
		asked = append(asked, discord.Slash(facts, discord.AddUser(discordfake.User{Username: name}), "ask", discordfake.Text("question", question)))
		rooms = append(rooms, slack.AddChannel(slackfake.Channel{TeamID: team, Name: name}))
		said = append(said, slack.Slash(rooms[i], slack.AddUser(slackfake.User{TeamID: team, Name: name}), "/whosays", "ask "+question))
	}
	if _, err := asked[burst/4].Answer(soon(t)); err != nil {
		t.Fatal(err)
	}
	if err := first.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := first.Wait(); err != nil {
		t.Errorf("it doesn't end as asked: %v", err)
	}
	second, later := process(t, environ...)
	thinking := promised(asked)
	for _, i := range thinking {
		if m, err := i.Response(soon(t)); err != nil || told(m) == "" {
			t.Errorf("who was told to wait isn't answered: %+v, %v", m, err)
		}
	}
	taken := slices.DeleteFunc(said, func(i *slackfake.Interaction) bool {
		return !slices.ContainsFunc(i.Attempts(), func(a slackfake.Attempt) bool { return a.Acked })
	})
	answered := func() int {
		n := 0
		for _, room := range rooms {
			n += len(slack.Messages(room))
		}
		for _, i := range taken {
			n += len(i.Responses())
		}
		return n
	}
	for ctx := soon(t); answered() < len(taken) && ctx.Err() == nil; {
		time.Sleep(10 * time.Millisecond)
	}
	if err := second.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := second.Wait(); err != nil {
		t.Error(err)
	}
	if n := answered(); n != len(taken) || len(taken) == 0 || len(thinking) == 0 {
		t.Errorf("%d answers to %d people of Slack, and %d of Discord: %s", n, len(taken), len(thinking), log)
	}
	for _, i := range thinking {
		if _, err := i.FollowUp(over(t), 0); err == nil {
			t.Error("somebody was answered twice")
		}
	}
	for _, secret := range []string{discordToken, slackAppToken, slack.Token(team)} {
		if strings.Contains(log.String()+later.String(), secret) {
			t.Error("a secret is logged")
		}
	}
	t.Logf("%d of %d promised by Discord, %d of %d by Slack", len(thinking), burst, len(taken), burst)
}

// over is a context that has ended: what there isn't now is not waited for.
func over(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// promised are those who saw something: an answer, or that the bot thinks.
func promised(all []*discordfake.Interaction) []*discordfake.Interaction {
	return slices.DeleteFunc(slices.Clone(all), func(i *discordfake.Interaction) bool {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := i.Answer(ctx)
		return err != nil
	})
}
