package bot

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/bot/moderation"
	moderationtest "github.com/whosays/whosays/bot/moderation/storetest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// moderatorsButtons are what buttons and menus under the replies to moderators ask for.
func moderatorsButtons() []chat.Command {
	return []chat.Command{
		chat.CommandPublish, chat.CommandEdit, chat.CommandCancel, chat.CommandRival, chat.CommandRevision, chat.CommandApprove, chat.CommandReject, chat.CommandTell,
		chat.CommandClaimShow, chat.CommandClaimPending, chat.CommandClaimGaps, chat.CommandClaimReports,
	}
}

// place is a tenant's channel where moderators talk with a bot that has the seed article's claims.
type place struct {
	t      testing.TB
	bot    *Bot
	base   *knowledge.Base
	quotes quotes
}

// quotes says of each claim that as many messages quoted it.
type quotes map[string]int

func (q quotes) Count(_ context.Context, claims ...knowledge.Key) (n int, err error) {
	for _, k := range claims {
		n += q[k.ID]
	}
	return n, nil
}

func newPlace(t testing.TB) *place {
	t.Helper()
	all, err := fifteen()
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	store, err := knowledge.NewMemory(all)
	if err != nil {
		t.Fatal(err)
	}
	base, err := knowledge.NewBase(context.Background(), lex, store)
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(base, lex)
	if err != nil {
		t.Fatal(err)
	}
	p := &place{t: t, base: base, quotes: quotes{}}
	p.bot = b.With(Moderation{Council: moderation.New(base, moderationtest.NewMemory(store)), Quotes: p.quotes})
	return p
}

// People of the place.
func manager() chat.Actor  { return chat.Actor{ID: "test:manager", Manager: true} }
func second() chat.Actor   { return chat.Actor{ID: "test:second", Manager: true} }
func stranger() chat.Actor { return chat.Actor{ID: "test:stranger"} }

// says asks as the manager, if nobody else, in the place.
func (p *place) says(req chat.Request) chat.Reply {
	p.t.Helper()
	if req.Tenant == "" {
		req.Tenant = "test:T1"
	}
	if req.Actor.ID == "" {
		req.Actor = manager()
	}
	r := handle(p.t.(fataler), p.bot, req)
	if err := guard.Check(r); err != nil {
		p.t.Errorf("%s: %v", req.Command, err)
	}
	if !r.Private() {
		p.t.Errorf("%s: everybody sees\n%s", req.Command, plain(r))
	}
	return r
}

// press asks for what a button or a submitted form under a reply does.
func (p *place) press(r *chat.Reply, c chat.Command, values map[string]string) chat.Reply {
	p.t.Helper()
	return p.says(p.pressed(r, c, values))
}

func (p *place) pressed(r *chat.Reply, c chat.Command, values map[string]string) chat.Request {
	req := chat.Request{Command: c, Lang: r.Lang, Form: r.Form}
	if r.Form != nil {
		req.Form = r.Form.With(values)
	}
	for _, s := range r.Shown {
		req.Claims = append(req.Claims, s.Claim.ID)
	}
	return req
}

const line = "UN HRMMU: at least 3,000 civilians killed in Ukraine in 2024 https://example.org/report"

func (p *place) published(text string) chat.Reply {
	p.t.Helper()
	r := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: text, Lang: "en"})
	done := p.press(&r, chat.CommandPublish, nil)
	if done.Outcome != chat.Done || len(done.Shown) != 1 {
		p.t.Fatalf("published:\n%s\n%s", plain(r), plain(done))
	}
	return done
}

func TestAddAndFill(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for _, lang := range lexicon.Languages {
		r := p.says(chat.Request{Command: chat.CommandClaimAdd, Lang: lang})
		if r.Outcome != chat.Filling || !r.Opens || r.Form == nil {
			t.Fatalf("%+v", r)
		}
		filled := p.press(&r, r.Form.Command, map[string]string{
			"text": "At least 2,514 civilians were killed in Ukraine in 2025.", "figure": "at least 2,514", "speaker": "UN HRMMU", "url": "https://example.org/a",
			"group": "civilians", "metric": "killed", "place": "Ukraine", "period": "2025",
		})
		if filled.Form == nil || filled.Form.Problems() || !slices.Contains(filled.Offers, chat.CommandPublish) || len(filled.Shown) == 0 {
			t.Errorf("%s %v\n%s", lang, filled.Offers, plain(filled))
		}
	}
}

// TestPublish: what is published in one line is found by a question; published twice, it is one change.
func TestPublish(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	r := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: line, Lang: "en"})
	done := p.press(&r, chat.CommandPublish, nil)
	again := p.press(&r, chat.CommandPublish, nil)
	if plain(done) != plain(again) || done.Outcome != chat.Done {
		t.Errorf("first:\n%s\nthen:\n%s", plain(done), plain(again))
	}
	own, err := p.base.Own(context.Background(), "test:T1", today)
	if err != nil || len(own) != 1 || own[0].Revision != 1 {
		t.Errorf("%+v, %v", own, err)
	}
	answer := handle(t, p.bot, chat.Request{Text: "How many civilians were killed in Ukraine in 2024?", Tenant: "test:T1"})
	if answer.Outcome != chat.Answered || answer.Shown[0].Claim.ID != own[0].ID {
		t.Error(plain(answer))
	}
	elsewhere := handle(t, p.bot, chat.Request{Text: "How many civilians were killed in Ukraine in 2024?", Tenant: "test:T2"})
	if strings.Contains(plain(elsewhere), "3,000") {
		t.Error(plain(elsewhere))
	}
}

// TestReviseAndConflict: of two who revise one version one wins; the other sees both, and goes on from there.
func TestReviseAndConflict(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	id := p.published(line).Shown[0].Claim.ID
	one := p.says(chat.Request{Command: chat.CommandClaimRevise, Claims: []string{id}, Lang: "en"})
	other := p.says(chat.Request{Command: chat.CommandClaimRevise, Claims: []string{id}, Lang: "uk", Actor: second()})
	first := p.press(&one, chat.CommandFill, map[string]string{"text": "At least 3,100 civilians killed in Ukraine in 2024", "figure": "at least 3,100", "reason": "a newer report"})
	if done := p.press(&first, chat.CommandPublish, nil); done.Outcome != chat.Done || done.Shown[0].Claim.Revision != 2 {
		t.Fatal(plain(done))
	}
	if again := p.press(&first, chat.CommandPublish, nil); again.Outcome != chat.Done || again.Shown[0].Claim.Revision != 2 {
		t.Errorf("published twice:\n%s", plain(again))
	}
	then := p.press(&other, chat.CommandFill, map[string]string{"publisher": "The UN", "reason": "its publisher"})
	if then.Outcome != chat.Filling || len(then.Shown) != 1 || then.Shown[0].Claim.Revision != 2 || then.Form.Version != 2 || then.Form.Value("publisher") != "The UN" {
		t.Fatalf("%+v\n%s", then.Form, plain(then))
	}
	done := p.press(&then, chat.CommandPublish, nil)
	if done.Outcome != chat.Done || len(done.Shown) != 1 || done.Shown[0].Claim.Sources[0].Publisher != "The UN" || *done.Shown[0].Claim.Figure.Low != 3100 {
		t.Errorf("%s", plain(done))
	}
}

// TestRetract: it takes a reason, and what is retracted isn't told any more.
func TestRetract(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	id := p.published(line).Shown[0].Claim.ID
	ask := p.says(chat.Request{Command: chat.CommandClaimRetract, Claims: []string{id}, Lang: "en"})
	if !ask.Opens || ask.Form.Field("reason") == nil {
		t.Fatal(plain(ask))
	}
	p.quotes[id] = 21
	many := p.press(&ask, ask.Form.Command, map[string]string{"reason": "the report was withdrawn"})
	if many.Outcome != chat.Filling || !slices.Contains(many.Offers, chat.CommandTell) || !strings.Contains(plain(many), "21") {
		t.Fatal(plain(many))
	}
	done := p.press(&many, chat.CommandTell, nil)
	again := p.press(&many, chat.CommandTell, nil)
	if done.Outcome != chat.Done || plain(done) != plain(again) {
		t.Errorf("%s\n%s", plain(done), plain(again))
	}
	if r := handle(t, p.bot, chat.Request{Text: "How many civilians were killed in Ukraine in 2024?", Tenant: "test:T1"}); strings.Contains(plain(r), "3,000") {
		t.Error(plain(r))
	}
}

// TestHide: a shared claim is kept out of the answers of one tenant, and comes back.
func TestHide(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	question := chat.Request{Text: "How many Ukrainian soldiers have been killed?", Tenant: "test:T1"}
	done := p.says(chat.Request{Command: chat.CommandClaimHide, Claims: []string{keys["K1"]}, Values: map[string]string{"reason": "we doubt it"}, Lang: "en"})
	if done.Outcome != chat.Done || strings.Contains(plain(handle(t, p.bot, question)), "55,000") {
		t.Error(plain(done))
	}
	if retract := p.says(chat.Request{Command: chat.CommandClaimRetract, Claims: []string{keys["K2"]}, Lang: "en"}); retract.Outcome != chat.Refused {
		t.Error(plain(retract))
	}
	shown := p.says(chat.Request{Command: chat.CommandClaimUnhide, Claims: []string{keys["K1"]}, Lang: "en"})
	if shown.Outcome != chat.Done || !strings.Contains(plain(handle(t, p.bot, question)), "55,000") {
		t.Error(plain(shown))
	}
}

// TestApprovals: what waits is made by somebody else.
func TestApprovals(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	if r := p.says(chat.Request{Command: chat.CommandSettings, Values: map[string]string{SecondOption: "1", LangOption: "uk"}, Lang: "en"}); r.Outcome != chat.Done {
		t.Fatal(plain(r))
	}
	draft := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: line, Lang: "en"})
	waits := p.press(&draft, chat.CommandPublish, nil)
	if waits.Outcome != chat.Done || len(waits.Shown) != 0 {
		t.Fatal(plain(waits))
	}
	mine := p.says(chat.Request{Command: chat.CommandClaimPending, Lang: "en"})
	if own := p.press(&mine, chat.CommandApprove, nil); own.Outcome != chat.Refused {
		t.Error(plain(own))
	}
	theirs := p.says(chat.Request{Command: chat.CommandClaimPending, Lang: "ru", Actor: second()})
	approve := p.pressed(&theirs, chat.CommandApprove, nil)
	approve.Actor = second()
	done := p.says(approve)
	if done.Outcome != chat.Done || len(done.Shown) != 1 || done.Shown[0].Claim.ApprovedBy != second().ID {
		t.Error(plain(done))
	}
}

// TestReject: it takes a reason.
func TestReject(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.says(chat.Request{Command: chat.CommandSettings, Values: map[string]string{SecondOption: "1"}, Lang: "en"})
	draft := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: line, Lang: "en"})
	p.press(&draft, chat.CommandPublish, nil)
	shown := p.says(chat.Request{Command: chat.CommandClaimPending, Lang: "en", Actor: second()})
	press := p.pressed(&shown, chat.CommandReject, nil)
	press.Actor = second()
	ask := p.says(press)
	if !ask.Opens || ask.Form.Command != chat.CommandReject {
		t.Fatal(plain(ask))
	}
	submit := p.pressed(&ask, ask.Form.Command, map[string]string{"reason": "no such report"})
	submit.Actor = second()
	if done := p.says(submit); done.Outcome != chat.Done {
		t.Error(plain(done))
	}
	if left := p.says(chat.Request{Command: chat.CommandClaimPending, Lang: "en"}); left.Form != nil || left.Menu != nil {
		t.Error(plain(left))
	}
}

// TestRefusals: whoever may not is told what is missing, at every command and button, and nothing is kept.
func TestRefusals(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	draft := p.says(chat.Request{Command: chat.CommandClaimAdd, Text: line, Lang: "en"})
	values := map[string]string{AccountOption: "test:stranger", SecondOption: "1", "reason": "x"}
	for _, c := range p.bot.Commands() {
		if !moderates(c.Command) {
			continue
		}
		for name, req := range map[string]chat.Request{
			"a stranger":             {Command: c.Command, Actor: stranger(), Claims: []string{keys["K1"]}, Values: values, Text: line},
			"nobody":                 {Command: c.Command, Actor: chat.Actor{ID: " "}, Claims: []string{keys["K1"]}, Values: values, Text: line},
			"with somebody's form":   {Command: c.Command, Actor: stranger(), Form: draft.Form, Values: values},
			"a stranger's own group": {Command: c.Command, Actor: chat.Actor{ID: "test:x", Groups: []string{"test:manager"}}, Form: draft.Form, Values: values},
		} {
			if r := p.says(req); r.Outcome != chat.Refused {
				t.Errorf("%s, %s: %s", c.Command, name, plain(r))
			}
		}
		r := handle(t, p.bot, chat.Request{Command: c.Command, Actor: manager(), Form: draft.Form, Values: values, Claims: []string{keys["K1"]}})
		if r.Outcome != chat.Refused && c.Command != chat.CommandSettings {
			t.Errorf("%s, without a tenant: %s", c.Command, plain(r))
		}
	}
	for _, c := range moderatorsButtons() {
		req := p.pressed(&draft, c, nil)
		if req.Actor = stranger(); p.says(req).Outcome != chat.Refused {
			t.Errorf("%s", c)
		}
	}
	if own, err := p.base.Own(context.Background(), "test:T1", today); err != nil || len(own) > 0 {
		t.Errorf("%v, %v", own, err)
	}
}

// TestSuggest: each command is suggested what it may be about, and nobody else is suggested anything.
func TestSuggest(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	id := p.published(line).Shown[0].Claim.ID
	p.says(chat.Request{Command: chat.CommandClaimHide, Claims: []string{keys["K1"]}, Values: map[string]string{"reason": "x"}})
	values := func(c chat.Command, option, typed, lang string, who chat.Actor) []string {
		got, err := p.bot.Suggest(context.Background(), chat.Request{Command: c, Tenant: "test:T1", Actor: who, Lang: lang, Now: today}, option, typed)
		if err != nil || len(got) > 25 {
			t.Fatal(len(got), err)
		}
		out := []string{}
		for _, choice := range got {
			if n := len([]rune(choice.Label)); n == 0 || n > 100 {
				t.Errorf("%q", choice.Label)
			}
			out = append(out, choice.Value)
		}
		return out
	}
	for name, tc := range map[string]struct {
		got, want []string
	}{
		"own claims to revise":         {values(chat.CommandClaimRevise, ClaimOption, "", "en", manager()), []string{id}},
		"by a word":                    {values(chat.CommandClaimRetract, ClaimOption, "3,000 civil", "en", manager()), []string{id}},
		"by another word":              {values(chat.CommandClaimRetract, ClaimOption, "soldiers", "en", manager()), []string{}},
		"what is hidden":               {values(chat.CommandClaimUnhide, ClaimOption, "", "en", manager()), []string{keys["K1"]}},
		"a shared one by its id":       {values(chat.CommandClaimHide, ClaimOption, keys["K4"], "uk", manager())[:1], []string{keys["K4"]}},
		"a place":                      {values(chat.CommandClaimAdd, "place", "Харк", "uk", manager()), []string{"kharkiv"}},
		"a place in another language":  {values(chat.CommandClaimAdd, "place", "khark", "ru", manager()), []string{"kharkiv"}},
		"no series yet":                {values(chat.CommandClaimAdd, "series", "", "en", manager()), []string{}},
		"no such option":               {values(chat.CommandClaimAdd, "figure", "5", "en", manager()), []string{}},
		"to a stranger":                {values(chat.CommandClaimRevise, ClaimOption, "", "en", stranger()), []string{}},
		"a stranger's word of a place": {values(chat.CommandClaimAdd, "place", "k", "en", stranger()), []string{}},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}
