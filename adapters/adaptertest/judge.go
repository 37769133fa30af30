package adaptertest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// judge returns what is wrong with what was seen.
func (b *book) judge(lang string, s *step, seen *Seen, lacks []Feature) []string {
	r := b.read(lang, seen.Text)
	if len(r.lines) == 0 {
		return []string{"nothing can be read"}
	}
	j := &verdicts{reading: r, step: s, seen: seen, lacks: lacks}
	j.promises()
	for i := range r.items {
		j.item(&r.items[i])
		if s.Outcome != "change" || i == len(r.items)-1 { // of a series, the latest figure says what all leave out
			j.caveat(&r.items[i])
		}
	}
	j.first()
	j.wanted()
	j.around()
	return j.out
}

type verdicts struct {
	*reading
	step  *step
	seen  *Seen
	lacks []Feature
	out   []string
}

func (j *verdicts) failed(format string, args ...any) {
	j.out = append(j.out, fmt.Sprintf(format, args...))
}

// promises holds what is true of every answer.
func (j *verdicts) promises() {
	if found := j.loose(j.seen.Wrote); len(found) > 0 {
		j.failed("the numbers %q have no source", found)
	}
	if len(j.seen.Wrote) > 0 && j.lines[0] == fold(j.seen.Wrote[0]) {
		j.failed("the asker's words come first")
	}
	if j.step.Press == chat.CommandQuote && len(j.seen.Wrote) > 0 {
		j.failed("the asker's words are among what is to be quoted")
	}
	if j.seen.Pinged {
		j.failed("somebody was pinged")
	}
}

// item holds that a claim is never read alone: who says it stands in its own line, a party to the dispute is called one, and
// beneath stands on what basis it is said.
func (j *verdicts) item(i *item) {
	c, a := i.claim, i.claim.Attribution
	if who := j.claimant(c); !strings.Contains(i.lines[0], who) {
		j.failed("%s is read without its author %q", c.ID, who)
	}
	standing, method := j.label(lexicon.Standing, a.Standing), j.label(lexicon.Method, a.Method)
	if party, ok := j.book.lex.Get(lexicon.Standing, a.Standing); ok && party.Is("disputant") && !strings.Contains(i.lines[0], standing) {
		j.failed("%s isn't said to be of %q", c.ID, standing)
	}
	if !j.listed() && j.step.Press != chat.CommandQuote && (!i.has(standing) || !i.has(method)) {
		j.failed("%s is read without its basis, %q and %q", c.ID, standing, method)
	}
}

// caveat holds that beneath a figure stands what it leaves out.
func (j *verdicts) caveat(i *item) {
	warnings := j.warnings(i.claim)
	if !j.listed() && i.claim.Kind == knowledge.KindFigure && len(warnings) > 0 && !slices.ContainsFunc(warnings, i.has) {
		j.failed("%s is read without a caveat", i.claim.ID)
	}
}

// listed reports a list of claims that have been answered with, or can be: what is said of each stands there.
func (j *verdicts) listed() bool {
	return j.step.Press == chat.CommandSources || j.step.Press == chat.CommandNear
}

// first holds the first line to the outcome. Where only something related is sourced, no figure stands in it.
func (j *verdicts) first() {
	lead, ok := j.book.Leads[j.step.Outcome][j.lang]
	switch first := j.lines[0]; {
	case j.step.Outcome == "claim":
		if j.opens(first) == nil {
			j.failed("the first line is no claim's")
		}
	case j.step.Outcome != "" && (!ok || !strings.HasPrefix(first, lead)):
		j.failed("the first line doesn't begin with %q", lead)
	case j.step.Outcome == "related" && len(numbersIn(first)) > 0:
		j.failed("a number stands in the first line of what is only related")
	}
	switch j.step.Outcome {
	case "unsourced", "help", "busy", "too_fast", "thanks":
		if len(j.items) > 0 {
			j.failed("a claim is read where there is no answer")
		}
	}
	for _, want := range j.step.First {
		if !strings.Contains(j.lines[0], want) {
			j.failed("%q isn't in the first line", want)
		}
	}
}

// wanted holds what has to be read, and what must not.
func (j *verdicts) wanted() {
	at := -1
	for _, id := range j.step.Claims {
		n := slices.IndexFunc(j.items, func(i item) bool { return i.claim.ID == id })
		if n < 0 || n < at {
			j.failed("the claim %s isn't read, or not in its place", id)
		}
		at = max(at, n)
	}
	for _, want := range j.step.Read {
		if !j.has(want) {
			j.failed("%q can't be read", want)
		}
	}
	for _, no := range j.step.Unread {
		if j.has(no) {
			j.failed("%q can be read", no)
		}
	}
	for _, want := range j.step.Wrote {
		if !slices.ContainsFunc(j.seen.Wrote, func(w string) bool { return strings.Contains(fold(w), fold(want)) }) {
			j.failed("%q isn't marked as what the asker wrote", want)
		}
	}
}

// around holds who sees it, and what can be asked further.
func (j *verdicts) around() {
	if !slices.Contains(j.lacks, Privacy) && j.seen.Private != j.step.Private {
		j.failed("seen by one person alone: %t", j.seen.Private)
	}
	missing := func(c chat.Command) bool { return slices.Contains(j.lacks, featureOf(c)) }
	paging := func(c chat.Command) bool { return c == chat.CommandMore } // how much fits is the platform's
	offers := slices.DeleteFunc(slices.Clone(j.step.Offers), missing)
	actions := slices.DeleteFunc(slices.Clone(j.seen.Actions), paging)
	if !slices.Contains(j.lacks, Buttons) && j.step.Offers != nil && !slices.Equal(offers, actions) {
		j.failed("what is offered is %q, wanted %q", actions, offers)
	}
	if slices.ContainsFunc(j.seen.Actions, missing) {
		j.failed("something of %q is offered though it can't be done here", j.seen.Actions)
	}
}
