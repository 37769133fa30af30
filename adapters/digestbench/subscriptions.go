package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// channels is how many channels of a tenant have a digest, and ownEvery of how many tenants one has claims of its own.
const (
	channels = 5
	ownEvery = 50
)

// crowd makes subscriptions.
type crowd struct {
	due    time.Time       // the minute
	before knowledge.Heads // what most have been told
	now    time.Time
}

func tenant(i int) string { return fmt.Sprintf("discord:%d", 100_000+i/channels) }

// owners are the tenants that have claims of their own.
func owners(subscriptions int) (out []string) {
	for i := 0; i < subscriptions; i += channels * ownEvery {
		out = append(out, tenant(i))
	}
	return out
}

// one makes subscription i: one that is due, or that isn't for hours.
func (c *crowd) one(i int, due bool) (digest.Subscription, error) {
	r := rand.New(rand.NewPCG(8, uint64(i)))
	zone := pick(r, []string{"Europe/Kyiv", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "UTC"})
	place, err := time.LoadLocation(zone)
	if err != nil {
		return digest.Subscription{}, err
	}
	at := c.due
	if !due {
		at = at.Add(time.Hour * time.Duration(2+r.IntN(21))).Add(time.Minute * time.Duration(r.IntN(60)))
	}
	shown := at.In(place)
	s := digest.Subscription{
		ID: fmt.Sprintf("subscription-%09d", i), Tenant: tenant(i), Desk: "discord", To: chat.Address(fmt.Sprintf("discord:%d", i)),
		Schedule: digest.Schedule{Fields: fmt.Sprintf("%d %d * * *", shown.Minute(), shown.Hour()), Zone: zone},
		Lang:     pick(r, lexicon.Languages), By: "discord:1", At: c.now, From: c.now, State: digest.Active,
		Next: digest.Slot{Civil: shown.Format("2006-01-02T15:04"), At: at},
	}
	switch r.IntN(10) {
	case 0:
		s.Topics = []digest.Topic{digest.Negotiations}
	case 1:
		s.Topics = []digest.Topic{digest.Casualties, digest.Corrections}
	case 2:
		s.Silent = true
	}
	if r.IntN(20) > 0 { // the others are told for the first time
		s.Since = c.before
		s.Since.Tenant = s.Tenant
	}
	return s, nil
}

// put keeps n subscriptions, of which due ones are spread among the others.
func (c *crowd) put(ctx context.Context, store digest.Store, n, due int) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(64)
	var done atomic.Int64
	for i := range n {
		s, err := c.one(i, i*due/n != (i+1)*due/n)
		if err != nil {
			return err
		}
		group.Go(func() error {
			_, err := store.Put(ctx, s)
			if k := done.Add(1); k%20_000 == 0 {
				progress("  %d subscriptions are kept", k)
			}
			return err
		})
	}
	return group.Wait()
}
