package guard

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
)

func TestWroteAndKinds(t *testing.T) {
	t.Parallel()
	base := func(t *testing.T) chat.Reply { t.Helper(); return checking(t) }
	check(t, base, map[string]change{
		"in a finding": {addPart(2, wrote(" 70,000 and 1 million")), nil},
		"in the first": {addPart(0, wrote("so")), []string{WhyWroteFirst + ": so", WhyWroteRole + ": so"}},
		"first, though it says so": {
			func(r *chat.Reply) { r.Blocks = r.Blocks[1:] },
			[]string{WhyLead + ": The UN says 70k were killed, and a million tanks", WhyWroteFirst + ": The UN says 70k were killed, and a million tanks"},
		},
		"in a note":        {func(r *chat.Reply) { r.Blocks[1].Role = chat.RoleNote }, []string{WhyWroteRole + ": The UN says 70k were killed, and a million tanks"}},
		"with a link":      {addPart(1, chat.Part{Kind: chat.Wrote, Text: "so", URL: "http://archive.example/1234"}), []string{WhyLinkKind + ": http://archive.example/1234"}},
		"hidden character": {addPart(1, wrote("a\u200bb")), []string{WhyUnseen + ": a\u200bb"}},
		"unknown kind":     {addPart(2, chat.Part{Kind: "quoted", Text: " so"}), []string{WhyPartKind + ":  so"}},
		"a claim's number in the finding": {
			addPart(2, sourced("soldiers-killed", ", 70k")), []string{WhyNotInClaim + ": 70k"},
		},
		"a verdict without a claim": {func(r *chat.Reply) { r.Findings[1].Verdict = chat.Matches }, []string{WhyNoVerdict + ": matches"}},
	})
}
