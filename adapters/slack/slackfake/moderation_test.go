package slackfake_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// TestWhoIsInWhat asks for the groups and the channels that people are in.
func TestWhoIsInWhat(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	api := p.slack(t)
	guest := p.AddUser(slackfake.User{TeamID: p.team, Guest: true})
	editors := p.AddUserGroup(slackfake.UserGroup{TeamID: p.team, Handle: "editors", Users: []string{p.user}})
	groups := func(options ...slack.GetUserGroupsOption) []string {
		t.Helper()
		found, err := api.GetUserGroupsContext(within(t), options...)
		if err != nil || len(found) != 1 || found[0].ID != editors {
			t.Fatalf("%+v, %v", found, err)
		}
		return found[0].Users
	}
	if got := groups(); got != nil {
		t.Errorf("unasked: %q", got)
	}
	p.SetGroup(p.team, editors, guest)
	if diff := cmp.Diff([]string{guest}, groups(slack.GetUserGroupsOptionIncludeUsers(true))); diff != "" {
		t.Error(diff)
	}
	if u, err := api.GetUserInfoContext(within(t), guest); err != nil || !u.IsRestricted {
		t.Errorf("%+v, %v", u, err)
	}
	open := p.AddChannel(slackfake.Channel{TeamID: p.team})
	hers := p.AddChannel(slackfake.Channel{TeamID: p.team, Kind: slackfake.Private, Members: []string{p.user}})
	p.AddChannel(slackfake.Channel{TeamID: p.team, Kind: slackfake.Private, Members: []string{p.user}, NoBot: true})
	theirs := p.AddChannel(slackfake.Channel{TeamID: p.team, Members: []string{guest}})
	for user, want := range map[string][]string{p.user: {p.channel, open, hers}, guest: {theirs}} {
		var got []string
		for cursor := ""; ; {
			found, next, err := api.GetConversationsForUserContext(within(t), &slack.GetConversationsForUserParameters{
				UserID: user, Types: []string{"public_channel", "private_channel"}, Limit: 1, Cursor: cursor,
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range found {
				got = append(got, c.ID)
			}
			if cursor = next; cursor == "" {
				break
			}
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", user, diff)
		}
	}
	if got := p.call(t, "users.conversations", `{"user":"U0"}`); got.code(t) != "user_not_found" {
		t.Errorf("nobody: %s", got.body)
	}
}

// TestWhatAFieldBeginsWith: it has to fit, and comes back where nobody touches it.
func TestWhatAFieldBeginsWith(t *testing.T) {
	t.Parallel()
	const option = `{"text":{"type":"plain_text","text":"One"},"value":"1"}`
	view := func(element string) string {
		return `{"type":"modal","title":{"type":"plain_text","text":"x"},"submit":{"type":"plain_text","text":"x"},"blocks":[{"type":"input","block_id":"b",` +
			`"optional":true,"label":{"type":"plain_text","text":"x"},"element":` + element + `}]}`
	}
	p := newPlace(t, slackfake.Options{})
	p.serve(t, nil)
	for name, c := range map[string]struct{ element, want string }{
		"another option": {`{"type":"static_select","action_id":"a","options":[` + option + `],"initial_option":{"text":{"type":"plain_text","text":"Two"},"value":"2"}}`, "initial_option"},
		"another text":   {`{"type":"static_select","action_id":"a","options":[` + option + `],"initial_option":{"text":{"type":"plain_text","text":"Two"},"value":"1"}}`, "initial_option"},
		"too long":       {`{"type":"plain_text_input","action_id":"a","max_length":3,"initial_value":"four"}`, "initial_value"},
		"far too long":   {`{"type":"plain_text_input","action_id":"a","initial_value":"` + strings.Repeat("x", 3001) + `"}`, "initial_value"},
	} {
		got := p.call(t, "views.open", `{"trigger_id":`+quote(p.Shortcut(p.user, "x").TriggerID)+`,"view":`+view(c.element)+`}`)
		if got.code(t) != "invalid_arguments" || !strings.Contains(got.body, c.want) {
			t.Errorf("%s: %s", name, got.body)
		}
	}
	for name, c := range map[string]struct {
		element string
		values  map[string]string
		want    string
	}{
		"untouched": {`{"type":"plain_text_input","action_id":"a","initial_value":"was"}`, nil, `"value":"was"`},
		"typed":     {`{"type":"plain_text_input","action_id":"a","initial_value":"was"}`, map[string]string{"a": "is"}, `"value":"is"`},
		"cleared":   {`{"type":"plain_text_input","action_id":"a","initial_value":"was"}`, map[string]string{"a": ""}, `"value":null`},
		"chosen":    {`{"type":"static_select","action_id":"a","options":[` + option + `],"initial_option":` + option + `}`, nil, `"selected_option":` + option},
		"chosen no more": {
			`{"type":"static_select","action_id":"a","options":[` + option + `],"initial_option":` + option + `}`, map[string]string{"a": ""}, `"selected_option":null`,
		},
	} {
		got := p.call(t, "views.open", `{"trigger_id":`+quote(p.Shortcut(p.user, "x").TriggerID)+`,"view":`+view(c.element)+`}`)
		var v struct{ View struct{ ID string } }
		decode(t, got.body, &v)
		if payload := string(p.Submit(v.View.ID, c.values).Payload()); !strings.Contains(payload, `"state":{"values":{"b":{"a":{`) || !strings.Contains(payload, c.want) {
			t.Errorf("%s: %s", name, payload)
		}
	}
}
