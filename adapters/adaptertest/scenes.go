package adaptertest

import (
	"strings"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

const (
	line     = "UN HRMMU: at least 77 children wounded in Ukraine in 2021 https://ukraine.ohchr.org/en/report"
	question = "How many children were wounded in Ukraine in 2021?"
	known    = "2,514 civilians were killed in Ukraine in 2025"
	shared   = "civilians-killed-2025-un-hrmmu"
	own      = "children-wounded-un-hrmmu-2021"
)

func scenes() []scene {
	return []scene{
		{"a claim in one line, published twice and found", published},
		{"what is missing is named in the form", missing},
		{"what resembles a live claim is a rival, or isn't", resembling},
		{"a claim is retracted with a reason", retracted},
		{"two revise one version", revisedByTwo},
		{"a second person approves, or rejects with a reason", approved},
		{"a shared claim is hidden and shown again", hidden},
		{"who may not changes nothing", forbidden},
		{"what there is can be listed and taken along", listed},
		{"row 16: hostile text is dead wherever it is written", hostile},
	}
}

func text(value string) map[string]string { return map[string]string{bot.TextOption: value} }

func claim(id string) map[string]string { return map[string]string{bot.ClaimOption: id} }

// add has an editor publish the claim of the line.
func (s *stage) add(h Hand) {
	s.Helper()
	s.sees(h.Command(chat.CommandClaimAdd, text(line)), "This is how I understood it.")
	s.sees(h.Press(chat.CommandPublish), "Published.", "77")
}

func published(s *stage) {
	s.appoint(Editor)
	h := s.Hand(Editor)
	draft := s.sees(h.Command(chat.CommandClaimAdd, text(line)), "This is how I understood it.", "at least 77")
	s.offers(draft, chat.CommandPublish, true)
	if !strings.Contains(strings.Join(draft.Wrote, "\n"), "77") {
		s.Errorf("the draft's figure isn't marked as somebody's words: %q", draft.Wrote)
	}
	if seen := s.Hand(Reader).Ask(question); strings.Contains(seen.Text, "At least 77 children") {
		s.Errorf("a draft answers: %s", seen.Text)
	}
	for _, seen := range h.Twice(chat.CommandPublish) {
		s.sees(seen, "Published.", "At least 77 children")
	}
	s.reads(s.Hand(Reader).Ask(question), "At least 77 children", "Human Rights Monitoring Mission")
	if seen := s.sees(h.Command(chat.CommandClaimHistory, claim(own)), "added"); strings.Contains(seen.Text, "revised") {
		s.Errorf("there is a second version:\n%s", seen.Text)
	}
}

func missing(s *stage) {
	s.appoint(Editor)
	h := s.Hand(Editor)
	s.opened(h.Command(chat.CommandClaimAdd, nil), map[string]string{"text": ""})
	draft := s.sees(h.Fill(map[string]string{"text": "At least 77 children were wounded in Ukraine in 2021", "figure": "at least 77"}))
	s.offers(draft, chat.CommandPublish, false)
	s.offers(draft, chat.CommandEdit, true)
	draft = s.sees(h.Fill(map[string]string{
		"speaker": "UN HRMMU", "url": "https://ukraine.ohchr.org/en/report", "group": "children", "metric": "wounded", "place": "Ukraine", "period": "2021",
	}))
	s.offers(draft, chat.CommandPublish, true)
	s.sees(h.Press(chat.CommandPublish), "Published.")
	s.reads(s.Hand(Reader).Ask(question), "At least 77 children")
}

func resembling(s *stage) {
	s.appoint(Editor)
	h := s.Hand(Editor)
	of := func(least string) map[string]string {
		return text("UN HRMMU: at least " + least + " civilians killed in Ukraine in 2025 https://ukraine.ohchr.org/en/later")
	}
	draft := s.sees(h.Command(chat.CommandClaimAdd, of("2,600")), known, "at least 2,600")
	s.offers(draft, chat.CommandRevision, false) // it resembles a shared one alone
	s.sees(h.Press(chat.CommandPublish), "2,600")
	draft = s.sees(h.Command(chat.CommandClaimAdd, of("2,700")), known, "2,600", "at least 2,700")
	s.offers(draft, chat.CommandRevision, true)
	s.offers(draft, chat.CommandRival, true)
	draft = s.sees(h.Press(chat.CommandRival), "at least 2,700")
	s.offers(draft, chat.CommandRival, false)
	s.sees(h.Press(chat.CommandPublish), "2,700")
	s.sees(h.Command(chat.CommandClaimAdd, of("2,800")))
	draft = s.sees(h.Pick("civilians-killed-un-hrmmu-2025"), "at least 2,800")
	s.offers(draft, chat.CommandEdit, true)
	s.offers(draft, chat.CommandPublish, false) // a new version needs a reason
}

func retracted(s *stage) {
	s.appoint(Editor)
	h := s.Hand(Editor)
	s.add(h)
	s.opened(h.Command(chat.CommandClaimRetract, claim(own)), map[string]string{"reason": ""})
	s.sees(h.Fill(map[string]string{"reason": "It was counted twice."}))
	if seen := s.Hand(Reader).Ask(question); strings.Contains(seen.Text, "At least 77 children") {
		s.Errorf("what was retracted answers: %s", seen.Text)
	}
	s.sees(h.Command(chat.CommandClaimHistory, claim(own)), "It was counted twice.")
}

func revisedByTwo(s *stage) {
	s.appoint(Editor, Second)
	first, second := s.Hand(Editor), s.Hand(Second)
	s.add(first)
	s.opened(first.Command(chat.CommandClaimRevise, claim(own)), map[string]string{"figure": "at least 77"})
	s.opened(second.Command(chat.CommandClaimRevise, claim(own)), map[string]string{"figure": "at least 77"})
	s.sees(second.Fill(map[string]string{"figure": "at least 79", "text": "At least 79 children were wounded in Ukraine in 2021", "reason": "A later report."}))
	s.sees(second.Press(chat.CommandPublish), "79")
	late := s.sees(first.Fill(map[string]string{"figure": "at least 78", "text": "At least 78 children were wounded in Ukraine in 2021", "reason": "A recount."}), "79", "78")
	s.offers(late, chat.CommandPublish, true)
	s.sees(first.Press(chat.CommandPublish), "78")
	s.sees(first.Command(chat.CommandClaimHistory, claim(own)), "A later report.", "A recount.")
}

func approved(s *stage) {
	s.appoint(Editor, Second)
	s.sees(s.Hand(Chief).Command(chat.CommandSettings, map[string]string{bot.SecondOption: "1"}))
	first, second := s.Hand(Editor), s.Hand(Second)
	propose := func() {
		s.sees(first.Command(chat.CommandClaimAdd, text(line)))
		s.sees(first.Press(chat.CommandPublish))
	}
	propose()
	s.sees(first.Command(chat.CommandClaimPending, nil))
	s.sees(first.Press(chat.CommandApprove), "another")
	if seen := s.Hand(Reader).Ask(question); strings.Contains(seen.Text, "At least 77 children") {
		s.Errorf("what waits answers: %s", seen.Text)
	}
	s.offers(s.sees(second.Command(chat.CommandClaimPending, nil), "77"), chat.CommandApprove, true)
	s.opened(second.Press(chat.CommandReject), map[string]string{"reason": ""})
	s.sees(second.Fill(map[string]string{"reason": "The link is dead."}))
	propose()
	s.sees(second.Command(chat.CommandClaimPending, nil))
	s.sees(second.Press(chat.CommandApprove), "At least 77 children")
	s.reads(s.Hand(Reader).Ask(question), "At least 77 children")
}

func hidden(s *stage) {
	s.appoint(Editor)
	h := s.Hand(Editor)
	ask := "How many civilians were killed in Ukraine in 2025?"
	s.reads(s.Hand(Reader).Ask(ask), known)
	s.opened(h.Command(chat.CommandClaimHide, claim(shared)), map[string]string{"reason": ""})
	s.sees(h.Fill(map[string]string{"reason": "Our readers have a newer one."}))
	if seen := s.Hand(Reader).Ask(ask); strings.Contains(seen.Text, known) {
		s.Errorf("what is hidden answers: %s", seen.Text)
	}
	s.sees(h.Command(chat.CommandClaimUnhide, claim(shared)))
	s.reads(s.Hand(Reader).Ask(ask), known)
}

func forbidden(s *stage) {
	s.appoint(Editor)
	for _, who := range []Hand{s.Hand(Reader), s.Direct(Chief)} {
		for c, options := range map[chat.Command]map[string]string{
			chat.CommandClaimAdd: text(line), chat.CommandClaimHide: claim(shared), chat.CommandClaimPending: nil, chat.CommandClaimExport: nil,
			chat.CommandModList: nil, chat.CommandSettings: {bot.SecondOption: "0"},
		} {
			if seen := s.sees(who.Command(c, options)); len(seen.Actions) != 0 || seen.Form != nil || seen.File != "" {
				s.Errorf("%s: %v, a form: %v, a file: %q", c, seen.Actions, seen.Form, seen.File)
			}
		}
	}
	s.sees(s.Hand(Editor).Command(chat.CommandModAdd, map[string]string{bot.AccountOption: string(Reader)}))
	if seen := s.sees(s.Hand(Reader).Command(chat.CommandClaimAdd, text(line))); len(seen.Actions) != 0 {
		s.Error("a moderator has made another")
	}
	s.sees(s.Hand(Chief).Command(chat.CommandModRemove, map[string]string{bot.AccountOption: string(Editor)}))
	if seen := s.sees(s.Hand(Editor).Command(chat.CommandClaimAdd, text(line))); len(seen.Actions) != 0 {
		s.Error("who was removed is still a moderator")
	}
}

func listed(s *stage) {
	s.appoint(Editor)
	h := s.Hand(Editor)
	s.sees(h.Command(chat.CommandClaimExport, nil))
	s.add(h)
	if seen := s.sees(h.Command(chat.CommandClaimExport, map[string]string{bot.FormatOption: "csv"})); !strings.Contains(seen.File, own) {
		s.Errorf("the file holds %.300q", seen.File)
	}
	s.sees(h.Command(chat.CommandClaimSearch, text("children wounded")), "At least 77 children")
	s.sees(h.Pick(own), "At least 77 children")
	s.sees(h.Command(chat.CommandModList, nil))
	s.sees(h.Command(chat.CommandClaimReports, nil))
	s.sees(h.Command(chat.CommandClaimGaps, nil))
}
