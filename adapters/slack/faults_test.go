package slack

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter"
)

// posting are posts into channels.
var posting = slackfake.Calling("chat.postMessage")

// TestPostFaults holds that a mention is answered once, whatever becomes of the first try.
func TestPostFaults(t *testing.T) {
	t.Parallel()
	stored := slackfake.Broken(http.StatusInternalServerError, posting)
	stored.AfterStore = true
	unreadable := slackfake.InvalidJSON(posting)
	unreadable.AfterStore = true
	for name, tc := range map[string]struct {
		fault slackfake.Fault
		tries int
	}{
		"429":                       {slackfake.RateLimited(time.Second, posting), 2},
		"500 in HTML":               {slackfake.Broken(http.StatusInternalServerError, posting), 2},
		"500 after it stood":        {stored, 1},
		"lost":                      {slackfake.Lost(posting), 1},
		"half an answer":            {unreadable, 1},
		"cut":                       {slackfake.Fault{Match: posting, Times: 1, Cut: true}, 2},
		"internal_error":            {slackfake.Erring("internal_error", posting), 2},
		"ratelimited without a 429": {slackfake.Erring("ratelimited", posting), 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{http: true})
			r.slack.Inject(tc.fault)
			m := r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
			rec := r.sent(r.tenant(), r.record(m))
			if n, tries := r.replies(r.channel), len(r.slack.Requests("chat.postMessage")); n != 1 || tries != tc.tries {
				t.Errorf("%d replies in %d tries", n, tries)
			}
			if at, err := parseRef(rec.Ref); err != nil || at.TS != m.TS {
				t.Errorf("it is noted as %s, %v", rec.Ref, err)
			}
		})
	}
}

// TestLostCommand holds that the answer to a command, which is in no thread, is found again too.
func TestLostCommand(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	r.slack.Inject(slackfake.Lost(posting))
	r.slack.Slash(r.channel, r.olena, "/ask", killed)
	m, err := r.slack.AwaitMessage(r.soon(), r.channel, nil)
	r.ok(err)
	r.sent(r.tenant(), r.record(m))
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("%d replies", n)
	}
}

// TestUnreadableHistory holds that nothing is sent again where it can't be known whether it stands.
func TestUnreadableHistory(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	r.slack.SetScopes(r.team, slices.DeleteFunc(slackfake.Scopes(), func(s string) bool { return strings.HasSuffix(s, ":history") })...)
	r.slack.Inject(slackfake.Broken(http.StatusInternalServerError, posting))
	r.ok(r.slack.Say(r.channel, r.olena, r.mention()+killed).Ack(r.soon()))
	r.logs("it isn't known whether a post was sent, and it isn't sent again")
	if n, tries := r.replies(r.channel), len(r.slack.Requests("chat.postMessage")); n != 0 || tries != 1 {
		t.Errorf("%d replies in %d tries", n, tries)
	}
}

// logs waits until something is logged.
func (r *rig) logs(what string) {
	r.Helper()
	for ctx := r.soon(); !strings.Contains(r.log.String(), what); <-tick() {
		if ctx.Err() != nil {
			r.Fatalf("it wasn't logged: %s", r.log)
		}
	}
}

// TestLimitedChannel holds that one channel's limit holds up no other.
func TestLimitedChannel(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	other := r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Name: "other"})
	r.slack.Inject(slackfake.RateLimited(3*time.Second, posting))
	first := r.slack.Say(r.channel, r.olena, r.mention()+killed)
	_, err := r.slack.AwaitRequest(r.soon(), "chat.postMessage", 0)
	r.ok(err)
	r.logs("the platform asks to wait")
	quick := r.reply(r.slack.Say(other, r.olena, r.mention()+killed))
	if late := r.reply(first); late.At.Before(quick.At) {
		t.Error("the limited channel was served first")
	}
	if n := len(r.slack.Requests("chat.postMessage")); n != 3 {
		t.Errorf("%d posts", n)
	}
}

// TestRefusedPosts holds that what Slack won't ever take is tried once, and logged.
func TestRefusedPosts(t *testing.T) {
	t.Parallel()
	for code, prepare := range map[string]func(*rig){
		"is_archived":       func(r *rig) { r.slack.Archive(r.channel, true) },
		"not_in_channel":    func(r *rig) { r.slack.Kick(r.channel) },
		"channel_not_found": func(r *rig) { r.slack.Inject(slackfake.Erring("channel_not_found", posting)) },
		"account_inactive":  func(r *rig) { r.slack.Inject(slackfake.Erring("account_inactive", posting)) },
		"token_revoked":     func(r *rig) { r.slack.Inject(slackfake.Erring("token_revoked", posting)) },
		"invalid_auth":      func(r *rig) { r.slack.Inject(slackfake.Erring("invalid_auth", posting)) },
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{http: true})
			prepare(r)
			p := chat.Post{To: place{Team: r.team, Channel: r.channel}.address(), Key: "k", Reply: handle(t, chat.Request{Command: chat.CommandAsk, Text: killed})}
			rec, err := r.desk.Say(t.Context(), r.tenant(), p)
			if err == nil || rec.State != delivery.StateFailed || !strings.Contains(r.log.String(), code) {
				t.Errorf("%+v, %v", rec.State, err)
			}
		})
	}
}

// TestDuplicates repeats events: each is answered once, by two replicas together too, and after a restart.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	o := rigOptions{http: true}
	r := newRig(t, o)
	r.slack.Duplicate(3)
	asked := r.slack.Say(r.channel, r.olena, r.mention()+killed)
	r.sent(r.tenant(), r.record(r.reply(asked)))
	other, err := inbox.New(inbox.Options{Workers: 4, Queue: 16})
	r.ok(err)
	t.Cleanup(func() { r.ok(other.Close(context.Background())) })
	second, err := New(Options{Client: r.client, Bot: r.adapter.bot, Desk: r.desk, Inbox: other, Reports: r.store.Reports(), Endings: r.adapter.endings, Now: r.adapter.now})
	r.ok(err)
	e, ok := decodeAs[envelope](asked.Event("app_mention").Payload())
	if !ok || !second.event(t.Context(), &e).taken || !second.event(t.Context(), &e).taken {
		t.Fatal("it isn't taken")
	}
	r.ok(r.inbox.Close(t.Context()))
	o.bot = r.adapter.bot
	r.start(o)
	for range 4 {
		a, err := asked.Event("app_mention").Repeat(r.soon())
		r.ok(err)
		if a.Status != http.StatusOK {
			t.Errorf("a repeated event is answered with %d", a.Status)
		}
	}
	r.ok(r.inbox.Close(t.Context()))
	r.ok(other.Close(t.Context()))
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("%d replies", n)
	}
}

// TestReplay posts a command again, byte for byte: it is answered once.
func TestReplay(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	i := r.slack.Slash(r.channel, r.olena, "/ask", killed)
	_, err := i.Ack(r.soon())
	r.ok(err)
	status, err := i.Replay(r.soon())
	r.ok(err)
	m, err := r.slack.AwaitMessage(r.soon(), r.channel, nil)
	r.ok(err)
	r.sent(r.tenant(), r.record(m))
	r.ok(r.inbox.Close(t.Context()))
	if n := r.replies(r.channel); n != 1 || status != http.StatusOK {
		t.Errorf("%d replies, %d", n, status)
	}
}

// TestRetried holds that an event is taken by whoever comes after a process that ends.
func TestRetried(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, fake: slackfake.Options{Retries: []time.Duration{time.Hour}, Sleep: func(ctx context.Context, _ time.Duration) error {
		<-ctx.Done()
		return ctx.Err()
	}}})
	r.ok(r.inbox.Close(t.Context()))
	asked := r.slack.Say(r.channel, r.olena, r.mention()+killed)
	first := asked.Event("app_mention")
	for ctx := r.soon(); len(first.Attempts()) == 0 || first.Attempts()[0].Status == 0; <-tick() {
		r.ok(ctx.Err())
	}
	if a := first.Attempts()[0]; a.Status != http.StatusServiceUnavailable || a.NoRetry {
		t.Errorf("a process that ends answers %d", a.Status)
	}
	r.start(rigOptions{http: true, bot: r.adapter.bot})
	first.Repeat(r.soon()) //nolint:errcheck // its answer is awaited
	r.reply(asked)
}

// TestBusy holds that who can't be served is told at once.
func TestBusy(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, inbox: inbox.Options{Workers: 1, Queue: 16, UserPerMinute: 1}})
	r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
	m := r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
	if _, ok := m.Find(actionOf(chat.CommandSources)); ok {
		t.Errorf("the second answer in a minute is %q", m.Text)
	}
	if a := r.response(r.slack.Slash(r.channel, r.olena, "/ask", killed)); a.For != r.olena || a.Text != m.Text {
		t.Errorf("the third is %+v", a)
	}
}

// TestSecrets holds that no log tells what is secret.
func TestSecrets(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	r.slack.Inject(slackfake.Fault{Cut: true})
	i := r.slack.Slash(r.channel, r.olena, "/ask", killed)
	r.logs("level=ERROR")
	r.logs("couldn't be sent")
	for _, secret := range []string{i.ResponseURL, i.TriggerID, r.slack.Token(r.team), r.slack.AppToken(), r.slack.SigningSecret(), killed} {
		if strings.Contains(r.log.String(), secret) {
			t.Errorf("the log tells %q: %s", secret, r.log)
		}
	}
}

// TestUnsettled holds that a post whose answer was lost isn't taken for absent while Slack may still store it.
func TestUnsettled(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	r.client.doubts.lasts = time.Hour
	r.slack.Inject(slackfake.Fault{Match: posting, Times: 1, Cut: true})
	p := chat.Post{To: place{Team: r.team, Channel: r.channel}.address(), Key: "k", Reply: handle(t, chat.Request{Command: chat.CommandAsk, Text: killed})}
	if _, err := r.client.Send(t.Context(), p); err == nil {
		t.Error("the answer wasn't lost")
	}
	if _, presence, err := r.client.Lookup(t.Context(), p, time.Minute); err == nil || presence != chat.PresenceUnknown {
		t.Errorf("%s, %v", presence, err)
	}
	if _, presence, err := r.client.Lookup(t.Context(), chat.Post{To: p.To, Key: "another"}, time.Minute); err != nil || presence != chat.PresenceAbsent {
		t.Errorf("another post: %s, %v", presence, err)
	}
	ref, err := r.client.Send(t.Context(), p)
	r.ok(err)
	if found, presence, err := r.client.Lookup(t.Context(), p, time.Minute); err != nil || presence != chat.PresenceFound || found != ref {
		t.Errorf("%s, %s, %v", found, presence, err)
	}
}

// slow is a store that doesn't answer until it is let.
type slow struct {
	knowledge.Store
	wait atomic.Pointer[chan struct{}]
}

func (s *slow) Heads(ctx context.Context, tenant string) (knowledge.Heads, error) {
	if wait := s.wait.Load(); wait != nil {
		select {
		case <-*wait:
		case <-ctx.Done():
			return knowledge.Heads{}, ctx.Err()
		}
	}
	return s.Store.Heads(ctx, tenant)
}

// TestSlowCore holds that Slack gets its acknowledgement at once though the core is slow, and the person their answer.
func TestSlowCore(t *testing.T) {
	t.Parallel()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	claims, err := starter.Claims()
	if err != nil {
		t.Fatal(err)
	}
	store, err := knowledge.NewMemory(claims)
	if err != nil {
		t.Fatal(err)
	}
	gate := &slow{Store: store}
	base, err := knowledge.NewBase(t.Context(), lex, gate)
	if err != nil {
		t.Fatal(err)
	}
	b, err := bot.New(base, lex)
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, rigOptions{bot: b, http: true})
	wait := make(chan struct{})
	gate.wait.Store(&wait)
	asked, i := r.slack.Say(r.channel, r.olena, r.mention()+killed), r.slack.Slash(r.channel, r.olena, "/ask", killed)
	r.ok(asked.Ack(r.soon()))
	a, err := i.Ack(r.soon())
	r.ok(err)
	if n := r.replies(r.channel); n != 0 || len(a.Answer) != 0 {
		t.Errorf("%d replies before there is one, acknowledged with %s", n, a.Answer)
	}
	close(wait)
	r.reply(asked)
	_, err = r.slack.AwaitMessage(r.soon(), r.channel, func(m slackfake.Message) bool { return m.ThreadTS == "" })
	r.ok(err)
}

// held is what replicas share of what was seen, which doesn't answer until it is let.
type held struct {
	asked chan struct{} // sent to with the first question
	until chan struct{}
}

func (*held) First(context.Context, string) bool { return true }

func (h *held) Seen(ctx context.Context, _ string) bool {
	select {
	case h.asked <- struct{}{}:
	default:
	}
	select {
	case <-h.until:
	case <-ctx.Done():
	}
	return false
}

// TestLateAck holds that an event that Slack brings again, for the first acknowledgement came too late, is answered once.
func TestLateAck(t *testing.T) {
	t.Parallel()
	seen := &held{asked: make(chan struct{}, 1), until: make(chan struct{})}
	r := newRig(t, rigOptions{
		http: true, fake: slackfake.Options{Retries: []time.Duration{0, 0}},
		inbox: inbox.Options{Workers: 4, Queue: 16, Shared: seen},
	})
	asked := r.slack.Say(r.channel, r.olena, r.mention()+killed)
	select {
	case <-seen.asked:
	case <-r.soon().Done():
		t.Fatal("the event didn't come")
	}
	asked.Event("app_mention").GiveUp()
	for ctx := r.soon(); len(asked.Event("app_mention").Attempts()) < 2; <-tick() {
		r.ok(ctx.Err())
	}
	close(seen.until)
	r.sent(r.tenant(), r.record(r.reply(asked)))
	r.ok(r.inbox.Close(t.Context()))
	if n := r.replies(r.channel); n != 1 {
		t.Errorf("%d replies", n)
	}
}

// TestResponseFaults holds what becomes of an answer by the response_url: what one person sees is said again where Slack failed, what all
// see isn't, and neither is where no answer came.
func TestResponseFaults(t *testing.T) {
	t.Parallel()
	hook := slackfake.Path("/commands/*/*/*")
	for name, tc := range map[string]struct {
		fault slackfake.Fault
		all   bool
		tries int
	}{
		"500 in HTML, alone":  {slackfake.Broken(http.StatusInternalServerError, hook), false, 2},
		"500 in HTML, to all": {slackfake.Broken(http.StatusInternalServerError, hook), true, 1},
		"429, to all":         {slackfake.RateLimited(time.Second, hook), true, 2},
		"lost, alone":         {slackfake.Lost(hook), false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{http: true})
			i := r.slack.Slash(r.channel, r.olena, "/later", "")
			_, err := i.Ack(r.soon())
			r.ok(err)
			r.response(i)
			r.slack.Inject(tc.fault)
			err = r.client.respond(t.Context(), i.ResponseURL, message{Text: "hello"}, tc.all)
			if (err == nil) != (tc.tries == 2) {
				t.Error(err)
			}
			tries := -1
			for _, q := range r.slack.Requests("") {
				if hook(&http.Request{URL: &url.URL{Path: q.Path}}) {
					tries++
				}
			}
			if tries != tc.tries {
				t.Errorf("%d tries", tries)
			}
		})
	}
}
