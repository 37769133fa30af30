package slack

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
)

// TestSecondPerson plays a change that waits for another moderator, from a button, and who may not approve it.
func TestSecondPerson(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada, eva := r.admin("ada"), r.slack.AddUser(slackfake.User{TeamID: r.team, Name: "eva"})
	editors := r.slack.AddUserGroup(slackfake.UserGroup{TeamID: r.team, Handle: "editors", Users: []string{eva}})
	says(t, r.types(ada, "moderators add <!subteam^"+editors+"|@editors>"), "Added")
	says(t, r.types(ada, "settings approvals 1"), "changed")
	opened, form := r.opens(eva, "claim add")
	r.submits(form, filledIn())
	says(t, r.presses(r.alone(opened, 0), eva, chat.CommandPublish), "waits")
	if got := r.own(); len(got) > 0 {
		t.Fatalf("%+v", got)
	}
	says(t, r.presses(r.types(eva, "claim pending"), eva, chat.CommandApprove), "yourself")
	rejecting := r.slack.Press(r.channel, r.types(ada, "claim pending").TS, ada, actionOf(chat.CommandReject))
	form, err := rejecting.Modal(r.soon())
	r.ok(err)
	r.submits(form, map[string]string{"reason": "It has no source."})
	says(t, r.alone(rejecting, 0), "Rejected")
	opened, form = r.opens(eva, "claim add")
	r.submits(form, filledIn())
	r.presses(r.alone(opened, 0), eva, chat.CommandPublish)
	proposal := r.types(ada, "claim pending")
	says(t, proposal, "at least 41")
	says(t, r.presses(proposal, ada, chat.CommandApprove), "Approved")
	if got := r.own(); len(got) != 1 || got[0].AddedBy != scheme+eva || got[0].ApprovedBy != scheme+ada {
		t.Errorf("%+v", got)
	}
	r.slack.SetGroup(r.team, editors)
	r.client.groups.drop(r.team)
	says(t, r.types(eva, "claim pending"), "you have to be a moderator")
}

// TestRefused holds that whoever may not is told so alone, and nothing is stored.
func TestRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	for _, text := range []string{
		"claim add", "claim add " + line2025, "claim retract a-1", "claim hide civilians-killed-2025-un-hrmmu because", "claim pending", "claim export",
		"claim gaps", "claim reports", "moderators add <@" + r.olena + "|olena>", "moderators list", "settings approvals 0", "settings",
	} {
		if m := r.types(r.olena, text); !strings.Contains(m.Text, "you have to be a moderator") && !strings.Contains(m.Text, "who manages this server") {
			t.Errorf("%s: %q", text, m.Text)
		}
	}
	ada := r.admin("ada")
	opened, form := r.opens(ada, "claim add")
	r.submits(form, filledIn())
	draft := r.alone(opened, 0)
	publish, _ := draft.Find(actionOf(chat.CommandPublish))
	answer := r.ask(killed)
	for _, value := range []string{publish.Value, strings.Replace(publish.Value, "publish", "edit", 1)} {
		i := r.forge(answer, r.olena, value)
		says(t, i, "you have to be a moderator")
	}
	for name, value := range map[string]string{
		"what isn't offered":  strings.Replace(publish.Value, "publish", "approve", 1),
		"a form as a button":  strings.Replace(publish.Value, "publish", "fill", 1),
		"a draft for all":     strings.Replace(publish.Value, "publish", "share", 1),
		"a button of another": "ws1:publish:" + r.record(answer),
	} {
		if m := r.forge(answer, ada, value); !strings.Contains(m.Text, "I don't know this command or button") {
			t.Errorf("%s: %q", name, m.Text)
		}
	}
	if got := r.own(); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// forge presses a button that nobody has made, and returns what the person alone sees.
func (r *rig) forge(on slackfake.Message, user, value string) slackfake.Message {
	r.Helper()
	i := r.slack.Press(r.channel, on.TS, user, actionOf(chat.CommandMethod))
	r.response(i)
	action := value[:strings.LastIndex(value, ":")]
	r.slack.Interact(r.team, strings.NewReplacer(
		i.TriggerID, "1.2."+value[4:7]+user, `"value":"ws1:method:`+r.record(on)+`"`, `"value":"`+value+`"`, `"action_id":"ws1:method"`, `"action_id":"`+action+`"`,
	).Replace(string(i.Payload())))
	return r.alone(i, 1)
}

// TestReadOnly holds that in direct messages and in channels that are shared with others nothing can be changed, by admins neither.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada := r.admin("ada")
	other := r.slack.AddTeam(slackfake.Team{Name: "Lviv"})
	for name, channel := range map[string]string{
		"direct": r.slack.DM(ada), "shared": r.slack.AddChannel(slackfake.Channel{TeamID: r.team, SharedWith: []string{other}}),
	} {
		for _, text := range []string{"claim add", "claim add " + line2025, "settings approvals 0", "moderators add <@" + r.olena + ">"} {
			m := r.response(r.slack.Slash(channel, ada, mainCommand, text))
			if m.For != ada || !strings.Contains(m.Text, "the base can only be read") {
				t.Errorf("%s, %s: for %q: %q", name, text, m.For, m.Text)
			}
		}
	}
	// What was begun in the team's own channel isn't there elsewhere.
	draft := r.types(ada, "claim add "+line2025)
	edit, _ := draft.Find(actionOf(chat.CommandEdit))
	i := r.slack.Slash(r.slack.DM(ada), ada, mainCommand, "help")
	r.response(i)
	payload := `{"type":"block_actions","trigger_id":"1.2.x","team":{"id":"` + r.team + `"},"user":{"id":"` + ada + `"},"channel":{"id":"` + r.slack.DM(ada) +
		`"},"response_url":"` + i.ResponseURL + `","actions":[{"action_id":"ws1:edit","value":"` + edit.Value + `"}]}`
	r.slack.Interact(r.team, payload)
	says(t, r.alone(i, 1), "I don't keep")
}

// TestStopped holds that nobody else sees the answer to a moderator, also where the guard has put another in its place.
func TestStopped(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true, moderated: true})
	ada := r.admin("ada")
	unseen := moderation.Who{Tenant: r.tenant(), Actor: chat.Actor{ID: "slack:U\u200b9", Manager: true}, Now: today}
	_, err := r.council.Do(t.Context(), unseen, moderation.Change{Action: moderation.AddModerator, Account: "slack:U1"})
	r.ok(err)
	asked := r.slack.Slash(r.channel, ada, mainCommand, "moderators list")
	_, err = asked.Ack(r.soon())
	r.ok(err)
	r.ok(r.inbox.Close(t.Context()))
	if alone, all := r.slack.Ephemeral(r.channel, ada), r.slack.Messages(r.channel); len(alone) != 1 || len(all) != 0 {
		t.Errorf("she is told %+v, and everybody %+v", alone, all)
	}
}
