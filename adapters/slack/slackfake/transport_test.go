package slackfake_test

import (
	"net/http"
	"testing"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

func TestWhatIsMeantForSlackGoesToTheServer(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	c := &http.Client{Transport: p.Transport()}
	t.Cleanup(c.CloseIdleConnections)
	if _, err := slack.New(p.Token(p.team), slack.OptionHTTPClient(c)).AuthTestContext(within(t)); err != nil {
		t.Error(err)
	}
	elsewhere := newChallenged(t, "text/plain", "elsewhere")
	r, _ := http.NewRequestWithContext(within(t), http.MethodPost, elsewhere, http.NoBody)
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if n := len(p.Requests("")); n != 1 {
		t.Errorf("%d requests came", n)
	}
}

func TestAMistakeOfATestPanics(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	stranger := p.AddUser(slackfake.User{TeamID: p.AddTeam(slackfake.Team{}), Name: "x"})
	ts := p.posted(t)
	p.Archive(p.AddChannel(slackfake.Channel{ID: "C0ARCHIVE", TeamID: p.team}), true)
	for name, f := range map[string]func(){
		"no such channel":          func() { p.Say("C0", p.user, "x") },
		"no such user":             func() { p.Say(p.channel, "U0", "x") },
		"no such workspace":        func() { p.AddUser(slackfake.User{TeamID: "T0"}) },
		"another's channel":        func() { p.Say(p.channel, stranger, "x") },
		"another's DM":             func() { p.Say(p.DM(stranger), p.user, "x") },
		"an archived channel":      func() { p.Say("C0ARCHIVE", p.user, "x") },
		"no such thread":           func() { p.Say(p.channel, p.user, "x", slackfake.InThread("1.0")) },
		"no such button":           func() { p.Press(p.channel, ts, p.user, "nothing") },
		"no such option":           func() { p.Choose(p.channel, ts, p.user, "which", "3") },
		"no such message":          func() { p.Press(p.channel, "1.0", p.user, "share") },
		"no such modal":            func() { p.Submit("V0", nil) },
		"a view of somebody":       func() { p.PressView("V0", p.user, "x") },
		"an event that isn't JSON": func() { p.Event(p.team, "{") },
		"a field that isn't JSON":  func() { p.Say(p.channel, p.user, "x", slackfake.WithField("x", "{")) },
		"blocks that aren't JSON":  func() { slackfake.WithBlocks("{") },
		"not a URL":                func() { slackfake.Rewrite("x") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if recover() == nil {
					t.Error("it doesn't panic")
				}
			}()
			f()
		})
	}
}
