package slack

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
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
