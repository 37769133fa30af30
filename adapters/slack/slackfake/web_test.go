package slackfake_test

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	narrow := p.AddTeam(slackfake.Team{Scopes: []string{"commands"}})
	gone, revoked := p.AddTeam(slackfake.Team{}), p.AddTeam(slackfake.Team{})
	goneToken, revokedToken := p.Token(gone), p.Token(revoked)
	p.Uninstall(gone)
	p.RevokeTokens(revoked)
	form := "application/x-www-form-urlencoded"
	for name, c := range map[string]struct{ method, kind, authorization, body, want string }{
		"in the header":         {"auth.test", "", "Bearer " + p.Token(p.team), "", ""},
		"in the form":           {"auth.test", form, "", "token=" + p.Token(p.team), ""},
		"in JSON it isn't":      {"auth.test", "application/json", "", `{"token":` + quote(p.Token(p.team)) + `}`, "not_authed"},
		"none":                  {"auth.test", "", "", "", "not_authed"},
		"unknown":               {"auth.test", "", "Bearer xoxb-nobody", "", "invalid_auth"},
		"an app's for a bot's":  {"auth.test", "", "Bearer " + p.AppToken(), "", "not_allowed_token_type"},
		"a bot's for an app's":  {"apps.connections.open", "", "Bearer " + p.Token(p.team), "", "not_allowed_token_type"},
		"another app's":         {"apps.connections.open", "", "Bearer xapp-1-x", "", "invalid_auth"},
		"of an uninstalled app": {"auth.test", "", "Bearer " + goneToken, "", "account_inactive"},
		"revoked":               {"auth.test", "", "Bearer " + revokedToken, "", "token_revoked"},
		"without the scope":     {"chat.postMessage", form, "Bearer " + p.Token(narrow), "channel=C&text=x", "missing_scope"},
		"no kind of body":       {"auth.test", "", "Bearer " + p.Token(p.team), "{}", "missing_post_type"},
		"an unknown kind":       {"auth.test", "text/plain", "Bearer " + p.Token(p.team), "{}", "invalid_post_type"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := p.try(t, p.APIURL()+c.method, c.kind, c.authorization, c.body)
			if err != nil || got.status != 200 || got.code(t) != c.want {
				t.Errorf("%d %s, %v; want %s", got.status, got.body, err, c.want)
			}
			if c.want == "missing_scope" && !strings.Contains(got.body, `"needed":"chat:write","provided":"commands"`) {
				t.Error(got.body)
			}
		})
	}
}

func TestArgumentsComeAsJSONFormOrQuery(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	var multi bytes.Buffer
	w := multipart.NewWriter(&multi)
	_ = w.WriteField("channel", p.channel)
	_ = w.WriteField("text", "x & y")
	_ = w.Close()
	values := url.Values{"channel": {p.channel}, "text": {"x & y"}}.Encode()
	for name, c := range map[string]struct{ query, kind, body string }{
		"JSON":      {"", "application/json; charset=utf-8", `{"channel":` + quote(p.channel) + `,"text":"x & y","mrkdwn":true,"thread_ts":null}`},
		"a form":    {"", "application/x-www-form-urlencoded", values},
		"multipart": {"", w.FormDataContentType(), multi.String()},
		"the query": {"?" + values, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := p.try(t, p.APIURL()+"chat.postMessage"+c.query, c.kind, "Bearer "+p.Token(p.team), c.body)
			if err != nil || got.code(t) != "" || !strings.Contains(got.body, `"text":"x \u0026 y"`) {
				t.Errorf("%s, %v", got.body, err)
			}
		})
	}
}

func TestTheWorldThroughTheRealClient(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	bot := p.slack(t)
	auth, err := bot.AuthTestContext(within(t))
	if err != nil || auth.TeamID != p.team || auth.UserID != p.BotUser(p.team) || auth.BotID != p.BotID(p.team) || auth.Team != "Kyiv" {
		t.Errorf("%+v, %v", auth, err)
	}
	user, err := bot.GetUserInfoContext(within(t), p.user)
	if err != nil || user.Name != "olena" || user.TeamID != p.team {
		t.Errorf("%+v, %v", user, err)
	}
	if _, err := bot.GetUserInfoContext(within(t), "U0NOBODY"); errorText(err) != "user_not_found" {
		t.Errorf("err = %v", err)
	}
	channel, err := bot.GetConversationInfoContext(within(t), &slack.GetConversationInfoInput{ChannelID: p.channel})
	if err != nil || channel.Name != "facts" || !channel.IsChannel || !channel.IsMember {
		t.Errorf("%+v, %v", channel, err)
	}
	dm, noOp, again, err := bot.OpenConversationContext(within(t), &slack.OpenConversationParameters{Users: []string{p.user}})
	if err != nil || dm.ID != p.DM(p.user) || noOp || again {
		t.Errorf("%+v, %v %v %v", dm, noOp, again, err)
	}
	if _, _, again, err = bot.OpenConversationContext(within(t), &slack.OpenConversationParameters{Users: []string{p.user}}); err != nil || !again {
		t.Errorf("already open: %v, %v", again, err)
	}
	group := p.AddUserGroup(slackfake.UserGroup{TeamID: p.team, Handle: "editors", Users: []string{p.user}})
	users, err := bot.GetUserGroupMembersContext(within(t), group)
	if diff := cmp.Diff([]string{p.user}, users); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	for range 4 {
		p.AddChannel(slackfake.Channel{TeamID: p.team})
	}
	p.AddChannel(slackfake.Channel{TeamID: p.team, Kind: slackfake.Private, NoBot: true})
	p.AddChannel(slackfake.Channel{TeamID: p.team, Archived: true})
	var names []string
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		page, next, err := bot.GetConversationsContext(within(t), &slack.GetConversationsParameters{
			Cursor: cursor, Limit: 2, ExcludeArchived: true, Types: []string{"public_channel", "private_channel"},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page {
			names = append(names, c.ID)
		}
		cursor = next
	}
	if len(names) != 5 {
		t.Errorf("%v", names)
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, slackfake.Options{Now: clock.Now, HistoryLimit: 15})
	bot := p.slack(t)
	var all []string
	for i := range 20 {
		_, ts, err := bot.PostMessageContext(within(t), p.channel, slack.MsgOptionText(fmt.Sprint(i), false),
			slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "digest", EventPayload: map[string]any{"key": fmt.Sprint(i)}}))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ts)
		clock.advance(time.Second)
	}
	reply := p.Say(p.channel, p.user, "reply", slackfake.InThread(all[19]))

	page, err := bot.GetConversationHistoryContext(within(t), &slack.GetConversationHistoryParameters{
		ChannelID: p.channel, Limit: 100, IncludeAllMetadata: true,
	})
	if err != nil || len(page.Messages) != 15 || !page.HasMore || page.Messages[0].Timestamp != all[19] {
		t.Fatalf("%d messages, %v", len(page.Messages), err)
	}
	if m := page.Messages[0]; m.Metadata.EventPayload["key"] != "19" || m.ReplyCount != 1 || m.LatestReply != reply.TS || m.BotID == "" {
		t.Errorf("%+v", m)
	}
	page, err = bot.GetConversationHistoryContext(within(t), &slack.GetConversationHistoryParameters{
		ChannelID: p.channel, Cursor: page.ResponseMetaData.NextCursor,
	})
	if err != nil || len(page.Messages) != 5 || page.HasMore || page.Messages[4].Timestamp != all[0] {
		t.Errorf("%+v, %v", page, err)
	}
	if page.Messages[0].Metadata.EventType != "" {
		t.Error("metadata come unasked")
	}
	for name, c := range map[string]struct {
		params slack.GetConversationHistoryParameters
		want   int
	}{
		"between":      {slack.GetConversationHistoryParameters{Oldest: all[3], Latest: all[6]}, 2},
		"inclusive":    {slack.GetConversationHistoryParameters{Oldest: all[3], Latest: all[6], Inclusive: true}, 4},
		"whole second": {slack.GetConversationHistoryParameters{Oldest: strings.Split(all[18], ".")[0], Inclusive: true}, 2},
	} {
		c.params.ChannelID = p.channel
		if page, err := bot.GetConversationHistoryContext(within(t), &c.params); err != nil || len(page.Messages) != c.want {
			t.Errorf("%s: %d messages, %v", name, len(page.Messages), err)
		}
	}
	thread, more, _, err := bot.GetConversationRepliesContext(within(t), &slack.GetConversationRepliesParameters{
		ChannelID: p.channel, Timestamp: all[19],
	})
	if err != nil || more || len(thread) != 2 || thread[1].Timestamp != reply.TS || thread[1].ThreadTimestamp != all[19] {
		t.Errorf("%+v, %v", thread, err)
	}
}

func TestHistoryThatIsRefused(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	for body, want := range map[string]string{
		`{"channel":"C0"}`: "channel_not_found",
		`{"channel":` + quote(p.channel) + `,"limit":"x"}`:    "invalid_limit",
		`{"channel":` + quote(p.channel) + `,"cursor":"x"}`:   "invalid_cursor",
		`{"channel":` + quote(p.channel) + `,"oldest":"x"}`:   "invalid_ts_oldest",
		`{"channel":` + quote(p.channel) + `,"latest":"1.x"}`: "invalid_ts_latest",
	} {
		if got := p.call(t, "conversations.history", body); got.code(t) != want {
			t.Errorf("%s: %s", body, got.body)
		}
	}
	p.Kick(p.channel)
	if got := p.call(t, "conversations.history", `{"channel":`+quote(p.channel)+`}`); got.code(t) != "not_in_channel" {
		t.Error(got.body)
	}
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, slackfake.Options{Now: clock.Now, Limits: slackfake.SlackLimits(false)})
	bot := p.slack(t)
	other := p.AddChannel(slackfake.Channel{TeamID: p.team})
	post := func(channel string) error {
		_, _, err := bot.PostMessageContext(within(t), channel, slack.MsgOptionText("x", false))
		return err
	}
	history := func() error {
		_, err := bot.GetConversationHistoryContext(within(t), &slack.GetConversationHistoryParameters{ChannelID: p.channel})
		return err
	}
	var limited *slack.RateLimitedError
	if err := post(p.channel); err != nil {
		t.Fatal(err)
	}
	if err := post(p.channel); !errors.As(err, &limited) || limited.RetryAfter != time.Second {
		t.Errorf("a second message: %v", err)
	}
	if err := post(other); err != nil {
		t.Errorf("another channel: %v", err)
	}
	if err := history(); err != nil {
		t.Fatal(err)
	}
	clock.advance(time.Second)
	if err := post(p.channel); err != nil {
		t.Errorf("a second later: %v", err)
	}
	if err := history(); !errors.As(err, &limited) || limited.RetryAfter != 59*time.Second {
		t.Errorf("history again: %v", err)
	}
	if got := p.call(t, "conversations.history", `{"channel":`+quote(p.channel)+`}`); got.status != 429 || got.code(t) != "ratelimited" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	post := slackfake.Calling("chat.postMessage")
	for name, c := range map[string]struct {
		fault  slackfake.Fault
		status int // 0: no answer
		body   string
		stored int
	}{
		"500":                  {slackfake.Broken(500, post), 500, "<html>", 0},
		"503":                  {slackfake.Broken(503, post), 503, "<html>", 0},
		"429":                  {slackfake.RateLimited(1500*time.Millisecond, post), 429, "ratelimited", 0},
		"an error's code":      {slackfake.Erring("internal_error", post), 200, `"error":"internal_error"`, 0},
		"invalid JSON":         {slackfake.InvalidJSON(post), 200, `{"ok":true,"channel":"C0`, 0},
		"cut":                  {slackfake.Fault{Match: post, Times: 1, Cut: true}, 0, "", 0},
		"stored, and lost":     {slackfake.Lost(post), 0, "", 1},
		"another isn't meant":  {slackfake.Broken(500, slackfake.Calling("chat.update")), 200, `"ok":true`, 1},
		"a pattern of methods": {slackfake.Broken(502, slackfake.Calling("chat.*")), 502, "<html>", 0},
		"stored, and badly said": {func() slackfake.Fault {
			f := slackfake.Broken(500, post)
			f.AfterStore = true
			return f
		}(), 500, "<html>", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, slackfake.Options{})
			p.Inject(c.fault)
			body := `{"channel":` + quote(p.channel) + `,"text":"x"}`
			got, err := p.try(t, p.APIURL()+"chat.postMessage", "application/json", "Bearer "+p.Token(p.team), body)
			if (err != nil) != (c.status == 0) || got.status != c.status || !strings.Contains(got.body, c.body) {
				t.Errorf("%d %s, %v", got.status, got.body, err)
			}
			if c.status == 429 && got.header.Get("Retry-After") != "2" {
				t.Errorf("%v", got.header)
			}
			if n := len(p.Messages(p.channel)); n != c.stored {
				t.Errorf("%d messages, want %d", n, c.stored)
			}
			p.Heal()
			if got := p.call(t, "chat.postMessage", body); got.code(t) != "" {
				t.Errorf("afterwards: %s", got.body)
			}
			if all := p.Requests("chat.postMessage"); len(all) != 2 || all[0].Status != c.status || all[1].Team != p.team && c.stored == 1 {
				t.Errorf("%+v", all)
			}
		})
	}
}

func TestAHangingRequestEndsWithTheServer(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	p.Inject(slackfake.Fault{Hang: true})
	token := p.Token(p.team)
	failed := make(chan error, 1)
	go func() {
		_, err := p.try(t, p.APIURL()+"auth.test", "", "Bearer "+token, "")
		failed <- err
	}()
	if _, err := p.AwaitRequest(within(t), "auth.test", 0); err != nil {
		t.Fatal(err)
	}
	p.Close()
	if err := <-failed; err == nil {
		t.Error("it was answered")
	}
}

func TestObserversAndUnexpectedRequests(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	p.Observe(func(r *http.Request, body []byte) error {
		if strings.Contains(string(body), "secret") {
			return errors.New("a secret is out")
		}
		return nil
	})
	p.call(t, "auth.test", `{"x":"secret"}`)
	if got := p.Violations(); len(got) != 1 {
		t.Errorf("%v", got)
	}
	if a := p.post(t, p.URL()+"/nowhere", `{}`); a.status != 404 {
		t.Errorf("%d", a.status)
	}
	p.call(t, "rtm.connect", `{}`)
	if got := p.Unexpected(); len(got) != 2 || got[0].Path != "/nowhere" || got[1].Method != "rtm.connect" {
		t.Errorf("%+v", got)
	}
	if r, err := p.AwaitRequest(within(t), "auth.test", 0); err != nil || r.Args["x"] != "secret" {
		t.Errorf("%+v, %v", r, err)
	}
}
