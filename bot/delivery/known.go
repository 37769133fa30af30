package delivery

import (
	"fmt"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// known returns an error where a frozen reply holds a word of the conversation that isn't known, or names a claim that isn't in it.
func (f *frozen) known() error {
	c := wording{claims: len(f.Claims)}
	c.word("outcome", string(f.Outcome), outcome(f.Outcome))
	for _, b := range f.Blocks {
		c.word("role", string(b.Role), role(b.Role))
		for _, p := range b.Parts {
			c.word("kind of part", string(p.Kind), partKind(p.Kind))
		}
	}
	for _, s := range f.Shown {
		c.claim(s.Claim)
		c.dimensions(s.Mismatch)
	}
	for _, i := range f.Was {
		c.claim(i)
	}
	for _, is := range f.Findings {
		c.word("verdict", string(is.Verdict), verdict(is.Verdict))
		c.dimensions(is.Mixups)
		if is.Claim != nil {
			c.claim(*is.Claim)
		}
		for _, i := range is.Others {
			c.claim(i)
		}
	}
	for _, o := range f.Offers {
		c.word("command", string(o), command(o))
	}
	if f.Form != nil {
		c.word("command", string(f.Form.Command), command(f.Form.Command))
	}
	if f.Menu != nil {
		c.word("command", string(f.Menu.Command), command(f.Menu.Command))
	}
	return c.err
}

// wording keeps the first thing that is wrong.
type wording struct {
	claims int
	err    error
}

func (c *wording) word(what, word string, known bool) {
	if !known && c.err == nil {
		c.err = fmt.Errorf("%s %.40q isn't known", what, word)
	}
}

func (c *wording) claim(i int) {
	if (i < 0 || i >= c.claims) && c.err == nil {
		c.err = fmt.Errorf("claim %d of %d isn't there", i, c.claims)
	}
}

func (c *wording) dimensions(all []knowledge.Dimension) {
	for _, d := range all {
		c.word("dimension", string(d), dimension(d))
	}
}

func outcome(o chat.Outcome) bool {
	switch o {
	case chat.Answered, chat.Related, chat.Unsourced, chat.Help, chat.Checked, chat.Corrected, chat.Filling, chat.Done, chat.Listed, chat.Refused:
		return true
	}
	return false
}

func role(r chat.Role) bool {
	switch r {
	case chat.RoleLead, chat.RoleWrote, chat.RoleFinding, chat.RoleClaim, chat.RoleRange, chat.RoleCounts, chat.RoleSaid,
		chat.RoleSource, chat.RoleCaveat, chat.RoleNote, chat.RoleHeading, chat.RoleExample, chat.RoleFooter,
		chat.RoleField, chat.RoleProblem:
		return true
	}
	return false
}

func partKind(k chat.PartKind) bool {
	switch k {
	case chat.Own, chat.Sourced, chat.Wrote, chat.Furniture:
		return true
	}
	return false
}

func verdict(v chat.Verdict) bool {
	switch v {
	case chat.Matches, chat.Differs, chat.MixedUp, chat.NoSource:
		return true
	}
	return false
}

func command(c chat.Command) bool {
	switch c {
	case chat.CommandAsk, chat.CommandCheck, chat.CommandStatus, chat.CommandHelp,
		chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandNear, chat.CommandShow, chat.CommandReport, chat.CommandMore, chat.CommandShare,
		chat.CommandClaimAdd, chat.CommandClaimRevise, chat.CommandClaimRetract, chat.CommandClaimHide, chat.CommandClaimUnhide, chat.CommandClaimShow,
		chat.CommandClaimHistory, chat.CommandClaimSearch, chat.CommandClaimPending, chat.CommandClaimReviewed, chat.CommandClaimExport,
		chat.CommandClaimGaps, chat.CommandClaimReports, chat.CommandModAdd, chat.CommandModRemove, chat.CommandModList, chat.CommandSettings,
		chat.CommandPublish, chat.CommandEdit, chat.CommandFill, chat.CommandCancel, chat.CommandRival, chat.CommandRevision, chat.CommandApprove,
		chat.CommandReject, chat.CommandTell:
		return true
	}
	return false
}

func dimension(d knowledge.Dimension) bool {
	switch d {
	case knowledge.DimMetric, knowledge.DimGroup, knowledge.DimParty, knowledge.DimPeriod, knowledge.DimPlace, knowledge.DimAttribution:
		return true
	}
	return false
}
