package slack

import (
	"fmt"
	"strings"

	"github.com/whosays/whosays/bot/chat"
)

// place is a conversation as a team sees it: a channel, a group or a direct conversation.
type place struct {
	Team, Channel string

	// Own tells that the channel is known to be the team's alone: neither a direct conversation nor shared with another
	// organisation. An address doesn't tell it, so what is read from one isn't.
	Own bool
}

// spot is a message in a place.
type spot struct {
	place
	TS string
}

const (
	scheme    = "slack:"
	longestID = 32 // of a team or a channel; Slack's have 9 to 11 characters, and it promises no length
)

// address returns slack:<team>/<channel>.
func (p place) address() chat.Address { return chat.Address(scheme + p.Team + "/" + p.Channel) }

// tenant returns whose claims are seen there: a team's own beside the shared ones; only the shared ones where others
// may read along, or where it isn't known that they can't (DESIGN.md, promise 8).
func (p place) tenant() string {
	if !p.Own || p.direct() {
		return ""
	}
	return scheme + p.Team
}

// direct reports a direct conversation by its id.
func (p place) direct() bool { return strings.HasPrefix(p.Channel, "D") }

// ref returns slack:<team>/<channel>/<ts>.
func (s spot) ref() chat.MessageRef { return chat.MessageRef(string(s.address()) + "/" + s.TS) }

// parseAddress reads an address. The error says what is wrong with it.
func parseAddress(a chat.Address) (place, error) {
	parts, err := parseParts(string(a), 2)
	if err != nil {
		return place{}, err
	}
	return place{Team: parts[0], Channel: parts[1]}, nil
}

// parseRef reads the reference of a message.
func parseRef(r chat.MessageRef) (spot, error) {
	parts, err := parseParts(string(r), 3)
	if err != nil {
		return spot{}, err
	}
	if !timestamp(parts[2]) {
		return spot{}, fmt.Errorf("%.120q: %.40q isn't the ts of a message, such as 1700000000.000100", r, parts[2])
	}
	return spot{place{Team: parts[0], Channel: parts[1]}, parts[2]}, nil
}

// parseParts reads slack:<team>/<channel>… of a number of parts.
func parseParts(s string, number int) ([]string, error) {
	rest, ok := strings.CutPrefix(s, scheme)
	parts := strings.Split(rest, "/")
	if !ok || len(parts) != number {
		return nil, fmt.Errorf("%.120q isn't %s<team>/<channel>%s", s, scheme, strings.Repeat("/<ts>", number-2))
	}
	if !identifier(parts[0], "TE") {
		return nil, fmt.Errorf("%.120q: %.40q isn't the id of a team or an organisation", s, parts[0])
	}
	if !identifier(parts[1], "CDG") {
		return nil, fmt.Errorf("%.120q: %.40q isn't the id of a conversation", s, parts[1])
	}
	return parts, nil
}

// identifier reports an id of Slack's: one of some letters that tell its kind, and capitals and digits.
func identifier(s, kinds string) bool {
	if len(s) < 2 || len(s) > longestID || !strings.Contains(kinds, s[:1]) {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }) < 0
}

// timestamp reports the ts of a message: seconds since 1970 and six digits that make it unique in its conversation.
func timestamp(s string) bool {
	seconds, micros, ok := strings.Cut(s, ".")
	return ok && len(seconds) >= 9 && len(seconds) <= 11 && seconds[0] != '0' && len(micros) == 6 && digits(seconds) && digits(micros)
}

func digits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
