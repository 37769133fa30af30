package discord

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/discord/discordfake/conformance"
	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/tenancy"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/starter"
)

// document is Discord's own description of its API, against which each request of every test is checked.
var document = sync.OnceValues(func() (*conformance.Document, error) {
	path, err := conformance.Find(filepath.Join("shared", "guides", "discord-openapi.json"))
	if err != nil {
		return nil, err
	}
	return conformance.Load(path)
})

// longWait is how long a test waits for what ought to come.
const longWait = time.Minute

// calm is a pace at which nobody is late, however busy the machine is. TestThreeSeconds holds the real one against Discord's rule.
func calm(http bool) turnPace {
	p := turnPace{patience: longWait, first: longWait, looking: longWait}
	if http { // otherwise Discord knows of an answer once it has taken it
		p.settling = longWait
	}
	return p
}

// hasty is a pace at which the bot says that it thinks as soon as it is asked.
func hasty(http bool) turnPace {
	p := calm(http)
	p.patience = 0
	return p
}

// rig is a bot on a Discord of the test's own.
type rig struct {
	testing.TB

	discord *discordfake.Server
	adapter *Adapter
	client  *Client
	desk    *delivery.Desk
	store   *sqlstore.Store
	path    string // of the store's file
	inbox   *inbox.Inbox
	endings *tenancy.Endings
	log     *logged

	guild, channel, olena string
	disconnect            func() // from the gateway
	endpoint              bool   // interactions come by HTTP
	removed               bool   // the bot, from the guild
}

type rigOptions struct {
	fake    discordfake.Options
	bot     *bot.Bot      // nil: on the starter base
	inbox   inbox.Options // zero: roomy
	http    bool          // interactions come by HTTP
	now     time.Time     // zero: today
	pace    turnPace      // zero: calm
	nonces  time.Duration // how long Discord is said to know a nonce; zero: Nonces
	digests bool          // a press is told what came of them
}

// logged keeps what is logged.
type logged struct {
	mu  sync.Mutex
	all strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

func newRig(t testing.TB, o rigOptions) *rig {
	t.Helper()
	if o.fake.IdentifyWindow == 0 {
		o.fake.IdentifyWindow = time.Nanosecond
	}
	r := &rig{TB: t, log: &logged{}}
	o.fake.AckWithin = cmp.Or(o.fake.AckWithin, longWait)
	r.discord = discordfake.Start(t, o.fake)
	doc, err := document()
	r.ok(err)
	r.discord.Observe(doc.Check)
	t.Cleanup(r.followedTheRules)
	r.guild = r.discord.AddGuild(discordfake.Guild{Name: "Kyiv"})
	r.channel = r.discord.AddChannel(discordfake.Channel{GuildID: r.guild, Name: "facts"})
	r.olena = r.discord.AddUser(discordfake.User{Username: "olena"})
	if o.bot == nil {
		o.bot, err = onStarter()
		r.ok(err)
	}
	r.path = filepath.Join(t.TempDir(), "base.db")
	r.store, err = sqlstore.Open(t.Context(), r.path, sqlstore.Options{})
	r.ok(err)
	t.Cleanup(func() { r.ok(r.store.Close()) })
	r.start(o)
	return r
}

// start lets a process of the bot begin.
func (r *rig) start(o rigOptions) {
	r.Helper()
	var err error
	log := newLogger(r.log)
	var ended func(context.Context, delivery.Record)
	if o.digests {
		ended = r.presses().Ended
	}
	r.client, err = NewClient(ClientOptions{Token: strings.TrimPrefix(r.discord.Token(), "Bot "), Label: o.bot.Label, API: r.discord.URL(), Log: log})
	r.ok(err)
	r.client.pace = cmp.Or(o.pace, calm(o.http))
	r.desk = delivery.New(delivery.Options{Name: Desk, Store: r.store.Deliveries(), Sender: r.client, Nonces: cmp.Or(o.nonces, Nonces), Ended: ended, Log: log, Poll: 50 * time.Millisecond})
	if o.now.IsZero() {
		o.now = today
	}
	if o.inbox.Workers == 0 {
		o.inbox.Workers, o.inbox.Queue = 8, 64
	}
	o.inbox.Log = log
	r.inbox, err = inbox.New(o.inbox)
	r.ok(err)
	lookups, err := inbox.New(inbox.Options{Workers: 16, Queue: 64, Log: log})
	r.ok(err)
	r.endings = tenancy.NewEndings(tenancy.Options{Store: r.store, Log: log})
	r.adapter, err = New(Options{
		Client: r.client, Bot: o.bot, Desk: r.desk, Inbox: r.inbox, Lookups: lookups, Reports: r.store.Reports(), Endings: r.endings,
		Now: func() time.Time { return o.now }, Log: log,
	})
	r.ok(err)
	running, stop := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() { r.desk.Run(running) })
	work.Go(func() { r.endings.Run(running) })
	box := r.inbox
	r.Cleanup(func() {
		r.ok(box.Close(context.Background()))
		r.ok(lookups.Close(context.Background()))
		stop()
		work.Wait()
		r.client.http.CloseIdleConnections()
	})
	if r.endpoint = o.http; o.http {
		r.listen()
	}
	r.connect()
}

// listen takes interactions by HTTP.
func (r *rig) listen() {
	r.Helper()
	server := httptest.NewServer(r.adapter.Endpoint(ed25519.PublicKey(r.discord.PublicKey())))
	r.Cleanup(server.Close)
	r.ok(r.discord.SetEndpoint(r.Context(), server.URL))
}

// shards are those of the process.
func (r *rig) shards() *Shards {
	r.Helper()
	shards, err := newShards(GatewayOptions{
		Token: strings.TrimPrefix(r.discord.Token(), "Bot "), API: r.discord.URL(), Transport: r.client.http.Transport.(*transport).inner, Leases: r.store.Leases(), Dispatch: r.adapter.Dispatch, Log: newLogger(r.log),
	}, gatewayPace{window: time.Millisecond})
	r.ok(err)
	return shards
}

// connect listens to the gateway.
func (r *rig) connect() {
	r.Helper()
	shards := r.shards()
	running, stop := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() {
		if err := r.adapter.Run(running, shards); err != nil {
			r.Errorf("the gateway: %v", err)
		}
	})
	r.disconnect = func() {
		stop()
		work.Wait()
	}
	r.Cleanup(r.disconnect)
	r.ok(r.discord.AwaitReady(r.soon(), 1))
	_, err := r.discord.AwaitRequest(r.soon(), "PUT /applications/{app}/commands", 0)
	r.ok(err)
}

// followedTheRules holds every request of the test against Discord's description, and nothing that was said is live (row 16 of the reliability table).
func (r *rig) followedTheRules() {
	for _, v := range r.discord.Violations() {
		r.Errorf("Discord's OpenAPI document: %v", v)
	}
	for _, u := range r.discord.Unexpected() {
		r.Errorf("nothing there: %s %s", u.Method, u.Path)
	}
	for _, l := range r.discord.Live() {
		r.Errorf("live: %s", l)
	}
}

func (r *rig) ok(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// soon is a context that ends when nothing came.
func (r *rig) soon() context.Context {
	ctx, cancel := context.WithTimeout(r.Context(), longWait)
	r.Cleanup(cancel)
	return ctx
}

// reply waits for the bot's answer to a message.
func (r *rig) reply(to discordfake.Message) discordfake.Message {
	r.Helper()
	m, err := r.discord.AwaitMessage(r.soon(), to.ChannelID, func(m discordfake.Message) bool {
		return m.Author == r.discord.BotID() && m.Reference != nil && m.Reference.MessageID == to.ID
	})
	r.ok(err)
	return m
}

// mention is the bot's.
func (r *rig) mention() string { return "<@" + r.discord.BotID() + "> " }

// replies counts what the bot said in a channel.
func (r *rig) replies(channel string) (n int) {
	for _, m := range r.discord.Messages(channel) {
		if m.Author == r.discord.BotID() {
			n++
		}
	}
	return n
}

// button returns the id of a button of a message.
func (r *rig) button(m discordfake.Message, action chat.Command) string {
	r.Helper()
	for _, row := range m.Components {
		for _, c := range row.Components {
			if id, err := target.Parse(c.CustomID); err == nil && id.Action == action {
				return c.CustomID
			}
		}
	}
	r.Fatalf("there is no button %q under %q", action, m.Content)
	return ""
}

// response waits for what the person sees at last.
func (r *rig) response(i *discordfake.Interaction) discordfake.Message {
	r.Helper()
	m, err := i.Response(r.soon())
	r.ok(err)
	return m
}

func starterClaims(t testing.TB) []knowledge.Claim {
	t.Helper()
	claims, err := starter.Claims()
	if err != nil {
		t.Fatal(err)
	}
	return claims
}
