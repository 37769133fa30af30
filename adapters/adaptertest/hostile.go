package adaptertest

import (
	"strings"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// live is text that notifies people, or leads where it doesn't say, on one platform or another.
const live = "@everyone @here <@1> <@&1> <!channel> <!here|here> <!subteam^S1> @channel [who.int](https://evil.example/a) <https://evil.example/b|who.int> **x** _y_"

// hostile has people write live text wherever something can be written: in every option of every command, in every form, in a claim with
// its reasons. That nothing of it is live again in whatever the bot says to anybody is seen by the platform.
func hostile(s *stage) {
	s.appoint(Editor)
	for _, who := range []Hand{s.Hand(Reader), s.Direct(Reader)} {
		s.reads(who.Ask(live))
		s.reads(who.Ask(live + " says 55,000 Ukrainian soldiers were killed"))
	}
	chief := s.Hand(Chief)
	for _, c := range s.commands {
		if seen := chief.Command(c.Command, written(c)); seen.Form != nil {
			s.reads(chief.Fill(overwritten(seen.Form)))
		} else {
			s.reads(seen)
		}
	}
	const loud = " @everyone <!channel> *x*" // neither number nor link: those a claim's sentence mustn't have
	h := s.Hand(Editor)
	s.opened(h.Command(chat.CommandClaimAdd, nil), nil)
	s.reads(h.Fill(map[string]string{"text": "At least 77 children were wounded in Ukraine in 2021" + loud, "figure": "at least 77"}))
	s.reads(h.Fill(map[string]string{
		"speaker": "UN HRMMU", "url": "https://ukraine.ohchr.org/en/report", "group": "children", "metric": "wounded", "place": "Ukraine", "period": "2021",
		"quote": "77 " + loud, "caveats": live, "title": live,
	}))
	s.reads(h.Press(chat.CommandPublish), "Published.")
	s.reads(s.Hand(Reader).Ask(question), "At least 77 children", "everyone")
	s.reads(s.Hand(Reader).Press(chat.CommandSources), "everyone")
	_, file, _ := strings.Cut(s.sees(h.Command(chat.CommandClaimExport, map[string]string{bot.FormatOption: "csv"})).File, "\n")
	id, _, _ := strings.Cut(file, ",") // its first column
	s.opened(h.Command(chat.CommandClaimRetract, claim(id)), nil)
	s.reads(h.Fill(map[string]string{"reason": live}))
	s.reads(h.Command(chat.CommandClaimHistory, claim(id)), "everyone")
}

// written fills all options of a command with live text, as far as they take text.
func written(c bot.Command) map[string]string {
	out := map[string]string{}
	for _, o := range c.Options {
		switch {
		case o.Kind == bot.OptionAccount:
			out[o.ID] = string(Reader)
		case o.Kind == bot.OptionFlag:
			out[o.ID] = "true"
		case len(o.Choices) == 0:
			out[o.ID] = cut(live, o.Longest)
		case o.Required:
			out[o.ID] = o.Choices[0].Value
		}
	}
	return out
}

// overwritten fills the fields of a form with live text, as far as anything can be typed there.
func overwritten(fields map[string]string) map[string]string {
	out := map[string]string{}
	for _, id := range []string{"text", "figure", "speaker", "quote", "title", "caveats", "in_en", "reason"} {
		if _, ok := fields[id]; ok {
			out[id] = live
		}
	}
	return out
}

func cut(text string, longest int) string {
	if longest > 0 && len(text) > longest {
		return text[:longest]
	}
	return text
}
