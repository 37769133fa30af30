package discordfake

import (
	"strconv"
	"time"
)

// epoch is the first millisecond of 2015, from which Discord's ids count.
const epoch = 1420070400000

// ids makes ids as Discord does: the upper bits are the millisecond, each is greater than the one before.
type ids struct {
	last   uint64
	guilds uint64
}

func (i *ids) next(now time.Time) string {
	id := uint64(now.UnixMilli()-epoch) << 22
	i.last = max(id, i.last+1)
	return strconv.FormatUint(i.last, 10)
}

// nextGuild is a millisecond older for each guild, long ago: guilds spread over the shards in turn.
func (i *ids) nextGuild() string {
	const ms = 1577836800000 - epoch // 2020
	i.guilds++
	return strconv.FormatUint((ms+i.guilds)<<22, 10)
}

// ShardOf says which of count shards the events of a guild go to; those of direct messages ("") go to shard 0.
func ShardOf(guild string, count int) int {
	id, _ := strconv.ParseUint(guild, 10, 64)
	return int(id >> 22 % uint64(max(count, 1)))
}
