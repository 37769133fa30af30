// Package target names what a button, a menu or a form of a reply asks for, in the id that a platform hands back when it is pressed.
package target

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// ID is what a button, a menu or a form carries: what to do, and with which reply. The bot keeps the reply under its record, so
// that nothing in it was written by anybody.
type ID struct {
	Action chat.Command
	Record string // of the reply: 1 to 64 letters, digits, hyphens and underscores
	Page   int    // of the reply, from 0
}

// Version begins every id: those of another aren't read.
const Version = "ws1"

// MostPages is the highest number of a page.
const MostPages = 999

const (
	maxRecord = 64
	maxID     = 100 // of Discord's custom ids, the shortest that a platform keeps
)

// ErrForeign is the error of an id that this version of the bot didn't make.
var ErrForeign = errors.New("it isn't an id of this bot's version " + Version)

// Actions returns what an id may ask for: of an answer, of a form, and of what moderators are shown. Commands that need what is
// typed behind them aren't among them.
func Actions() []chat.Command {
	return []chat.Command{
		chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandNear, chat.CommandShow,
		chat.CommandMore, chat.CommandShare, chat.CommandReport,

		chat.CommandPublish, chat.CommandEdit, chat.CommandFill, chat.CommandCancel, chat.CommandRival, chat.CommandRevision,
		chat.CommandApprove, chat.CommandReject, chat.CommandTell,

		chat.CommandClaimAdd, chat.CommandClaimRevise, chat.CommandClaimRetract, chat.CommandClaimHide, chat.CommandClaimUnhide,
		chat.CommandClaimShow, chat.CommandClaimHistory, chat.CommandClaimSearch, chat.CommandClaimPending, chat.CommandClaimReviewed,
		chat.CommandClaimExport, chat.CommandClaimGaps, chat.CommandClaimReports,
		chat.CommandModAdd, chat.CommandModRemove, chat.CommandModList, chat.CommandSettings,
	}
}

// String returns the id as platforms keep it, at most 90 characters: ws1:<action>:<record>[:<page>].
func (c ID) String() string {
	s := Version + ":" + string(c.Action) + ":" + c.Record
	if c.Page != 0 {
		s += ":" + strconv.Itoa(c.Page)
	}
	return s
}

// Check returns what keeps it from being an id.
func (c ID) Check() error {
	switch {
	case !slices.Contains(Actions(), c.Action):
		return fmt.Errorf("the action %.40q is none of %v", c.Action, Actions())
	case !token(c.Record):
		return fmt.Errorf("the record %.80q isn't 1 to %d letters, digits, hyphens or underscores", c.Record, maxRecord)
	case c.Page < 0 || c.Page > MostPages:
		return fmt.Errorf("the page %d isn't one from 0 to %d", c.Page, MostPages)
	}
	return nil
}

// Parse reads an id. The error says what is wrong with it; it is [ErrForeign] for those of others, of older and of newer versions.
func Parse(s string) (ID, error) {
	parts := strings.Split(s, ":")
	if len(s) > maxID || len(parts) < 3 || len(parts) > 4 || parts[0] != Version {
		return ID{}, fmt.Errorf("id %.120q: %w", s, ErrForeign)
	}
	c := ID{Action: chat.Command(parts[1]), Record: parts[2]}
	if len(parts) == 4 {
		page, err := strconv.Atoi(parts[3])
		if err != nil || page == 0 || strconv.Itoa(page) != parts[3] {
			return ID{}, fmt.Errorf("id %.120q: the page isn't a number from 1 to %d", s, MostPages)
		}
		c.Page = page
	}
	if err := c.Check(); err != nil {
		return ID{}, fmt.Errorf("id %.120q: %w", s, err)
	}
	return c, nil
}

func token(s string) bool {
	return s != "" && len(s) <= maxRecord && strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && r != '_' && (r >= 0x80 || !prose.Alphanumeric(byte(r)))
	}) < 0
}

// Offered reports whether a reply has a button, a menu or a form for an action, so that an id of it can have been pressed there.
// What is forged may name any action with any record.
func Offered(r *chat.Reply, action chat.Command) bool {
	switch {
	case action == chat.CommandReport, action == chat.CommandMore:
		return true
	case action == chat.CommandShare:
		return !r.Private()
	case r.Form != nil && (action == chat.CommandFill || action == chat.CommandEdit):
		return true
	case r.Menu != nil && r.Menu.Command == action:
		return true
	}
	return slices.Contains(r.Offers, action)
}
