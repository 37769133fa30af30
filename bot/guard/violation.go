package guard

import (
	"fmt"
	"strings"

	"github.com/whosays/whosays/bot/chat"
)

// What a reply can have done wrong: Violation.Why is one of these.
const (
	WhyOwnNumber      = "a number in words of our own"
	WhyNotInClaim     = "a number that doesn't stand in its claim"
	WhyAcrossParts    = "a number that runs over parts of different origin"
	WhyNoClaim        = "sourced words without a claim that the reply shows"
	WhyForeignClaim   = "a claim that the reply doesn't show"
	WhyTwoClaims      = "two different claims under one id"
	WhyLinkKind       = "a link on words that aren't sourced"
	WhyLinkTarget     = "a link that isn't a source of its claim"
	WhyLinkScheme     = "a link that isn't http or https"
	WhyWroteFirst     = "the asker's words in the first block"
	WhyForm           = "a form, a menu or a file in a reply that everybody sees"
	WhyWroteRole      = "the asker's words in a block that doesn't say so"
	WhyFurniture      = "more than a short count, a date or an hour"
	WhyFurnitureClaim = "a count that looks like a claim's figure"
	WhyPartKind       = "words of no known origin"
	WhyUnseen         = "a control character or one that can't be seen"
	WhyNoBlocks       = "a reply without blocks"
	WhyLead           = "the first block is no lead, or is empty"
	WhyShowsNothing   = "an answer that shows no claim"
	WhyShowsClaims    = "a claim shown although there is no answer"
	WhyNoMismatch     = "a related claim that doesn't say in what it differs"
	WhyNoVerdict      = "a verdict without the claim that it rests on"
	WhyNoAttribution  = "a figure without a block that says whose it is"
	WhyWas            = "a correction without what was told before, or that in another reply"
	WhyNotLive        = "a claim in the place of another that isn't live itself"
	WhyNoSource       = "a figure without a block for its source"
)

// Violation is one thing that is wrong with a reply.
type Violation struct {
	Block int       // index in Reply.Blocks; -1: the reply as a whole
	Role  chat.Role // the block's; empty for the reply as a whole
	Text  string    // the words, the claim's id or the link in question, as they stand in the reply
	Why   string    // one of the constants above
}

// String says it in one line that is safe to log: what can't be seen is escaped, long words are cut.
func (v Violation) String() string {
	where := "reply"
	if v.Block >= 0 {
		where = fmt.Sprintf("block %d (%s)", v.Block, v.Role)
	}
	return fmt.Sprintf("%s: %s: %q", where, v.Why, clip(v.Text))
}

// clip cuts words for the log.
func clip(s string) string {
	const most = 80
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}

// Error is why a reply was refused. It lists every violation, and is for the log, never for the asker.
type Error struct {
	Violations []Violation
}

// Error lists the violations in one line each.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("guard: the reply is refused")
	for _, v := range e.Violations {
		b.WriteString("\n" + v.String())
	}
	return b.String()
}
