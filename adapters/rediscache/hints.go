package rediscache

import (
	"context"

	"github.com/redis/go-redis/v9"

	"github.com/whosays/whosays/knowledge"
)

// channel is where replicas tell each other that a tenant's claims changed. The message is the tenant.
const channel = "whosays:changed"

// Commit commits a change, and tells the other replicas. Telling them is a hint: nobody waits for it, and what comes of it
// is nobody's concern.
func (c *Cache) Commit(ctx context.Context, change knowledge.Change) (knowledge.Head, error) {
	head, err := c.Store.Commit(ctx, change)
	if err == nil {
		c.Tell(ctx, change.Tenant)
	}
	return head, err
}

// Tell tells the other replicas that a tenant's claims changed by other means than Commit, and returns at once.
func (c *Cache) Tell(ctx context.Context, tenant string) {
	if c.redis == nil {
		return
	}
	c.work.Go(func() {
		ctx := context.WithoutCancel(ctx)
		_, _ = c.redis.do(ctx, func(p redis.Pipeliner) { p.Publish(ctx, channel, tenant) }) // counted
	})
}

// Listen calls changed with each tenant of whom a replica tells that its claims changed, one at a time, until the context ends.
// The connection is made again whenever it is lost; what was told meanwhile is lost with it.
func (c *Cache) Listen(ctx context.Context, changed func(ctx context.Context, tenant string)) {
	if c.redis == nil {
		<-ctx.Done()
		return
	}
	sub := c.redis.client.Subscribe(ctx, channel)
	defer sub.Close() //nolint:errcheck // nothing is left to do with it
	hints := sub.Channel()
	for {
		select {
		case <-ctx.Done():
			return
		case m, ok := <-hints:
			if !ok {
				return
			}
			c.metrics.hints.Inc()
			changed(ctx, m.Payload)
		}
	}
}
