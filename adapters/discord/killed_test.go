package discord

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/delivery"
)

// childOf names what a process of the bot's own reads: where Discord is, the token, and the database.
const childOf = "WHOSAYS_TEST_DISCORD_CHILD"

// child is the bot in a process of its own, until that is killed.
func child(ctx context.Context, api, token, path string) error {
	b, err := onStarter()
	if err != nil {
		return err
	}
	store, err := sqlstore.Open(ctx, path, sqlstore.Options{})
	if err != nil {
		return err
	}
	client, err := NewClient(ClientOptions{Token: token, Label: b.Label, API: api})
	if err != nil {
		return err
	}
	desk := delivery.New(delivery.Options{Name: Desk, Store: store.Deliveries(), Sender: client, Nonces: Nonces, Lease: childLease})
	box, err := inbox.New(inbox.Options{Workers: 4, Queue: 16})
	if err != nil {
		return err
	}
	a, err := New(Options{Client: client, Bot: b, Desk: desk, Inbox: box, Reports: store.Reports()})
	if err != nil {
		return err
	}
	shards, err := newShards(GatewayOptions{Token: token, API: api, Leases: store.Leases(), Dispatch: a.Dispatch}, gatewayPace{window: time.Millisecond})
	if err != nil {
		return err
	}
	return a.Run(ctx, shards)
}

// childLease is how long what a child has begun is its own. A third of it is how long it waits for Discord.
const childLease = 1500 * time.Millisecond

// TestKilled kills the bot's process after Discord has stored an answer and before that is noted: whoever takes over finds out that
// it stands there, and says nothing twice.
func TestKilled(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.disconnect() // another process is to answer; this one only takes over
	bot := exec.CommandContext(t.Context(), os.Args[0])
	bot.Env = append(os.Environ(), childOf+"="+strings.Join([]string{r.discord.URL(), strings.TrimPrefix(r.discord.Token(), "Bot "), r.path}, " "))
	bot.Stderr = r.log
	r.ok(bot.Start())
	r.Cleanup(func() { _ = bot.Process.Kill() }) // it is dead, or the test has failed
	r.ok(r.discord.AwaitReady(r.soon(), 1))
	r.discord.Inject(discordfake.Fault{Match: posting, Times: 1, AfterStore: true, Hang: true})
	asked := r.discord.Say(r.channel, r.olena, r.mention()+killed)
	m := r.reply(asked)
	r.ok(bot.Process.Kill())
	if err := bot.Wait(); err == nil {
		t.Error("it wasn't killed")
	}
	left, err := r.desk.Get(t.Context(), "discord:"+r.guild, r.record(m))
	r.ok(err)
	if left.State == delivery.StateSent {
		t.Error("it is noted as sent")
	}
	if rec := r.sent("discord:"+r.guild, left.ID); rec.Ref != (spot{place{r.guild, r.channel}, m.ID}).ref() || rec.Epoch != 2 {
		t.Errorf("%s in epoch %d, not %s", rec.Ref, rec.Epoch, m.ID)
	}
	if n, tries := r.replies(r.channel), len(r.discord.Requests(posts)); n != 1 || tries != 2 {
		t.Errorf("%d replies in %d tries", n, tries)
	}
}
