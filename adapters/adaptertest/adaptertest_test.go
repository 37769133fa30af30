package adaptertest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// TestPlain plays the dialogues on a platform that shows an answer's blocks, line by line.
func TestPlain(t *testing.T) {
	t.Parallel()
	Run(t, func(t *testing.T, in Setting) Platform { return &plain{T: t, in: in} })
}

// TestLies holds that a platform that shows something else is caught, by what is to be caught of it.
func TestLies(t *testing.T) {
	t.Parallel()
	b, err := open()
	if err != nil {
		t.Fatal(err)
	}
	replace := func(old, with string) func(*Seen) {
		return func(s *Seen) { s.Text = strings.ReplaceAll(s.Text, old, with) }
	}
	for name, tc := range map[string]struct {
		dialogue string
		lie      func(*Seen)
		want     string
	}{
		"nothing":               {"one claim", func(s *Seen) { s.Text = " \n" }, "nothing can be read"},
		"another number":        {"one claim", replace("2,514", "2,515"), `the numbers ["2515"`},
		"a number of ours":      {"one claim", func(s *Seen) { s.Text += "\nin all: 375,000" }, `the numbers ["375000"]`},
		"a count that is long":  {"one claim", func(s *Seen) { s.Text += "\nmore caveats: 375" }, `the numbers ["375"]`},
		"a date of nobody's":    {"one claim", replace("last reviewed 2026", "last reviewed 1999"), "the numbers"},
		"an abbreviated number": {"one claim", replace("2,514", "2.5k"), "the numbers"},
		"no author":             {"one claim", replace("says the UN Human Rights Monitoring Mission in Ukraine", "it is said"), "without its author"},
		"no party":              {"a question with rivals, and each button", replace("(a party to the war; ", "("), `isn't said to be of "a party to the war"`},
		"no basis":              {"one claim", replace("verified case by case", "…"), "without its basis"},
		"no caveat": {"one claim", func(s *Seen) {
			s.Text = without(s.Text, "cases", "Cases", "Civilians killed inside", "97 %", "deadliest", "rise of", "recent")
		}, "without a caveat"},
		"a rival is gone":      {"a question with rivals, and each button", func(s *Seen) { s.Text = without(s.Text, "CSIS") }, "csis-2026-01-27 isn't read"},
		"no difference":        {"killed, where only killed or wounded is known", replace("it counts", "about"), "isn't in the first line"},
		"related as an answer": {"killed, where only killed or wounded is known", func(s *Seen) { _, s.Text, _ = strings.Cut(s.Text, "\n") }, "the first line doesn't begin"},
		"a figure in front":    {"killed, where only killed or wounded is known", replace("not killed.", "not killed: 415,000"), "a number stands in the first line"},
		"the asker's number":   {"a number of the asker's", func(s *Seen) { s.Text += "\nYou asked about 73,311" }, `"73,311" can be read`},
		"a sum":                {"a sum", func(s *Seen) { s.Text += "\n375,000" }, `the numbers ["375000"]`},
		"words unmarked":       {"a statement with several assertions", func(s *Seen) { s.Wrote = nil }, `the numbers ["73311"`},
		"words first":          {"a statement with several assertions", func(s *Seen) { s.Text = strings.Join(s.Wrote[:min(1, len(s.Wrote))], "") + "\n" + s.Text }, "the asker's words come first"},
		"words to quote":       {"a statement with several assertions", func(s *Seen) { s.Wrote = []string{"x"} }, "what is to be quoted"},
		"a ping":               {"one claim", func(s *Seen) { s.Pinged = true }, "somebody was pinged"},
		"a secret answer":      {"one claim", func(s *Seen) { s.Private = true }, "seen by one person alone: true"},
		"a public button":      {"one claim", func(s *Seen) { s.Private = false }, "seen by one person alone: false"},
		"no buttons":           {"a question with rivals, and each button", func(s *Seen) { s.Actions = nil }, "what is offered"},
		"what can't be done":   {"one claim", func(s *Seen) { s.Actions = append(slices.Clone(s.Actions), chat.CommandMore) }, "is offered though"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := slices.IndexFunc(b.Dialogues, func(d dialogue) bool { return d.Name == tc.dialogue })
			if at < 0 {
				t.Fatalf("there is no dialogue %q", tc.dialogue)
			}
			d := b.Dialogues[at]
			_, problems := b.play(&plain{T: t, in: Setting{Bot: b.bot, Now: now(), Lang: d.Lang}, lie: tc.lie}, &d)
			if !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, tc.want) }) {
				t.Errorf("it isn't caught by %q but by %q", tc.want, problems)
			}
		})
	}
}

// TestUnasked holds that a platform that talks by itself is caught.
func TestUnasked(t *testing.T) {
	t.Parallel()
	b, err := open()
	if err != nil {
		t.Fatal(err)
	}
	d := dialogue{Lang: "en", Steps: []step{{Overhear: "55,000?"}}}
	_, problems := b.play(&plain{T: t, in: Setting{Bot: b.bot, Now: now(), Lang: "en"}, talks: true}, &d)
	if want := []string{"the bot has said 1 things to all, and was asked for 0"}; !slices.Equal(problems, want) {
		t.Error(cmp.Diff(want, problems))
	}
}

// TestDialogues holds the file to what it is for.
func TestDialogues(t *testing.T) {
	t.Parallel()
	b, err := open()
	if err != nil {
		t.Fatal(err)
	}
	names, langs, pressed := map[string]bool{}, map[string]int{}, map[chat.Command]bool{}
	for _, d := range b.Dialogues {
		if names[d.Name] {
			t.Errorf("two dialogues are called %q", d.Name)
		}
		names[d.Name] = true
		langs[d.Lang]++
		for _, s := range d.Steps {
			pressed[s.Press] = true
			for _, id := range s.Claims {
				if b.claim(id) == nil {
					t.Errorf("%s: there is no claim %s", d.Name, id)
				}
			}
		}
	}
	for _, lang := range lexicon.Languages {
		if langs[lang] < 6 {
			t.Errorf("%d dialogues in %s", langs[lang], lang)
		}
	}
	for _, c := range []chat.Command{chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandNear, chat.CommandMore, chat.CommandShare} {
		if !pressed[c] {
			t.Errorf("%q is never pressed", c)
		}
	}
}

// plain is the simplest platform. It may lie about each thing that is seen.
type plain struct {
	*testing.T

	in         Setting
	lie        func(*Seen)
	talks      bool // by itself
	last, near chat.Reply
	said       int
}

var _ Platform = (*plain)(nil)

func (p *plain) Ask(text string) Seen {
	return p.tell(chat.Request{Command: chat.CommandAsk, Text: text}, false)
}

func (p *plain) Command(c chat.Command, text string) Seen {
	return p.tell(chat.Request{Command: c, Text: text, Lang: p.in.Lang}, c == chat.CommandHelp)
}

func (p *plain) FactCheck(message string) Seen {
	return p.tell(chat.Request{Command: chat.CommandCheck, Text: message}, true)
}

func (p *plain) Press(action chat.Command) Seen {
	req := chat.Request{Command: action, Lang: p.last.Lang, Claims: p.last.Near}
	if action != chat.CommandNear {
		req.Claims = nil
		for _, s := range p.last.Shown {
			req.Claims = append(req.Claims, s.Claim.ID)
		}
	}
	return p.tell(req, true)
}

func (p *plain) Choose(n int) Seen {
	return p.tell(chat.Request{Command: chat.CommandShow, Lang: p.near.Lang, Claims: []string{p.near.Shown[n-1].Claim.ID}}, true)
}

func (p *plain) Report(string) Seen { return Seen{} }

func (p *plain) Overhear(string) {
	if p.talks {
		p.said++
	}
}

func (p *plain) Said() int { return p.said }

func (p *plain) Lacks() []Feature { return []Feature{Limits, Pages, Reports, Sharing} }

func (p *plain) tell(req chat.Request, private bool) Seen {
	p.Helper()
	req.Now = p.in.Now
	r, err := p.in.Bot.Handle(context.Background(), req)
	if err != nil {
		p.Fatal(err)
	}
	switch req.Command {
	case chat.CommandNear:
		p.near = r
	case chat.CommandAsk, chat.CommandCheck, chat.CommandShow:
		p.last = r
	}
	s := Seen{Private: private}
	for _, o := range r.Offers {
		if o != chat.CommandReport || !slices.Contains(p.Lacks(), Reports) {
			s.Actions = append(s.Actions, o)
		}
	}
	for _, b := range r.Blocks {
		line := ""
		for _, part := range b.Parts {
			if line += part.Text; part.Kind == chat.Wrote {
				s.Wrote = append(s.Wrote, part.Text)
			}
		}
		if b.Label != "" {
			line = b.Label + ": " + line
		}
		s.Text += line + "\n"
	}
	if !private {
		p.said++
	}
	if p.lie != nil {
		p.lie(&s)
	}
	return s
}

// without leaves out the lines that hold one of some words.
func without(text string, words ...string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(l, w) })
	}), "\n")
}
