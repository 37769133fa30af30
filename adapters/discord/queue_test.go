package discord

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/inbox"
)

// occupy keeps all workers busy.
func (r *rig) occupy() (let func()) {
	hold := make(chan struct{})
	for range 8 {
		r.inbox.Offer(r.Context(), inbox.Work{Do: func(context.Context) { <-hold }})
	}
	let = sync.OnceFunc(func() { close(hold) })
	r.Cleanup(let) // a test that has failed ends, too
	return let
}

// full keeps the only worker busy, and as much waiting as may.
func (r *rig) full() (let func()) {
	hold, begun := make(chan struct{}), make(chan struct{})
	let = sync.OnceFunc(func() { close(hold) })
	r.Cleanup(let)
	r.inbox.Offer(r.Context(), inbox.Work{Do: func(context.Context) { close(begun); <-hold }})
	<-begun
	for verdict := inbox.Accepted; verdict == inbox.Accepted; {
		verdict = r.inbox.Offer(r.Context(), inbox.Work{Do: func(context.Context) {}})
	}
	return let
}

// logs waits for a word in the log.
func (r *rig) logs(text string) {
	r.Helper()
	for ctx := r.soon(); !strings.Contains(r.log.String(), text); {
		if ctx.Err() != nil {
			r.Fatalf("no %q in the log: %s", text, r.log)
		}
		time.Sleep(10 * time.Millisecond) // for what another goroutine logs
	}
}

// TestPanickingNotice holds that a panic beside the queue doesn't end the process.
func TestPanickingNotice(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.adapter.aside(t.Context(), func(context.Context) error { panic("at a notice") })
	r.logs("at a notice")
}

// TestFullQueue holds that what Discord tells once isn't lost where nothing more is taken.
func TestFullQueue(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{inbox: inbox.Options{Workers: 1, Queue: 1}})
	answer := r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
	tenant, id := "discord:"+r.guild, r.record(answer)
	r.sent(tenant, id)
	r.full()
	r.adapter.current.Store(false)
	r.adapter.Dispatch(t.Context(), "READY", []byte(`{"user":{"id":"`+r.discord.BotID()+`"},"application":{"id":"`+r.discord.ApplicationID()+`"}}`))
	if r.adapter.current.Load() {
		t.Error("the commands count as registered")
	}
	r.adapter.Dispatch(t.Context(), "GUILD_DELETE", []byte(`{"id":"`+r.guild+`"}`))
	r.logs("is deleted")
	if _, err := r.desk.Get(t.Context(), tenant, id); err == nil {
		t.Error("what was said is still kept")
	}
}

// TestRegisterAgain holds that commands are registered though Discord doesn't take them at first: the next connection may be days
// away.
func TestRegisterAgain(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.logs("are registered")
	r.adapter.current.Store(false)
	r.discord.Inject(discordfake.Broken(http.StatusInternalServerError, discordfake.Route("GET", "/applications/*/commands")))
	r.adapter.Dispatch(t.Context(), "READY", []byte(`{"user":{"id":"`+r.discord.BotID()+`"},"application":{"id":"`+r.discord.ApplicationID()+`"}}`))
	r.logs("changed=0")
}
