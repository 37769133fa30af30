package discord

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/adapters/sqlstore"
)

// gwLeasePace has leases that lapse while a test waits for it.
func gwLeasePace() gatewayPace {
	pace := gwPace()
	pace.window, pace.lease, pace.linger = 50*time.Millisecond, 2*time.Second, time.Second
	return pace
}

// connectedOnce reports that each shard is connected exactly once.
func (p gwPlace) connectedOnce(shards int) bool {
	times := map[int]int{}
	for _, s := range p.Sessions() {
		if s.Connected && s.Shard[1] == shards {
			times[s.Shard[0]]++
		}
	}
	for shard := range shards {
		if times[shard] != 1 {
			return false
		}
	}
	return len(times) == shards
}

func (p gwPlace) tooFast() (n int) {
	for _, i := range p.Identifies() {
		if i.TooFast {
			n++
		}
	}
	return n
}

func (r gwReplica) seen() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.replicas
}

func (r gwReplica) shards() int { return len(r.holdings()) }

// gwFleet is three replicas that share six shards.
type gwFleet struct {
	gwPlace
	leases   sqlstore.Leases
	cuts     [3]*gwCut
	replicas [3]gwReplica
	stop     [3]func()
	ended    [3]<-chan error
}

const gwShards = 6

func newGWFleet(t *testing.T) *gwFleet {
	t.Helper()
	return newGWFleetOn(t, newGWLeases(t))
}

func newGWFleetOn(t *testing.T, leases sqlstore.Leases) *gwFleet {
	t.Helper()
	f := &gwFleet{leases: leases, gwPlace: newGWPlace(t, discordfake.Options{
		Shards: gwShards, MaxConcurrency: 2, IdentifyWindow: 50 * time.Millisecond,
	})}
	for i := range f.replicas {
		f.cuts[i] = &gwCut{Leases: f.leases}
		f.replicas[i] = f.replica(t, f.cuts[i], gwLeasePace(), func(o *GatewayOptions) { o.Replica = fmt.Sprint("r", i) })
		f.ended[i], f.stop[i] = gwStoppable(t, f.replicas[i].Run)
	}
	return f
}

// settled waits until each shard is connected once, and the replicas have so many of them.
func (f *gwFleet) settled(t *testing.T, shares ...int) {
	t.Helper()
	gwSoon(t, fmt.Sprint("shares ", shares), func() bool {
		for i, share := range shares {
			if f.replicas[i].shards() != share || share > 0 && f.replicas[i].Healthy() != nil {
				return false
			}
		}
		return f.connectedOnce(gwShards)
	})
}

func TestReplicasShareTheShards(t *testing.T) {
	t.Parallel()
	f := newGWFleet(t)
	f.settled(t, 2, 2, 2)
	if n := f.tooFast(); n > 0 {
		t.Errorf("%d Identifies were too fast", n)
	}
	for _, r := range f.replicas {
		if err := r.Healthy(); err != nil {
			t.Error(err)
		}
	}
	said := f.Say(f.OpenDM(f.user), f.user, "direct") // on shard 0
	for i, r := range f.replicas {
		if r.holdings()[0] != nil {
			f.replicas[i].hears(t, said.ID)
		}
	}
	if got := f.Unexpected(); len(got) > 0 {
		t.Errorf("unexpected: %+v", got)
	}
}

func TestAReplicaThatDiesIsReplaced(t *testing.T) {
	t.Parallel()
	for name, leases := range map[string]func(*testing.T) sqlstore.Leases{
		"sqlite":   newGWLeases,
		"postgres": func(t *testing.T) sqlstore.Leases { return gwLeasesIn(t, servertest.Postgres(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newGWFleetOn(t, leases(t))
			f.settled(t, 2, 2, 2)
			f.cuts[0].cut(true) // it gives nothing back
			f.stop[0]()
			f.settled(t, 0, 3, 3)
			if n := f.tooFast(); n > 0 {
				t.Errorf("%d Identifies were too fast", n)
			}
		})
	}
}

func TestAReplicaThatStopsLeavesAtOnce(t *testing.T) {
	t.Parallel()
	f := newGWFleet(t)
	f.settled(t, 2, 2, 2)
	f.stop[0]()
	if err := <-f.ended[0]; err != nil {
		t.Error(err)
	}
	held, err := f.leases.Held(t.Context(), leasePrefix)
	if err != nil {
		t.Fatal(err)
	}
	for name, holder := range held {
		if holder == "r0" {
			t.Errorf("it still holds %s", name)
		}
	}
	f.settled(t, 0, 3, 3)
	f.stop[1]()
	f.settled(t, 0, 0, 6)
}

// A replica that slept past its lease closes the shard, and doesn't take it from the other.
func TestALostLeaseClosesTheShard(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{Shards: 2, MaxConcurrency: 2, IdentifyWindow: time.Nanosecond})
	leases := newGWLeases(t)
	r := p.replica(t, leases, gwLeasePace())
	gwRun(t, r.Run)
	gwSoon(t, "both shards", func() bool { return p.connectedOnce(2) && r.Healthy() == nil })
	steal(t, leases, r, 1)
	gwSoon(t, "one shard", func() bool { return p.connectedAlone(0) && r.shards() == 1 })
	if n := r.counted(t, "shards_lost_total", ""); n != 1 {
		t.Errorf("%v shards were lost", n)
	}
	if err := r.Healthy(); err != nil {
		t.Error(err)
	}
}

// steal lets a lease lapse and gives it to another, as when its holder slept past it.
func steal(t *testing.T, leases Leases, r gwReplica, shard int) {
	t.Helper()
	name, epoch := r.shardName(shard), r.holdings()[shard].epoch
	gwSoon(t, "the lease to change hands", func() bool {
		if _, err := leases.Renew(t.Context(), name, r.replica, epoch, -time.Second); err != nil {
			t.Fatal(err)
		}
		_, ok, err := leases.Lease(t.Context(), name, "another", time.Hour)
		return err == nil && ok
	})
}

// connectedAlone reports that of all shards only one is connected.
func (p gwPlace) connectedAlone(shard int) bool {
	var connected []int
	for _, s := range p.Sessions() {
		if s.Connected {
			connected = append(connected, s.Shard[0])
		}
	}
	return len(connected) == 1 && connected[0] == shard
}

func TestTheDatabaseIsOutOfReach(t *testing.T) {
	t.Parallel()
	t.Run("of a replica that is alone", func(t *testing.T) {
		t.Parallel()
		p := newGWPlace(t, discordfake.Options{IdentifyWindow: time.Nanosecond})
		leases := &gwCut{Leases: newGWLeases(t)}
		pace := gwLeasePace()
		pace.lease = 750 * time.Millisecond
		r := p.replica(t, leases, pace)
		gwRun(t, r.Run)
		gwSoon(t, "a connection", func() bool { return r.Healthy() == nil && r.alone() })
		leases.cut(true)
		name := r.shardName(0)
		gwSoon(t, "the lease to lapse", func() bool {
			held, err := leases.Leases.Held(context.Background(), name)
			return err == nil && len(held) == 0
		})
		before := leases.refusals()
		gwSoon(t, "the replica to notice", func() bool { return leases.refusals() >= before+6 }) // two at each look
		r.hears(t, p.Say(p.channel, p.user, "still there?").ID)
		leases.cut(false)
		gwSoon(t, "the lease again", func() bool {
			held, err := leases.Held(context.Background(), name)
			return err == nil && len(held) == 1
		})
		if n := len(p.Identifies()); n != 1 {
			t.Errorf("%d Identifies\n%s", n, r.log)
		}
	})
	t.Run("of one of many", func(t *testing.T) {
		t.Parallel()
		f := newGWFleet(t)
		f.settled(t, 2, 2, 2)
		gwSoon(t, "it to know of the others", func() bool { return f.replicas[0].seen() == len(f.replicas) })
		f.cuts[0].cut(true)
		f.settled(t, 0, 3, 3)
		f.cuts[0].cut(false)
		f.settled(t, 2, 2, 2)
	})
}

// Its shards stay connected until others have them.
func TestAShardIsHandedOver(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{Shards: 2, MaxConcurrency: 2, IdentifyWindow: time.Nanosecond})
	leases := newGWLeases(t)
	pace := gwLeasePace()
	pace.linger = time.Hour
	first, second := p.replica(t, leases, pace), p.replica(t, leases, pace)
	gwRun(t, first.Run)
	gwSoon(t, "both shards", func() bool { return p.connectedOnce(2) && first.Healthy() == nil })
	gwRun(t, second.Run)
	gwSoon(t, "a share", func() bool {
		return first.shards() == 1 && second.shards() == 1 && second.counted(t, "shards_connected", "") == 1
	})
	if n := first.counted(t, "shards_connected", ""); n != 2 {
		t.Errorf("the first has %v connections", n)
	}
	said := p.Say(p.channel, p.user, "to both, or to one")
	shard := discordfake.ShardOf(p.guild, 2)
	first.hears(t, said.ID)
	if second.holdings()[shard] != nil {
		second.hears(t, said.ID)
	}
}

func TestAFatalErrorEndsAllShards(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{Shards: 2, MaxConcurrency: 2, IdentifyWindow: time.Nanosecond})
	leases := newGWLeases(t)
	r := p.replica(t, leases, gwLeasePace())
	ended := gwRun(t, r.Run)
	gwSoon(t, "both shards", func() bool { return p.connectedOnce(2) })
	p.Shard(1).Close(4014)
	gwEndsWith(t, ended, &FatalError{Shard: 1, Code: 4014})
	held, err := leases.Held(t.Context(), leasePrefix+"shard/")
	if err != nil || len(held) > 0 {
		t.Errorf("it holds %v, %v", held, err)
	}
	gwSoon(t, "no session", func() bool { return len(p.Sessions()) == 0 })
}

// hanging never answers.
type hanging struct{ asked chan struct{} }

func (h hanging) RoundTrip(r *http.Request) (*http.Response, error) {
	signalGateway(h.asked)
	<-r.Context().Done()
	return nil, context.Cause(r.Context())
}

func TestStoppedBeforeItBegan(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{})
	asked := make(chan struct{}, 1)
	r := p.replica(t, newGWLeases(t), gwPace(), func(o *GatewayOptions) { o.Transport = hanging{asked} })
	if r.Healthy() == nil {
		t.Error("it is healthy before it runs")
	}
	ended, stop := gwStoppable(t, r.Run)
	<-asked
	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopped while it began: %v", err)
	}
}

// The number of shards may be set; each number has leases of its own.
func TestAFixedNumberOfShards(t *testing.T) {
	t.Parallel()
	p := newGWPlace(t, discordfake.Options{Shards: 1, MaxConcurrency: 16, IdentifyWindow: time.Nanosecond})
	leases := newGWLeases(t)
	r := p.replica(t, leases, gwLeasePace(), func(o *GatewayOptions) { o.Shards = 3 })
	gwRun(t, r.Run)
	gwSoon(t, "three shards", func() bool { return p.connectedOnce(3) })
	held, err := leases.Held(t.Context(), "discord/shard/3/")
	if err != nil || len(held) != 3 {
		t.Errorf("held: %v, %v", held, err)
	}
}
