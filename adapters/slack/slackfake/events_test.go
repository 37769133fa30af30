package slackfake_test

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack/slackevents"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// outer is what a test looks at in an event.
type outer struct {
	TeamID         string `json:"team_id"`
	Type           string
	EventID        string `json:"event_id"`
	ExtShared      bool   `json:"is_ext_shared_channel"`
	Authorizations []struct {
		TeamID string `json:"team_id"`
		UserID string `json:"user_id"`
		IsBot  bool   `json:"is_bot"`
	}
	Event struct {
		Type, Subtype, User, Text, TS, Channel, Tab string
		ThreadTS                                    string `json:"thread_ts"`
		BotID                                       string `json:"bot_id"`
		ChannelType                                 string `json:"channel_type"`
		Edited                                      *struct{ TS string }
		Message                                     *struct{ Text string }
		Previous                                    *struct{ Text string } `json:"previous_message"`
		DeletedTS                                   string                 `json:"deleted_ts"`
	}
}

func (a app) event(t *testing.T) outer {
	t.Helper()
	var e outer
	decode(t, string(a.next(t).body), &e)
	return e
}

func TestAMentionIsPostedSigned(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	a := p.serve(t, nil)
	said := p.Say(p.channel, p.user, "<@"+p.BotUser(p.team)+"> how many?")
	got := a.next(t)
	event, err := slackevents.ParseEvent(got.body, slackevents.OptionNoVerifyToken())
	if err != nil {
		t.Fatal(err)
	}
	mention, ok := event.InnerEvent.Data.(*slackevents.AppMentionEvent)
	if !ok || mention.User != p.user || mention.TimeStamp != said.TS || mention.Channel != p.channel || event.TeamID != p.team {
		t.Errorf("%s", got.body)
	}
	if got.header.Get("X-Slack-Retry-Num") != "" || got.header.Get("Content-Type") != "application/json" {
		t.Errorf("%v", got.header)
	}
	var e outer
	decode(t, string(got.body), &e)
	if len(e.Authorizations) != 1 || e.Authorizations[0].TeamID != p.team || e.Authorizations[0].UserID != p.BotUser(p.team) ||
		e.EventID == "" || e.ExtShared {
		t.Errorf("%+v", e)
	}
	if err := said.Ack(within(t)); err != nil {
		t.Fatal(err)
	}
	if attempts := said.Events[0].Attempts(); len(attempts) != 1 || attempts[0].Status != 200 || attempts[0].After <= 0 {
		t.Errorf("%+v", attempts)
	}
}

func TestWhichEventsCome(t *testing.T) {
	t.Parallel()
	all := append(slackfake.Subscriptions(), "message.channels")
	for name, c := range map[string]struct {
		events []string
		act    func(p place) []*slackfake.Delivery
		want   []string
	}{
		"a mention, of two subscriptions": {all, func(p place) []*slackfake.Delivery {
			return p.Say(p.channel, p.user, "<@"+p.BotUser(p.team)+">").Events
		}, []string{"message", "app_mention"}},
		"no mention": {nil, func(p place) []*slackfake.Delivery { return p.Say(p.channel, p.user, "x").Events }, nil},
		"a mention in direct messages": {nil, func(p place) []*slackfake.Delivery {
			return p.Say(p.DM(p.user), p.user, "<@"+p.BotUser(p.team)+">").Events
		}, []string{"message"}},
		"a mention where the app isn't": {nil, func(p place) []*slackfake.Delivery {
			p.Kick(p.channel)
			return p.Say(p.channel, p.user, "<@"+p.BotUser(p.team)+">").Events
		}, nil},
		"an edit to a mention": {nil, func(p place) []*slackfake.Delivery {
			return p.Edit(p.channel, p.Say(p.channel, p.user, "x").TS, "<@"+p.BotUser(p.team)+">").Events
		}, []string{"app_mention"}},
		"an edit": {all, func(p place) []*slackfake.Delivery {
			return p.Edit(p.channel, p.Say(p.channel, p.user, "x").TS, "y").Events
		}, []string{"message"}},
		"App Home":     {nil, func(p place) []*slackfake.Delivery { return []*slackfake.Delivery{p.OpenHome(p.user, "home")} }, []string{"app_home_opened"}},
		"an invite":    {nil, func(p place) []*slackfake.Delivery { return []*slackfake.Delivery{p.Invite(p.channel, p.user)} }, []string{"member_joined_channel"}},
		"an uninstall": {nil, func(p place) []*slackfake.Delivery { return p.Uninstall(p.team) }, []string{"app_uninstalled", "tokens_revoked"}},
		"a revocation": {nil, func(p place) []*slackfake.Delivery { return []*slackfake.Delivery{p.RevokeTokens(p.team)} }, []string{"tokens_revoked"}},
		"an unknown type": {nil, func(p place) []*slackfake.Delivery {
			return []*slackfake.Delivery{p.Event(p.team, `{"type":"tomorrow"}`)}
		}, []string{"tomorrow"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, slackfake.Options{Events: c.events})
			p.serve(t, nil)
			var got []string
			for _, d := range c.act(p) {
				if _, err := d.Ack(within(t)); err != nil {
					t.Error(err)
				}
				got = append(got, d.Type)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestDirectMessagesComeWithEditsDeletionsAndTheAppsOwn(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	a := p.serve(t, nil)
	dm := p.DM(p.user)
	said := p.Say(dm, p.user, "one")
	if e := a.event(t); e.Event.Type != "message" || e.Event.ChannelType != "im" || e.Event.Text != "one" || e.Event.Channel != dm {
		t.Errorf("%+v", e)
	}
	p.Edit(dm, said.TS, "two")
	if e := a.event(t); e.Event.Subtype != "message_changed" || e.Event.Message.Text != "two" || e.Event.Previous.Text != "one" {
		t.Errorf("%+v", e)
	}
	p.Delete(dm, said.TS)
	if e := a.event(t); e.Event.Subtype != "message_deleted" || e.Event.DeletedTS != said.TS || e.Event.Previous.Text != "two" {
		t.Errorf("%+v", e)
	}
	if got := p.call(t, "chat.postMessage", `{"channel":`+quote(dm)+`,"text":"mine"}`); got.code(t) != "" {
		t.Fatal(got.body)
	}
	if e := a.event(t); e.Event.Text != "mine" || e.Event.BotID != p.BotID(p.team) || e.Event.Subtype != "" {
		t.Errorf("%+v", e)
	}
	p.Say(dm, p.user, "old bot", slackfake.ByBot("B0OTHER", true))
	if e := a.event(t); e.Event.Subtype != "bot_message" || e.Event.BotID != "B0OTHER" || e.Event.User != "" {
		t.Errorf("%+v", e)
	}
}

func TestASharedChannelDeliversToEachWorkspace(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{Events: []string{"message.channels"}})
	other := p.AddTeam(slackfake.Team{Name: "Lviv"})
	shared := p.AddChannel(slackfake.Channel{TeamID: p.team, SharedWith: []string{other}})
	a := p.serve(t, nil)
	said := p.Say(shared, p.user, "x")
	one, two := a.event(t), a.event(t)
	if one.EventID == two.EventID || one.Event.TS != said.TS || two.Event.TS != said.TS || !one.ExtShared || !two.ExtShared {
		t.Errorf("%+v\n%+v", one, two)
	}
	teams := map[string]bool{one.Authorizations[0].TeamID: true, two.Authorizations[0].TeamID: true}
	if !teams[p.team] || !teams[other] || one.TeamID != p.team || two.TeamID != p.team {
		t.Errorf("%+v\n%+v", one, two)
	}
}

// waits is a Sleep that doesn't.
type waits struct {
	mu  sync.Mutex
	all []time.Duration
}

func (w *waits) sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, d)
	return ctx.Err()
}

// retries are answers to an event, and how Slack sends it again then.
type retries map[string]struct {
	answer func(w http.ResponseWriter, r taken)
	want   []string // reasons
	waits  []time.Duration
}

func (all retries) try(t *testing.T) {
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &waits{}
			p := newPlace(t, slackfake.Options{Sleep: w.sleep})
			a := p.serve(t, c.answer)
			said := p.Say(p.DM(p.user), p.user, "x")
			attempts, err := said.Events[0].Ended(within(t))
			if err != nil {
				t.Fatal(err)
			}
			var reasons []string
			ids := map[string]bool{}
			for i, attempt := range attempts {
				reasons = append(reasons, attempt.Reason)
				got := a.next(t)
				var e outer
				decode(t, string(got.body), &e)
				ids[e.EventID] = true
				if got.header.Get("X-Slack-Retry-Reason") != attempt.Reason || attempt.Retry != i {
					t.Errorf("attempt %d: %v", i, got.header)
				}
			}
			if diff := cmp.Diff(c.want, reasons); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if diff := cmp.Diff(c.waits, w.all); diff != "" {
				t.Errorf("waits: -want +got\n%s", diff)
			}
			if len(ids) != 1 {
				t.Errorf("the event has ids %v", ids)
			}
		})
	}
}

func TestUnacknowledgedEventsAreSentAgain(t *testing.T) {
	t.Parallel()
	retries{
		"never taken": {
			func(w http.ResponseWriter, _ taken) { http.Error(w, "no", http.StatusInternalServerError) },
			[]string{"", "http_error", "http_error", "http_error"},
			[]time.Duration{0, time.Minute, 5 * time.Minute},
		},
		"taken when sent again": {
			func(w http.ResponseWriter, r taken) {
				if r.header.Get("X-Slack-Retry-Num") == "" {
					http.Error(w, "no", http.StatusServiceUnavailable)
				}
			},
			[]string{"", "http_error"},
			[]time.Duration{0},
		},
		"never again, please": {
			func(w http.ResponseWriter, _ taken) {
				w.Header().Set("X-Slack-No-Retry", "1")
				http.Error(w, "no", http.StatusInternalServerError)
			},
			[]string{""},
			nil,
		},
		"cut": {
			func(_ http.ResponseWriter, r taken) {
				if r.header.Get("X-Slack-Retry-Num") != "2" {
					panic(http.ErrAbortHandler)
				}
			},
			[]string{"", "connection_failed", "connection_failed"},
			[]time.Duration{0, time.Minute},
		},
	}.try(t)
}

func TestALateAnswerIsNone(t *testing.T) {
	t.Parallel()
	w := &waits{}
	p := newPlace(t, slackfake.Options{AckWithin: 50 * time.Millisecond, Sleep: w.sleep, Retries: []time.Duration{0}})
	release := make(chan struct{})
	p.serve(t, func(http.ResponseWriter, taken) { <-release })
	t.Cleanup(func() { close(release) })
	d := p.OpenHome(p.user, "home")
	attempts, err := d.Ended(within(t))
	if err != nil || len(attempts) != 2 || attempts[1].Reason != "http_timeout" || attempts[1].Acked {
		t.Errorf("%+v, %v", attempts, err)
	}
	if _, err := d.Ack(within(t)); err == nil {
		t.Error("it counts as acknowledged")
	}
}

func TestAnAnswerIsGivenUp(t *testing.T) {
	t.Parallel()
	w := &waits{}
	p := newPlace(t, slackfake.Options{AckWithin: time.Hour, Sleep: w.sleep, Retries: []time.Duration{0}})
	asked, release := make(chan struct{}, 2), make(chan struct{})
	p.serve(t, func(_ http.ResponseWriter, r taken) {
		asked <- struct{}{}
		if r.header.Get("X-Slack-Retry-Num") == "" {
			<-release
		}
	})
	t.Cleanup(func() { close(release) })
	d := p.OpenHome(p.user, "home")
	<-asked
	d.GiveUp()
	attempts, err := d.Ended(within(t))
	if err != nil || len(attempts) != 2 || attempts[0].Acked || attempts[1].Reason != "http_timeout" || !attempts[1].Acked {
		t.Errorf("%+v, %v", attempts, err)
	}
}

func TestForgeries(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	a := p.serve(t, nil)
	for how := slackfake.Unsigned; how <= slackfake.FutureTimestamp; how++ {
		if status, err := p.Forge(within(t), a.URL, how); err != nil || status != http.StatusUnauthorized {
			t.Errorf("forgery %d was answered %d, %v", how, status, err)
		}
	}
	d := p.OpenHome(p.user, "home")
	first := a.next(t)
	if _, err := d.Ack(within(t)); err != nil {
		t.Fatal(err)
	}
	if status, err := d.Replay(within(t)); err != nil || status != 200 {
		t.Errorf("a replay was answered %d, %v", status, err)
	}
	if diff := cmp.Diff(first, a.next(t), cmp.AllowUnexported(taken{})); diff != "" {
		t.Errorf("a replay is the same byte for byte: -first +replay\n%s", diff)
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	a := p.serve(t, nil)
	p.Duplicate(3)
	d := p.OpenHome(p.user, "home")
	ids := map[string]int{}
	for range 4 {
		ids[a.event(t).EventID]++
	}
	if _, err := d.Repeat(within(t)); err != nil {
		t.Fatal(err)
	}
	ids[a.event(t).EventID]++
	if ids[d.EventID] != 5 {
		t.Errorf("%v", ids)
	}
}

func TestTheChallengeHasToComeBack(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind, answer string
		good         bool
	}{
		"as text": {"text/plain", "%s", true},
		"as JSON": {"application/json", `{"challenge":"%s"}`, true},
		"as form": {"application/x-www-form-urlencoded", "challenge=%s", true},
		"not":     {"text/plain", "ok", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, slackfake.Options{})
			a := newChallenged(t, c.kind, c.answer)
			err := p.SetEndpoints(within(t), slackfake.Endpoints{Events: a})
			if (err == nil) != c.good {
				t.Errorf("err = %v", err)
			}
		})
	}
}

func TestASpokenMessageHasWhatATestAdds(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	a := p.serve(t, nil)
	parent := p.Say(p.DM(p.user), p.user, "one")
	a.next(t)
	p.Say(p.DM(p.user), p.user, "", slackfake.InThread(parent.TS), slackfake.WithFile("a.png", "A chart"),
		slackfake.WithBlocks(`[{"type":"tomorrow","x":1}]`), slackfake.WithAttachments(`[{"fallback":"f"}]`),
		slackfake.WithField("client_msg_id", `"c1"`))
	var got struct{ Event map[string]json.RawMessage }
	decode(t, string(a.next(t).body), &got)
	for field, want := range map[string]string{
		"client_msg_id": `"c1"`, "thread_ts": quote(parent.TS), "attachments": `[{"fallback":"f"}]`, "subtype": `"file_share"`,
	} {
		if string(got.Event[field]) != want {
			t.Errorf("%s = %s, want %s", field, got.Event[field], want)
		}
	}
	if got.Event["blocks"] == nil || got.Event["files"] == nil {
		t.Errorf("%v", got.Event)
	}
}
