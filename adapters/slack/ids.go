package slack

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// target is what a button, a menu or a form carries: what to do, and with which reply. The bot keeps the reply under
// its record, so that nothing in it was written by anybody. It is the value of a button, the block id of a menu and the
// callback id of a form; the action id beside it, which repeats the action, is what Slack's clients route by.
type target struct {
	Action chat.Command
	Record string // of the reply: 1 to 64 letters, digits, hyphens and underscores
	Page   int    // of the reply, from 0
}

const (
	idVersion   = "ws1"
	maxRecord   = 64
	maxPage     = 999
	maxExamples = 5 // buttons in a row that Slack shows without wrapping into "more"
)

// errForeign is the error of an id that this version of the bot didn't make.
var errForeign = errors.New("it isn't an id of this bot's version " + idVersion)

// actions are what a target may ask for.
func actions() []chat.Command {
	return []chat.Command{
		chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandNear, chat.CommandShow,
		chat.CommandMore, chat.CommandShare, chat.CommandReport,
	}
}

// String returns ws1:<action>:<record>[:<page>], at most 81 characters.
func (g target) String() string {
	s := idVersion + ":" + string(g.Action) + ":" + g.Record
	if g.Page != 0 {
		s += ":" + strconv.Itoa(g.Page)
	}
	return s
}

// actionID returns ws1:<action>.
func (g target) actionID() string { return idVersion + ":" + string(g.Action) }

// check returns what keeps it from being a target.
func (g target) check() error {
	switch {
	case !slices.Contains(actions(), g.Action):
		return fmt.Errorf("the action %.40q is none of %v", g.Action, actions())
	case !token(g.Record):
		return fmt.Errorf("the record %.80q isn't 1 to %d letters, digits, hyphens or underscores", g.Record, maxRecord)
	case g.Page < 0 || g.Page > maxPage:
		return fmt.Errorf("the page %d isn't one from 0 to %d", g.Page, maxPage)
	}
	return nil
}

// parseTarget reads a target. The error says what is wrong with it; it is errForeign for those of others, of older and of
// newer versions.
func parseTarget(s string) (target, error) {
	parts := strings.Split(s, ":")
	if len(s) > maxID || len(parts) < 3 || len(parts) > 4 || parts[0] != idVersion {
		return target{}, fmt.Errorf("%.120q: %w", s, errForeign)
	}
	g := target{Action: chat.Command(parts[1]), Record: parts[2]}
	if len(parts) == 4 {
		page, err := strconv.Atoi(parts[3])
		if err != nil || page == 0 || strconv.Itoa(page) != parts[3] {
			return target{}, fmt.Errorf("%.120q: the page isn't a number from 1 to %d", s, maxPage)
		}
		g.Page = page
	}
	if err := g.check(); err != nil {
		return target{}, fmt.Errorf("%.120q: %w", s, err)
	}
	return g, nil
}

// parseAction reads a pressed button or a used menu: its action id, and the target beside it. They have to agree.
func parseAction(actionID, carried string) (target, error) {
	g, err := parseTarget(carried)
	if err != nil {
		return target{}, err
	}
	if g.actionID() != actionID {
		return target{}, fmt.Errorf("the action id %.120q isn't that of %s: %w", actionID, g, errForeign)
	}
	return g, nil
}

// exampleID returns the action id of the example question n, from 1. Its button's value is the question.
func exampleID(n int) string {
	return idVersion + ":" + string(chat.CommandAsk) + ":" + strconv.Itoa(n)
}

// parseExample reads the pressed button of an example, and returns its question.
func parseExample(actionID, value string) (string, error) {
	for n := 1; n <= maxExamples; n++ {
		if actionID != exampleID(n) {
			continue
		}
		if question := strings.TrimSpace(prose.Clean(value)); question != "" && prose.Length(value) <= maxValue {
			return question, nil
		}
		return "", fmt.Errorf("the example %.120q isn't a question of 1 to %d characters", value, maxValue)
	}
	return "", fmt.Errorf("the action id %.120q: %w", actionID, errForeign)
}

func token(s string) bool {
	return s != "" && len(s) <= maxRecord && strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && r != '_' && (r >= 0x80 || !prose.Alphanumeric(byte(r)))
	}) < 0
}
