package rediscache

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

// seenFor is how long replicas remember an event: platforms deliver one again within minutes.
const seenFor = time.Hour

const seenPrefix = "whosays:seen:"

// First notes the key of an event among all replicas, and reports whether none has seen it. Where there is no Redis, or it doesn't
// answer in its time, the event counts as new: what keeps a thing from being said twice is the database.
func (c *Cache) First(ctx context.Context, key string) bool {
	if c.redis == nil {
		return true
	}
	cmds, err := c.redis.do(ctx, func(p redis.Pipeliner) {
		p.SetArgs(ctx, seenPrefix+key, "1", redis.SetArgs{Mode: "NX", TTL: seenFor})
	})
	return err != nil || len(cmds) != 1 || cmds[0].Err() == nil // redis.Nil: it was there
}

// Forget lets an event count as new again among all replicas, where Redis answers in its time.
func (c *Cache) Forget(ctx context.Context, key string) {
	if c.redis == nil {
		return
	}
	_, _ = c.redis.do(ctx, func(p redis.Pipeliner) { p.Del(ctx, seenPrefix+key) }) // else it is silence where there was an outage
}
