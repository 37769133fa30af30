package answer

import (
	"slices"
	"strconv"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// step is one change of a claim, as it is told: the end of the id of its sentence, and when it was made.
type step struct {
	what string
	on   time.Time
}

// steps returns what became of a claim, the first first. A review changes nothing of what it says.
func steps(changes []knowledge.Change) []step {
	var out []step
	var was *knowledge.Claim
	for i := range changes {
		if len(changes[i].Claims) == 0 {
			continue
		}
		is := &changes[i].Claims[0]
		if what := became(was, is, changes[i].Action); what != "" {
			out = append(out, step{what, changes[i].At})
		}
		was = is
	}
	return out
}

// became returns what a change made of a claim, "" where nothing is to be told of it.
func became(was, is *knowledge.Claim, action knowledge.Action) string {
	switch {
	case was == nil:
		return "added"
	case is.Status == knowledge.StatusRetracted && was.Status != knowledge.StatusRetracted:
		return "retracted"
	case is.Status == knowledge.StatusSuperseded && was.Status != knowledge.StatusSuperseded:
		return "superseded"
	case is.Live() && was.Status == knowledge.StatusPending:
		return "approved"
	case is.Live() && !was.Live():
		return "restored"
	case action == knowledge.ActionReview:
		return ""
	}
	return "revised"
}

// lastSteps is how many steps of a claim's life are told besides the first; those between are counted.
const lastSteps = 4

// life writes what became of a claim in the base and by whose hands, what it corrects, and when it was last looked at.
// Who made a change is named by what they are to the reader, never by an account.
func (w Writer) life(c knowledge.Claim, changes []knowledge.Change) chat.Block {
	var told [][]chat.Part
	all := steps(changes)
	if len(all) == 0 {
		told = append(told, []chat.Part{Own(w.say("history_none"))})
	}
	for i, s := range all {
		switch skipped := len(all) - 1 - lastSteps; {
		case i == 0 || i > skipped:
			told = append(told, []chat.Part{Own(w.say("history_"+s.what) + " "), furniture(s.on.UTC().Format(time.DateOnly))})
		case i == 1:
			told = append(told, []chat.Part{Own(w.say("more_changes")), furniture(strconv.Itoa(skipped))})
		}
	}
	switch {
	case len(all) == 0:
	case c.Tenant == "":
		told = append(told, []chat.Part{Own(w.say("keepers_shared"))})
	default:
		told = append(told, []chat.Part{Own(w.say("keepers_own"))})
	}
	if len(c.Supersedes) > 0 {
		told = append(told, []chat.Part{Own(w.say("history_corrects"))})
	}
	if c.ReviewedOn.IsZero() {
		told = append(told, []chat.Part{Own(w.say("footer_unreviewed"))})
	} else {
		told = append(told, []chat.Part{Own(w.say("footer_reviewed")), furniture(c.ReviewedOn.String())})
	}
	return chat.Block{Role: chat.RoleNote, Label: w.say("label_history"), ClaimID: c.ID, Parts: slices.Concat(between(told)...)}
}

// between sets runs of words apart.
func between(runs [][]chat.Part) [][]chat.Part {
	out := make([][]chat.Part, 0, 2*len(runs))
	for i, run := range runs {
		if i > 0 {
			out = append(out, []chat.Part{Own(" · ")})
		}
		out = append(out, run)
	}
	return out
}

func furniture(text string) chat.Part { return chat.Part{Kind: chat.Furniture, Text: text} }
