package slack

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
)

// turnOf is somebody's in a channel of the rig's team alone.
func (r *rig) turnOf(user string) *turn {
	return &turn{place: place{Team: r.team, Channel: r.channel, Own: true}, User: user}
}

// TestActor holds what Slack vouches for: only what it says when it is asked, and for what needs it.
func TestActor(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	admin := r.slack.AddUser(slackfake.User{TeamID: r.team, Admin: true})
	owner := r.slack.AddUser(slackfake.User{TeamID: r.team, Owner: true})
	gone := r.slack.AddUser(slackfake.User{TeamID: r.team, Admin: true, Deleted: true})
	editors := r.slack.AddUserGroup(slackfake.UserGroup{TeamID: r.team, Handle: "editors", Users: []string{r.olena, admin}})
	r.slack.AddUserGroup(slackfake.UserGroup{TeamID: r.team, Handle: "others", Users: []string{owner}})
	shared, direct := r.turnOf(admin), r.turnOf(admin)
	shared.Own, direct.Channel = false, "D1"
	theirs, nowhere := r.turnOf(r.olena), r.turnOf(r.olena)
	theirs.Channel = r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Creator: r.olena})
	nowhere.Channel = "C0NOWHERE"
	const kyiv = "Europe/Kyiv" // the fake's people live there, if nowhere else
	for name, tc := range map[string]struct {
		turn    *turn
		command chat.Command
		want    chat.Actor
	}{
		"a member":            {r.turnOf(r.olena), chat.CommandPublish, chat.Actor{ID: scheme + r.olena, Groups: []string{scheme + editors}, Zone: kyiv}},
		"an admin":            {r.turnOf(admin), chat.CommandClaimAdd, chat.Actor{ID: scheme + admin, Groups: []string{scheme + editors}, Manager: true, Zone: kyiv}},
		"who only asks":       {r.turnOf(admin), chat.CommandAsk, chat.Actor{ID: scheme + admin}},
		"in a shared channel": {shared, chat.CommandClaimAdd, chat.Actor{ID: scheme + admin}},
		"in direct messages":  {direct, chat.CommandClaimAdd, chat.Actor{ID: scheme + admin}},
		"a deactivated admin": {r.turnOf(gone), chat.CommandModAdd, chat.Actor{ID: scheme + gone, Zone: kyiv}},
		"who made a channel":  {theirs, chat.CommandDigestSubscribe, chat.Actor{ID: scheme + r.olena, Groups: []string{scheme + editors}, Keeper: true, Zone: kyiv}},
		"in no channel":       {nowhere, chat.CommandDigestSubscribe, chat.Actor{ID: scheme + r.olena, Groups: []string{scheme + editors}, Zone: kyiv}},
		"nobody":              {r.turnOf("U0NOBODY"), chat.CommandModAdd, chat.Actor{ID: scheme + "U0NOBODY"}},
	} {
		got, err := r.adapter.actor(t.Context(), tc.turn, tc.command)
		if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	r.slack.SetScopes(r.team, "users:read")
	r.client.groups.drop(r.team)
	if got, err := r.adapter.actor(t.Context(), r.turnOf(owner), chat.CommandModAdd); err != nil || !got.Manager || got.Groups != nil {
		t.Errorf("before usergroups:read is granted: %+v, %v", got, err)
	}
}

// TestActorLater: who loses it may no longer, soon.
func TestActorLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory[profile](profileFor)
		manager := true
		ask := func() (profile, error) { return profile{manager: manager}, nil }
		if is, _ := m.or("ada", ask); !is.manager {
			t.Fatal("she isn't known")
		}
		manager = false
		time.Sleep(profileFor)
		if is, _ := m.or("ada", ask); is.manager {
			t.Error("she is still believed to be one")
		}
		if _, err := m.or("eva", func() (profile, error) { return profile{manager: true}, errors.New("no answer") }); err == nil || m.has("eva") {
			t.Error("what wasn't answered is believed")
		}
	})
}

// TestSees holds which places somebody is told of.
func TestSees(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	other := r.slack.AddTeam(slackfake.Team{Name: "Lviv"})
	guest := r.slack.AddUser(slackfake.User{TeamID: r.team, Guest: true})
	channel := func(c slackfake.Channel) chat.Address {
		c.TeamID = r.team
		return place{Team: r.team, Channel: r.slack.AddChannel(c)}.address()
	}
	all := map[chat.Address]string{
		channel(slackfake.Channel{}): "public", channel(slackfake.Channel{Members: []string{guest}}): "the guest's",
		channel(slackfake.Channel{Kind: slackfake.Private, Members: []string{r.olena}}):              "private, hers",
		channel(slackfake.Channel{Kind: slackfake.Private, Members: []string{guest}}):                "private, another's",
		channel(slackfake.Channel{Kind: slackfake.Private, Members: []string{r.olena}, NoBot: true}): "private, without the bot",
		channel(slackfake.Channel{SharedWith: []string{other}, Members: []string{guest}}):            "shared, without her",
		place{Team: other, Channel: r.slack.AddChannel(slackfake.Channel{TeamID: other})}.address():  "another team's",
		place{Team: r.team, Channel: "C0NOWHERE"}.address():                                          "nowhere",
		"discord:1/2": "another platform's",
	}
	var places []chat.Address
	for to := range all {
		places = append(places, to)
	}
	for user, want := range map[string]map[string]bool{
		r.olena:  {"public": true, "the guest's": true, "private, hers": true},
		guest:    {"the guest's": true, "private, another's": true, "shared, without her": true},
		"U0GONE": {},
	} {
		seen, err := r.client.sees(r.team, user)(t.Context(), places)
		r.ok(err)
		got := map[string]bool{}
		for _, to := range seen {
			got[all[to]] = true
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", user, diff)
		}
	}
	r.slack.Inject(slackfake.Erring("internal_error", slackfake.Calling("users.conversations")))
	if seen, err := r.client.sees(r.team, r.slack.AddUser(slackfake.User{TeamID: r.team}))(t.Context(), places); err == nil {
		t.Errorf("while Slack fails, %q are seen", seen)
	}
}

// TestUpload gives somebody a file where nobody else sees it.
func TestUpload(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	r.slack.SetScopes(r.team, scopes()...)
	body := []byte("id,text\na-1,\"5 were hurt\"\n")
	r.ok(r.client.upload(t.Context(), r.turnOf(r.olena), &chat.File{Name: "claims.csv", Media: "text/csv", Body: body}, "All claims."))
	m, err := r.slack.AwaitMessage(r.soon(), r.slack.DM(r.olena), nil)
	r.ok(err)
	if len(m.Files) != 1 || m.Files[0].Name != "claims.csv" || m.Text != "All claims." {
		t.Fatalf("%+v", m)
	}
	if got, done := r.slack.FileData(m.Files[0].ID); !done || string(got) != string(body) {
		t.Errorf("%q, completed: %t", got, done)
	}
	if n := len(r.slack.Messages(r.channel)); n != 0 {
		t.Errorf("%d messages in the channel", n)
	}
}

// TestLongAgo holds that somebody who took long over a form is answered, alone, though its response_url is too old.
func TestLongAgo(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, fake: slackfake.Options{ResponseFor: time.Nanosecond}})
	r.slack.Slash(r.channel, r.olena, "/whosays", "help")
	_, err := r.slack.AwaitRequest(r.soon(), "chat.postEphemeral", 0)
	r.ok(err)
	if m := r.slack.Ephemeral(r.channel, r.olena); len(m) != 1 || m[0].Text == "" {
		t.Errorf("%+v", m)
	}
}

// TestLongAgoElsewhere holds that where the bot isn't in the channel either, it answers in the direct conversation: a change that was
// made is confirmed.
func TestLongAgoElsewhere(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true, fake: slackfake.Options{ResponseFor: time.Nanosecond}})
	r.slack.SetScopes(r.team, scopes()...)
	ada := r.admin("ada")
	outside := r.slack.AddChannel(slackfake.Channel{TeamID: r.team, Name: "outside", NoBot: true})
	r.slack.Slash(outside, ada, mainCommand, "settings approvals 1")
	m, err := r.slack.AwaitMessage(r.soon(), r.slack.DM(ada), nil)
	r.ok(err)
	says(t, m, "changed")
	if n := len(r.slack.Messages(outside)); n != 0 || !m.Pings.None() {
		t.Errorf("%d messages in the channel, pings %+v", n, m.Pings)
	}
}

// TestManages holds whose admins manage a team: its own, and of its organisation those who belong to it.
func TestManages(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		user slack.User
		want bool
	}{
		"an admin":               {slack.User{TeamID: "T1", IsAdmin: true}, true},
		"an owner":               {slack.User{TeamID: "T1", IsPrimaryOwner: true}, true},
		"a member":               {slack.User{TeamID: "T1"}, false},
		"another team's admin":   {slack.User{TeamID: "T2", IsAdmin: true}, false},
		"another team's owner":   {slack.User{TeamID: "T2", IsOwner: true, IsPrimaryOwner: true}, false},
		"of its organisation":    {slack.User{TeamID: "T2", IsAdmin: true, Enterprise: slack.EnterpriseUser{EnterpriseID: "E1", Teams: []string{"T2", "T1"}}}, true},
		"of another":             {slack.User{TeamID: "T2", IsAdmin: true, Enterprise: slack.EnterpriseUser{EnterpriseID: "E1", Teams: []string{"T2"}}}, false},
		"of no team that's said": {slack.User{IsAdmin: true}, false},
		"a bot":                  {slack.User{TeamID: "T1", IsAdmin: true, IsBot: true}, false},
		"who was deactivated":    {slack.User{TeamID: "T1", IsOwner: true, Deleted: true}, false},
	} {
		if got := manages(&tc.user, "T1"); got != tc.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
