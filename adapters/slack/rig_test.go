package slack

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/tenancy"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// longWait is how long a test waits for what ought to come.
const longWait = time.Minute

const killed = "How many Ukrainian soldiers have been killed?"

// rig is a bot on a Slack of the test's own.
type rig struct {
	testing.TB

	slack   *slackfake.Server
	adapter *Adapter
	client  *Client
	desk    *delivery.Desk
	store   *sqlstore.Store
	inbox   *inbox.Inbox
	base    *knowledge.Base     // of a moderated one
	council *moderation.Council // of a moderated one
	log     *logged
	url     string // of the endpoint
	dir     string // of the database

	team, channel, olena string
}

type rigOptions struct {
	fake      slackfake.Options
	bot       *bot.Bot          // nil: on the starter base
	moderated bool              // the bot is on the starter base in the rig's database, and moderators keep it
	inbox     inbox.Options     // zero: roomy
	http      bool              // what happens comes by HTTP
	now       time.Time         // zero: today
	digests   bool              // a press is told what came of them
	teams     func(*rig) Tokens // nil: one for each team, as Slack has it
}

// tokens returns the tokens of the rig's Slack, one for each team, as they are there.
func (o rigOptions) tokens(r *rig) Tokens {
	if o.teams != nil {
		return o.teams(r)
	}
	return freshTokens{OneToken(""), r.slack}
}

// freshTokens asks the Slack of a test itself.
type freshTokens struct {
	Tokens
	slack *slackfake.Server
}

func (f freshTokens) Token(_ context.Context, team string) (string, error) {
	return f.slack.Token(team), nil
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
	r := &rig{TB: t, log: &logged{}}
	o.fake.AckWithin, o.fake.TriggerFor = cmp.Or(o.fake.AckWithin, longWait), cmp.Or(o.fake.TriggerFor, longWait) // nobody is late, however busy the machine is
	r.slack = slackfake.Start(t, o.fake)
	t.Cleanup(r.followedTheRules)
	r.team = r.slack.AddTeam(slackfake.Team{Name: "Kyiv"})
	r.channel = r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Name: "facts"})
	r.olena = r.slack.AddUser(slackfake.User{TeamID: r.team, Name: "olena"})
	var err error
	if o.bot == nil {
		o.bot, err = onStarter()
		r.ok(err)
	}
	r.dir = t.TempDir()
	r.store, err = sqlstore.Open(t.Context(), filepath.Join(r.dir, "base.db"), sqlstore.Options{})
	r.ok(err)
	t.Cleanup(func() { r.ok(r.store.Close()) })
	if o.moderated {
		o.bot = r.moderated()
	}
	r.start(o)
	return r
}

// moderated returns a bot on the rig's database, in which the starter base is, with the commands of moderators.
func (r *rig) moderated() *bot.Bot {
	r.Helper()
	lex, err := lexicon.Default()
	r.ok(err)
	claims, err := starter.Claims()
	r.ok(err)
	base, err := knowledge.NewBase(r.Context(), lex, r.store)
	r.ok(err)
	all, err := base.Import(r.Context(), "", claims)
	r.ok(err)
	_, err = base.Commit(r.Context(), knowledge.By{Actor: "operator", At: today}, all)
	r.ok(err)
	b, err := bot.New(base, lex)
	r.ok(err)
	r.base, r.council = base, moderation.New(base, r.store.Council())
	return b.With(bot.Moderation{Council: r.council, Reports: r.store.Reports()})
}

// start lets a process of the bot begin.
func (r *rig) start(o rigOptions) (end func()) {
	r.Helper()
	var err error
	log := slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	r.client, err = NewClient(ClientOptions{
		Tokens:   o.tokens(r),
		AppToken: r.slack.AppToken(), Label: o.bot.Label, API: r.slack.URL(), Transport: http.DefaultTransport.(*http.Transport).Clone(), Log: log,
	})
	r.ok(err)
	client := r.client
	client.doubts.lasts = 100 * time.Millisecond
	r.desk = delivery.New(delivery.Options{Name: Desk, Store: r.store.Deliveries(), Sender: r.client, Ended: o.ends(r), Log: log, Poll: 50 * time.Millisecond})
	if o.inbox.Workers == 0 {
		o.inbox.Workers, o.inbox.Queue = 8, 64
	}
	o.inbox.Log = log
	r.inbox, err = inbox.New(o.inbox)
	r.ok(err)
	now := today
	if !o.now.IsZero() {
		now = o.now
	}
	endings := tenancy.NewEndings(tenancy.Options{Store: r.store, Log: log})
	r.adapter, err = New(Options{
		Client: r.client, Bot: o.bot, Desk: r.desk, Inbox: r.inbox, Reports: r.store.Reports(), Endings: endings, Now: func() time.Time { return now }, Log: log,
	})
	r.ok(err)
	running, stop := context.WithCancel(context.Background())
	var work sync.WaitGroup
	desk, box := r.desk, r.inbox
	work.Go(func() { desk.Run(running) })
	work.Go(func() { endings.Run(running) })
	end = sync.OnceFunc(func() {
		r.ok(box.Close(context.Background()))
		stop()
		work.Wait()
		client.http.CloseIdleConnections()
	})
	r.Cleanup(end)
	if o.http {
		r.listen()
	}
	return end
}

// listen takes what happens by HTTP.
func (r *rig) listen() {
	r.Helper()
	server := httptest.NewServer(r.adapter.Endpoint(r.slack.SigningSecret()))
	r.Cleanup(server.Close)
	r.url = server.URL
	r.ok(r.slack.SetEndpoints(r.soon(), slackfake.Endpoints{Events: server.URL, Interactivity: server.URL, Commands: server.URL}))
}

// followedTheRules holds that nothing that was said is live (row 16 of the reliability table), that nothing unfurls, and that Slack had nothing to say against what it was sent.
func (r *rig) followedTheRules() {
	for _, v := range r.slack.Violations() {
		r.Errorf("the rules: %v", v)
	}
	for _, u := range r.slack.Unexpected() {
		r.Errorf("nothing there: %s", u.Path)
	}
	for _, q := range r.slack.Requests("") {
		if q.Error == "invalid_blocks" || q.Error == "invalid_arguments" {
			r.Errorf("%s: %s: %s", q.Method, q.Error, q.Body)
		}
	}
	for _, l := range r.slack.Live() {
		r.Errorf("live: %s", l)
	}
	for _, m := range r.slack.Messages(r.channel) {
		if m.AppID == r.slack.AppID() && (m.LinkNames || m.Parse != "" || m.UnfurlLinks != "false" || m.UnfurlMedia != "false") {
			r.Errorf("it unfurls: %+v", m)
		}
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

// mention is the bot's.
func (r *rig) mention() string { return "<@" + r.slack.BotUser(r.team) + "> " }

// reply waits for the bot's answer in the thread of a message.
func (r *rig) reply(to slackfake.Said) slackfake.Message {
	r.Helper()
	root := to.ThreadTS
	if root == "" {
		root = to.TS
	}
	m, err := r.slack.AwaitMessage(r.soon(), to.ChannelID, func(m slackfake.Message) bool { return m.ThreadTS == root && m.TS > to.TS })
	r.ok(err)
	return m
}

// replies counts what the bot said in a channel.
func (r *rig) replies(channel string) (n int) {
	for _, m := range r.slack.Messages(channel) {
		if m.AppID == r.slack.AppID() {
			n++
		}
	}
	return n
}

// action is the action id of a button.
func actionOf(c chat.Command) string { return actionIDOf(c) }

// record returns the id under which a message is kept.
func (r *rig) record(m slackfake.Message) string {
	r.Helper()
	e, ok := m.Find(actionOf(chat.CommandSources))
	if !ok {
		r.Fatalf("it has no buttons: %q", m.Text)
	}
	g, err := target.Parse(e.Value)
	r.ok(err)
	return g.Record
}

// response waits for the first answer by the response_url.
func (r *rig) response(i *slackfake.Interaction) slackfake.Message {
	r.Helper()
	m, err := i.Response(r.soon(), 0)
	r.ok(err)
	return m
}

// sent waits until it is noted that a record was sent.
func (r *rig) sent(tenant, id string) delivery.Record {
	r.Helper()
	for ctx := r.soon(); ; {
		rec, err := r.desk.Get(ctx, tenant, id)
		r.ok(err)
		if rec.State == delivery.StateSent && rec.Ref != "" {
			return rec
		}
		time.Sleep(10 * time.Millisecond) // for what another goroutine does in the database
	}
}

// tenant is the rig's team.
func (r *rig) tenant() string { return scheme + r.team }

// tick is the pause between two looks at what another goroutine does.
func tick() <-chan time.Time { return time.After(10 * time.Millisecond) }
