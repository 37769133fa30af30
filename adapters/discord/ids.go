package discord

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// customID is what a button, a menu or a form carries: what to do, and with which reply. The bot keeps the reply under
// its record, so that the id holds nothing that anybody wrote.
type customID struct {
	Action chat.Command
	Record string // of the reply: 1 to 64 letters, digits, hyphens and underscores
	Page   int    // of the reply, from 0
}

const (
	idVersion = "ws1"
	maxRecord = 64
	maxPage   = 999
)

// errForeign is the error of an id that this version of the bot didn't make.
var errForeign = errors.New("it isn't an id of this bot's version " + idVersion)

// actions are what an id may ask for.
func actions() []chat.Command {
	return []chat.Command{
		chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandNear, chat.CommandShow,
		chat.CommandMore, chat.CommandShare, chat.CommandReport,
	}
}

// String returns the id as Discord keeps it, at most 100 characters: ws1:<action>:<record>[:<page>].
func (c customID) String() string {
	s := idVersion + ":" + string(c.Action) + ":" + c.Record
	if c.Page != 0 {
		s += ":" + strconv.Itoa(c.Page)
	}
	return s
}

// check returns what keeps it from being an id.
func (c customID) check() error {
	switch {
	case !slices.Contains(actions(), c.Action):
		return fmt.Errorf("the action %.40q is none of %v", c.Action, actions())
	case !token(c.Record):
		return fmt.Errorf("the record %.80q isn't 1 to %d letters, digits, hyphens or underscores", c.Record, maxRecord)
	case c.Page < 0 || c.Page > maxPage:
		return fmt.Errorf("the page %d isn't one from 0 to %d", c.Page, maxPage)
	}
	return nil
}

// parseCustomID reads an id. The error says what is wrong with it; it is errForeign for those of others, of older and of newer versions.
func parseCustomID(s string) (customID, error) {
	parts := strings.Split(s, ":")
	if len(s) > maxCustomID || len(parts) < 3 || len(parts) > 4 || parts[0] != idVersion {
		return customID{}, fmt.Errorf("custom id %.120q: %w", s, errForeign)
	}
	c := customID{Action: chat.Command(parts[1]), Record: parts[2]}
	if len(parts) == 4 {
		page, err := strconv.Atoi(parts[3])
		if err != nil || page == 0 || strconv.Itoa(page) != parts[3] {
			return customID{}, fmt.Errorf("custom id %.120q: the page isn't a number from 1 to %d", s, maxPage)
		}
		c.Page = page
	}
	if err := c.check(); err != nil {
		return customID{}, fmt.Errorf("custom id %.120q: %w", s, err)
	}
	return c, nil
}

func token(s string) bool {
	return s != "" && len(s) <= maxRecord && strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && r != '_' && (r >= 0x80 || !prose.Alphanumeric(byte(r)))
	}) < 0
}
