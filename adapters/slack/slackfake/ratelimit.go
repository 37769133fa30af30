package slackfake

import (
	"time"
)

// Limit is how many calls are taken in a time: of a method by a workspace ("chat.update"), or also by a channel
// ("chat.postMessage channel").
type Limit struct {
	Calls int
	Per   time.Duration
}

// SlackLimits are the figures that Slack publishes, for [Options.Limits] (docs: apis/web-api/rate-limits): its tiers, a
// message a second for each channel, and for an app that is distributed outside the Marketplace history and replies
// once a minute (for its 15 messages a page see [Options.HistoryLimit]).
func SlackLimits(marketplace bool) map[string]Limit {
	tier := func(calls int) Limit { return Limit{calls, time.Minute} }
	limits := map[string]Limit{
		"apps.connections.open": tier(1), "conversations.list": tier(20), "usergroups.users.list": tier(20), "usergroups.list": tier(20),
		"conversations.info": tier(50), "conversations.open": tier(50), "users.conversations": tier(50), "conversations.history": tier(50),
		"conversations.replies": tier(50), "chat.update": tier(50), "chat.delete": tier(50), "auth.revoke": tier(50),
		"chat.postEphemeral": tier(100), "users.info": tier(100), "views.open": tier(100), "views.push": tier(100),
		"views.update": tier(100), "views.publish": tier(100), "oauth.v2.access": tier(100),
		"chat.postMessage channel": {1, time.Second},
	}
	if !marketplace {
		limits["conversations.history"], limits["conversations.replies"] = tier(1), tier(1)
	}
	return limits
}

type bucket struct {
	left  int
	reset time.Time
}

// take counts a call, and reports whether the bucket had room for it.
func (b *bucket) take(now time.Time, limit Limit) bool {
	if !now.Before(b.reset) {
		b.left, b.reset = limit.Calls, now.Add(limit.Per)
	}
	if b.left == 0 {
		return false
	}
	b.left--
	return true
}

// limited counts a call towards its limits. It returns the answer where one of them is reached.
func (s *Server) limited(c *call) (reply, bool) {
	team := ""
	if c.granted != nil {
		team = c.granted.team.ID
	}
	for _, kind := range [][2]string{{c.method, ""}, {c.method + " channel", c.args["channel"]}} {
		limit, found := s.opts.Limits[kind[0]]
		if !found {
			continue
		}
		b := s.bucket(kind[0] + " " + team + " " + kind[1])
		now := s.opts.Now()
		if !b.take(now, limit) {
			c.failed = "ratelimited"
			return tooMany(b.reset.Sub(now)), true
		}
	}
	return reply{}, false
}

func (s *Server) bucket(key string) *bucket {
	b := s.buckets[key]
	if b == nil {
		b = &bucket{}
		s.buckets[key] = b
	}
	return b
}
