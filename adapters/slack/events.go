package slack

import (
	"encoding/json"
	"strings"
)

// What comes is read into types of our own: slack-go's refuse an event of a kind that it doesn't know, with all that is around it.

// envelope is what is read around an event (https://docs.slack.dev/apis/events-api#callback-field).
type envelope struct {
	Type           string `json:"type"`
	Challenge      string `json:"challenge"` // of url_verification
	TeamID         string `json:"team_id"`   // where it happened; in a shared channel perhaps not where the bot is
	EventID        string `json:"event_id"`
	EventTime      int64  `json:"event_time"` // seconds since 1970
	ExtShared      bool   `json:"is_ext_shared_channel"`
	Authorizations []struct {
		TeamID       string `json:"team_id"` // null for an organisation
		UserID       string `json:"user_id"`
		IsBot        bool   `json:"is_bot"`
		Organisation bool   `json:"is_enterprise_install"`
	} `json:"authorizations"` // the first is the installation that the event is for
	Event json.RawMessage `json:"event"`
}

// team returns the team whose installation the event is for.
func (e *envelope) team() string {
	if len(e.Authorizations) > 0 {
		return e.Authorizations[0].TeamID
	}
	return e.TeamID
}

// organisation reports an event of an installation in all teams of an organisation.
func (e *envelope) organisation() bool {
	return len(e.Authorizations) > 0 && e.Authorizations[0].Organisation
}

// bot returns the bot's user there.
func (e *envelope) bot() string {
	if len(e.Authorizations) > 0 && e.Authorizations[0].IsBot {
		return e.Authorizations[0].UserID
	}
	return ""
}

// event is what is read of an event of any type.
type event struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	User        string          `json:"user"`
	BotID       string          `json:"bot_id"`
	Channel     string          `json:"channel"`
	ChannelType string          `json:"channel_type"`
	Text        string          `json:"text"`
	TS          string          `json:"ts"`
	ThreadTS    string          `json:"thread_ts"`
	Edited      json.RawMessage `json:"edited"`
	Tab         string          `json:"tab"` // of the App Home
	Tokens      struct {
		Bot []string `json:"bot"`
	} `json:"tokens"` // that were revoked
}

// decode reads an event; false where it isn't one.
func decodeAs[T any](data []byte) (T, bool) {
	var out T
	err := json.Unmarshal(data, &out)
	return out, err == nil
}

// asked returns what a message asks of the bot; false where it doesn't speak to it. What bots write is no question: two of them would
// talk for ever. Neither is what was edited: it was answered, or wasn't asked.
func (m *event) asked(bot string) (text string, ok bool) {
	if m.BotID != "" || m.User == "" || m.User == bot || m.User == slackbot || edited(m.Edited) {
		return "", false
	}
	if m.Type == "message" && m.ChannelType != "im" {
		return "", false
	}
	switch m.Subtype {
	case "", "file_share", "thread_broadcast":
		return plain(m.Text, bot), true
	}
	return "", false
}

// slackbot is the user that Slack itself speaks as.
const slackbot = "USLACKBOT"

func edited(e json.RawMessage) bool {
	s := strings.TrimSpace(string(e))
	return s != "" && s != "null"
}

// root returns the message whose thread the message stands in, or begins.
func (m *event) root() string {
	if m.ThreadTS != "" {
		return m.ThreadTS
	}
	return m.TS
}

// valid reports whether the message can be answered at all.
func (m *event) valid(team string) bool {
	return identifier(team, "TE") && identifier(m.Channel, "CDG") && timestamp(m.TS) && timestamp(m.root()) && identifier(m.User, "UW")
}
