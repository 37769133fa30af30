package adaptertest

import (
	"fmt"
	"slices"

	"github.com/whosays/whosays/bot/chat"
)

// dialogue is what one person does, step by step, and what they must see.
type dialogue struct {
	Name  string
	Lang  string // of what they read
	Crowd Crowd
	Steps []step
}

// step is one thing that is done, and what must be seen then. Exactly one of those down to Overhear is given.
type step struct {
	Ask      string
	Command  chat.Command // with Text
	Check    string       // a message
	Press    chat.Command
	Choose   int
	Report   string
	Overhear string

	Text    string // of Command
	Outcome string // what the first line says: a key of leads, or a claim's own sentence ("claim")
	First   []string
	Claims  []string // ids of claims that must be read, in this order
	Read    []string
	Unread  []string
	Wrote   []string       // must be read as the asker's own words
	Offers  []chat.Command // in this order; nil: any
	Private bool
}

// act does it.
func (s *step) act(p Platform) Seen {
	switch {
	case s.Ask != "":
		return p.Ask(s.Ask)
	case s.Command != "":
		return p.Command(s.Command, s.Text)
	case s.Check != "":
		return p.FactCheck(s.Check)
	case s.Press != "":
		return p.Press(s.Press)
	case s.Choose != 0:
		return p.Choose(s.Choose)
	case s.Report != "":
		return p.Report(s.Report)
	}
	p.Overhear(s.Overhear)
	return Seen{}
}

// needs returns the feature without which it can't be done; "" where every platform can.
func (s *step) needs() Feature {
	switch {
	case s.Overhear != "":
		return Overhearing
	case s.Report != "":
		return Reports
	}
	return featureOf(s.Press)
}

// featureOf returns the feature that an action belongs to; "" where every platform has it.
func featureOf(action chat.Command) Feature {
	switch action {
	case chat.CommandReport:
		return Reports
	case chat.CommandShare:
		return Sharing
	case chat.CommandMore:
		return Pages
	}
	return ""
}

func (s *step) String() string {
	return fmt.Sprintf("%s%s %s%s%s%s%s", s.Ask, s.Command, s.Text, s.Check, s.Press, s.Report, s.Overhear)
}

// play returns what wasn't played, for want of a feature, and what was wrong with the rest.
func (b *book) play(p Platform, d *dialogue) (left, problems []string) {
	lacks := p.Lacks()
	if d.Crowd != Calm && slices.Contains(lacks, Limits) {
		return []string{"all of it: here are no " + string(Limits)}, nil
	}
	public := 0
	for i := range d.Steps {
		s := &d.Steps[i]
		if need := s.needs(); slices.Contains(lacks, need) {
			left = append(left, fmt.Sprintf("step %d: here are no %s", i+1, need))
			continue
		}
		seen := s.act(p)
		if s.Overhear != "" {
			continue
		}
		if !seen.Private {
			public++
		}
		for _, why := range b.judge(d.Lang, s, &seen, lacks) {
			problems = append(problems, fmt.Sprintf("step %d (%s): %s in:\n%s", i+1, s, why, seen.Text))
		}
	}
	if n := p.Said(); n != public {
		problems = append(problems, fmt.Sprintf("the bot has said %d things to all, and was asked for %d", n, public))
	}
	return left, problems
}
