package discord

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// GatewayOptions say how the gateway is connected.
type GatewayOptions struct {
	Token     string            // the bot's, without "Bot "
	API       string            // as in ClientOptions: it says where the gateway is
	Transport http.RoundTripper // of REST; nil: http.DefaultTransport
	Leases    Leases            // shared by all replicas
	Replica   string            // one run of this process, different from all others; empty: made up
	Shards    int               // how many there are; 0: as many as Discord recommends when this replica starts
	Dispatch  Dispatch
	Metrics   prometheus.Registerer // nil: none
	Log       *slog.Logger          // nil: none
}

// Shards connects this replica's share of the shards. Identical replicas hold leases of shards, each of at most its fair
// share: the number of shards by that of the replicas, rounded up. All shares together are at least all shards, so that
// every one is taken.
//
// A replica that dies is replaced when its leases have lapsed and the next look at them is made: after 20 s and what
// pacing the Identifies takes. One that loses a lease closes the shard at once, and one that can't renew it does so before it
// lapses, unless it is alone. While a shard is given away two replicas may have it: whoever handles events drops those that were
// seen before.
type Shards struct {
	*gateways
	leases  Leases
	replica string
	wanted  int // 0: auto

	failed  chan error
	running sync.WaitGroup

	mu       sync.Mutex
	looked   bool // at the leases
	ready    bool // all that it held was once connected at the same time
	fatal    error
	held     map[int]*heldShard
	replicas int       // that were seen, this one included
	seen     time.Time // when they were; zero: never yet
	single   time.Time // since when it is only this one; zero: it isn't, or not known to be
}

// heldShard is a shard whose lease this replica has.
type heldShard struct {
	*gateway
	epoch  int64
	lapses *time.Timer // fires shortly before its lease does, if it isn't renewed
	close  context.CancelFunc
	closed chan struct{}

	proof   sync.Mutex
	renewed time.Time // when its lease was last had for sure
}

// NewShards returns shards of which none is connected: see [Shards.Run]. The error is of metrics that are registered already,
// or of an API that isn't an address.
func NewShards(o GatewayOptions) (*Shards, error) { return newShards(o, gatewayPace{}) }

func newShards(o GatewayOptions, pace gatewayPace) (*Shards, error) {
	transport, err := newTransport(o.Transport, o.API)
	if err != nil {
		return nil, err
	}
	g := &gateways{
		token: o.Token, http: &http.Client{Transport: transport}, dispatch: o.Dispatch,
		metrics: newGatewayMetrics(), log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)), pace: pace.withDefaults(),
	}
	if o.Metrics != nil {
		if err := g.metrics.register(o.Metrics); err != nil {
			return nil, fmt.Errorf("discord: %w", err)
		}
	}
	g.pacer = newIdentifyPacer(o.Leases, g.pace, g.start)
	return &Shards{
		gateways: g, leases: o.Leases, replica: cmp.Or(o.Replica, rand.Text()), wanted: o.Shards,
		failed: make(chan error, 1), held: map[int]*heldShard{}, replicas: 1,
	}, nil
}

// Run holds and connects shards until ctx ends: then it closes them, gives their leases back, and returns nil. It is called
// once. Before ctx ends it returns only where Discord refuses for good: with a *[FatalError].
func (s *Shards) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := s.begin(ctx); err != nil {
		return s.ended(ctx, err)
	}
	look := time.NewTicker(s.pace.lease / 3)
	defer look.Stop()
	for {
		s.look(ctx)
		select {
		case <-look.C:
			continue
		case err := <-s.failed:
			s.fail(err)
			cancel()
			s.leave(ctx)
			return err
		case <-ctx.Done():
			s.leave(ctx)
			return nil
		}
	}
}

// begin asks Discord how many shards there should be.
func (s *Shards) begin(ctx context.Context) error {
	for failures := 0; ; failures++ {
		start, err := s.start(ctx)
		if err == nil {
			s.pacer.concurrency.Store(int64(start.Limit.MaxConcurrency))
			s.count = cmp.Or(s.wanted, start.Shards)
			return nil
		}
		if errors.As(err, new(*FatalError)) {
			return err
		}
		wait := max(s.pace.backoff(failures), atLeast(err, s.pace.random()))
		s.log.WarnContext(ctx, "Discord doesn't say where its gateway is", "err", s.scrub(err.Error()), "wait", wait.String())
		if err := s.pace.wait(ctx, wait); err != nil {
			return err
		}
	}
}

// ended returns the error of a start that failed, none if somebody only asked it to stop.
func (s *Shards) ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	s.fail(err)
	return err
}

func (s *Shards) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fatal = err
}

// Healthy returns why this replica isn't ready: Discord refuses it, its first shards aren't all connected yet, or one has
// been without a connection for a minute. A replica without a share is healthy: it stands by.
func (s *Shards) Healthy() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fatal != nil {
		return s.fatal
	}
	if !s.looked {
		return errors.New("discord: the gateway isn't connected yet")
	}
	longest := time.Duration(0)
	for _, h := range s.held {
		longest = max(longest, h.down())
	}
	s.ready = s.ready || longest == 0
	if !s.ready || longest > s.pace.steady {
		return fmt.Errorf("discord: a shard has been without a connection to the gateway for %v", longest.Round(time.Second))
	}
	return nil
}
