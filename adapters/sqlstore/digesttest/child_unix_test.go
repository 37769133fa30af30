//go:build unix

package digesttest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/whosays/whosays/adapters/discord"
	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// childTask is the environment variable that makes the test's binary a replica: a task, in JSON.
const childTask = "WHOSAYS_TEST_DIGESTS"

// task is what a replica works on, and what is wrong with it.
type task struct {
	Database              string
	Discord, DiscordToken string
	Slack, SlackToken     string
	Redis                 string        // empty: none, and the composer doesn't look at the base
	Lease                 time.Duration // of the press and of the desks
	Clock                 time.Duration // by how much its clock is wrong
	Panics                string        // the subscription at which its composer panics, each time
}

// pace is how often a replica looks for what is due.
const pace = 50 * time.Millisecond

// childMain is a replica as serve puts it together, at a quicker pace. It ends when nobody writes to it any more.
func childMain(text string) int {
	var t task
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		fmt.Println("failed", err)
		return 1
	}
	g := newGate()
	if err := standInside(g); err != nil {
		fmt.Println("failed", err)
		return 1
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		defer stop()
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			g.order(in.Text())
		}
		g.order("free") // the test is over, or was killed itself
	}()
	if err := replica(ctx, t, g); err != nil {
		fmt.Println("failed", err)
		return 1
	}
	return 0
}

// replica writes and sends what is due, until the context ends.
func replica(ctx context.Context, t task, g *gate) error {
	store, err := sqlstore.Open(ctx, t.Database, sqlstore.Options{Connections: 8})
	if err != nil {
		return err
	}
	c, err := composerOf(ctx, t, store)
	if err != nil {
		return err
	}
	label := func(c chat.Command, _ string) string { return string(c) }
	onDiscord, err := discord.NewClient(discord.ClientOptions{Token: t.DiscordToken, Label: label, API: t.Discord})
	if err != nil {
		return err
	}
	onSlack, err := slack.NewClient(slack.ClientOptions{Tokens: slack.OneToken(t.SlackToken), Label: label, API: t.Slack})
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	press := digest.NewPress(digest.Options{
		Store: stagedDigests{store.Digests(), g}, Composer: stagedComposer{c, g, t.Panics}, Lease: t.Lease, Batch: 4, Log: log,
		Now: func() time.Time { return time.Now().Add(t.Clock) }, Every: pace,
	})
	outbox := stagedDeliveries{store.Deliveries(), g}
	desks := []*delivery.Desk{
		delivery.New(delivery.Options{Name: discord.Desk, Store: outbox, Sender: onDiscord, Nonces: discord.Nonces, Lease: t.Lease, Poll: pace, Batch: 4}),
		delivery.New(delivery.Options{Name: slack.Desk, Store: outbox, Sender: onSlack, Lease: t.Lease, Poll: pace, Batch: 4}),
	}
	fmt.Println("ready")
	g.started(ctx)
	var work sync.WaitGroup
	for _, d := range desks {
		work.Go(func() { d.Run(ctx) })
	}
	work.Go(func() { press.Run(ctx) })
	work.Wait()
	return store.Close()
}

// composerOf returns what writes the digests: the real editor, on the base behind Redis, or one that says the least.
func composerOf(ctx context.Context, t task, store *sqlstore.Store) (digest.Composer, error) {
	if t.Redis == "" {
		return brief{}, nil
	}
	// Nothing is kept in the process: what isn't in Redis is asked of the database. Redis is given longer than in production, since a test
	// machine may be slow: here it is emptied and killed, but never hangs (row 8 of the table).
	cache, err := rediscache.New(store, rediscache.Options{URL: t.Redis, Timeout: time.Second, PoolTimeout: time.Second})
	if err != nil {
		return nil, err
	}
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	base, err := knowledge.NewBase(ctx, lex, cache)
	if err != nil {
		return nil, err
	}
	return digest.NewEditor(base, lex)
}

// brief says the least.
type brief struct{}

func (brief) Compose(_ context.Context, s digest.Subscription, _ time.Time) (chat.Reply, knowledge.Heads, bool, error) {
	r := chat.Reply{Lang: "en", Outcome: chat.Digest, Blocks: []chat.Block{
		{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "Nothing has changed."}}},
	}}
	return r, s.Since, true, nil
}

// words splits an order.
func words(line string) (verb, rest string) {
	verb, rest, _ = strings.Cut(line, " ")
	return verb, rest
}
