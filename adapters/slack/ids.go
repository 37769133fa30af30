package slack

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// maxExamples is how many buttons Slack shows in a row without wrapping into "more".
const maxExamples = 5

// actionIDOf returns ws1:<action>, by which Slack's clients route. The target is beside it: it is the value of a button, the block id of
// a menu and the callback id of a form.
func actionIDOf(c chat.Command) string { return target.Version + ":" + string(c) }

// parseAction reads a pressed button or a used menu: its action id, and the target beside it. They have to agree.
func parseAction(actionID, carried string) (target.ID, error) {
	g, err := target.Parse(carried)
	if err != nil {
		return target.ID{}, err
	}
	if actionIDOf(g.Action) != actionID {
		return target.ID{}, fmt.Errorf("the action id %.120q isn't that of %s: %w", actionID, g, target.ErrForeign)
	}
	return g, nil
}

// exampleID returns the action id of the example question n, from 1. Its button's value is the question.
func exampleID(n int) string {
	return target.Version + ":" + string(chat.CommandAsk) + ":" + strconv.Itoa(n)
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
	return "", fmt.Errorf("the action id %.120q: %w", actionID, target.ErrForeign)
}
