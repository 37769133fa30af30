package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// shardPrefix is in front of the names of the shards' leases. Where replicas disagree about how many shards there are,
// each kind is complete by itself: a guild is nobody's business else, or two shards' one.
func (s *Shards) shardPrefix() string { return fmt.Sprintf("%sshard/%d/", leasePrefix, s.count) }

// replicaPrefix is in front of the names of the leases by which replicas see each other.
func (s *Shards) replicaPrefix() string { return fmt.Sprintf("%sreplica/%d/", leasePrefix, s.count) }

func (s *Shards) shardName(shard int) string { return fmt.Sprint(s.shardPrefix(), shard) }

// look renews what this replica holds, gives away what is more than its share, and takes what is free of it. Where the
// database can't be reached it changes nothing, except that a lease may be over.
func (s *Shards) look(ctx context.Context) {
	soon, cancel := context.WithTimeout(ctx, max(s.pace.lease/3, time.Second))
	defer cancel()
	for shard, h := range s.holdings() {
		s.renew(soon, shard, h)
	}
	err := s.seeReplicas(soon)
	if err == nil {
		s.giveAway(soon)
		var taken []taken
		taken, err = s.takeFree(soon)
		for _, t := range taken {
			s.hold(ctx, t)
		}
	}
	if err != nil && ctx.Err() == nil {
		s.log.WarnContext(ctx, "the leases of Discord's shards can't be looked at", "err", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looked = s.looked || err == nil
	s.metrics.held.Set(float64(len(s.held)))
}

// seeReplicas says that this replica is there, and counts those that are.
func (s *Shards) seeReplicas(ctx context.Context) error {
	if _, _, err := s.leases.Lease(ctx, s.replicaPrefix()+s.replica, s.replica, s.pace.lease); err != nil {
		return err
	}
	replicas, err := s.leases.Held(ctx, s.replicaPrefix())
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.replicas, s.seen = max(len(replicas), 1), time.Now()
	switch {
	case s.replicas > 1:
		s.single = time.Time{}
	case s.single.IsZero():
		s.single = s.seen
	}
	return nil
}

// share is how many shards this replica may hold.
func (s *Shards) share() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return (s.count + s.replicas - 1) / s.replicas
}

// renew prolongs the lease of a shard. One that was lost is closed at once. One that can't be renewed is closed shortly
// before it is over, for another replica may have it then: see lapse.
func (s *Shards) renew(ctx context.Context, shard int, h *heldShard) {
	err := s.prove(ctx, shard, h)
	switch {
	case err == nil, errors.Is(ctx.Err(), context.Canceled): // all is closed anyway
	case errors.Is(err, errLeaseLost):
		s.lose(ctx, shard, h)
	case h.unproven() >= s.pace.holds():
		s.lapse(ctx, shard, h) // it was alone when it lapsed, and may not be any more
	}
}

// unproven returns how long ago the lease was last had for sure.
func (h *heldShard) unproven() time.Duration {
	h.proof.Lock()
	defer h.proof.Unlock()
	return time.Since(h.renewed)
}

// errLeaseLost is the error of a lease that has changed hands.
var errLeaseLost = errors.New("the lease of the shard is another replica's")

// prove renews the lease of a shard, or returns why it isn't known to be had.
func (s *Shards) prove(ctx context.Context, shard int, h *heldShard) error {
	before := time.Now()
	ok, err := s.leases.Renew(ctx, s.shardName(shard), s.replica, h.epoch, s.pace.lease)
	switch {
	case err != nil:
		return err
	case !ok:
		return errLeaseLost
	}
	h.proof.Lock()
	defer h.proof.Unlock()
	if h.renewed.Before(before) {
		h.renewed = before
		h.lapses.Reset(s.pace.holds() - time.Since(before))
	}
	return nil
}

// holds is for how long a lease is relied on once it was renewed: a bit less than it lasts, so that the shard is closed before
// another replica has it.
func (p gatewayPace) holds() time.Duration { return p.lease - p.lease/15 }

// lapse closes a shard whose lease is over, unless nobody is there to take it: then it is better to tell people that the base is out
// of reach than to be silent.
func (s *Shards) lapse(ctx context.Context, shard int, h *heldShard) {
	if !errors.Is(ctx.Err(), context.Canceled) && !s.alone() {
		s.lose(ctx, shard, h)
	}
}

// lose closes a shard that another replica may have.
func (s *Shards) lose(ctx context.Context, shard int, h *heldShard) {
	h.lapses.Stop()
	if !s.drop(shard, h) {
		return // it was given away, or lost already
	}
	s.metrics.lost.Inc()
	s.log.WarnContext(ctx, "the lease of a shard was lost, it is closed", "shard", shard)
	h.close()
}

// alone reports whether this replica was the only one for as long as a lease lasts, when it last could look. One that has
// just started can't know: another may have started since, and be about to take what lapses.
func (s *Shards) alone() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.single.IsZero() && s.seen.Sub(s.single) >= s.pace.lease
}

// giveAway releases what is more than this replica's share: first what isn't connected, which costs nothing. The rest
// stays connected for a while, so that nothing is missed until another replica is.
func (s *Shards) giveAway(ctx context.Context) {
	held := s.holdings()
	surplus := slices.SortedFunc(maps.Keys(held), func(a, b int) int {
		return cmp.Or(-cmp.Compare(min(held[a].down(), 1), min(held[b].down(), 1)), cmp.Compare(b, a))
	})
	for _, shard := range surplus[:max(len(surplus)-s.share(), 0)] {
		h := held[shard]
		s.log.InfoContext(ctx, "a shard is given away", "shard", shard)
		h.lapses.Stop()
		if !s.drop(shard, h) {
			continue // its lease lapsed meanwhile
		}
		s.release(ctx, shard, h)
		if h.down() > 0 {
			h.close()
			continue
		}
		timer := time.AfterFunc(s.pace.linger, h.close)
		s.running.Go(func() {
			<-h.closed
			timer.Stop()
		})
	}
}

// taken is a lease that was just had.
type taken struct {
	shard int
	epoch int64
	at    time.Time // or later
}

// takeFree takes leases of free shards, up to this replica's share. What it took stands beside an error, too.
func (s *Shards) takeFree(ctx context.Context) (out []taken, err error) {
	holders, err := s.leases.Held(ctx, s.shardPrefix())
	if err != nil {
		return nil, err
	}
	mine, share := s.holdings(), s.share()
	for shard := range s.count {
		name := s.shardName(shard)
		holder, held := holders[name]
		switch {
		case len(mine)+len(out) >= share:
			return out, nil
		case mine[shard] != nil, held && holder != s.replica:
			continue
		}
		at := time.Now()
		epoch, ok, err := s.leases.Lease(ctx, name, s.replica, s.pace.lease)
		if err != nil {
			return out, err
		}
		if ok {
			out = append(out, taken{shard, epoch, at})
		}
	}
	return out, nil
}

// hold connects a shard, until its lease is lost or ctx ends.
func (s *Shards) hold(ctx context.Context, t taken) {
	ctx, cancel := context.WithCancel(ctx)
	h := &heldShard{gateway: s.gateway(t.shard), epoch: t.epoch, renewed: t.at, close: cancel, closed: make(chan struct{})}
	h.prove = func(ctx context.Context) error { return s.prove(ctx, t.shard, h) }
	h.lapses = time.AfterFunc(time.Hour, func() { s.lapse(ctx, t.shard, h) }) // it looks at h.lapses itself
	h.lapses.Reset(s.pace.holds() - time.Since(t.at))
	s.mu.Lock()
	s.held[t.shard] = h
	s.mu.Unlock()
	s.running.Go(func() {
		defer close(h.closed)
		defer cancel()
		defer h.lapses.Stop()
		if err := h.run(ctx); err != nil {
			select {
			case s.failed <- err:
			default: // another shard was refused, too
			}
		}
	})
}

// holdings returns what this replica holds.
func (s *Shards) holdings() map[int]*heldShard {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.held)
}

// drop takes a shard out of what this replica holds; false where it isn't there.
func (s *Shards) drop(shard int, h *heldShard) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held[shard] != h {
		return false
	}
	delete(s.held, shard)
	return true
}

// leave gives the leases back when their shards are closed, which they are when ctx ends, and waits for all that runs.
func (s *Shards) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.pace.lease)
	defer cancel()
	for shard, h := range s.holdings() {
		<-h.closed
		s.drop(shard, h)
		s.release(ctx, shard, h)
	}
	s.running.Wait()
	s.metrics.held.Set(0)
	// With a lease of its own to end, the share of the others rises at once.
	name := s.replicaPrefix() + s.replica
	if epoch, ok, err := s.leases.Lease(ctx, name, s.replica, s.pace.lease); err == nil && ok {
		_, _ = s.leases.Release(ctx, name, s.replica, epoch) // else it lapses
	}
}

func (s *Shards) release(ctx context.Context, shard int, h *heldShard) {
	if _, err := s.leases.Release(ctx, s.shardName(shard), s.replica, h.epoch); err != nil {
		s.log.WarnContext(ctx, "a shard's lease couldn't be given back, it lapses", "shard", shard, "err", err)
	}
}
