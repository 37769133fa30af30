package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
)

// posting are posts into channels, and acknowledging first answers to interactions.
var (
	posting       = discordfake.Route("POST", "/channels/*/messages")
	acknowledging = discordfake.Route("POST", "/interactions/*/*/callback")
)

// TestPostFaults holds that a mention is answered once, whatever becomes of the first try.
func TestPostFaults(t *testing.T) {
	t.Parallel()
	once := func(f discordfake.Fault) discordfake.Fault {
		f.Times = 1
		return f
	}
	stored := discordfake.Broken(http.StatusBadGateway, posting)
	stored.AfterStore = true
	for name, fault := range map[string]discordfake.Fault{
		"an answer without an id": {
			Match: posting, Times: 1, AfterStore: true, Status: http.StatusOK, Body: `{}`, Header: http.Header{"Content-Type": {"application/json"}},
		},
		"500":                 once(discordfake.Broken(http.StatusInternalServerError, posting)),
		"502 after it stood":  once(stored),
		"503":                 once(discordfake.Broken(http.StatusServiceUnavailable, posting)),
		"cut after it stood":  {Match: posting, Times: 1, Cut: true, AfterStore: true},
		"cut":                 {Match: posting, Times: 1, Cut: true},
		"429 of the channel":  once(discordfake.RateLimited("user", 300*time.Millisecond, posting)),
		"429 of all":          once(discordfake.RateLimited("global", 300*time.Millisecond, posting)),
		"429 of Cloudflare's": once(discordfake.CloudflareLimited(time.Second, posting)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{})
			r.discord.Inject(fault)
			m := r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
			r.sent("discord:"+r.guild, r.record(m))
			if n, tries := r.replies(r.channel), len(r.discord.Requests("POST /channels/{channel}/messages")); n != 1 || tries != 2 {
				t.Errorf("%d replies in %d tries", n, tries)
			}
		})
	}
}

// record returns the id under which a message is kept.
func (r *rig) record(m discordfake.Message) string {
	r.Helper()
	all := controls(&m)
	if len(all) == 0 {
		r.Fatalf("nothing stands under %q", m.Content)
	}
	id, err := target.Parse(all[0].CustomID)
	r.ok(err)
	return id.Record
}

// TestRefusedPosts holds that what Discord won't ever take is tried once, and logged.
func TestRefusedPosts(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	r.discord.SetBot(r.channel, 1<<10) // it may see the channel, not write
	r.discord.Say(r.channel, r.olena, r.mention()+killed)
	_, err := r.discord.AwaitRequest(r.soon(), "POST /channels/{channel}/messages", 0)
	r.ok(err)
	r.reply(r.discord.Say(r.discord.OpenDM(r.olena), r.olena, killed)) // what came before is done with
	if n := len(r.discord.Requests("POST /channels/{channel}/messages")); n != 2 {
		t.Errorf("%d posts", n)
	}
	if !strings.Contains(r.log.String(), "code 50013") {
		t.Errorf("the log says %s", r.log)
	}
}

// TestFinalRefusals holds that a post isn't tried again where the channel is gone, or closed to the bot.
func TestFinalRefusals(t *testing.T) {
	t.Parallel()
	for code, status := range map[int]int{10003: http.StatusNotFound, 50001: http.StatusForbidden, 50013: http.StatusForbidden} {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{})
			r.discord.Inject(discordfake.Fault{
				Match: posting, Times: 1, Status: status, Body: fmt.Sprintf(`{"code":%d,"message":"no"}`, code), Header: http.Header{"Content-Type": {"application/json"}},
			})
			p := chat.Post{To: place{r.guild, r.channel}.address(), Key: "k", Reply: r.adapter.bot.Notice(chat.NoticeThanks, "en")}
			said, err := r.desk.Say(t.Context(), place{r.guild, r.channel}.tenant(), p)
			if !errors.Is(err, chat.ErrRefused) || said.State != delivery.StateFailed || !said.Due.IsZero() {
				t.Errorf("%s, due %v: %v", said.State, said.Due, err)
			}
			if !strings.Contains(r.log.String(), fmt.Sprintf("code %d", code)) {
				t.Errorf("the log says %s", r.log)
			}
		})
	}
}

// TestAnswerFaults holds that an interaction is answered once, whatever becomes of the first try.
func TestAnswerFaults(t *testing.T) {
	t.Parallel()
	stored := discordfake.Broken(http.StatusBadGateway, acknowledging)
	stored.AfterStore, stored.Times = true, 1
	broken := discordfake.Broken(http.StatusInternalServerError, acknowledging)
	broken.Times = 1
	limited := discordfake.RateLimited("user", 200*time.Millisecond, acknowledging)
	limited.Times = 1
	for name, fault := range map[string]discordfake.Fault{
		"500": broken, "502 after it was given": stored, "429": limited, "cut": {Match: acknowledging, Times: 1, Cut: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{})
			r.discord.Inject(fault)
			i := r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", killed))
			m := r.response(i)
			if r.sent("discord:"+r.guild, r.record(m)); !strings.Contains(m.Content, "55,000") {
				t.Errorf("%q", m.Content)
			}
			if n, tries := r.replies(r.channel), len(r.discord.Requests("POST /interactions/{id}/{token}/callback")); n != 1 || tries != 2 {
				t.Errorf("%d replies in %d tries", n, tries)
			}
		})
	}
}

// TestDuplicates repeats events: each is answered once, by two replicas together too.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	other, err := inbox.New(inbox.Options{Workers: 4, Queue: 16})
	r.ok(err)
	t.Cleanup(func() { r.ok(other.Close(context.Background())) })
	second, err := New(Options{Client: r.client, Bot: r.adapter.bot, Desk: r.desk, Inbox: other, Reports: r.store.Reports(), Endings: r.adapter.endings, Now: r.adapter.now})
	r.ok(err)
	asked := r.discord.Say(r.channel, r.olena, r.mention()+killed)
	r.discord.Shard(0).Repeat()
	data := r.event(asked)
	second.Dispatch(t.Context(), "READY", []byte(`{"user":{"id":"`+r.discord.BotID()+`"},"application":{"id":"`+r.discord.ApplicationID()+`"}}`))
	second.Dispatch(t.Context(), "MESSAGE_CREATE", data)
	second.Dispatch(t.Context(), "MESSAGE_CREATE", data)
	r.reply(asked)
	r.ok(other.Close(t.Context()))
	r.ok(r.inbox.Close(t.Context()))
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("%d replies", n)
	}
}

// event is how a message that mentions the bot comes again.
func (r *rig) event(m discordfake.Message) []byte {
	return []byte(`{"id":"` + m.ID + `","channel_id":"` + m.ChannelID + `","guild_id":"` + m.GuildID + `","type":0,"content":"` + m.Content +
		`","author":{"id":"` + m.Author + `"},"mentions":[{"id":"` + r.discord.BotID() + `"}]}`)
}

// TestBusy holds that who can't be served is told at once.
func TestBusy(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{inbox: inbox.Options{Workers: 1, Queue: 16, UserPerMinute: 1}})
	r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
	m := r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
	if len(m.Embeds) != 0 || len(m.Components) != 0 {
		t.Errorf("the second answer in a minute is %+v", m)
	}
	a, err := r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", killed)).Answer(r.soon())
	r.ok(err)
	if !a.Ephemeral || len(a.Message.Embeds) != 0 || a.Message.Content != m.Content {
		t.Errorf("the third is %+v", a)
	}
	for range 5 { // who goes on is told once
		r.discord.Say(r.channel, r.olena, r.mention()+killed)
	}
	taras := r.discord.AddUser(discordfake.User{Username: "taras"})
	r.reply(r.discord.Say(r.channel, taras, r.mention()+killed)) // what came before was taken, or not
	gwSoon(t, "nothing on its way", func() bool { return r.inbox.Pending() == 0 })
	if n := r.replies(r.channel); n != 3 {
		t.Errorf("%d messages in the channel", n)
	}
}

// sent waits until it is noted that a record was sent.
func (r *rig) sent(tenant, id string) delivery.Record {
	r.Helper()
	for ctx := r.soon(); ; {
		rec, err := r.desk.Get(ctx, tenant, id)
		if err != nil {
			r.Fatalf("%v: %s", err, r.log)
		}
		if rec.State == delivery.StateSent && rec.Ref != "" {
			return rec
		}
		time.Sleep(10 * time.Millisecond) // for what another goroutine does in the database
	}
}

// TestReferences holds that what all can see is found again, for corrections, and what one person saw isn't looked for.
func TestReferences(t *testing.T) {
	t.Parallel()
	both(t, rigOptions{}, func(t *testing.T, r *rig) {
		i := r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", killed))
		m := r.response(i)
		original, _ := i.Original()
		if rec := r.sent("discord:"+r.guild, r.record(m)); rec.Ref != (spot{place{r.guild, r.channel}, original.ID}).ref() || len(rec.Quotes()) == 0 {
			t.Errorf("%+v", rec)
		}
	})
}

// TestSecrets holds that no error tells what is secret.
func TestSecrets(t *testing.T) {
	t.Parallel()
	pace := calm(false)
	pace.first = time.Second // all tries fail
	r := newRig(t, rigOptions{pace: pace})
	r.discord.Inject(discordfake.Fault{Match: acknowledging, Cut: true})
	i := r.discord.Slash(r.channel, r.olena, "ask", discordfake.Text("question", killed))
	for ctx := r.soon(); !strings.Contains(r.log.String(), "level=ERROR"); {
		if ctx.Err() != nil {
			t.Fatalf("nothing was logged: %s", r.log)
		}
		time.Sleep(10 * time.Millisecond) // for what another goroutine logs
	}
	for _, secret := range []string{i.Token, strings.TrimPrefix(r.discord.Token(), "Bot "), killed} {
		if strings.Contains(r.log.String(), secret) {
			t.Errorf("the log tells %q: %s", secret, r.log)
		}
	}
}
