package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
)

// TestMain runs more tests at once than there are processors: most of them wait, for discordgo, which sleeps a second in each
// close, and for leases to lapse. -parallel changes that.
func TestMain(m *testing.M) {
	if where := strings.Fields(os.Getenv(childOf)); len(where) > 0 {
		fmt.Fprintln(os.Stderr, child(context.Background(), where[0], where[1], where[2]))
		os.Exit(1)
	}
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		_ = flag.Set("test.parallel", "4") // the flag is there; with more, those that Discord wants answered within 3 s starve
	}
	goleak.VerifyTestMain(servertest.Around(m))
}

// gwPatience is how long a test waits for anything at all.
const gwPatience = time.Minute

// gwPlace is a Discord, a guild with a channel and somebody in it, and what a replica was told of it.
type gwPlace struct {
	*discordfake.Server
	guild, channel, user string
}

func newGWPlace(t *testing.T, opts discordfake.Options) gwPlace {
	t.Helper()
	s := discordfake.Start(t, opts)
	p := gwPlace{Server: s, guild: s.AddGuild(discordfake.Guild{Name: "Kyiv"})}
	p.channel = s.AddChannel(discordfake.Channel{GuildID: p.guild, Name: "facts"})
	p.user = s.AddUser(discordfake.User{Username: "olena"})
	return p
}

// gwPace is quick, but has time for a busy machine.
func gwPace() gatewayPace {
	return gatewayPace{answer: 10 * time.Second, watchdog: 15 * time.Second, window: time.Millisecond, wait: gwHurry}
}

// gwHurry waits a hundredth of what it should.
func gwHurry(ctx context.Context, d time.Duration) error { return pauseFor(ctx, d/100) }

type gwEvent struct {
	kind string
	data json.RawMessage
}

// gwReplica is a replica, and what its gateway said.
type gwReplica struct {
	*Shards
	events  chan gwEvent
	metrics *prometheus.Registry
	log     *gwLog
}

func (p gwPlace) replica(t *testing.T, leases Leases, pace gatewayPace, change ...func(*GatewayOptions)) gwReplica {
	t.Helper()
	r := gwReplica{events: make(chan gwEvent, 1000), metrics: prometheus.NewRegistry(), log: &gwLog{}}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	t.Cleanup(transport.CloseIdleConnections)
	o := GatewayOptions{
		Token: strings.TrimPrefix(p.Token(), "Bot "), API: p.URL(), Transport: transport, Leases: leases, Metrics: r.metrics,
		Log:      slog.New(slog.NewTextHandler(r.log, nil)),
		Dispatch: func(_ context.Context, kind string, data json.RawMessage) { r.events <- gwEvent{kind, data} },
	}
	for _, f := range change {
		f(&o)
	}
	s, err := newShards(o, pace)
	if err != nil {
		t.Fatal(err)
	}
	r.Shards = s
	return r
}

// one runs the gateway of a replica's only shard until the test ends, and returns where its end is told.
func (r gwReplica) one(t *testing.T) (ended <-chan error) {
	t.Helper()
	r.count = 1
	return gwRun(t, r.gateway(0).run)
}

// gwRun runs until the test ends, or stop is called.
func gwRun(t *testing.T, run func(context.Context) error) (ended <-chan error) {
	t.Helper()
	ended, _ = gwStoppable(t, run)
	return ended
}

func gwStoppable(t *testing.T, run func(context.Context) error) (ended <-chan error, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	var all sync.WaitGroup
	all.Go(func() { done <- run(ctx) })
	stop = func() {
		cancel()
		all.Wait()
	}
	t.Cleanup(stop)
	return done, stop
}

// next returns the next event of a kind.
func (r gwReplica) next(t *testing.T, kind string) json.RawMessage {
	t.Helper()
	late := time.After(gwPatience)
	for {
		select {
		case e := <-r.events:
			if e.kind == kind {
				return e.data
			}
		case <-late:
			t.Fatalf("no %s came\n%s", kind, r.log)
		}
	}
}

// hears waits for a message.
func (r gwReplica) hears(t *testing.T, id string) {
	t.Helper()
	for {
		var m struct{ ID string }
		if err := json.Unmarshal(r.next(t, "MESSAGE_CREATE"), &m); err != nil {
			t.Fatal(err)
		}
		if m.ID == id {
			return
		}
	}
}

// counted returns what a metric stands at, all its labels added up, or of one label's value.
func (r gwReplica) counted(t *testing.T, name, label string) (sum float64) {
	t.Helper()
	families, err := r.metrics.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == "whosays_discord_"+name && (label == "" || m.GetLabel()[0].GetValue() == label) {
				sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
			}
		}
	}
	return sum
}

// gwSoon waits until something holds.
func gwSoon(t *testing.T, what string, holds func() bool) {
	t.Helper()
	late := time.After(gwPatience)
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-late:
			t.Fatalf("it hasn't come to this: %s", what)
		case <-look.C:
		}
	}
}

type gwLog struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *gwLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *gwLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// newGWLeases returns the leases of a database of the test's own, in SQLite.
func newGWLeases(t *testing.T) sqlstore.Leases {
	t.Helper()
	return gwLeasesIn(t, filepath.Join(t.TempDir(), "base.db"))
}

// gwLeasesIn returns the leases of a database, by its URL.
func gwLeasesIn(t *testing.T, url string) sqlstore.Leases {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), url, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store.Leases()
}

// gwCut are leases that a replica can't reach once it is cut off.
type gwCut struct {
	Leases
	mu      sync.Mutex
	off     bool
	refused int // calls, while it was off
}

var errGWCut = errors.New("the database is out of reach")

func (l *gwCut) cut(off bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.off = off
}

func (l *gwCut) reach() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.off {
		l.refused++
		return errGWCut
	}
	return nil
}

func (l *gwCut) refusals() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.refused
}

func (l *gwCut) Lease(ctx context.Context, name, holder string, ttl time.Duration) (int64, bool, error) {
	if err := l.reach(); err != nil {
		return 0, false, err
	}
	return l.Leases.Lease(ctx, name, holder, ttl)
}

func (l *gwCut) Renew(ctx context.Context, name, holder string, epoch int64, ttl time.Duration) (bool, error) {
	if err := l.reach(); err != nil {
		return false, err
	}
	return l.Leases.Renew(ctx, name, holder, epoch, ttl)
}

func (l *gwCut) Release(ctx context.Context, name, holder string, epoch int64) (bool, error) {
	if err := l.reach(); err != nil {
		return false, err
	}
	return l.Leases.Release(ctx, name, holder, epoch)
}

func (l *gwCut) Held(ctx context.Context, prefix string) (map[string]string, error) {
	if err := l.reach(); err != nil {
		return nil, err
	}
	return l.Leases.Held(ctx, prefix)
}
