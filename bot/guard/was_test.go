package guard

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// correcting is a correction: a claim as it was told, and in its place another version of it.
func correcting(t *testing.T) chat.Reply {
	t.Helper()
	was, now := killed(t), killed(t)
	now.Revision, now.Figure.Best, now.Text = 2, new(56000.0), "Approximately 56,000 Ukrainian soldiers have been killed."
	now.Translations = nil
	now.Sources[0].Quote = "about 56,000"
	about := func(b chat.Block) chat.Block {
		b.Was = true
		return b
	}
	return chat.Reply{
		Lang: "en", Outcome: chat.Corrected, Was: []knowledge.Claim{was}, Shown: []chat.Shown{{Claim: now}},
		Blocks: []chat.Block{
			block(chat.RoleLead, "", own("A correction.")),
			about(block(chat.RoleClaim, was.ID, sourced(was.ID, "55,000, says Volodymyr Zelenskyy"))),
			about(block(chat.RoleSource, was.ID, link(was.ID, "Reuters", was.Sources[0].URL))),
			block(chat.RoleClaim, now.ID, sourced(now.ID, "56,000, says Volodymyr Zelenskyy")),
			block(chat.RoleSource, now.ID, link(now.ID, "Reuters", now.Sources[0].URL)),
			about(block(chat.RoleNote, was.ID, sourced(was.ID, "55,000 was misread: it is 56,000."))),
		},
	}
}

func TestWas(t *testing.T) {
	t.Parallel()
	check(t, correcting, map[string]change{
		"as it is": {func(*chat.Reply) {}, nil},
		"taken back": {func(r *chat.Reply) {
			r.Shown, r.Blocks = nil, append(r.Blocks[:3:3], block(chat.RoleNote, "", own("Because.")))
		}, nil},
		"the old figure as the new":  {addPart(3, sourced("soldiers-killed", " 55,000")), []string{WhyNotInClaim + ": 55,000"}},
		"the new figure as the old":  {addPart(1, sourced("soldiers-killed", " 56,000")), []string{WhyNotInClaim + ": 56,000"}},
		"another number as a reason": {addPart(5, sourced("soldiers-killed", " Or 70,000.")), []string{WhyNotInClaim + ": 70,000"}},
		"a reason of our own":        {addPart(5, own(" Not 55,000.")), []string{WhyOwnNumber + ": 55,000"}},
		"without what was":           {func(r *chat.Reply) { r.Was, r.Blocks = nil, append(r.Blocks[:1:1], r.Blocks[3:5]...) }, []string{WhyWas + ": corrected"}},
		"in an answer":               {func(r *chat.Reply) { r.Outcome = chat.Answered }, []string{WhyWas + ": answered"}},
		"told twice":                 {func(r *chat.Reply) { r.Was = append(r.Was, r.Was[0]) }, []string{WhyTwoClaims + ": soldiers-killed"}},
		"without its source":         {func(r *chat.Reply) { r.Blocks = append(r.Blocks[:2:2], r.Blocks[3:]...) }, []string{WhyNoSource + ": soldiers-killed"}},
		"without whose it was":       {func(r *chat.Reply) { r.Blocks = append(r.Blocks[:1:1], r.Blocks[2:]...) }, []string{WhyNoAttribution + ": soldiers-killed"}},
		"not about what was": {func(r *chat.Reply) { r.Blocks[1].Was = false }, []string{
			WhyNoAttribution + ": soldiers-killed", WhyNotInClaim + ": 55,000",
		}},
		"one that was superseded": {func(r *chat.Reply) { r.Shown[0].Claim.Status = knowledge.StatusSuperseded }, []string{WhyNotLive + ": soldiers-killed"}},
		"of another claim":        {func(r *chat.Reply) { r.Blocks[1].ClaimID = "talks" }, []string{WhyNoAttribution + ": soldiers-killed", WhyForeignClaim + ": talks"}},
	})
}
