package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
)

// signedPost posts what Slack would have signed, and returns the status, and whether it isn't to come again.
func (r *rig) signedPost(to, kind, body string) (status int, final bool) {
	r.Helper()
	at := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte(r.slack.SigningSecret()))
	_, _ = mac.Write([]byte("v0:" + at + ":" + body))
	req, err := http.NewRequestWithContext(r.soon(), http.MethodPost, to, strings.NewReader(body))
	r.ok(err)
	req.Header.Set("Content-Type", kind)
	req.Header.Set("X-Slack-Request-Timestamp", at)
	req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	resp, err := r.client.http.Do(req)
	r.ok(err)
	r.ok(resp.Body.Close())
	return resp.StatusCode, resp.Header.Get("X-Slack-No-Retry") == "1"
}

const formKind = "application/x-www-form-urlencoded"

// TestForgedRequests posts to the endpoint what Slack hasn't signed, or not now.
func TestForgedRequests(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	for _, how := range []slackfake.Forgery{
		slackfake.Unsigned, slackfake.NoTimestamp, slackfake.NotHex, slackfake.OtherVersion, slackfake.OtherSecret, slackfake.ChangedBody,
		slackfake.OldTimestamp, slackfake.FutureTimestamp,
	} {
		status, err := r.slack.Forge(t.Context(), r.url, how)
		r.ok(err)
		if status != http.StatusUnauthorized {
			t.Errorf("%v is answered with %d", how, status)
		}
	}
	resp, err := r.client.http.Get(r.url)
	r.ok(err)
	r.ok(resp.Body.Close())
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET is answered with %s", resp.Status)
	}
}

// TestBadRequests posts what is signed, and can't be read.
func TestBadRequests(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	payload := url.Values{"payload": {`{"type":"block_actions"}`}}.Encode()
	for name, tc := range map[string]struct {
		query, kind, body string
		want              int
	}{
		"nothing":              {"", "application/json", "", http.StatusBadRequest},
		"no JSON":              {"", "application/json", "{", http.StatusBadRequest},
		"a list":               {"", "application/json", "[1]", http.StatusBadRequest},
		"another kind":         {"", "application/json", `{"type":"later"}`, http.StatusOK},
		"a strange event":      {"", "application/json", `{"type":"event_callback","event":[1]}`, http.StatusOK},
		"an empty form":        {"", formKind, "", http.StatusBadRequest},
		"a broken form":        {"", formKind, "payload=%zz", http.StatusBadRequest},
		"no payload":           {"", formKind, "payload={", http.StatusBadRequest},
		"an empty interaction": {"", formKind, payload, http.StatusOK},
		"an empty command":     {"", formKind, "command=%2Fask", http.StatusOK},
		"a query":              {"?" + payload, formKind, payload, http.StatusBadRequest},
		"only a query":         {"?" + payload, formKind, "", http.StatusBadRequest},
		"plain text":           {"", "text/plain", "hello", http.StatusUnsupportedMediaType},
		"too long":             {"", "application/json", strings.Repeat(" ", longestBody+1), http.StatusRequestEntityTooLarge},
	} {
		if status, final := r.signedPost(r.url+tc.query, tc.kind, tc.body); status != tc.want || final != (tc.want != http.StatusOK) {
			t.Errorf("%s is answered with %d, final: %t", name, status, final)
		}
	}
}

// TestHostileText holds what people write: it is answered, or refused kindly, and pings nobody.
func TestHostileText(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	for name, text := range map[string]string{
		"40,000":   strings.Repeat("soldiers ", 4444),
		"everyone": "<!channel> <!here|here> <@" + r.olena + "|olena> <!subteam^S1|@team> @everyone says 55,000 Ukrainian soldiers were killed",
		"links":    "<http://evil.example|bank.com> *55,000* soldiers &lt;!channel&gt; `killed` of Ukraine",
		"unknown":  "\u202e55,000\u200b \ufeffsoldiers\x00 <",
	} {
		m := r.reply(r.slack.Say(r.channel, r.olena, r.mention()+text))
		if m.Text == "" || !m.Pings.None() || strings.Contains(m.Text, "evil.example") {
			t.Errorf("%s: %q pings %+v", name, m.Text, m.Pings)
		}
	}
	said := r.slack.Say(r.channel, r.olena, "<!channel> @everyone 55,000 Ukrainian soldiers were killed, <http://evil.example|bank.com> says")
	m := r.response(r.slack.MessageShortcut(r.channel, said.TS, r.olena, factCheck))
	r.slack.Press(r.channel, m.TS, r.olena, actionOf(chat.CommandShare))
	shared, err := r.slack.AwaitMessage(r.soon(), r.channel, func(s slackfake.Message) bool { return s.Text == m.Text })
	r.ok(err)
	if !shared.Pings.None() {
		t.Errorf("shared, it pings %+v", shared.Pings)
	}
	r.slack.Slash(r.channel, r.olena, "/check", "<!channel> <@"+r.olena+"|olena> 55,000 Ukrainian soldiers were killed")
}

// TestForged presses what nobody has made, and submits what nobody has opened.
func TestForged(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	answer := r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
	record := r.record(answer)
	r.sent(r.tenant(), record)
	for name, act := range map[string]string{
		"another bot's":   `{"action_id":"their","value":"button"}`,
		"a lost record":   `{"action_id":"ws1:sources","value":"ws1:sources:nobodysrecord"}`,
		"another action":  `{"action_id":"ws1:sources","value":"ws1:quote:` + record + `"}`,
		"a foreign claim": `{"action_id":"ws1:show","block_id":"ws1:show:` + record + `","selected_option":{"value":"nobodys-claim"}}`,
		"no choice":       `{"action_id":"ws1:show","value":"ws1:show:` + record + `"}`,
		"a long example":  `{"action_id":"ws1:ask:1","value":"` + strings.Repeat("x", 3000) + `"}`,
	} {
		i := r.slack.Press(r.channel, answer.TS, r.olena, actionOf(chat.CommandMethod))
		r.response(i)
		r.slack.Interact(r.team, `{"type":"block_actions","trigger_id":"forged.`+name+`","team":{"id":"`+r.team+`"},"user":{"id":"`+r.olena+
			`"},"channel":{"id":"`+r.channel+`"},"response_url":"`+i.ResponseURL+`","actions":[`+act+`]}`)
		m, err := i.Response(r.soon(), 1)
		r.ok(err)
		if m.For != r.olena || m.Text == "" || strings.Contains(m.Text, "55,000") {
			t.Errorf("%s: %q", name, m.Text)
		}
	}
	for name, in := range map[string]string{
		"unopened":           `"view":{"callback_id":"ws1:report:` + record + `","state":{"values":{"what":{"what":{"value":"forged"}}}}}`,
		"led elsewhere":      `"view":{"callback_id":"ws1:report:` + record + `","private_metadata":"{\"hook\":\"http://evil.example/\"}","state":{"values":{"what":{"what":{"value":"forged"}}}}}`,
		"without its record": `"view":{"callback_id":"form"}`,
		"without a view":     `"view":{}`,
	} {
		_, err := r.slack.Interact(r.team, `{"type":"view_submission","trigger_id":"`+name+`","team":{"id":"`+r.team+`"},"user":{"id":"`+r.olena+`"},`+in+`}`).Ack(r.soon())
		r.ok(err)
	}
	r.ok(r.inbox.Close(t.Context()))
	if all, err := r.store.Reports().List(t.Context(), r.tenant(), 10); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

// TestExpiredTrigger presses a button too late for a form: the person is told.
func TestExpiredTrigger(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, fake: slackfake.Options{TriggerFor: time.Nanosecond}})
	answer := r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
	if m := r.response(r.slack.Press(r.channel, answer.TS, r.olena, actionOf(chat.CommandReport))); m.For != r.olena || m.Text == "" {
		t.Errorf("%+v", m)
	}
}

// TestDeleted holds that a question that was taken back while it was answered harms nothing.
func TestDeleted(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	asked := r.slack.Say(r.channel, r.olena, r.mention()+killed)
	r.slack.Delete(r.channel, asked.TS)
	r.ok(asked.Ack(r.soon()))
	r.reply(r.slack.Say(r.channel, r.olena, r.mention()+killed))
}

// TestPlain reads Slack's markup.
func TestPlain(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<@U1> hi":                       "hi",
		"<@U2|olena> &amp; <#C1|facts>":  "@olena & #facts",
		"<!channel> <!subteam^S1|@team>": "@channel @team",
		"<!date^1^{date}|May 1>":         "May 1",
		"<http://evil|bank.com>":         "bank.com",
		"<http://un.org>":                "http://un.org",
		"&lt;!channel&gt;":               "<!channel>",
		"&amp;lt;":                       "&lt;",
		"a < b <":                        "a < b <",
		"":                               "",
	} {
		if got := plain(in, "U1"); got != want {
			t.Errorf("%q is read as %q, not %q", in, got, want)
		}
	}
}

// FuzzRead reads messages of any kind.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"text":"<@U1|x>","blocks":[{"type":"section","text":{"text":"a"},"fields":[{"text":"b"}]}],"attachments":[{"fallback":"c"}],"files":[{"title":"d"}]}`))
	f.Add([]byte(`{"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_list","elements":[{"elements":[{"type":"text","text":"e"}]}]}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, _ := decodeAs[content](data)
		if got := m.read(); len(got) > len("\ufffd")*len(data) { // a byte that is no character becomes three
			t.Errorf("%q is more than was written", got)
		}
	})
}
