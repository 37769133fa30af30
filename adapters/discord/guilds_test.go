package discord

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/storetest"
)

// settles gives a server a claim of its own.
func (r *rig) settles(guild string) {
	r.Helper()
	storetest.Commit(r, r.store, storetest.Change(0, storetest.Claim("discord:"+guild, "own", 1, "of the server")))
}

// claims returns how many claims a server has.
func (r *rig) claims(guild string) int {
	r.Helper()
	return len(storetest.Gather(r, r.store.Scan(r.Context(), knowledge.Snapshot{Tenant: "discord:" + guild})))
}

// kept returns of whom something is kept.
func (r *rig) kept() []string {
	r.Helper()
	all, err := r.store.Kept(r.Context(), scheme)
	r.ok(err)
	return all
}

// idle waits until nobody is looked at, or forgotten, any more.
func (r *rig) idle() {
	r.Helper()
	for ctx := r.soon(); r.endings.Pending() > 0; {
		if ctx.Err() != nil {
			r.Fatalf("%d are still to be forgotten: %s", r.endings.Pending(), r.log)
		}
		time.Sleep(time.Millisecond) // for what another goroutine does in the database
	}
}

// TestRemoved holds that nothing is kept of a server that has removed the bot, its own claims included, but where its audit
// chain has ended.
func TestRemoved(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.settles(r.guild)
	answer := r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
	tenant, id := "discord:"+r.guild, r.record(answer)
	r.sent(tenant, id)
	r.discord.RemoveGuild(r.guild)
	r.removed = true
	r.logs("is deleted")
	if _, err := r.desk.Get(t.Context(), tenant, id); knowledge.KindOf(err) != knowledge.NotFound {
		t.Errorf("what was said is still kept: %v", err)
	}
	if n := r.claims(r.guild); n != 0 {
		t.Errorf("%d claims are still kept", n)
	}
	v, err := knowledge.Verify(t.Context(), r.store, tenant, knowledge.Head{})
	if err != nil || len(v.Wrong) > 0 || v.Removed.Revision != 2 {
		t.Errorf("%+v, %v", v, err)
	}
}

// TestRemovedMeanwhile holds that a server is missed that removed the bot while no replica was connected; and no other is,
// though it is in an outage, is another shard's, or isn't listed though the bot is in it.
func TestRemovedMeanwhile(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	out := r.discord.AddGuild(discordfake.Guild{Name: "Lviv"})
	gone := r.discord.AddGuild(discordfake.Guild{Name: "Odesa"})
	for _, guild := range []string{r.guild, out, gone} {
		r.settles(guild)
	}
	r.settles("@me") // no server's
	r.ok(r.store.Reports().Add(t.Context(), moderation.Report{Tenant: "discord:" + gone, ID: "x", At: today, Note: "x"}))
	r.disconnect()
	r.discord.SetAvailable(out, false)
	r.discord.RemoveGuild(gone)
	r.connect()
	r.logs("is deleted")
	want := []string{"discord:" + r.guild, "discord:" + out, "discord:@me"}
	slices.Sort(want)
	if diff := cmp.Diff(want, r.kept()); diff != "" {
		t.Error(diff)
	}
}

// TestMissing holds what is concluded of which READY.
func TestMissing(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	const absent = 175928847299117063
	shard := (absent >> 22) % 2
	ready := `{"user":{"id":"1"},"application":{"id":"1"},%s}`
	absentee := fmt.Sprint(absent)
	r.settles(r.guild) // Discord says that the bot is in it
	for _, tc := range []struct {
		name, ready string
		asks        bool
	}{
		{"no list", `"shard":[0,1]`, false},
		{"no list but null", `"shard":[0,1],"guilds":null`, false},
		{"no shard", `"guilds":[]`, false},
		{"half a shard", `"shard":[0],"guilds":[]`, false},
		{"no such shard", `"shard":[1,1],"guilds":[]`, false},
		{"of none", `"shard":[0,0],"guilds":[]`, false},
		{"below zero", `"shard":[-1,1],"guilds":[]`, false},
		{"no id", `"shard":[0,1],"guilds":[{"id":""}]`, false},
		{"another's shard", fmt.Sprintf(`"shard":[%d,2],"guilds":[]`, 1-shard), false},
		{"unavailable", `"shard":[0,1],"guilds":[{"id":"` + absentee + `","unavailable":true},{"id":"` + r.guild + `"}]`, false},
		{"missing", `"shard":[0,1],"guilds":[{"id":"` + r.guild + `"}]`, true},
		{"of its shard", fmt.Sprintf(`"shard":[%d,2],"guilds":[]`, shard), true},
		{"but in it", `"shard":[0,1],"guilds":[{"id":"` + absentee + `"}]`, false},
	} {
		r.settles(absentee)
		r.adapter.Dispatch(t.Context(), "READY", []byte(fmt.Sprintf(ready, tc.ready)))
		r.idle()
		if left := r.claims(absentee); (left == 0) != tc.asks {
			t.Errorf("%s: %d claims are left", tc.name, left)
		}
		if r.claims(r.guild) != 1 {
			t.Fatalf("%s: a server is forgotten that the bot is in", tc.name)
		}
		_, err := r.store.ForgetTenant(t.Context(), "discord:"+absentee, "test", "test")
		r.ok(err)
	}
}

// TestNobodyKnowsWhetherItIsGone holds that nothing is deleted while Discord doesn't say whether the bot is in a server.
func TestNobodyKnowsWhetherItIsGone(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.discord.Inject(discordfake.Broken(500, discordfake.Route("GET", "/guilds/*")))
	if in, err := r.client.in(t.Context(), r.guild); err == nil {
		t.Errorf("in the server: %v", in)
	}
	if in, err := r.client.in(t.Context(), r.guild); !in || err != nil {
		t.Errorf("in the server: %v, %v", in, err)
	}
	if in, err := r.client.in(t.Context(), "175928847299117063"); in || err != nil {
		t.Errorf("in the server: %v, %v", in, err)
	}
}
