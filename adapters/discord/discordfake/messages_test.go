package discordfake_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// posts are what may be posted, or not: then Discord names a field.
type posts map[string]struct {
	body, field string // the field that is named; "" where the message is taken
	code        int
}

func (all posts) try(t *testing.T) {
	p := newPlace(t, discordfake.Options{})
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := p.do(t, "POST", "/channels/"+p.channel+"/messages", c.body)
			if c.code == 0 {
				if got.status != 200 {
					t.Errorf("refused: %d %s", got.status, got.body)
				}
				return
			}
			if got.status != 400 || got.code(t) != c.code || !strings.Contains(got.body, c.field) {
				t.Errorf("%d %s, want %d with %s", got.status, got.body, c.code, c.field)
			}
		})
	}
}

func longText(n int) string { return quote(strings.Repeat("я", n)) }

func TestMessagesThatDiscordRefuses(t *testing.T) {
	t.Parallel()
	fields := func(n int) string {
		return `{"embeds":[{"fields":[` + strings.Join(slicesRepeat(`{"name":"n","value":"v"}`, n), ",") + `]}]}`
	}
	posts{
		"content of 2000":             {`{"content":` + longText(2000) + `}`, "", 0},
		"content of 2001":             {`{"content":` + longText(2001) + `}`, `"content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH"`, 50035},
		"2000 emoji":                  {`{"content":` + quote(strings.Repeat("🙂", 2000)) + `}`, "", 0},
		"empty":                       {`{}`, "", 50006},
		"blank":                       {`{"content":" \n"}`, "", 50006},
		"11 embeds":                   {`{"embeds":[` + strings.Join(slicesRepeat(`{"title":"x"}`, 11), ",") + `]}`, `"embeds":{"_errors"`, 50035},
		"an empty embed":              {`{"embeds":[{}]}`, `"description"`, 50035},
		"a title of 257":              {`{"embeds":[{"title":` + longText(257) + `}]}`, `"embeds":{"0":{"title"`, 50035},
		"a description of 4097":       {`{"embeds":[{"description":` + longText(4097) + `}]}`, `"description"`, 50035},
		"a description of 4096":       {`{"embeds":[{"description":` + longText(4096) + `}]}`, "", 0},
		"6001 over all embeds":        {`{"embeds":[{"description":` + longText(4000) + `},{"description":` + longText(2001) + `}]}`, "MAX_EMBED_SIZE_EXCEEDED", 50035},
		"6000 over all embeds":        {`{"embeds":[{"description":` + longText(4000) + `},{"description":` + longText(2000) + `}]}`, "", 0},
		"25 fields":                   {fields(25), "", 0},
		"26 fields":                   {fields(26), `"fields":{"_errors"`, 50035},
		"an empty value":              {`{"embeds":[{"fields":[{"name":"n","value":""}]}]}`, `"fields":{"0":{"value":{"_errors":[{"code":"BASE_TYPE_REQUIRED"`, 50035},
		"a value of 1025":             {`{"embeds":[{"fields":[{"name":"n","value":` + longText(1025) + `}]}]}`, `"value"`, 50035},
		"a footer of 2049":            {`{"embeds":[{"footer":{"text":` + longText(2049) + `}}]}`, `"footer":{"text"`, 50035},
		"an author of 257":            {`{"embeds":[{"author":{"name":` + longText(257) + `}}]}`, `"author":{"name"`, 50035},
		"a URL of another scheme":     {`{"embeds":[{"title":"x","url":"ftp://x.org"}]}`, "URL_TYPE_INVALID_SCHEME", 50035},
		"a nonce of 26":               {`{"content":"x","nonce":` + longText(26) + `}`, `"nonce"`, 50035},
		"users parsed and listed":     {`{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}`, `"allowed_mentions"`, 50035},
		"an unknown kind of mention":  {`{"content":"x","allowed_mentions":{"parse":["all"]}}`, `"parse":{"0"`, 50035},
		"no JSON":                     {`{"content":`, "", 50109},
		"a reply to nothing":          {`{"content":"x","message_reference":{"message_id":"5"}}`, "REPLIES_UNKNOWN_MESSAGE", 50035},
		"a reply to nothing, allowed": {`{"content":"x","message_reference":{"message_id":"5","fail_if_not_exists":false}}`, "", 0},
	}.try(t)
}

func TestComponentsThatDiscordRefuses(t *testing.T) {
	t.Parallel()
	button := func(fields string) string {
		return `{"components":[{"type":1,"components":[{"type":2,` + fields + `}]}]}`
	}
	posts{
		"a button":                {button(`"style":1,"label":"x","custom_id":"a"`), "", 0},
		"a button without id":     {button(`"style":1,"label":"x"`), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", 50035},
		"a link with an id":       {button(`"style":5,"label":"x","custom_id":"a","url":"https://x.org"`), "MUTUALLY_EXCLUSIVE", 50035},
		"a custom id of 101":      {button(`"style":1,"label":"x","custom_id":` + longText(101)), `"custom_id"`, 50035},
		"a label of 81":           {button(`"style":1,"custom_id":"a","label":` + longText(81)), `"label"`, 50035},
		"a button outside a row":  {`{"components":[{"type":2,"style":1,"label":"x","custom_id":"a"}]}`, "UNION_TYPE_CHOICES", 50035},
		"text without its flag":   {`{"components":[{"type":10,"content":"x"}]}`, "UNION_TYPE_CHOICES", 50035},
		"text with its flag":      {`{"flags":32768,"components":[{"type":10,"content":"x"}]}`, "", 0},
		"text and content":        {`{"flags":32768,"content":"y","components":[{"type":10,"content":"x"}]}`, `"content"`, 50035},
		"4001 characters of text": {`{"flags":32768,"components":[{"type":10,"content":` + longText(4000) + `},{"type":10,"content":"x"}]}`, "TEXT_SIZE_EXCEEDED", 50035},
		"six rows":                {`{"components":[` + strings.Join(slicesRepeat(`{"type":1,"components":[{"type":2,"style":5,"label":"x","url":"https://x.org"}]}`, 6), ",") + `]}`, `"components"`, 50035},
	}.try(t)
}

func TestWhereTheBotMayNot(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	said := p.Say(p.channel, p.user, "hi")
	add := func(c discordfake.Channel) string {
		c.GuildID = p.guild
		return p.AddChannel(c)
	}
	const view, send = discordgo.PermissionViewChannel, discordgo.PermissionSendMessages
	hidden := add(discordfake.Channel{Bot: send})
	mute := add(discordfake.Channel{Bot: view})
	archived := add(discordfake.Channel{Type: discordfake.PublicThread, Archived: true, Locked: true})
	thread := add(discordfake.Channel{Type: discordfake.PublicThread, Bot: view | send})
	forum := add(discordfake.Channel{Type: discordfake.ForumChannel})
	noHistory := add(discordfake.Channel{Bot: view | send})
	old := p.Say(noHistory, p.user, "old")
	shy := p.OpenDM(p.AddUser(discordfake.User{Username: "shy", NoDMs: true}))
	hi := `{"content":"hi"}`
	for name, c := range map[string]struct {
		method, path, body string
		status, code       int
	}{
		"no such channel":            {"POST", "/channels/1/messages", hi, 404, 10003},
		"a channel that isn't seen":  {"POST", "/channels/" + hidden + "/messages", hi, 403, 50001},
		"reading what isn't seen":    {"GET", "/channels/" + hidden, "", 403, 50001},
		"only reading":               {"POST", "/channels/" + mute + "/messages", hi, 403, 50013},
		"a thread":                   {"POST", "/channels/" + thread + "/messages", hi, 403, 50013},
		"an archived thread":         {"POST", "/channels/" + archived + "/messages", hi, 400, 50083},
		"a forum":                    {"POST", "/channels/" + forum + "/messages", hi, 400, 50008},
		"who refuses DMs":            {"POST", "/channels/" + shy + "/messages", hi, 403, 50007},
		"no such message":            {"GET", "/channels/" + p.channel + "/messages/7", "", 404, 10008},
		"a message without history":  {"GET", "/channels/" + noHistory + "/messages/" + old.ID, "", 403, 50013},
		"a reply without history":    {"POST", "/channels/" + noHistory + "/messages", `{"content":"x","message_reference":{"message_id":"` + old.ID + `"}}`, 403, 160002},
		"a history that isn't seen":  {"GET", "/channels/" + hidden + "/messages", "", 403, 50001},
		"a history before nothing":   {"GET", "/channels/" + p.channel + "/messages?before=x", "", 400, 50035},
		"too long a history":         {"GET", "/channels/" + p.channel + "/messages?limit=101", "", 400, 50035},
		"editing what others wrote":  {"PATCH", "/channels/" + p.channel + "/messages/" + said.ID, hi, 403, 50005},
		"deleting what others wrote": {"DELETE", "/channels/" + p.channel + "/messages/" + said.ID, "", 403, 50013},
		"DMs with nobody":            {"POST", "/users/@me/channels", `{"recipient_id":"1"}`, 400, 50033},
		"no such guild":              {"GET", "/guilds/1", "", 404, 10004},
		"no such route":              {"GET", "/nowhere", "", 404, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := p.do(t, c.method, c.path, c.body)
			if got.status != c.status || got.code(t) != c.code {
				t.Errorf("%d %s, want %d and %d", got.status, got.body, c.status, c.code)
			}
		})
	}
}

func TestHistories(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	silent := p.AddChannel(discordfake.Channel{GuildID: p.guild, Bot: discordgo.PermissionViewChannel})
	p.Say(silent, p.user, "hi")
	var said []string
	for i := range 5 {
		said = append(said, p.Say(p.channel, p.user, fmt.Sprint(i)).ID)
	}
	session := p.client(t)
	for name, c := range map[string]struct {
		channel       string
		limit         int
		before, after string
		want          []int
	}{
		"all, the newest first":    {p.channel, 100, "", "", []int{4, 3, 2, 1, 0}},
		"the newest":               {p.channel, 2, "", "", []int{4, 3}},
		"next before one":          {p.channel, 2, said[3], "", []int{2, 1}},
		"before the first":         {p.channel, 2, said[0], "", nil},
		"next after one":           {p.channel, 2, "", said[1], []int{3, 2}},
		"after the last":           {p.channel, 2, "", said[4], nil},
		"none without the history": {silent, 100, "", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := session.ChannelMessages(c.channel, c.limit, c.before, c.after, "")
			if err != nil {
				t.Fatal(err)
			}
			var got, want []string
			for _, m := range found {
				got = append(got, m.ID)
			}
			for _, i := range c.want {
				want = append(want, said[i])
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheRealClientWrites(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	session := p.client(t)
	question := p.Say(p.channel, p.user, "how many?")
	sent, err := session.ChannelMessageSendComplex(p.channel, &discordgo.MessageSend{
		Content:         "<@" + p.user + "> @everyone",
		Embeds:          []*discordgo.MessageEmbed{{Title: "Chart", Image: &discordgo.MessageEmbedImage{URL: "attachment://c.png"}}},
		Reference:       &discordgo.MessageReference{MessageID: question.ID, ChannelID: p.channel},
		AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}},
		Files:           []*discordgo.File{{Name: "c.png", ContentType: "image/png", Reader: strings.NewReader("pixels")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	m := p.Messages(p.channel)[1]
	if !m.Pings.None() || m.Reference.MessageID != question.ID || m.AllowedMentions == nil {
		t.Errorf("message = %+v", m)
	}
	if len(sent.Attachments) != 1 || sent.Embeds[0].Image.URL != sent.Attachments[0].URL {
		t.Errorf("embeds %+v, attachments %+v", sent.Embeds[0].Image, sent.Attachments)
	}
	resp, err := p.http(t).Get(sent.Attachments[0].URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if data, err := io.ReadAll(resp.Body); err != nil || string(data) != "pixels" {
		t.Errorf("the CDN has %q, %v", data, err)
	}
	if _, err := session.ChannelMessageEdit(p.channel, sent.ID, "corrected"); err != nil {
		t.Fatal(err)
	}
	if got, _ := p.Message(sent.ID); got.Content != "corrected" || got.EditedAt.IsZero() || len(got.Attachments) != 1 {
		t.Errorf("message = %+v", got)
	}
	if err := session.ChannelMessageDelete(p.channel, sent.ID); err != nil {
		t.Fatal(err)
	}
	if got := p.Messages(p.channel); len(got) != 1 {
		t.Errorf("%d messages", len(got))
	}
}

func TestPings(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	role := p.AddRole(p.guild, discordfake.Role{Name: "press", Mentionable: true})
	closed := p.AddRole(p.guild, discordfake.Role{Name: "staff"})
	loud := p.AddChannel(discordfake.Channel{GuildID: p.guild, Bot: discordgo.PermissionAdministrator})
	text := fmt.Sprintf(`"content":"<@%s> <@!%s> <@&%s> <@&%s> @here"`, p.user, p.user, role, closed)
	reply := func(allowed string) string {
		return `{"content":"x","message_reference":{"message_id":"` + p.Say(p.channel, p.user, "q").ID + `"}` + allowed + `}`
	}
	for name, c := range map[string]struct {
		channel, body string
		want          discordfake.Pings
	}{
		"nothing said: what the bot may": {p.channel, `{` + text + `}`, discordfake.Pings{Users: []string{p.user}, Roles: []string{role}}},
		"an administrator":               {loud, `{` + text + `}`, discordfake.Pings{Everyone: true, Users: []string{p.user}, Roles: []string{role, closed}}},
		"nobody allowed":                 {loud, `{` + text + `,"allowed_mentions":{"parse":[]}}`, discordfake.Pings{}},
		"null allows nobody":             {loud, `{` + text + `,"allowed_mentions":{"parse":null}}`, discordfake.Pings{}},
		"some allowed":                   {loud, `{` + text + `,"allowed_mentions":{"parse":["users"],"roles":["` + closed + `"]}}`, discordfake.Pings{Users: []string{p.user}, Roles: []string{closed}}},
		"embeds don't ping":              {p.channel, `{"embeds":[{"description":"<@` + p.user + `>"}]}`, discordfake.Pings{}},
		"text components do":             {p.channel, `{"flags":32768,"components":[{"type":10,"content":"<@` + p.user + `>"}]}`, discordfake.Pings{Users: []string{p.user}}},
		"a reply":                        {p.channel, reply(""), discordfake.Pings{Users: []string{p.user}}},
		"a quiet reply":                  {p.channel, reply(`,"allowed_mentions":{"parse":["users"]}`), discordfake.Pings{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := p.do(t, "POST", "/channels/"+c.channel+"/messages", c.body)
			var sent struct{ ID string }
			decode(t, got.body, &sent)
			m, _ := p.Message(sent.ID)
			if m.Pings.Everyone != c.want.Everyone || fmt.Sprint(m.Pings.Users, m.Pings.Roles) != fmt.Sprint(c.want.Users, c.want.Roles) {
				t.Errorf("pings %+v, want %+v", m.Pings, c.want)
			}
		})
	}
}

// TestLive sees mentions that notify and links that hide where they lead, and remembers them when the message is edited.
func TestLive(t *testing.T) {
	t.Parallel()
	embed := func(text string) string { return `{"embeds":[{"description":"` + text + `"}]}` }
	for name, c := range map[string]struct {
		body string
		live bool
	}{
		"plain":                    {`{"content":"x"}`, false},
		"a mention":                {`{"content":"<@USER>"}`, true},
		"a mention that is off":    {`{"content":"<@USER>","allowed_mentions":{"parse":[]}}`, false},
		"a masked link":            {`{"content":"[bank](https://evil.example/a)"}`, true},
		"another host":             {`{"content":"[bank.com](<https://evil.example/a>)"}`, true},
		"the host":                 {embed("[evil.example](<https://www.evil.example/a>)"), false},
		"the address":              {embed("[https://evil.example/a](https://evil.example/a)"), false},
		"the host behind a title":  {embed("[A title](<https://evil.example/a>) (evil.example)"), false},
		"another host behind it":   {embed("[A title](<https://evil.example/a>) (bank.com)"), true},
		"with backslashes":         {embed(`\\[bank\\](https://evil.example/a)`), false},
		"a field":                  {`{"embeds":[{"fields":[{"name":"a","value":"[bank](https://evil.example/a)"}]}]}`, true},
		"behind an honest one too": {embed("[evil.example](<https://evil.example/a>), [b](<https://evil.example/b>)"), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, discordfake.Options{})
			got := p.do(t, "POST", "/channels/"+p.channel+"/messages", strings.ReplaceAll(c.body, "USER", p.user))
			var sent struct{ ID string }
			decode(t, got.body, &sent)
			p.do(t, "PATCH", "/channels/"+p.channel+"/messages/"+sent.ID, `{"content":"y"}`)
			if live := p.Live(); (len(live) > 0) != c.live || sent.ID == "" {
				t.Errorf("%s: live is %q", got.body, live)
			}
		})
	}
}

func TestNoncesAreUniqueForAWhile(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, discordfake.Options{Now: clock.Now})
	send := func(nonce, enforce string) string {
		got := p.do(t, "POST", "/channels/"+p.channel+"/messages", `{"content":"x","nonce":`+nonce+`,"enforce_nonce":`+enforce+`}`)
		var sent struct{ ID string }
		decode(t, got.body, &sent)
		return sent.ID
	}
	first := send(`"a"`, "true")
	clock.advance(1e9)
	for _, c := range []struct {
		name, nonce, enforce string
		same                 bool
	}{
		{"again", `"a"`, "true", true},
		{"not enforced", `"b"`, "false", false},
		{"a number", `7`, "true", false},
	} {
		if got := send(c.nonce, c.enforce); (got == first) != c.same {
			t.Errorf("%s: message %s, the first was %s", c.name, got, first)
		}
	}
	clock.advance(6 * 60e9)
	if send(`"a"`, "true") == first {
		t.Error("a nonce is remembered for ever")
	}
	if n := len(p.Messages(p.channel)); n != 4 {
		t.Errorf("%d messages", n)
	}
}

func TestPagesOfMessages(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	var ids []string
	for range 5 {
		ids = append(ids, p.Say(p.channel, p.user, "hello").ID)
	}
	session := p.client(t)
	for name, c := range map[string]struct {
		limit                 int
		before, after, around string
		want                  []string
	}{
		"the newest": {2, "", "", "", []string{ids[4], ids[3]}},
		"before":     {2, ids[3], "", "", []string{ids[2], ids[1]}},
		"after":      {2, "", ids[1], "", []string{ids[3], ids[2]}},
		"around":     {3, "", "", ids[2], []string{ids[3], ids[2], ids[1]}},
	} {
		list, err := session.ChannelMessages(p.channel, c.limit, c.before, c.after, c.around)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range list {
			got = append(got, m.ID)
			if m.Content != "" {
				t.Errorf("%s: the content is readable without the intent", name)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

func TestTheTokenIsChecked(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	session := p.client(t)
	session.Token = "Bot wrong"
	_, err := session.User("@me")
	if rest, ok := err.(*discordgo.RESTError); !ok || rest.Response.StatusCode != http.StatusUnauthorized { //nolint:errorlint // as it is returned
		t.Errorf("err = %v", err)
	}
	if n := p.InvalidRequests(); n != 1 {
		t.Errorf("%d invalid requests", n)
	}
}
