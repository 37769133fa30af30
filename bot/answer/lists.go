package answer

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// Item is one thing of a list for moderators.
type Item struct {
	ID   string
	What string // id of the sentence that says what it is
	Of   string // what it is about, as somebody wrote it
	By   string // whose it is
	At   time.Time
}

// Note is what somebody has reported, and the claims that it is about.
type Note struct {
	ID     string
	Text   string
	At     time.Time
	Claims []string
}

// Whole shows a claim whatever its status, with what isn't said in an answer: its id and its status.
func (w Writer) Whole(c knowledge.Claim) chat.Reply {
	r := w.Told(chat.Listed, "state_"+string(cmp.Or(c.Status, knowledge.StatusLive)))
	r.Blocks = append(r.Blocks, w.field(w.say("field_id"), c.ID))
	if c.Reason != "" {
		r.Blocks = append(r.Blocks, w.field(w.say("field_reason"), c.Reason))
	}
	w.full(&r, []knowledge.Claim{c})
	return r
}

// Versions shows what became of a claim: of each change what it was, when, by whom and why, and what the claim said since. By whom
// isn't said of a shared claim: those accounts are of the machine on which the base is kept.
func (w Writer) Versions(c knowledge.Claim, changes []knowledge.Change) chat.Reply {
	r := w.Told(chat.Listed, "versions_lead")
	r.Blocks = append(r.Blocks, w.field(w.say("field_id"), c.ID))
	var was *knowledge.Claim
	for i := range changes {
		if len(changes[i].Claims) == 0 {
			continue
		}
		is := &changes[i].Claims[0]
		what := cmp.Or(became(was, is, changes[i].Action), "reviewed")
		by, said := changes[i].Actor, ""
		if c.Tenant == "" {
			by = ""
		}
		if was == nil || is.Text != was.Text {
			said = is.Text
		}
		b := w.field(w.say("history_"+what), by, said, changes[i].Reason)
		b.Parts = append([]chat.Part{furniture(changes[i].At.UTC().Format(time.DateOnly)), Own(" · ")}, b.Parts...)
		r.Blocks = append(r.Blocks, b)
		was = is
	}
	return r
}

// Found shows claims to choose from, a line and its source each.
func (w Writer) Found(claims []knowledge.Claim) chat.Reply {
	if len(claims) == 0 {
		return w.Told(chat.Listed, "search_none")
	}
	r := w.Told(chat.Listed, "search_lead")
	for _, c := range claims {
		r.Shown = append(r.Shown, chat.Shown{Claim: c})
		r.Blocks = append(r.Blocks, w.told(c))
		r.Blocks = append(r.Blocks, w.sources(c)[:min(1, len(c.Sources))]...)
	}
	r.Menu = &chat.Menu{Command: chat.CommandClaimShow, Choices: w.choices(claims)}
	return r
}

// Pending shows what waits for a second person, to choose from.
func (w Writer) Pending(items []Item) chat.Reply {
	if len(items) == 0 {
		return w.Told(chat.Listed, "pending_none")
	}
	r := w.Told(chat.Listed, "pending_lead")
	r.Menu = &chat.Menu{Command: chat.CommandClaimPending}
	for _, i := range items {
		r.Blocks = append(r.Blocks, w.item(i))
		r.Menu.Choices = append(r.Menu.Choices, chat.Choice{Value: i.ID, Label: Clip(strings.TrimSuffix(w.say(i.What)+": "+i.Of, ": "), MostChoice)})
	}
	return r
}

// item writes one thing of a list: what it is, of what, whose and since when.
func (w Writer) item(i Item) chat.Block {
	b := w.field(w.say(i.What), i.Of, i.By)
	if !i.At.IsZero() {
		b.Parts = append(b.Parts, Own(" · "), furniture(i.At.UTC().Format(time.DateOnly)))
	}
	return b
}

// Proposal shows one change that waits: what it would make, and in full what there is now. judge is the form in which it is rejected.
func (w Writer) Proposal(i Item, would, judge *chat.Form, now []knowledge.Claim) chat.Reply {
	r := w.Told(chat.Listed, "pending_one")
	r.Form, r.Offers = judge, []chat.Command{chat.CommandApprove, chat.CommandReject}
	r.Blocks = append(r.Blocks, w.item(i))
	r.Blocks = append(r.Blocks, w.Fields(would)...)
	if len(now) > 0 {
		r.Blocks = append(r.Blocks, w.Line(chat.RoleNote, "pending_now"))
		w.full(&r, now)
	}
	return r
}

// Moderators shows who may keep the claims.
func (w Writer) Moderators(items []Item) chat.Reply {
	if len(items) == 0 {
		return w.Told(chat.Listed, "moderators_none")
	}
	r := w.Told(chat.Listed, "moderators_lead")
	for _, i := range items {
		r.Blocks = append(r.Blocks, w.item(i))
	}
	return r
}

// Reports shows reported mistakes, to choose from.
func (w Writer) Reports(all []Note) chat.Reply {
	r := w.Told(chat.Listed, "reports_lead")
	r.Menu = &chat.Menu{Command: chat.CommandClaimReports}
	for _, n := range all {
		r.Blocks = append(r.Blocks, w.item(w.noted(n)))
		r.Menu.Choices = append(r.Menu.Choices, chat.Choice{Value: n.ID, Label: Clip(w.noted(n).Of, MostChoice)})
	}
	return r
}

func (w Writer) noted(n Note) Item {
	text := n.Text
	if text == "" {
		text = w.say("reports_silent")
	}
	return Item{ID: n.ID, What: "field_report", Of: text, At: n.At}
}

// Reported shows one reported mistake, with the claims that it is about as they are now.
func (w Writer) Reported(n Note, claims []knowledge.Claim) chat.Reply {
	r := w.Told(chat.Listed, "reports_one")
	r.Blocks = append(r.Blocks, w.item(w.noted(n)))
	w.full(&r, claims)
	if len(claims) > 0 {
		r.Menu = &chat.Menu{Command: chat.CommandClaimShow, Choices: w.choices(claims)}
	}
	return r
}

// Gap is what people asked without an answer.
type Gap struct {
	ID     string
	Scope  string // what it is about, in our words
	People int
	Places int
	Day    knowledge.Date // the last on which it was asked
}

// Gaps shows what people asked without an answer, to choose from: what a claim is to be added for.
func (w Writer) Gaps(all []Gap) chat.Reply {
	if len(all) == 0 {
		return w.Told(chat.Listed, "gaps_none")
	}
	r := w.Told(chat.Listed, "gaps_lead")
	r.Menu = &chat.Menu{Command: chat.CommandClaimGaps}
	for _, g := range all {
		r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleNote, Parts: []chat.Part{
			Own(g.Scope + " · " + w.say("gaps_people") + " "), furniture(strconv.Itoa(g.People)), Own(" · " + w.say("gaps_places") + " "), furniture(strconv.Itoa(g.Places)),
			Own(" · " + w.say("gaps_day") + " "), furniture(g.Day.String()),
		}})
		r.Menu.Choices = append(r.Menu.Choices, chat.Choice{Value: g.ID, Label: Clip(g.Scope, MostChoice)})
	}
	return r
}

// Answered says at a place where it was asked that there is an answer now.
func (w Writer) Answered(claims []knowledge.Claim) chat.Reply {
	r := w.Told(chat.Answered, "gap_answered")
	w.full(&r, claims)
	return r
}
