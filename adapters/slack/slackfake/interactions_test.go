package slackfake_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

const buttons = `[{"type":"actions","block_id":"b1","elements":[` +
	`{"type":"button","action_id":"share","value":"v1","text":{"type":"plain_text","text":"Share"}},` +
	`{"type":"static_select","action_id":"which","placeholder":{"type":"plain_text","text":"Which"},"options":[` +
	`{"text":{"type":"plain_text","text":"One"},"value":"1"},{"text":{"type":"plain_text","text":"Two"},"value":"2"}]}]}]`

// posted is a message of the app with buttons.
func (p place) posted(t *testing.T) string {
	t.Helper()
	a := p.call(t, "chat.postMessage", `{"channel":`+quote(p.channel)+`,"text":"x","blocks":`+buttons+`}`)
	var m struct{ TS string }
	decode(t, a.body, &m)
	if m.TS == "" {
		t.Fatal(a.body)
	}
	return m.TS
}

// payload is the interaction in a form that was posted.
func (a app) payload(t *testing.T) slack.InteractionCallback {
	t.Helper()
	form, err := url.ParseQuery(string(a.next(t).body))
	if err != nil {
		t.Fatal(err)
	}
	var c slack.InteractionCallback
	decode(t, form.Get("payload"), &c)
	return c
}

func TestACommandIsPostedAsAForm(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	a := p.serve(t, func(w http.ResponseWriter, _ taken) { _, _ = w.Write([]byte("just a moment")) })
	i := p.Slash(p.channel, p.user, "/ask", "how <@U1|x> & many?")
	got := a.next(t)
	r, _ := http.NewRequest(http.MethodPost, "/", strings.NewReader(string(got.body)))
	r.Header = got.header
	command, err := slack.SlashCommandParse(r)
	if err != nil || command.Command != "/ask" || command.Text != "how <@U1|x> & many?" || command.UserID != p.user ||
		command.ChannelID != p.channel || command.TriggerID != i.TriggerID || command.APIAppID != p.AppID() {
		t.Errorf("%+v, %v", command, err)
	}
	if m, err := i.Response(within(t), 0); err != nil || m.Text != "just a moment" || m.For != p.user {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestAButtonIsPressed(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	a := p.serve(t, nil)
	ts := p.posted(t)
	i := p.Press(p.channel, ts, p.user, "share")
	got := a.payload(t)
	action := got.ActionCallback.BlockActions
	if got.Type != slack.InteractionTypeBlockActions || len(action) != 1 || action[0].ActionID != "share" || action[0].Value != "v1" ||
		action[0].BlockID != "b1" || got.Message.Timestamp != ts || got.Channel.ID != p.channel || got.User.ID != p.user ||
		got.Team.ID != p.team || got.ResponseURL != i.ResponseURL || got.Container.MessageTs != ts {
		t.Errorf("%+v", got)
	}
	if _, err := i.Ack(within(t)); err != nil {
		t.Error(err)
	}
	p.Choose(p.channel, ts, p.user, "which", "2")
	if got := a.payload(t).ActionCallback.BlockActions[0]; got.SelectedOption.Value != "2" {
		t.Errorf("%+v", got)
	}
	p.MessageShortcut(p.channel, ts, p.user, "fact_check")
	if got := a.payload(t); got.Type != slack.InteractionTypeMessageAction || got.CallbackID != "fact_check" || got.Message.Timestamp != ts ||
		got.MessageTs != ts || got.ResponseURL == "" {
		t.Errorf("%+v", got)
	}
	p.Shortcut(p.user, "ask")
	if got := a.payload(t); got.Type != slack.InteractionTypeShortcut || got.CallbackID != "ask" || got.TriggerID == "" || got.ResponseURL != "" {
		t.Errorf("%+v", got)
	}
	p.Interact(p.team, `{"type":"view_submission","view":{"id":"V0NOBODY"}}`)
	if got := a.payload(t); got.Type != slack.InteractionTypeViewSubmission || got.View.ID != "V0NOBODY" {
		t.Errorf("%+v", got)
	}
}

func TestAResponseURL(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	p.serve(t, nil)
	ts := p.posted(t)
	i := p.Press(p.channel, ts, p.user, "share")
	flag := false
	hook := func(m slack.WebhookMessage) {
		t.Helper()
		if err := slack.PostWebhookCustomHTTPContext(within(t), i.ResponseURL, client(t), &m); err != nil {
			t.Fatal(err)
		}
	}
	hook(slack.WebhookMessage{Text: "for you", UnfurlLinks: &flag})
	hook(slack.WebhookMessage{Text: "for all", ResponseType: "in_channel", ThreadTimestamp: ts})
	hook(slack.WebhookMessage{Text: "instead", ReplaceOriginal: true})
	for n, want := range []slackfake.Message{{Text: "for you", For: p.user, UnfurlLinks: "false"}, {Text: "for all", ThreadTS: ts}, {Text: "instead", TS: ts}} {
		got, err := i.Response(within(t), n)
		if err != nil || got.Text != want.Text || got.For != want.For || got.UnfurlLinks != want.UnfurlLinks ||
			want.ThreadTS != "" && got.ThreadTS != ts || want.TS != "" && got.TS != ts {
			t.Errorf("response %d: %+v, %v", n, got, err)
		}
	}
	if got, _ := p.Message(p.channel, ts); got.Text != "instead" || len(got.Blocks) != 0 {
		t.Errorf("%+v", got)
	}
	hook(slack.WebhookMessage{DeleteOriginal: true})
	if err := i.Deleted(within(t)); err != nil {
		t.Fatal(err)
	}
	if _, there := p.Message(p.channel, ts); there {
		t.Error("the original is still there")
	}
	if a := p.post(t, i.ResponseURL, `{"text":"<!channel>","blocks":[{"type":"x"}]}`); a.status != 400 || a.code(t) != "invalid_blocks" {
		t.Errorf("%d %s", a.status, a.body)
	}
	hook(slack.WebhookMessage{Text: "the fifth"})
	if a := p.post(t, i.ResponseURL, `{"text":"the sixth"}`); a.status != 404 || a.code(t) != "used_url" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if n := len(p.Requests("response_url")); n != 7 {
		t.Errorf("%d requests", n)
	}
}

func TestAnEphemeralOriginalIsReplaced(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	a := p.serve(t, nil)
	got := p.call(t, "chat.postEphemeral", `{"channel":`+quote(p.channel)+`,"user":`+quote(p.user)+`,"text":"x","blocks":`+buttons+`}`)
	var m struct {
		TS string `json:"message_ts"`
	}
	decode(t, got.body, &m)
	i := p.Press(p.channel, m.TS, p.user, "share")
	if c := a.payload(t); !c.Container.IsEphemeral || c.Message.Timestamp != "" || c.Container.MessageTs != m.TS {
		t.Errorf("%+v", c)
	}
	if a := p.post(t, i.ResponseURL, `{"text":"y","replace_original":true}`); a.status != 200 {
		t.Fatal(a.body)
	}
	if got := p.Ephemeral(p.channel, p.user); len(got) != 1 || got[0].Text != "y" {
		t.Errorf("%+v", got)
	}
}

func TestAResponseURLExpires(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, slackfake.Options{Now: clock.Now, AckWithin: time.Millisecond})
	i := p.Slash(p.channel, p.user, "/ask", "x")
	clock.advance(30 * time.Minute)
	if a := p.post(t, i.ResponseURL, `{"text":"in time"}`); a.status != 200 {
		t.Errorf("%d %s", a.status, a.body)
	}
	clock.advance(time.Second)
	if a := p.post(t, i.ResponseURL, `{"text":"late"}`); a.status != 404 || a.code(t) != "expired_url" {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := p.post(t, p.URL()+"/actions/T0/R0/x", `{"text":"x"}`); a.status != 404 {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// modal is a view with an input and a menu.
func modal(title string) slack.ModalViewRequest {
	input := slack.NewInputBlock("statement", slack.NewTextBlockObject("plain_text", "Statement", false, false), nil,
		slack.NewPlainTextInputBlockElement(nil, "text"))
	more := slack.NewInputBlock("more", slack.NewTextBlockObject("plain_text", "More", false, false), nil,
		slack.NewPlainTextInputBlockElement(nil, "note"))
	more.Optional = true
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "check", Title: slack.NewTextBlockObject("plain_text", title, false, false),
		Submit: slack.NewTextBlockObject("plain_text", "Check", false, false), Blocks: slack.Blocks{BlockSet: []slack.Block{input, more}},
		PrivateMetadata: "m", NotifyOnClose: true,
	}
}

func TestAModalIsOpenedAndSubmitted(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	c := p.connect(t)
	bot := p.slack(t)
	next(t, c, socketmode.EventTypeHello)
	i := p.Shortcut(p.user, "ask")
	e := next(t, c, socketmode.EventTypeInteractive)
	_ = c.Ack(*e.Request)
	opened, err := bot.OpenViewContext(within(t), e.Data.(slack.InteractionCallback).TriggerID, modal("A statement"))
	if err != nil {
		t.Fatal(err)
	}
	shown, err := i.Modal(within(t))
	if err != nil || shown.ID != opened.ID || shown.Title.Text != "A statement" {
		t.Errorf("%+v, %v", shown, err)
	}
	submit := func(answer any) (slack.InteractionCallback, *slackfake.Interaction) {
		t.Helper()
		s := p.Submit(shown.ID, map[string]string{"text": "5,000 were killed"})
		e := next(t, c, socketmode.EventTypeInteractive)
		_ = c.AckCtx(within(t), e.Request.EnvelopeID, answer)
		if _, err := s.Ack(within(t)); err != nil {
			t.Fatal(err)
		}
		return e.Data.(slack.InteractionCallback), s
	}
	got, s := submit(slack.NewErrorsViewSubmissionResponse(map[string]string{"statement": "too short"}))
	if got.View.State.Values["statement"]["text"].Value != "5,000 were killed" || got.View.PrivateMetadata != "m" ||
		s.Errors["statement"] != "too short" || len(p.Modals(p.user)) != 1 {
		t.Errorf("%+v", got.View)
	}
	if value, there := got.View.State.Values["more"]["note"]; !there || value.Value != "" {
		t.Errorf("an empty input is in the state: %+v", got.View.State.Values)
	}
	next1 := modal("Updated")
	submit(slack.NewUpdateViewSubmissionResponse(&next1))
	if v, _ := p.View(shown.ID); v.Title.Text != "Updated" || !v.Open {
		t.Errorf("%+v", v)
	}
	submit(nil)
	if n := len(p.Modals(p.user)); n != 0 {
		t.Errorf("%d modals are open", n)
	}
	if got := p.Violations(); len(got) != 0 {
		t.Error(got)
	}
}

func TestModalsLieOnEachOther(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	a := p.serve(t, nil)
	bot := p.slack(t)
	shortcut := func() string {
		i := p.Shortcut(p.user, "ask")
		a.next(t)
		return i.TriggerID
	}
	if _, err := bot.PushViewContext(within(t), shortcut(), modal("0")); err == nil || !strings.Contains(err.Error(), "invalid_arguments") {
		t.Errorf("a push onto nothing: %v", err)
	}
	if _, err := bot.OpenViewContext(within(t), shortcut(), modal("1")); err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"2", "3"} {
		if _, err := bot.PushViewContext(within(t), shortcut(), modal(title)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := bot.PushViewContext(within(t), shortcut(), modal("4")); err == nil || err.Error() != "push_limit_reached" {
		t.Errorf("a fourth: %v", err)
	}
	stack := p.Modals(p.user)
	if len(stack) != 3 || stack[2].RootID != stack[0].ID || stack[2].PreviousID != stack[1].ID {
		t.Fatalf("%+v", stack)
	}
	if _, err := bot.UpdateViewContext(within(t), modal("3b"), "", "wrong", stack[2].ID); err == nil || err.Error() != "hash_conflict" {
		t.Errorf("err = %v", err)
	}
	if _, err := bot.UpdateViewContext(within(t), modal("3b"), "", stack[2].Hash, stack[2].ID); err != nil {
		t.Error(err)
	}
	if _, err := bot.UpdateViewContext(within(t), modal("x"), "", "", "V0NOBODY"); err == nil || err.Error() != "not_found" {
		t.Errorf("err = %v", err)
	}
	p.Dismiss(stack[2].ID)
	if got := a.payload(t); got.Type != slack.InteractionTypeViewClosed || got.View.ID != stack[2].ID {
		t.Errorf("%+v", got)
	}
	if n := len(p.Modals(p.user)); n != 2 {
		t.Errorf("%d modals", n)
	}
}

func TestTriggers(t *testing.T) {
	t.Parallel()
	clock := newClock()
	p := newPlace(t, slackfake.Options{Now: clock.Now})
	p.serveUnchecked(t)
	bot := p.slack(t)
	late, once := p.Shortcut(p.user, "a").TriggerID, ""
	clock.advance(3*time.Second + 1)
	once = p.Shortcut(p.user, "b").TriggerID
	for _, c := range []struct{ trigger, want string }{
		{late, "expired_trigger_id"}, {once, ""}, {once, "exchanged_trigger_id"}, {"x", "invalid_trigger_id"},
	} {
		_, err := bot.OpenViewContext(within(t), c.trigger, modal("x"))
		if got := errorText(err); got != c.want {
			t.Errorf("%s: %q, want %q", c.trigger, got, c.want)
		}
	}
}

func TestTheHomeIsPublished(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	a := p.serve(t, nil)
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewActionBlock("", slack.NewButtonBlockElement("example", "1", slack.NewTextBlockObject("plain_text", "How many?", false, false))),
	}}}
	first, err := p.slack(t).PublishViewContext(within(t), slack.PublishViewContextRequest{UserID: p.user, View: home})
	if err != nil {
		t.Fatal(err)
	}
	v, there := p.Home(p.user)
	if !there || v.ID != first.ID {
		t.Errorf("%+v", v)
	}
	p.PressView(v.ID, p.user, "example")
	if got := a.payload(t); got.View.ID != v.ID || got.ActionCallback.BlockActions[0].Value != "1" || got.ResponseURL != "" {
		t.Errorf("%+v", got)
	}
	p.OpenHome(p.user, "home")
	var e struct {
		Event struct{ View json.RawMessage }
	}
	decode(t, string(a.next(t).body), &e)
	if !strings.Contains(string(e.Event.View), v.ID) {
		t.Errorf("%s", e.Event.View)
	}
	old := "old"
	_, err = p.slack(t).PublishViewContext(within(t), slack.PublishViewContextRequest{UserID: p.user, View: home, Hash: &old})
	if errorText(err) != "hash_conflict" {
		t.Errorf("err = %v", err)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
