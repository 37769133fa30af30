package discord

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/whosays/whosays/bot/chat"
)

// place is a channel of a server, or of a direct conversation where Guild is empty.
type place struct{ Guild, Channel string }

// spot is a message in a place.
type spot struct {
	place
	Message string
}

const (
	scheme = "discord:"
	direct = "@me" // stands for the server in the address of a direct conversation, as in Discord's own links
)

// address returns discord:<guild or @me>/<channel>.
func (p place) address() chat.Address {
	guild := p.Guild
	if guild == "" {
		guild = direct
	}
	return chat.Address(scheme + guild + "/" + p.Channel)
}

// tenant returns whose claims are seen there: a server's own beside the shared ones, in a direct conversation only
// the shared ones (DESIGN.md, promise 8).
func (p place) tenant() string {
	if p.Guild == "" {
		return ""
	}
	return scheme + p.Guild
}

// ref returns discord:<guild or @me>/<channel>/<message>.
func (s spot) ref() chat.MessageRef { return chat.MessageRef(string(s.address()) + "/" + s.Message) }

// parseAddress reads an address. The error says what is wrong with it.
func parseAddress(a chat.Address) (place, error) {
	ids, err := parseIDs(string(a), 2)
	if err != nil {
		return place{}, err
	}
	return place{ids[0], ids[1]}, nil
}

// parseRef reads the reference of a message.
func parseRef(r chat.MessageRef) (spot, error) {
	ids, err := parseIDs(string(r), 3)
	if err != nil {
		return spot{}, err
	}
	return spot{place{ids[0], ids[1]}, ids[2]}, nil
}

// parseIDs reads discord:<guild or @me>/… with a number of ids; that of a direct conversation's guild is empty.
func parseIDs(s string, number int) ([]string, error) {
	rest, ok := strings.CutPrefix(s, scheme)
	ids := strings.Split(rest, "/")
	if !ok || len(ids) != number {
		return nil, fmt.Errorf("%.120q isn't %s<guild or %s>/<channel>%s", s, scheme, direct, strings.Repeat("/<message>", number-2))
	}
	if ids[0] == direct {
		ids[0] = ""
	} else if !snowflake(ids[0]) {
		return nil, fmt.Errorf("%.120q: %.40q isn't the id of a server", s, ids[0])
	}
	for _, id := range ids[1:] {
		if !snowflake(id) {
			return nil, fmt.Errorf("%.120q: %.40q isn't an id of Discord's", s, id)
		}
	}
	return ids, nil
}

// snowflake reports an id of Discord's: a positive 64-bit number in its only spelling.
func snowflake(s string) bool {
	n, err := strconv.ParseUint(s, 10, 64)
	return err == nil && n > 0 && strconv.FormatUint(n, 10) == s
}
