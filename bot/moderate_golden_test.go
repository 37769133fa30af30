package bot

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/bot/moderation/form"
	"github.com/whosays/whosays/bot/moderation/gaptest"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// desk is a reply to a moderator as a golden keeps it: with its form, its buttons and what may be chosen.
func desk(b *Bot, r chat.Reply) string {
	out := sheet(r)
	if f := r.Form; f != nil {
		out += fmt.Sprintf("form\t%s %q %q %v opens=%t subject=%s version=%d\n", f.Command, f.Title, f.Submit, f.Pages, r.Opens, f.Subject, f.Version)
		for _, field := range f.Fields {
			if r.Opens {
				out += fmt.Sprintf("\t%d %s: %s (%s)", field.Page, field.ID, field.Label, field.Hint)
				for _, c := range field.Choices[:min(len(field.Choices), 3)] {
					out += " | " + c.Label
				}
				out += fmt.Sprintf(" = %q\n", field.Value)
			}
		}
	}
	for _, c := range r.Offers {
		out += "button\t" + b.Label(c, r.Lang) + "\n"
	}
	if r.Menu != nil {
		out += "menu\t" + b.Label(r.Menu.Command, r.Lang) + "\n"
		for _, c := range r.Menu.Choices {
			out += "\t" + c.Label + "\n"
		}
	}
	if r.File != nil {
		out += "file\t" + r.File.Name + " " + r.File.Media + "\n" + string(r.File.Body)
	}
	return out
}

// session is what moderators say in one language, and what is replied.
type session struct {
	*place

	lang string
	out  strings.Builder
}

func (s *session) say(what string, req chat.Request) chat.Reply {
	req.Lang = s.lang
	r := s.says(req)
	fmt.Fprintf(&s.out, "== %s\n%s\n", what, desk(s.bot, r))
	return r
}

func (s *session) press2(what string, by chat.Actor, r *chat.Reply, c chat.Command, values map[string]string) chat.Reply {
	req := s.pressed(r, c, values)
	req.Actor = by
	return s.say(what, req)
}

// TestModeratorsReplies holds everything that moderators are told, as it reads. A golden that changes is a change of the product.
func TestModeratorsReplies(t *testing.T) {
	t.Parallel()
	for _, lang := range lexicon.Languages {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			s := &session{place: newPlace(t), lang: lang}
			s.adding()
			s.changing()
			s.judging()
			s.looking()
			s.refusing()
			golden.Assert(t, s.out.String(), "replies/moderators-"+lang+".golden")
		})
	}
}

func (s *session) adding() {
	s.say("an empty form", chat.Request{Command: chat.CommandClaimAdd})
	s.say("a line with little in it", chat.Request{Command: chat.CommandClaimAdd, Text: "300 civilians killed in Bucha http://example.org"})
	near := s.say("a line that resembles a claim", chat.Request{Command: chat.CommandClaimAdd, Text: "UN HRMMU: at least 2,600 civilians killed in Ukraine in 2025 https://example.org/newer"})
	s.press2("no new state of a shared claim", manager(), &near, chat.CommandRevision, nil)
	rival := s.press2("a rival", manager(), &near, chat.CommandRival, nil)
	s.press2("published", manager(), &rival, chat.CommandPublish, nil)
	own := s.say("a line that resembles one's own", chat.Request{Command: chat.CommandClaimAdd, Text: "UN HRMMU: at least 2,700 civilians killed in Ukraine in 2025 https://example.org/newest"})
	s.press2("a new state of it", manager(), &own, chat.CommandRevision, nil)
	s.press2("of another date", manager(), &own, chat.CommandRevision, map[string]string{"period": "2023"})
	s.press2("cancelled", manager(), &rival, chat.CommandCancel, nil)
}

func (s *session) changing() {
	id := s.published(line).Shown[0].Claim.ID
	one := s.say("the form of a revision", chat.Request{Command: chat.CommandClaimRevise, Claims: []string{id}})
	values := map[string]string{"text": "At least 3,100 civilians killed in Ukraine in 2024", "figure": "3100+", form.ReasonField: "a newer report"}
	read := s.press2("as it was understood", manager(), &one, chat.CommandFill, values)
	s.press2("the new version", manager(), &read, chat.CommandPublish, nil)
	s.press2("somebody was quicker", second(), &one, chat.CommandFill, map[string]string{"publisher": "UN", form.ReasonField: "who publishes it"})
	s.quotes[id] = 40
	ask := s.say("why", chat.Request{Command: chat.CommandClaimRetract, Claims: []string{id}})
	many := s.press2("many were told", manager(), &ask, ask.Form.Command, map[string]string{form.ReasonField: "it was withdrawn"})
	s.press2("retracted", manager(), &many, chat.CommandTell, nil)
	s.say("a claim that was retracted", chat.Request{Command: chat.CommandClaimShow, Claims: []string{id}})
	s.say("its history", chat.Request{Command: chat.CommandClaimHistory, Claims: []string{id}})
	s.say("why it is hidden", chat.Request{Command: chat.CommandClaimHide, Claims: []string{keys["K1"]}})
	s.say("hidden", chat.Request{Command: chat.CommandClaimHide, Claims: []string{keys["K1"]}, Values: map[string]string{ReasonOption: "we doubt it"}})
	s.say("shown again", chat.Request{Command: chat.CommandClaimUnhide, Claims: []string{keys["K1"]}})
}

func (s *session) judging() {
	s.say("moderators, none yet", chat.Request{Command: chat.CommandModList})
	s.say("a moderator", chat.Request{Command: chat.CommandModAdd, Values: map[string]string{AccountOption: "test:third"}})
	s.say("moderators", chat.Request{Command: chat.CommandModList})
	s.say("no longer a moderator", chat.Request{Command: chat.CommandModRemove, Values: map[string]string{AccountOption: "test:third"}})
	s.say("settings", chat.Request{Command: chat.CommandSettings})
	s.say("other settings", chat.Request{Command: chat.CommandSettings, Values: map[string]string{SecondOption: "1", LangOption: "uk", TellOption: "on"}})
	s.say("nothing waits", chat.Request{Command: chat.CommandClaimPending})
	draft := s.says(chat.Request{Command: chat.CommandClaimAdd, Text: "UN HRMMU: 900 children killed in Ukraine in 2023 https://example.org/c", Lang: s.lang})
	s.press2("it waits", manager(), &draft, chat.CommandPublish, nil)
	s.say("a proposal", chat.Request{Command: chat.CommandClaimPending})
	s.says(chat.Request{Command: chat.CommandSettings, Values: map[string]string{SecondOption: "0"}, Lang: s.lang})
	all := s.say("proposals", chat.Request{Command: chat.CommandClaimPending})
	picked := s.say("one of them", chat.Request{Command: chat.CommandClaimPending, Pick: all.Menu.Choices[0].Value})
	s.press2("one's own", manager(), &picked, chat.CommandApprove, nil)
	s.press2("approved", second(), &picked, chat.CommandApprove, nil)
	other := s.say("the other one", chat.Request{Command: chat.CommandClaimPending, Pick: all.Menu.Choices[1].Value})
	why := s.press2("why it is rejected", second(), &other, chat.CommandReject, nil)
	s.press2("rejected", second(), &why, chat.CommandReject, map[string]string{form.ReasonField: "two eyes are too few"})
}

func (s *session) looking() {
	s.say("search", chat.Request{Command: chat.CommandClaimSearch, Text: "children killed"})
	s.say("reviewed", chat.Request{Command: chat.CommandClaimReviewed})
	s.say("export", chat.Request{Command: chat.CommandClaimExport, Values: map[string]string{FormatOption: "csv"}})
	s.say("a shared claim", chat.Request{Command: chat.CommandClaimShow, Claims: []string{keys["K4"]}})
	s.say("no reports", chat.Request{Command: chat.CommandClaimReports})
	s.bot.Reports = noted{{ID: "r1", At: today, Note: "The date is wrong: it was 3 March", Claims: []moderation.Version{{ID: keys["K4"], Revision: 1}}}, {ID: "r2", At: today.Add(-time.Hour)}}
	s.say("reports", chat.Request{Command: chat.CommandClaimReports})
	s.say("a report", chat.Request{Command: chat.CommandClaimReports, Pick: "r1"})
	s.say("no gaps", chat.Request{Command: chat.CommandClaimGaps})
	s.bot.Gaps = moderation.NewGaps(gaptest.NewMemory())
	for _, who := range []string{"a", "b", "c"} {
		handle(s.t.(fataler), s.bot, chat.Request{Text: "How many tanks has Russia lost?", Tenant: "test:T1", From: "test:C1", Actor: chat.Actor{ID: who}})
	}
	gaps := s.say("gaps", chat.Request{Command: chat.CommandClaimGaps, From: "test:C1"})
	s.say("a claim for a gap", chat.Request{Command: chat.CommandClaimGaps, From: "test:C1", Pick: gaps.Menu.Choices[0].Value})
	s.say("gaps elsewhere", chat.Request{Command: chat.CommandClaimGaps, From: "test:C2"})
}

func (s *session) refusing() {
	s.say("a stranger", chat.Request{Command: chat.CommandClaimAdd, Actor: stranger()})
	s.say("no manager", chat.Request{Command: chat.CommandModAdd, Actor: stranger(), Values: map[string]string{AccountOption: "test:stranger"}})
	s.say("a shared claim can't be retracted", chat.Request{Command: chat.CommandClaimRetract, Claims: []string{keys["K4"]}})
	s.say("no such claim", chat.Request{Command: chat.CommandClaimHide, Claims: []string{"no-such-claim"}})
	s.say("a button without its form", chat.Request{Command: chat.CommandPublish})
	s.say("hidden twice, in vain", chat.Request{Command: chat.CommandClaimUnhide, Claims: []string{keys["K4"]}})
	for _, b := range []struct {
		what string
		bot  *Bot
	}{{"where nothing is changed", s.bot}, {"without a council", seedBot(s.t)}} {
		r := handle(s.t.(fataler), b.bot, chat.Request{Command: chat.CommandClaimAdd, Actor: manager(), Lang: s.lang})
		fmt.Fprintf(&s.out, "== %s\n%s\n", b.what, desk(b.bot, r))
	}
}

// noted are reports that were kept.
type noted []moderation.Report

func (noted) Add(context.Context, moderation.Report) error                     { return nil }
func (n noted) List(context.Context, string, int) ([]moderation.Report, error) { return n, nil }
func (noted) Forget(context.Context, time.Time) (int, error)                   { return 0, nil }
