package slackfake_test

import (
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

func TestTheRealClientUploads(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, slackfake.Options{Now: clock.Now})
	bot := p.slack(t)
	parent := p.Say(p.channel, p.user, "a chart, please")
	f, err := bot.UploadFileContext(within(t), slack.UploadFileParameters{
		Filename: "chart.png", FileSize: 5, Content: "chart", Title: "A chart", Channel: p.channel, ThreadTimestamp: parent.TS,
		InitialComment: "here",
	})
	if err != nil {
		t.Fatal(err)
	}
	if data, there := p.FileData(f.ID); string(data) != "chart" || !there {
		t.Errorf("%q, %v", data, there)
	}
	m, err := p.AwaitMessage(within(t), p.channel, nil)
	if err != nil || m.ThreadTS != parent.TS || len(m.Files) != 1 || m.Files[0].Title != "A chart" || m.Text != "here" {
		t.Errorf("%+v, %v", m, err)
	}
	inBlock := func() error {
		_, _, err := bot.PostMessageContext(within(t), p.channel, slack.MsgOptionText("x", false),
			slack.MsgOptionBlocks(slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: f.ID}, "A chart", "", nil)))
		return err
	}
	if err := inBlock(); err == nil {
		t.Error("a block takes a file that isn't ready")
	}
	if info, _, _, err := bot.GetFileInfoContext(within(t), f.ID, 0, 0); err != nil || info.Mimetype != "" {
		t.Errorf("%+v, %v", info, err)
	}
	clock.advance(time.Second)
	if info, _, _, err := bot.GetFileInfoContext(within(t), f.ID, 0, 0); err != nil || info.Mimetype != "image/png" || info.Title != "A chart" {
		t.Errorf("%+v, %v", info, err)
	}
	if err := inBlock(); err != nil {
		t.Error(err)
	}
}

func TestWhatUploadsAreRefused(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	for name, c := range map[string]struct{ method, body, want string }{
		"no length":       {"files.getUploadURLExternal", `{"filename":"x"}`, "invalid_arguments"},
		"nothing came":    {"files.completeUploadExternal", `{"files":[{"id":"F0"}]}`, "file_not_found"},
		"no files":        {"files.completeUploadExternal", `{"files":[]}`, "invalid_arguments"},
		"nobody's":        {"files.info", `{"file":"F0"}`, "file_not_found"},
		"nobody's, shown": {"chat.postMessage", `{"channel":` + quote(p.channel) + `,"blocks":[{"type":"image","alt_text":"x","slack_file":{"id":"F0"}}]}`, "invalid_blocks"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := p.call(t, c.method, c.body); got.code(t) != c.want {
				t.Errorf("%s, want %s", got.body, c.want)
			}
		})
	}
	var u struct {
		URL string `json:"upload_url"`
	}
	decode(t, p.call(t, "files.getUploadURLExternal", `{"filename":"x","length":2}`).body, &u)
	if got, err := p.try(t, u.URL, "application/octet-stream", "", "three"); err != nil || got.status != 400 {
		t.Errorf("another length: %+v, %v", got, err)
	}
}
