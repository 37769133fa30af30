package slack

import (
	"cmp"
	"encoding/json"

	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// command is what is read of a slash command (https://docs.slack.dev/interactivity/implementing-slash-commands).
type command struct {
	TeamID      string `json:"team_id"`
	ChannelID   string `json:"channel_id"`
	UserID      string `json:"user_id"`
	Command     string `json:"command"` // with its slash
	Text        string `json:"text"`
	ResponseURL string `json:"response_url"` // answers it for 30 minutes: a secret
	TriggerID   string `json:"trigger_id"`
}

// turn is where, and to whom, a command or an interaction is to be answered.
type turn struct {
	place
	User    string
	Trigger string // opens a form within three seconds, and is there once
	Hook    string // the response_url; "" where there is none, as for the App Home
	Thread  string // in which it was pressed; "": in none
}

func (c *command) turn() turn {
	return turn{place: place{Team: c.TeamID, Channel: c.ChannelID}, User: c.UserID, Trigger: c.TriggerID, Hook: c.ResponseURL}
}

// valid reports whether it can be answered at all. What comes from the App Home, and from a form, has no channel.
func (t *turn) valid() bool {
	return identifier(t.Team, "TE") && identifier(t.User, "UW") && t.Trigger != "" && (t.Channel == "" || identifier(t.Channel, "CDG")) &&
		(t.Thread == "" || timestamp(t.Thread))
}

// key is what is said for it.
func (t *turn) key() string { return "interaction:" + t.Trigger }

// from returns where it is asked; empty where nobody else could hear it.
func (t *turn) from() chat.Address {
	if t.Channel == "" || t.direct() {
		return ""
	}
	return t.address()
}

type named struct {
	ID string `json:"id"`
}

// interaction is what is read of a press, a choice, a shortcut on a message, or a form.
type interaction struct {
	Type        string `json:"type"`
	TriggerID   string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	CallbackID  string `json:"callback_id"` // of a shortcut
	Team        *named `json:"team"`        // where the app is installed
	User        named  `json:"user"`
	Channel     named  `json:"channel"`
	Container   struct {
		ThreadTS string `json:"thread_ts"`
	} `json:"container"`
	Message json.RawMessage `json:"message"` // that a shortcut was chosen on
	Actions []action        `json:"actions"`
	View    formView        `json:"view"`
}

// action is what was pressed, or chosen.
type action struct {
	ActionID string `json:"action_id"`
	BlockID  string `json:"block_id"`
	Value    string `json:"value"`
	Selected *struct {
		Value string `json:"value"`
	} `json:"selected_option"`
}

// target returns what a press asks for. A menu carries it as the id of its block.
func (c *action) target() (target.ID, error) {
	if c.Selected != nil {
		return parseAction(c.ActionID, c.BlockID)
	}
	return parseAction(c.ActionID, c.Value)
}

// turn returns where an interaction is to be answered; what a form doesn't say it carries along.
func (in *interaction) turn() turn {
	t := turn{place: place{Channel: in.Channel.ID}, User: in.User.ID, Trigger: in.TriggerID, Hook: in.ResponseURL, Thread: in.Container.ThreadTS}
	if in.Team != nil {
		t.Team = in.Team.ID
	}
	if in.Type == "message_action" {
		m, _ := decodeAs[struct {
			ThreadTS string `json:"thread_ts"`
		}](in.Message)
		t.Thread = m.ThreadTS
	}
	if in.Type == "view_submission" {
		if c, ok := decodeAs[carried]([]byte(in.View.Private)); ok {
			t.Channel, t.Hook, t.Thread = cmp.Or(t.Channel, c.Channel), c.Hook, c.Thread
		}
	}
	return t
}

// carried is what a form carries along, for Slack tells of a form neither where it was opened nor how to answer.
type carried struct {
	Channel string `json:"channel,omitempty"`
	Hook    string `json:"hook,omitempty"`
	Thread  string `json:"thread,omitempty"`
}
