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

// Seen reports whether any replica has noted the key of an event. Where there is no Redis, or it doesn't answer in its time, none has.
func (c *Cache) Seen(ctx context.Context, key string) bool {
	if c.redis == nil {
		return false
	}
	cmds, err := c.redis.do(ctx, func(p redis.Pipeliner) { p.Exists(ctx, seenPrefix+key) })
	if err != nil || len(cmds) != 1 {
		return false
	}
	found, ok := cmds[0].(*redis.IntCmd)
	return ok && found.Err() == nil && found.Val() > 0
}
