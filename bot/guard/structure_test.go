package guard

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

func TestStructure(t *testing.T) {
	t.Parallel()
	check(t, answered, map[string]change{
		"no blocks":  {func(r *chat.Reply) { r.Blocks, r.Shown = nil, r.Shown[2:] }, []string{WhyNoBlocks + ": "}},
		"no lead":    {func(r *chat.Reply) { r.Blocks[0].Role = chat.RoleClaim }, []string{WhyLead + ": " + answer(t).Blocks[0].Text()}},
		"empty lead": {func(r *chat.Reply) { r.Blocks[0].Parts = []chat.Part{own(" \n")} }, []string{WhyLead + ":  \n"}},
		"newline":    {addPart(9, own("\nso")), nil},
		"related": {func(r *chat.Reply) {
			r.Outcome, r.Shown[0].Mismatch = chat.Related, []knowledge.Dimension{knowledge.DimMetric}
		}, nil},
		"no mismatch": {func(r *chat.Reply) { r.Outcome = chat.Related }, []string{WhyNoMismatch + ": soldiers-killed"}},
		"mismatch later": {func(r *chat.Reply) {
			r.Outcome, r.Shown[1].Mismatch = chat.Related, []knowledge.Dimension{knowledge.DimMetric}
		}, []string{WhyNoMismatch + ": soldiers-killed"}},
		"unsourced": {func(r *chat.Reply) {
			r.Outcome, r.Shown = chat.Unsourced, r.Shown[2:]
			r.Blocks = append(r.Blocks[8:9:9], r.Blocks[8])
			r.Blocks[0].Role = chat.RoleLead
		}, []string{WhyShowsClaims + ": talks"}},
		"answers nothing": {func(r *chat.Reply) { *r = refusal(); r.Outcome = chat.Answered }, []string{WhyShowsNothing + ": answered"}},
		"no attribution": {func(r *chat.Reply) {
			r.Blocks[0].ClaimID, r.Blocks[2].ClaimID = "", ""
		}, []string{WhyNoAttribution + ": soldiers-killed"}},
		"empty attribution": {func(r *chat.Reply) {
			r.Blocks[0].ClaimID, r.Blocks[2].Parts = "", nil
		}, []string{WhyNoAttribution + ": soldiers-killed"}},
		"no source":        {func(r *chat.Reply) { r.Blocks[3].Role = chat.RoleNote }, []string{WhyNoSource + ": soldiers-killed"}},
		"another's source": {func(r *chat.Reply) { r.Blocks[3].ClaimID = "talks" }, []string{WhyNoSource + ": soldiers-killed"}},
		"no figure, no source": {func(r *chat.Reply) {
			r.Shown[0].Claim.Kind = knowledge.KindStatement
			r.Shown[0].Claim.Figure = knowledge.Figure{}
			r.Blocks[3].ClaimID = ""
		}, nil},
		"a finding's claim too": {func(r *chat.Reply) {
			r.Outcome, r.Shown = chat.Help, nil
			c := talks(t)
			r.Findings = []chat.Finding{{Verdict: chat.Matches, Claim: &c}}
			r.Blocks = r.Blocks[8:10]
			r.Blocks[0].Role = chat.RoleLead
		}, []string{WhyShowsClaims + ": talks"}},
	})
}

func TestUnseen(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a\nb", "tab-free, «—» … ʼ ’ ⚠️ 🇺🇦", "п'ять\u00a0\u202f\u2009", "عربي"} {
		if ch, found := unseen(text); found {
			t.Errorf("%q: %U is refused", text, ch)
		}
	}
	for _, text := range []string{
		"\x1b[31m", "\t", "\r", "\x00", "\x7f", "\u0085", "\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\u2060", "\ufeff", "\u00ad",
		"\u061c", "\u2028", "\u2029", "\ue000", "\U000e0041", "\u3164", "\u115f", "\u034f", "\u2800", "\xff", "\xc3(", "\u180e",
	} {
		if _, found := unseen("a" + text + "b"); !found {
			t.Errorf("%q goes out", text)
		}
		r := answer(t)
		r.Blocks[1].Label = "so" + text
		if got := whys(t, r); !contains(got, WhyUnseen) {
			t.Errorf("%q goes out in a label: %v", text, got)
		}
	}
}
