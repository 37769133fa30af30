package slackfake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

func TestTheRealClientPosts(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	bot := p.slack(t)
	parent := p.Say(p.channel, p.user, "how many?")
	_, ts, err := bot.PostMessageContext(within(t), p.channel,
		slack.MsgOptionText("fallback", false), slack.MsgOptionTS(parent.TS), slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionBlocks(slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", "*nobody knows*", false, false), nil, nil)),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "digest", EventPayload: map[string]any{"key": "k1"}}))
	if err != nil {
		t.Fatal(err)
	}
	got, _ := p.Message(p.channel, ts)
	if got.ThreadTS != parent.TS || got.UnfurlLinks != "false" || len(got.Blocks) != 1 || got.Blocks[0].BlockID == "" ||
		got.User != p.BotUser(p.team) || got.BotID != p.BotID(p.team) {
		t.Errorf("%+v", got)
	}
	if _, _, _, err := bot.UpdateMessageContext(within(t), p.channel, ts, slack.MsgOptionText("better", false)); err != nil {
		t.Fatal(err)
	}
	got, _ = p.Message(p.channel, ts)
	if got.Text != "better" || len(got.Blocks) != 0 || got.EditedTS == "" || !strings.Contains(string(got.Metadata), "k1") {
		t.Errorf("after the update: %+v", got)
	}
	link, err := bot.GetPermalinkContext(within(t), &slack.PermalinkParameters{Channel: p.channel, Ts: ts})
	if err != nil || !strings.Contains(link, "/archives/"+p.channel+"/p"+strings.ReplaceAll(ts, ".", "")+"?thread_ts="+parent.TS) {
		t.Errorf("%s, %v", link, err)
	}
	if _, _, err := bot.DeleteMessageContext(within(t), p.channel, ts); err != nil {
		t.Fatal(err)
	}
	if _, there := p.Message(p.channel, ts); there {
		t.Error("it is still there")
	}
	if n := len(p.Unexpected()); n != 0 {
		t.Errorf("%d unexpected requests", n)
	}
}

func TestEphemeralMessagesAreForOne(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	bot := p.slack(t)
	ts, err := bot.PostEphemeralContext(within(t), p.channel, p.user, slack.MsgOptionText("for you", false))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Ephemeral(p.channel, p.user); len(got) != 1 || got[0].TS != ts || got[0].For != p.user {
		t.Errorf("%+v", got)
	}
	if n := len(p.Messages(p.channel)); n != 0 {
		t.Errorf("%d messages in the channel", n)
	}
	_, _, _, err = bot.UpdateMessageContext(within(t), p.channel, ts, slack.MsgOptionText("x", false))
	if err == nil || err.Error() != "message_not_found" {
		t.Errorf("an update: %v", err)
	}
}

func TestWhatPostingIsRefused(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	archived := p.AddChannel(slackfake.Channel{TeamID: p.team, Archived: true})
	outside := p.AddChannel(slackfake.Channel{TeamID: p.team, NoBot: true})
	secret := p.AddChannel(slackfake.Channel{TeamID: p.team, NoBot: true, Kind: slackfake.Private})
	quiet := p.AddChannel(slackfake.Channel{TeamID: p.team, ReadOnly: true})
	abroad := p.AddChannel(slackfake.Channel{TeamID: p.AddTeam(slackfake.Team{})})
	human := p.Say(p.channel, p.user, "x").TS
	here := `"channel":` + quote(p.channel) + `,`
	long := strings.Repeat("я", 40001)
	for name, c := range map[string]struct{ method, body, want string }{
		"well":                    {"chat.postMessage", `{` + here + `"text":"x"}`, ""},
		"to a user":               {"chat.postMessage", `{"channel":` + quote(p.user) + `,"text":"x"}`, ""},
		"no such channel":         {"chat.postMessage", `{"channel":"C0NOTHERE","text":"x"}`, "channel_not_found"},
		"another workspace's":     {"chat.postMessage", `{"channel":` + quote(abroad) + `,"text":"x"}`, "channel_not_found"},
		"a private one":           {"chat.postMessage", `{"channel":` + quote(secret) + `,"text":"x"}`, "channel_not_found"},
		"not a member":            {"chat.postMessage", `{"channel":` + quote(outside) + `,"text":"x"}`, "not_in_channel"},
		"archived":                {"chat.postMessage", `{"channel":` + quote(archived) + `,"text":"x"}`, "is_archived"},
		"read-only":               {"chat.postMessage", `{"channel":` + quote(quiet) + `,"text":"x"}`, "restricted_action"},
		"nothing":                 {"chat.postMessage", `{` + here + `"text":""}`, "no_text"},
		"an empty list of blocks": {"chat.postMessage", `{` + here + `"blocks":[]}`, "no_text"},
		"too long":                {"chat.postMessage", `{` + here + `"text":` + quote(long) + `}`, "msg_too_long"},
		"blocks of no form":       {"chat.postMessage", `{` + here + `"text":"x","blocks":"{"}`, "invalid_blocks_format"},
		"bad blocks":              {"chat.postMessage", `{` + here + `"text":"x","blocks":[{"type":"x"}]}`, "invalid_blocks"},
		"attachments of no form":  {"chat.postMessage", `{` + here + `"text":"x","attachments":"x"}`, "invalid_attachments"},
		"metadata of no form":     {"chat.postMessage", `{` + here + `"text":"x","metadata":{"event_type":"x"}}`, "invalid_metadata_format"},
		"no such thread":          {"chat.postMessage", `{` + here + `"text":"x","thread_ts":"1.000001"}`, "thread_not_found"},
		"ephemeral for nobody":    {"chat.postEphemeral", `{` + here + `"text":"x","user":"U0"}`, "user_not_in_channel"},
		"an update of nothing":    {"chat.update", `{` + here + `"text":"x","ts":"1.000001"}`, "message_not_found"},
		"an update of theirs":     {"chat.update", `{` + here + `"text":"x","ts":` + quote(human) + `}`, "cant_update_message"},
		"deleting theirs":         {"chat.delete", `{` + here + `"ts":` + quote(human) + `}`, "cant_delete_message"},
		"a link to nothing":       {"chat.getPermalink", `{` + here + `"message_ts":"1.000001"}`, "message_not_found"},
		"an unknown method":       {"chat.shout", `{}`, "unknown_method"},
		"no JSON":                 {"chat.postMessage", `{`, "invalid_json"},
		"no object":               {"chat.postMessage", `[]`, "json_not_object"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := p.call(t, c.method, c.body); got.code(t) != c.want || got.status != 200 {
				t.Errorf("%d %s, want %s", got.status, got.body, c.want)
			}
		})
	}
}

func TestPings(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	group := p.AddUserGroup(slackfake.UserGroup{TeamID: p.team, Handle: "editors", Users: []string{p.user}})
	section := func(kind, text, more string) string {
		return `"blocks":[{"type":"section","text":{"type":"` + kind + `","text":` + quote(text) + more + `}}]`
	}
	rich := func(element string) string {
		return `"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[` + element + `]}]}]`
	}
	everyone := slackfake.Pings{Channel: true}
	olena := slackfake.Pings{Users: []string{p.user}}
	for name, c := range map[string]struct {
		body string
		want slackfake.Pings
	}{
		"nobody":                    {`"text":"x"`, slackfake.Pings{}},
		"a user":                    {`"text":"<@` + p.user + `> and <@` + p.user + `|olena>"`, olena},
		"nobody's id":               {`"text":"<@U0NOBODY>"`, slackfake.Pings{}},
		"channel":                   {`"text":"<!channel>"`, everyone},
		"here":                      {`"text":"<!here|here>"`, everyone},
		"a group":                   {`"text":"<!subteam^` + group + `>"`, slackfake.Pings{Groups: []string{group}}},
		"a date isn't a ping":       {`"text":"<!date^1^{date}|then>"`, slackfake.Pings{}},
		"plain words in text":       {`"text":"@channel @olena"`, slackfake.Pings{}},
		"escaped":                   {`"text":"&lt;!channel&gt;"`, slackfake.Pings{}},
		"link_names":                {`"text":"@olena, @editors","link_names":true`, slackfake.Pings{Users: []string{p.user}, Groups: []string{group}}},
		"parse=full":                {`"text":"@here","parse":"full"`, everyone},
		"a section":                 {section("mrkdwn", "<!channel>", ""), everyone},
		"plain words in a section":  {section("mrkdwn", "@everyone", ""), everyone},
		"verbatim":                  {section("mrkdwn", "@everyone", `,"verbatim":true`), slackfake.Pings{}},
		"plain_text":                {section("plain_text", "<!channel> @here", ""), slackfake.Pings{}},
		"rich text: a user":         {rich(`{"type":"user","user_id":"` + p.user + `"}`), olena},
		"rich text: everybody":      {rich(`{"type":"broadcast","range":"here"}`), everyone},
		"rich text: text is text":   {rich(`{"type":"text","text":"<!channel>"}`), slackfake.Pings{}},
		"a context":                 {`"blocks":[{"type":"context","elements":[{"type":"mrkdwn","text":"<!here>"}]}]`, everyone},
		"an attachment":             {`"attachments":[{"text":"<!here>"}]`, everyone},
		"the fallback besides":      {`"text":"<!here>",` + section("plain_text", "x", ""), everyone},
		"an address isn't a person": {section("mrkdwn", "mail x@olena", ""), slackfake.Pings{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := p.call(t, "chat.postMessage", `{"channel":`+quote(p.channel)+`,`+c.body+`}`)
			var posted struct{ TS string }
			decode(t, got.body, &posted)
			m, there := p.Message(p.channel, posted.TS)
			if diff := cmp.Diff(c.want, m.Pings); diff != "" || !there {
				t.Errorf("%s\n-want +got\n%s", got.body, diff)
			}
		})
	}
}

// TestLive sees mentions that notify and links that hide where they lead, in messages and forms.
func TestLive(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		live bool
	}{
		"plain":                   {"x", false},
		"a mention":               {"<!here>", true},
		"escaped":                 {"&lt;!here&gt;", false},
		"a masked link":           {"<https://evil.example/a|bank>", true},
		"another host":            {"<https://evil.example/a|bank.com>", true},
		"the host":                {"<https://www.evil.example/a?b&amp;c|evil.example>", false},
		"the address":             {"<https://evil.example/a|https://evil.example/a>", false},
		"the host behind a title": {"<https://evil.example/a|A title> (evil.example)", false},
		"another host behind it":  {"<https://evil.example/a|A title> (bank.com)", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, slackfake.Options{})
			got := p.call(t, "chat.postMessage", `{"channel":`+quote(p.channel)+`,"text":`+quote(c.text)+`}`)
			if live := p.Live(); (len(live) > 0) != c.live {
				t.Errorf("%s: live is %q", got.body, live)
			}
			p = newPlace(t, slackfake.Options{})
			got = p.call(t, "views.publish", `{"user_id":`+quote(p.user)+`,"view":{"type":"home","blocks":[{"type":"section","text":{"type":"mrkdwn","text":`+quote(c.text)+`}}]}}`)
			if live := p.Live(); (len(live) > 0) != (c.live && name != "a mention") {
				t.Errorf("a home, %s: live is %q", got.body, live)
			}
		})
	}
}
