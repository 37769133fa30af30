package slackfake_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

func repeat(item string, n int) string {
	return strings.TrimSuffix(strings.Repeat(item+",", n), ",")
}

func numbered(form string, n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(form, i))
	}
	return strings.Join(all, ",")
}

func text(kind string, n int) string {
	return `{"type":"` + kind + `","text":"` + strings.Repeat("я", n) + `"}`
}

// limits are blocks, and what is wrong with them; nothing where that is empty.
type limits map[string]struct{ blocks, want string }

func (all limits) try(t *testing.T) {
	p := newPlace(t, slackfake.Options{})
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := p.call(t, "chat.postMessage", `{"channel":`+quote(p.channel)+`,"text":"x","blocks":[`+c.blocks+`]}`)
			want := ""
			if c.want != "" {
				want = "invalid_blocks"
			}
			if code := got.code(t); code != want {
				t.Fatalf("%s, want %q", got.body, want)
			}
			var e struct {
				Errors   []string
				Metadata struct{ Messages []string } `json:"response_metadata"`
			}
			decode(t, got.body, &e)
			told := func(text string) bool { return strings.Contains(text, c.want) }
			if c.want != "" && (!slices.ContainsFunc(e.Errors, told) || !slices.ContainsFunc(e.Metadata.Messages, func(m string) bool {
				return told(m) && strings.HasPrefix(m, "[ERROR] ")
			})) {
				t.Errorf("%s, want %s", got.body, c.want)
			}
		})
	}
}

func TestBlockLimits(t *testing.T) {
	t.Parallel()
	const divider = `{"type":"divider"}`
	limits{
		"50 blocks":                 {repeat(divider, 50), ""},
		"51 blocks":                 {repeat(divider, 51), "no more than 50 items allowed [json-pointer:/blocks]"},
		"no type":                   {`{}`, "missing required field: type [json-pointer:/blocks/0]"},
		"an unknown type":           {divider + `,{"type":"x"}`, "unsupported type: x [json-pointer:/blocks/1/type]"},
		"an unknown field":          {`{"type":"divider","x":1}`, "invalid additional property: x [json-pointer:/blocks/0]"},
		"a wrong shape":             {`{"type":"section","text":5}`, "failed to match schema [json-pointer:/blocks/0"},
		"a block_id of 256":         {`{"type":"divider","block_id":"` + strings.Repeat("x", 256) + `"}`, "must be less than 256 characters [json-pointer:/blocks/0/block_id]"},
		"a block_id twice":          {repeat(`{"type":"divider","block_id":"x"}`, 2), "already exists [json-pointer:/blocks/1/block_id]"},
		"a section of 3000":         {`{"type":"section","text":` + text("mrkdwn", 3000) + `}`, ""},
		"a section of 3001":         {`{"type":"section","text":` + text("mrkdwn", 3001) + `}`, "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		"a section of nothing":      {`{"type":"section"}`, "must define either `text` or `fields` [json-pointer:/blocks/0]"},
		"an empty section":          {`{"type":"section","text":{"type":"mrkdwn","text":""}}`, "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		"a bare text":               {`{"type":"section","text":"x"}`, "must provide an object [json-pointer:/blocks/0/text]"},
		"10 fields of 2000":         {`{"type":"section","fields":[` + repeat(text("mrkdwn", 2000), 10) + `]}`, ""},
		"11 fields":                 {`{"type":"section","fields":[` + repeat(text("mrkdwn", 1), 11) + `]}`, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		"a field of 2001":           {`{"type":"section","fields":[` + text("mrkdwn", 2001) + `]}`, "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"},
		"a header of 150":           {`{"type":"header","text":` + text("plain_text", 150) + `}`, ""},
		"a header of 151":           {`{"type":"header","text":` + text("plain_text", 151) + `}`, "must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
		"a header in mrkdwn":        {`{"type":"header","text":` + text("mrkdwn", 1) + `}`, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"},
		"verbatim plain text":       {`{"type":"header","text":{"type":"plain_text","text":"x","verbatim":true}}`, "invalid additional property: verbatim"},
		"emoji in mrkdwn":           {`{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}`, "invalid additional property: emoji"},
		"10 of a context":           {`{"type":"context","elements":[` + repeat(text("mrkdwn", 1), 10) + `]}`, ""},
		"11 of a context":           {`{"type":"context","elements":[` + repeat(text("mrkdwn", 1), 11) + `]}`, "no more than 10 items allowed [json-pointer:/blocks/0/elements]"},
		"an empty context":          {`{"type":"context","elements":[]}`, "must provide at least 1 items [json-pointer:/blocks/0/elements]"},
		"a button in a context":     {`{"type":"context","elements":[{"type":"button"}]}`, "unsupported type: button [json-pointer:/blocks/0/elements/0/type]"},
		"a context's text of 3001":  {`{"type":"context","elements":[` + text("mrkdwn", 3001) + `]}`, "must be less than 3001 characters [json-pointer:/blocks/0/elements/0/text]"},
		"an empty one of a context": {`{"type":"context","elements":[{"type":"mrkdwn","text":""}]}`, "must be more than 0 characters [json-pointer:/blocks/0/elements/0/text]"},
		"an image without alt":      {`{"type":"image","image_url":"https://example.org/a.png"}`, "missing required field: alt_text [json-pointer:/blocks/0]"},
		"an image without URL":      {`{"type":"image","alt_text":"x"}`, "must define either `image_url` or `slack_file`"},
		"12,000 of markdown":        {`{"type":"markdown","text":"` + strings.Repeat("x", 12000) + `"}`, ""},
		"12,001 of markdown":        {`{"type":"markdown","text":"` + strings.Repeat("x", 12001) + `"}`, "must be less than 12001 characters"},
		"a kind that we don't do":   {`{"type":"table","rows":[]}`, ""},
	}.try(t)
}

func TestElementLimits(t *testing.T) {
	t.Parallel()
	button := func(more string) string {
		return `{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"x"}` + more + `}]}`
	}
	menu := func(more string) string {
		return `{"type":"section","text":{"type":"mrkdwn","text":"x"},"accessory":{"type":"static_select",` + more + `}}`
	}
	const option = `{"text":{"type":"plain_text","text":"x"},"value":"%d"}`
	limits{
		"25 buttons":             {`{"type":"actions","elements":[` + numbered(`{"type":"button","action_id":"%d","text":{"type":"plain_text","text":"x"}}`, 25) + `]}`, ""},
		"26 buttons":             {`{"type":"actions","elements":[` + numbered(`{"type":"button","action_id":"%d","text":{"type":"plain_text","text":"x"}}`, 26) + `]}`, "no more than 25 items allowed"},
		"an action_id twice":     {`{"type":"actions","elements":[` + repeat(`{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}}`, 2) + `]}`, "`action_id` \"a\" already exists [json-pointer:/blocks/0/elements/1/action_id]"},
		"a button of 75":         {`{"type":"actions","elements":[{"type":"button","text":` + text("plain_text", 75) + `}]}`, ""},
		"a button of 76":         {`{"type":"actions","elements":[{"type":"button","text":` + text("plain_text", 76) + `}]}`, "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"},
		"an action_id of 256":    {button(`,"action_id":"` + strings.Repeat("x", 256) + `"`), "must be less than 256 characters"},
		"a value of 2001":        {button(`,"value":"` + strings.Repeat("x", 2001) + `"`), "must be less than 2001 characters"},
		"a URL of 3001":          {button(`,"url":"` + strings.Repeat("x", 3001) + `"`), "must be less than 3001 characters"},
		"an unknown style":       {button(`,"style":"loud"`), "[json-pointer:/blocks/0/elements/0/style]"},
		"a disabled button":      {button(`,"disabled":true`), "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]"},
		"a long question":        {button(`,"confirm":{"title":` + text("plain_text", 101) + `,"text":` + text("mrkdwn", 1) + `,"confirm":` + text("plain_text", 1) + `,"deny":` + text("plain_text", 1) + `}`), "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]"},
		"100 options":            {menu(`"options":[` + numbered(option, 100) + `]`), ""},
		"101 options":            {menu(`"options":[` + numbered(option, 101) + `]`), "no more than 100 items allowed [json-pointer:/blocks/0/accessory/options]"},
		"no options":             {menu(`"options":[]`), "must provide at least 1 items [json-pointer:/blocks/0/accessory/options]"},
		"an option of 76":        {menu(`"options":[{"text":` + text("plain_text", 76) + `,"value":"1"}]`), "must be less than 76 characters"},
		"groups of options":      {menu(`"option_groups":[{"label":` + text("plain_text", 75) + `,"options":[` + numbered(option, 100) + `]}]`), ""},
		"a group's label of 76":  {menu(`"option_groups":[{"label":` + text("plain_text", 76) + `,"options":[` + numbered(option, 1) + `]}]`), "must be less than 76 characters [json-pointer:/blocks/0/accessory/option_groups/0/label/text]"},
		"101 groups":             {menu(`"option_groups":[` + repeat(`{"label":`+text("plain_text", 1)+`,"options":[`+numbered(option, 1)+`]}`, 101) + `]`), "no more than 100 items allowed [json-pointer:/blocks/0/accessory/option_groups]"},
		"a longest of 3001":      {`{"type":"input","label":` + text("plain_text", 1) + `,"element":{"type":"plain_text_input","max_length":3001}}`, "[json-pointer:/blocks/0/element/max_length]"},
		"a placeholder of 151":   {menu(`"placeholder":` + text("plain_text", 151) + `,"options":[` + numbered(option, 1) + `]`), "must be less than 151 characters"},
		"an input without label": {`{"type":"input","element":{"type":"plain_text_input"}}`, "missing required field: label [json-pointer:/blocks/0]"},
		"an input without one":   {`{"type":"input","label":` + text("plain_text", 1) + `}`, "missing required field: element [json-pointer:/blocks/0]"},
	}.try(t)
}

func TestTheRealClientSeesWhatIsWrong(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	long := slack.NewTextBlockObject("plain_text", strings.Repeat("x", 151), false, false)
	_, _, err := p.slack(t).PostMessageContext(within(t), p.channel, slack.MsgOptionBlocks(slack.NewHeaderBlock(long)))
	if err == nil || !strings.Contains(err.Error(), "invalid_blocks") {
		t.Errorf("err = %v", err)
	}
}

func TestViewLimits(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, slackfake.Options{Now: clock.Now})
	p.serveUnchecked(t)
	const title = `"title":{"type":"plain_text","text":"x"}`
	const input = `{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","action_id":"a"}}`
	for name, c := range map[string]struct{ view, want string }{
		"well":                {`"type":"modal",` + title + `,"blocks":[]`, ""},
		"100 blocks":          {`"type":"modal",` + title + `,"blocks":[` + repeat(`{"type":"divider"}`, 100) + `]`, ""},
		"101 blocks":          {`"type":"modal",` + title + `,"blocks":[` + repeat(`{"type":"divider"}`, 101) + `]`, "no more than 100 items allowed [json-pointer:/view/blocks]"},
		"a title of 25":       {`"type":"modal","title":` + text("plain_text", 25) + `,"blocks":[]`, "must be less than 25 characters [json-pointer:/view/title/text]"},
		"no title":            {`"type":"modal","blocks":[]`, "missing required field: title [json-pointer:/view]"},
		"a submit of 25":      {`"type":"modal",` + title + `,"submit":` + text("plain_text", 25) + `,"blocks":[]`, "[json-pointer:/view/submit/text]"},
		"a close of 25":       {`"type":"modal",` + title + `,"close":` + text("plain_text", 25) + `,"blocks":[]`, "[json-pointer:/view/close/text]"},
		"an input, no submit": {`"type":"modal",` + title + `,"blocks":[` + input + `]`, "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]"},
		"metadata of 3001":    {`"type":"modal",` + title + `,"blocks":[],"private_metadata":"` + strings.Repeat("x", 3001) + `"`, "must be less than 3001 characters [json-pointer:/view/private_metadata]"},
		"a callback of 256":   {`"type":"modal",` + title + `,"blocks":[],"callback_id":"` + strings.Repeat("x", 256) + `"`, "[json-pointer:/view/callback_id]"},
		"a home":              {`"type":"home","blocks":[]`, "unsupported type: home [json-pointer:/view/type]"},
		"no blocks":           {`"type":"modal",` + title, "missing required field: blocks [json-pointer:/view]"},
		"a bad block":         {`"type":"modal",` + title + `,"blocks":[{"type":"x"}]`, "unsupported type: x [json-pointer:/view/blocks/0/type]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			user := p.AddUser(slackfake.User{TeamID: p.team, Name: "x"})
			got := p.call(t, "views.open", `{"trigger_id":`+quote(p.Shortcut(user, "x").TriggerID)+`,"view":{`+c.view+`}}`)
			want := ""
			if c.want != "" {
				want = "invalid_arguments"
			}
			if got.code(t) != want || !strings.Contains(got.body, jsonText(c.want)) {
				t.Errorf("%s, want %s", got.body, c.want)
			}
		})
	}
}

// jsonText is a text as it stands in JSON.
func jsonText(text string) string {
	data, _ := json.Marshal(text)
	return strings.Trim(string(data), `"`)
}

// FuzzBlocks shows that no blocks make the server panic, and that what it takes it can give back.
func FuzzBlocks(f *testing.F) {
	f.Add(buttons)
	f.Add(`[{"type":"section","text":"x"},null,5,{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet"}]}]`)
	f.Add(`[{"type":"context","elements":[{"type":"mrkdwn","text":5}]},{"type":"input","element":null}]`)
	s := slackfake.Start(f, slackfake.Options{RecordLimit: 10})
	p := place{Server: s, team: s.AddTeam(slackfake.Team{})}
	p.channel = s.AddChannel(slackfake.Channel{TeamID: p.team})
	f.Fuzz(func(t *testing.T, blocks string) {
		got := p.call(t, "chat.postMessage", `{"text":"x","channel":`+quote(p.channel)+`,"blocks":`+quote(blocks)+`}`)
		if code := got.code(t); code != "" && code != "invalid_blocks" && code != "invalid_blocks_format" {
			t.Errorf("%s", got.body)
		}
	})
}
