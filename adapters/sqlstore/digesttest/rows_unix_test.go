//go:build unix

package digesttest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// Row 1 of the reliability table: three replicas tick together.
func TestRow1ThreeReplicasTickTogether(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, r *rig) {
		for range *slots {
			r.subscribe(daily, 0)
		}
		all := r.run()
		r.settle()
		r.end(all)
		r.once()
	})
}

// Row 3 of the reliability table: Slack accepts each post, and the answer is lost. All are found by their metadata, and none is sent
// again. Discord does the same, and is asked again, which its nonces make one.
func TestRow3TheAnswerIsLost(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, r *rig) {
		const each = 5
		r.slack.Inject(slackfake.Fault{Match: slackfake.Calling("chat.postMessage"), Times: each, AfterStore: true, Cut: true})
		r.discord.Inject(discordfake.Fault{Match: discordfake.Route("POST", "/channels/*/messages"), Times: each, AfterStore: true, Cut: true})
		for range 2 * each {
			r.subscribe(daily, 0)
		}
		// A request may take a third of a lease. None may take longer here: that would be another fault.
		all := r.run(func(t *task) { t.Lease = 15 * time.Second })
		r.settle()
		r.end(all)
		r.once()
		asked := r.slack.Requests("chat.postMessage")
		lost := len(slices.DeleteFunc(slices.Clone(asked), func(a slackfake.Request) bool { return a.Status != 0 }))
		if len(asked) != each || lost != each {
			t.Errorf("Slack was asked %d times to post %d messages, and %d answers were lost", len(asked), each, lost)
		}
	})
}

// Row 5 of the reliability table: down for an hour is made up for, down for three days isn't, and is known as missed.
func TestRow5Down(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, r *rig) {
		const day = 24 * time.Hour
		cases := []struct {
			name  string
			every each
			down  time.Duration
			posts int
			want  string
		}{
			{"an hour", daily, time.Hour, 1, "[written sent]"},
			{"an hour, of hourly ones", hourly, 90 * time.Minute, 1, "[missed written sent]"},
			{"three days, and the last slot within reach", daily, 3*day + time.Hour, 1, "[missed missed missed written sent]"},
			{"three days", daily, 2*day + 7*time.Hour, 0, "[missed missed missed]"},
		}
		for _, c := range cases {
			for range 2 { // once on each platform
				r.subscribe(c.every, c.down)
			}
		}
		all := r.run()
		r.settle()
		r.end(all)
		for n, s := range r.subs {
			c := cases[n/2]
			if got := fmt.Sprint(r.past(n)); got != c.want || r.posts(n) != c.posts {
				t.Errorf("%s, on %s: %d posts, slots %s", c.name, s.Desk, r.posts(n), got)
			}
		}
	})
}
