//go:build unix

package digesttest

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// Row 9 of the reliability table: Redis, from which the digests' claims are read, is emptied, killed, and replaced, while digests are
// written. None comes a second time, and none waits for Redis.
func TestRow9RedisIsEmptiedAndFailsOver(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, r *rig) {
		const some = 4
		r.starter()
		redis := servertest.Sentinel(t)
		more := func() {
			for range some {
				r.subscribe(daily, 0)
			}
		}
		more()
		all := r.run(func(t *task) {
			t.Lease = 3 * time.Second // composing takes a while
			t.Redis = fmt.Sprintf("redis://%s?master_name=%s", redis.Addrs[0], redis.MasterName)
		})
		r.settle()
		uses(t, redis.Master)
		more()
		redis.Master.Do("FLUSHALL")
		more()
		r.said(len(r.subs) - some)
		redis.KillMaster()
		more()
		r.settle() // while nothing answers in its place
		r.await("the failover", func() bool { return redis.MasterAddr() == redis.Replica.Addr() && redis.Replica.Role() == "master" })
		more()
		r.settle()
		redis.Replica.Do("FLUSHALL")
		more()
		r.settle()
		r.end(all)
		r.once()
	})
}

// uses holds that something is kept in a Redis.
func uses(t testing.TB, redis *servertest.RedisServer) {
	t.Helper()
	if n, err := strconv.Atoi(redis.Do("DBSIZE")); err != nil || n == 0 {
		t.Errorf("Redis keeps %d claims, %v: no digest was read from it", n, err)
	}
}

// starter brings the starter base into the database.
func (r *rig) starter() {
	r.t.Helper()
	ctx := r.t.Context()
	lex, err := lexicon.Default()
	r.ok(err)
	base, err := knowledge.NewBase(ctx, lex, r.store)
	r.ok(err)
	claims, err := starter.Claims()
	r.ok(err)
	d, err := base.Upgrade(ctx, "starter", "none", claims)
	r.ok(err)
	_, err = base.Commit(ctx, knowledge.By{Actor: "starter", Reason: "the starter base", At: time.Now()}, d)
	r.ok(err)
}
