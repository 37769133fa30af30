//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// TestThreeReplicas has three processes on PostgreSQL and Redis serve both platforms, Slack and Discord's commands by HTTP behind a
// balancer, Discord's mentions by shards that they share out. While people ask, one is killed, and one is rolled over. No reply and no
// digest is lost, or said twice: what was on its way to the one that was killed Slack brings again, and Discord says that it failed. What
// Discord's gateway has handed to a process that is killed nobody brings again: mentions are answered before one is.
func TestThreeReplicas(t *testing.T) {
	t.Parallel()
	c := newCluster(t)
	killed, rolled, kept := c.begin(), c.begin(), c.begin()
	if err := c.discord.AwaitReady(soon(t), shards); err != nil {
		t.Fatal(err)
	}
	c.subscribe()
	c.ask("at rest")
	c.mention("at rest")
	c.answered(soon(t))
	c.due()
	c.load(func() {
		if err := killed.cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
	})
	_ = killed.cmd.Wait() // it was killed
	c.leave(killed)
	c.load(func() { terminate(t, rolled.cmd, rolled.log) })
	c.leave(rolled)
	next := c.begin()
	if err := c.discord.AwaitReady(soon(t), shards); err != nil { // those of the one that was killed among them
		t.Fatal(err)
	}
	c.ask("at the end")
	c.mention("at the end")
	c.settled()
	for _, r := range []*replica{kept, next} {
		terminate(t, r.cmd, r.log)
	}
	c.once()
}

// shards are as many as Discord's servers are cut into.
const shards = 3

// cluster is both platforms, a balancer, and what replicas share.
type cluster struct {
	*testing.T

	discord *discordfake.Server
	slack   *slackfake.Server
	balance *balancer
	environ []string
	db      string

	guilds, channels []string // of Discord, one for each shard
	olena            string
	digests, thread  string // the channels that have subscribed

	mu        sync.Mutex
	team      string
	asked     []slackQuestion
	commands  []*discordfake.Interaction
	mentioned []discordfake.Message
}

// slackQuestion is a question in a channel of its own.
type slackQuestion struct{ channel, ts string }

// replica is one process.
type replica struct {
	cmd *exec.Cmd
	log *logbook
	url string
}

func newCluster(t *testing.T) *cluster {
	t.Helper()
	c := &cluster{
		T: t, balance: &balancer{}, db: servertest.Postgres(t),
		discord: discordfake.Start(t, discordfake.Options{Token: discordToken, IdentifyWindow: time.Nanosecond, Shards: shards, AckWithin: time.Minute}),
		slack: slackfake.Start(t, slackfake.Options{
			SigningSecret: slackSecret, AckWithin: time.Minute, Retries: []time.Duration{0, 0, 0},
		}),
	}
	c.team = c.slack.AddTeam(slackfake.Team{Name: "Kyiv"})
	c.environ = []string{
		"WHOSAYS_DATABASE_URL=" + c.db, "WHOSAYS_REDIS_URL=" + servertest.Redis(t).URL(),
		"WHOSAYS_DISCORD_TOKEN=" + discordToken, "WHOSAYS_DISCORD_API=" + c.discord.URL(), "WHOSAYS_DISCORD_PUBLIC_KEY=" + hex.EncodeToString(c.discord.PublicKey()),
		"WHOSAYS_SLACK_API=" + c.slack.URL(), "WHOSAYS_SLACK_BOT_TOKEN=" + c.slack.Token(c.team), "WHOSAYS_SLACK_SIGNING_SECRET=" + slackSecret,
	}
	c.olena = c.discord.AddUser(discordfake.User{Username: "olena"})
	for i := range 3 * shards { // their ids decide on the shard
		guild := c.discord.AddGuild(discordfake.Guild{Name: fmt.Sprint("guild ", i)})
		c.discord.AddMember(guild, discordfake.Member{UserID: c.olena, Permissions: manageChannels})
		c.guilds = append(c.guilds, guild)
		c.channels = append(c.channels, c.discord.AddChannel(discordfake.Channel{GuildID: guild, Name: "facts"}))
	}
	server := httptest.NewServer(c.balance)
	t.Cleanup(server.Close)
	c.balance.address = server.URL
	return c
}

// begin starts a replica, behind the balancer.
func (c *cluster) begin() *replica {
	c.Helper()
	cmd, log := process(c.T, c.environ...)
	r := &replica{cmd, log, "http://" + log.wait(c.T, "listening").Addr}
	c.balance.add(r.url)
	return r
}

// leave takes one that has ended from behind the balancer.
func (c *cluster) leave(r *replica) { c.balance.remove(r.url) }

// subscribe lets both platforms find the replicas, and a channel of each have digests.
func (c *cluster) subscribe() {
	c.Helper()
	at := c.balance.address
	if err := c.slack.SetEndpoints(soon(c.T), slackfake.Endpoints{Events: at + slack.Path, Interactivity: at + slack.Path, Commands: at + slack.Path}); err != nil {
		c.Fatal(err)
	}
	if _, err := c.discord.AwaitRequest(soon(c.T), "PUT /applications/{app}/commands", 0); err != nil {
		c.Fatal(err)
	}
	if err := c.discord.SetEndpoint(soon(c.T), at+discordPath); err != nil {
		c.Fatal(err)
	}
	c.digests = c.discord.AddChannel(discordfake.Channel{GuildID: c.guilds[0], Name: "digests"})
	c.thread = c.slack.AddChannel(slackfake.Channel{TeamID: c.team, Name: "digests"})
	anna := c.slack.AddUser(slackfake.User{TeamID: c.team, Name: "anna", Admin: true, TZ: "Europe/Kyiv"})
	if _, err := c.discord.Slash(c.digests, c.olena, "digest", discordfake.Sub("subscribe", discordfake.Text("zone", "Europe/Kyiv"))).Response(soon(c.T)); err != nil {
		c.Fatal(err)
	}
	c.slack.Slash(c.thread, anna, "/whosays", "digest subscribe time=18:30")
}

// due has the hour of both digests come.
func (c *cluster) due() {
	c.Helper()
	s := openDB(c.T, c.db).Digests()
	for tenant, desk := range map[string]string{"discord:" + c.guilds[0]: "discord", "slack:" + c.team: "slack"} {
		subscribedSoon(c.T, s, tenant, desk)
		all, err := s.List(c.Context(), tenant)
		if err != nil {
			c.Fatal(err)
		}
		all[0].Next.At = time.Now().Add(-time.Minute)
		if _, err := s.Put(c.Context(), all[0]); err != nil {
			c.Fatal(err)
		}
	}
}

const lossesQuestion = "How many Ukrainian soldiers have been killed?"

// ask has somebody ask on Slack in a channel of their own, and somebody use a command of Discord.
func (c *cluster) ask(name string) {
	channel := c.slack.AddChannel(slackfake.Channel{TeamID: c.team, Name: name})
	said := c.slack.Say(channel, c.slack.AddUser(slackfake.User{TeamID: c.team, Name: name}), "<@"+c.slack.BotUser(c.team)+"> "+lossesQuestion)
	ordered := c.discord.Slash(c.channels[0], c.discord.AddUser(discordfake.User{Username: name}), "ask", discordfake.Text("question", lossesQuestion))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked, c.commands = append(c.asked, slackQuestion{channel, said.TS}), append(c.commands, ordered)
}

// mention has somebody ask by the gateway in a channel of each shard.
func (c *cluster) mention(who string) {
	for _, channel := range c.channels {
		user := c.discord.AddUser(discordfake.User{Username: who})
		c.mentioned = append(c.mentioned, c.discord.Say(channel, user, "<@"+c.discord.BotID()+"> "+lossesQuestion))
	}
}

// load has people ask, and does something among it.
func (c *cluster) load(among func()) {
	const people = 60
	var all sync.WaitGroup
	for i := range people {
		if i == people/2 {
			all.Go(among)
		}
		c.ask(fmt.Sprintf("user %d of %d", i, len(c.asked)))
		time.Sleep(5 * time.Millisecond) // they don't all ask at once: a process has something to do all the while
	}
	all.Wait()
}

// settled waits until everybody has an answer, or was told by the platform that there is none.
func (c *cluster) settled() {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), 2*time.Minute) // for all of them
	defer cancel()
	for _, q := range c.asked {
		if _, err := c.slack.AwaitMessage(ctx, q.channel, nil); err != nil {
			c.Errorf("nobody answers on Slack: %v", err)
		}
	}
	failed := 0
	for _, i := range c.commands {
		if _, err := i.Response(ctx); err != nil {
			if !strings.Contains(err.Error(), "failed") {
				c.Errorf("somebody waits for ever on Discord: %v", err)
			}
			failed++
		}
	}
	if failed > len(c.commands)/4 {
		c.Errorf("%d of %d commands failed on Discord", failed, len(c.commands))
	}
	c.answered(ctx)
	leases, cancel := context.WithTimeout(c.Context(), 3*time.Minute) // a minute to write, and one to send: the one that was killed may hold them
	defer cancel()
	for _, err := range []error{
		second(c.discord.AwaitMessage(leases, c.digests, nil)), second(c.slack.AwaitMessage(leases, c.thread, nil)),
	} {
		if err != nil {
			c.Errorf("a digest is lost: %v", err)
		}
	}
}

// answered waits until all mentions have an answer.
func (c *cluster) answered(ctx context.Context) {
	c.Helper()
	for _, m := range c.mentioned {
		if _, err := c.discord.AwaitMessage(ctx, m.ChannelID, func(a discordfake.Message) bool { return answers(&a, &m) }); err != nil {
			c.Errorf("a mention isn't answered: %v", err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func answers(a, question *discordfake.Message) bool {
	return a.Reference != nil && a.Reference.MessageID == question.ID
}

// once holds that nothing was said twice.
func (c *cluster) once() {
	c.Helper()
	for _, q := range c.asked {
		replies := slices.DeleteFunc(c.slack.Messages(q.channel), func(m slackfake.Message) bool { return m.AppID != c.slack.AppID() })
		if len(replies) != 1 {
			c.Errorf("%d replies to one question on Slack", len(replies))
		}
	}
	for _, i := range c.commands {
		if said := i.History(); len(said) > 1 {
			c.Errorf("two answers to one command on Discord: %+v", said)
		}
	}
	for _, m := range c.mentioned {
		n := 0
		for _, a := range c.discord.Messages(m.ChannelID) {
			if answers(&a, &m) {
				n++
			}
		}
		if n != 1 {
			c.Errorf("%d answers to a mention", n)
		}
	}
	if d, s := len(c.discord.Messages(c.digests)), len(c.slack.Messages(c.thread)); d != 1 || s != 1 {
		c.Errorf("%d and %d digests", d, s)
	}
}

// balancer hands requests to replicas in turn. One that can't be reached, or that takes no more, is passed over; what was already sent to one
// isn't sent to another.
type balancer struct {
	address string

	mu       sync.Mutex
	replicas []string
	turn     int
}

func (b *balancer) add(url string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.replicas = append(b.replicas, url)
}

func (b *balancer) remove(url string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.replicas = slices.DeleteFunc(b.replicas, func(r string) bool { return r == url })
}

// next returns the replicas, beginning with the one whose turn it is.
func (b *balancer) next() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn++
	at := b.turn % max(len(b.replicas), 1)
	return append(slices.Clone(b.replicas[at:]), b.replicas[:at]...)
}

func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // who asked has gone
	}
	for _, replica := range b.next() {
		req, err := http.NewRequestWithContext(r.Context(), r.Method, replica+r.URL.RequestURI(), bytes.NewReader(body))
		if err != nil {
			panic(err) // it came as a request
		}
		req.Header = r.Header.Clone()
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			if strings.Contains(err.Error(), "connection refused") {
				continue
			}
			break
		}
		answer, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close() // it was read
		if err != nil {
			break
		}
		if resp.StatusCode == http.StatusServiceUnavailable {
			continue
		}
		maps.Copy(w.Header(), resp.Header)
		w.WriteHeader(resp.StatusCode)
		_, _ = w.Write(answer) // who has gone asks again
		return
	}
	w.WriteHeader(http.StatusBadGateway)
}
