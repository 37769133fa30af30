package bot

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/gaptest"
	"github.com/whosays/whosays/knowledge"
)

func (p *place) retracted(id string) {
	p.t.Helper()
	r := p.says(chat.Request{Command: chat.CommandClaimRetract, Claims: []string{id}, Values: map[string]string{"reason": "it was withdrawn"}, Lang: "en"})
	if r.Outcome != chat.Done {
		p.t.Fatal(plain(r))
	}
}

func (p *place) suggested(c chat.Command) (ids []string) {
	p.t.Helper()
	got, err := p.bot.Suggest(context.Background(), chat.Request{Command: c, Tenant: "test:T1", Actor: manager(), Lang: "en", Now: today}, ClaimOption, "")
	if err != nil {
		p.t.Fatal(err)
	}
	for _, choice := range got {
		ids = append(ids, choice.Value)
	}
	return ids
}

// TestOnlyWhatIsLiveIsRevised: what was taken back doesn't come back by being revised, and isn't suggested for it.
func TestOnlyWhatIsLiveIsRevised(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	id := p.published(line).Shown[0].Claim.ID
	ask := chat.Request{Command: chat.CommandClaimRevise, Claims: []string{id}, Lang: "en"}
	open := p.says(ask)
	values := map[string]string{"publisher": "The UN", "reason": "its publisher"}
	before := p.press(&open, chat.CommandFill, values)
	p.retracted(id)
	for name, r := range map[string]chat.Reply{
		"asked for":             p.says(ask),
		"submitted since":       p.press(&open, chat.CommandFill, values),
		"published since":       p.press(&before, chat.CommandPublish, nil),
		"with the new revision": p.says(chat.Request{Command: chat.CommandPublish, Lang: "en", Form: latest(before.Form)}),
	} {
		if r.Outcome != chat.Refused || !strings.Contains(plain(r), "taken back or replaced") {
			t.Errorf("%s:\n%s", name, plain(r))
		}
	}
	if c, err := p.base.Stored(context.Background(), knowledge.Key{Tenant: "test:T1", ID: id}, time.Time{}); err != nil || c.Status != knowledge.StatusRetracted {
		t.Errorf("%+v, %v", c, err)
	}
	if got := p.suggested(chat.CommandClaimRevise); slices.Contains(got, id) {
		t.Errorf("suggested: %v", got)
	}
	if got := p.suggested(chat.CommandClaimShow); !slices.Contains(got, id) {
		t.Errorf("not suggested to be looked at: %v", got)
	}
}

func latest(f *chat.Form) *chat.Form {
	out := *f
	out.Version++
	return &out
}

// TestALaterFigureIsNoNewVersion: what was said of another day stays as it is.
func TestALaterFigureIsNoNewVersion(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"later":   "UN HRMMU: at least 3,500 civilians killed in Ukraine in 2025 https://example.org/next",
		"earlier": "UN HRMMU: at least 2,000 civilians killed in Ukraine in 2023 https://example.org/before",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			of := p.published(line).Shown[0].Claim
			draft := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: text, Lang: "en"})
			req := p.pressed(&draft, chat.CommandRevision, nil)
			req.Claims = []string{of.ID}
			r := p.says(req)
			if r.Form == nil || r.Form.Version != 0 || r.Form.Subject == of.ID || r.Form.Value("supersedes") != "" || !strings.Contains(plain(r), "same series") {
				t.Fatalf("%+v\n%s", r.Form, plain(r))
			}
			if done := p.press(&r, chat.CommandPublish, nil); done.Outcome != chat.Done || done.Shown[0].Claim.ID == of.ID {
				t.Error(plain(done))
			}
			is, err := p.base.Get(context.Background(), "test:T1", of.ID)
			if err != nil || is.Revision != 1 || *is.Figure.Low != 3000 {
				t.Errorf("%+v, %v", is, err)
			}
		})
	}
}

// TestACorrectionIsANewVersion: of the same day it is the same claim.
func TestACorrectionIsANewVersion(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	of := p.published(line).Shown[0].Claim
	draft := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: strings.Replace(line, "3,000", "3,100", 1), Lang: "en"})
	req := p.pressed(&draft, chat.CommandRevision, nil)
	req.Claims = []string{of.ID}
	if r := p.says(req); r.Form == nil || r.Form.Version != 1 || r.Form.Subject != of.ID {
		t.Errorf("%+v\n%s", r.Form, plain(r))
	}
}

// TestSharedClaimsHaveNoNewStates: what is of the shared base isn't superseded, nor continued, from a tenant.
func TestSharedClaimsHaveNoNewStates(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	const like = "UN HRMMU: at least 2,600 civilians killed in Ukraine in 2025 https://example.org/newer"
	draft := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: like, Lang: "en"})
	if len(draft.Shown) == 0 || slices.Contains(draft.Offers, chat.CommandRevision) || draft.Menu != nil {
		t.Errorf("%v %+v\n%s", draft.Offers, draft.Menu, plain(draft))
	}
	if r := p.press(&draft, chat.CommandRevision, nil); r.Outcome != chat.Refused {
		t.Error(plain(r))
	}
	shared := draft.Shown[0].Claim.ID
	superseding := p.press(&draft, chat.CommandPublish, map[string]string{"supersedes": shared})
	if superseding.Outcome != chat.Filling || superseding.Form.Field("supersedes").Problem == "" {
		t.Errorf("%s", plain(superseding))
	}
	own := p.published(like).Shown[0].Claim
	then := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: strings.Replace(like, "2,600", "2,700", 1), Lang: "en"})
	if len(then.Shown) < 2 || then.Shown[0].Claim.ID != own.ID || !slices.Contains(then.Offers, chat.CommandRevision) || then.Menu != nil {
		t.Errorf("%v %+v\n%s", then.Offers, then.Menu, plain(then))
	}
	if done := p.press(&then, chat.CommandPublish, map[string]string{"supersedes": own.ID}); done.Outcome != chat.Done || len(done.Shown) == 0 {
		t.Error(plain(done))
	}
}

// TestWhoWasToldIsAskedAbout: whatever is corrected.
func TestWhoWasToldIsAskedAbout(t *testing.T) {
	t.Parallel()
	was := knowledge.Claim{Tenant: "test:T1", ID: "a", Kind: knowledge.KindFigure, Text: "One"}
	is := func(change func(*knowledge.Claim)) *draft {
		d := &draft{was: was, is: was}
		change(&d.is)
		return d
	}
	key := []knowledge.Key{was.Key()}
	for name, tc := range map[string]struct {
		draft *draft
		want  []knowledge.Key
	}{
		"another standing":           {is(func(c *knowledge.Claim) { c.Attribution.Standing = "neutral" }), key},
		"another sentence, no count": {is(func(c *knowledge.Claim) { c.Text = "Two" }), key},
		"another topic":              {is(func(c *knowledge.Claim) { c.Topic = "x" }), nil},
		"what it supersedes":         {is(func(c *knowledge.Claim) { c.Supersedes = []string{"b"} }), []knowledge.Key{{Tenant: "test:T1", ID: "b"}}},
	} {
		if diff := cmp.Diff(tc.want, quoted(tc.draft)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestPublishedTwiceAndTakenBackBetween: who presses again isn't told that it can be asked about, and nobody is told in a channel.
func TestPublishedTwiceAndTakenBackBetween(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(p *place, id string){
		"retracted": (*place).retracted,
		"revised": func(p *place, id string) {
			open := p.says(chat.Request{Command: chat.CommandClaimRevise, Claims: []string{id}, Lang: "en"})
			p.press(&open, chat.CommandPublish, map[string]string{"publisher": "The UN", "reason": "its publisher"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, said := newPlace(t), 0
			p.bot.Gaps = moderation.NewGaps(gaptest.NewMemory())
			p.bot.Say = func(context.Context, string, chat.Post) error {
				said++
				return nil
			}
			for _, who := range []string{"a", "b", "c"} {
				handle(t, p.bot, chat.Request{Text: "How many tanks has Russia lost?", Tenant: "test:T1", From: "test:C1", Actor: chat.Actor{ID: who}})
			}
			gaps := p.says(chat.Request{Command: chat.CommandClaimGaps, From: "test:C1", Lang: "en"})
			if gaps.Menu == nil {
				t.Fatal(plain(gaps))
			}
			draft := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: line, Lang: "en"})
			first := p.press(&draft, chat.CommandPublish, nil)
			change(p, first.Shown[0].Claim.ID)
			again := p.pressed(&draft, chat.CommandPublish, nil)
			again.From = "test:C1"
			again.Form.Fields = append(again.Form.Fields, chat.Field{ID: "gap", Value: gaps.Menu.Choices[0].Value})
			r := p.says(again)
			if said > 0 || len(r.Shown) > 0 || !strings.Contains(plain(r), "changed since") {
				t.Errorf("%d told\n%s", said, plain(r))
			}
		})
	}
}

// TestTheSecondPersonSeesWhatIsProposed: all of it.
func TestTheSecondPersonSeesWhatIsProposed(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a := &turn{w: p.bot.writer("en")}
	claim := knowledge.Claim{ID: "a", Kind: knowledge.KindFigure, Text: "One"}
	for name, tc := range map[string]struct {
		change moderation.Change
		want   []string
	}{
		"a review":       {moderation.Change{Action: moderation.Review, Claims: []string{"one", "two"}}, []string{"one", "two"}},
		"of all":         {moderation.Change{Action: moderation.Review}, []string{"all that are live"}},
		"quietly":        {moderation.Change{Action: moderation.Retract, Claim: claim, Reason: "why so", Quiet: true}, []string{"why so", "tell nobody"}},
		"added, quietly": {moderation.Change{Action: moderation.Add, Claim: claim, Reason: "why so", Quiet: true}, []string{"why so", "tell nobody"}},
		"revised":        {moderation.Change{Action: moderation.Revise, Claim: latestOf(claim), Reason: "why so", Quiet: true}, []string{"why so", "tell nobody"}},
	} {
		got := plain(chat.Reply{Blocks: a.w.Fields(p.bot.proposed(a, &tc.change))})
		for _, want := range tc.want {
			if strings.Count(got, want) != 1 {
				t.Errorf("%s: %q is missing in\n%s", name, want, got)
			}
		}
	}
}

func latestOf(c knowledge.Claim) knowledge.Claim {
	c.Revision = 1
	return c
}

// TestThoseWhoAskedAreTold once the claim is made: at once, or when a second person approves it, and no more than once.
func TestThoseWhoAskedAreTold(t *testing.T) {
	t.Parallel()
	for name, approvals := range map[string]string{"alone": "0", "by two": "1"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			var said []chat.Post
			p.bot.Gaps = moderation.NewGaps(gaptest.NewMemory())
			p.bot.Say = func(_ context.Context, _ string, post chat.Post) error {
				said = append(said, post)
				return nil
			}
			for _, who := range []string{"a", "b", "c"} {
				handle(t, p.bot, chat.Request{Text: "How many tanks has Russia lost?", Tenant: "test:T1", From: "test:C1", Actor: chat.Actor{ID: who}})
			}
			p.says(chat.Request{Command: chat.CommandSettings, Values: map[string]string{SecondOption: approvals}, Lang: "en"})
			gaps := p.says(chat.Request{Command: chat.CommandClaimGaps, From: "test:C1", Lang: "en"})
			draft := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: line, Lang: "en"})
			publish := p.pressed(&draft, chat.CommandPublish, nil)
			publish.From = "test:C1"
			publish.Form.Fields = append(publish.Form.Fields, chat.Field{ID: "gap", Value: gaps.Menu.Choices[0].Value})
			p.says(publish)
			if approvals == "1" {
				if len(said) > 0 {
					t.Error("they are told of what isn't made")
				}
				one := p.says(chat.Request{Command: chat.CommandClaimPending, Lang: "en", Actor: second()}) // it is the only one
				for range 2 {
					approve := p.pressed(&one, chat.CommandApprove, nil)
					approve.From, approve.Actor = "test:C1", second()
					p.says(approve)
				}
			} else {
				p.says(publish)
			}
			if len(said) != 1 || said[0].To != "test:C1" || !strings.Contains(plain(said[0].Reply), "now there is a sourced answer") {
				t.Errorf("%+v", said)
			}
		})
	}
}

// TestSettingsThatThereArent are refused, and nothing is set.
func TestSettingsThatThereArent(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for option, value := range map[string]string{SecondOption: "400", LangOption: "fr", TellOption: "maybe"} {
		if r := p.says(chat.Request{Command: chat.CommandSettings, Values: map[string]string{option: value}, Lang: "en"}); r.Outcome != chat.Refused {
			t.Errorf("%s: %s", option, plain(r))
		}
	}
	if s, err := p.bot.Council.Settings(t.Context(), "test:T1"); err != nil || s != moderation.Default() {
		t.Errorf("%+v, %v", s, err)
	}
}
