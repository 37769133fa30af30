package target

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/whosays/whosays/bot/chat"
)

func TestIDs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := ID{
			Action: rapid.SampledFrom(Actions()).Draw(t, "action"),
			Record: rapid.StringMatching(`[0-9A-Za-z_-]{1,64}`).Draw(t, "record"),
			Page:   rapid.IntRange(0, MostPages).Draw(t, "page"),
		}
		got, err := Parse(want.String())
		if err != nil || got != want || len(want.String()) > 100 {
			t.Fatalf("%q reads %+v, %v", want, got, err)
		}
	})
}

func TestIDsThatArent(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		id      string
		foreign bool
	}{
		"empty":             {"", true},
		"another bot's":     {"poll:vote:3", true},
		"another version's": {"ws2:more:abc", true},
		"no record":         {"ws1:more", true},
		"empty record":      {"ws1:more:", false},
		"unknown action":    {"ws1:delete:abc", false},
		"page 0":            {"ws1:more:abc:0", false},
		"page with a sign":  {"ws1:more:abc:+1", false},
		"page with zeros":   {"ws1:more:abc:01", false},
		"page out of range": {"ws1:more:abc:1000", false},
		"something behind":  {"ws1:more:abc:1:2", true},
		"blank in record":   {"ws1:more:a b", false},
		"letter not ASCII":  {"ws1:more:abс", false},
		"record too long":   {"ws1:more:" + strings.Repeat("a", 65), false},
		"too long":          {"ws1:more:" + strings.Repeat("a", 100), true},
		"far too long":      {"ws1:more:" + strings.Repeat("a", 300), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := Parse(test.id)
			if err == nil || errors.Is(err, ErrForeign) != test.foreign {
				t.Errorf("%q reads %+v, %v", test.id, c, err)
			}
		})
	}
}

func TestOffered(t *testing.T) {
	t.Parallel()
	answer := chat.Reply{Outcome: chat.Answered, Offers: []chat.Command{chat.CommandSources}}
	draft := chat.Reply{Outcome: chat.Filling, Offers: []chat.Command{chat.CommandPublish, chat.CommandCancel}, Form: &chat.Form{Command: chat.CommandFill}}
	gaps := chat.Reply{Outcome: chat.Listed, Menu: &chat.Menu{Command: chat.CommandClaimGaps}}
	for name, test := range map[string]struct {
		reply  chat.Reply
		action chat.Command
		want   bool
	}{
		"a button":                  {answer, chat.CommandSources, true},
		"another's button":          {answer, chat.CommandPublish, false},
		"a mistake in an answer":    {answer, chat.CommandReport, true},
		"another page":              {gaps, chat.CommandMore, true},
		"an answer is shared":       {answer, chat.CommandShare, true},
		"a draft isn't shared":      {draft, chat.CommandShare, false},
		"a list isn't shared":       {gaps, chat.CommandShare, false},
		"a form is edited":          {draft, chat.CommandEdit, true},
		"a form is submitted":       {draft, chat.CommandFill, true},
		"no form is submitted":      {answer, chat.CommandFill, false},
		"a draft is published":      {draft, chat.CommandPublish, true},
		"a draft isn't approved":    {draft, chat.CommandApprove, false},
		"something is picked":       {gaps, chat.CommandClaimGaps, true},
		"from a menu that isn't it": {gaps, chat.CommandClaimPending, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Offered(&test.reply, test.action); got != test.want {
				t.Errorf("%s: %t", test.action, got)
			}
		})
	}
}

func FuzzID(f *testing.F) {
	for _, seed := range []string{"ws1:more:abc:2", "ws1:sources:A-b_9", "ws1::", "ws1:more:abc:-1", "ws1:more:abc:999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := Parse(s)
		if err == nil && c.String() != s {
			t.Errorf("%q reads %+v, which is %q", s, c, c)
		}
	})
}
