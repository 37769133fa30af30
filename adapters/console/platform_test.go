package console

import (
	"context"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/bot/chat"
)

// TestDialogues plays the dialogues of all platforms in the terminal's chat.
func TestDialogues(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, func(t *testing.T, in adaptertest.Setting) adaptertest.Platform { return sit(t, in) })
}

// terminal is a person who types, and reads what comes until the chat waits for the next line.
type terminal struct {
	*testing.T

	lines chan string
	waits chan struct{}
	out   strings.Builder // of the chat; read while it waits
	leave func()
	said  int
}

var _ adaptertest.Platform = (*terminal)(nil)

// sit begins a chat.
func sit(t *testing.T, in adaptertest.Setting) *terminal {
	t.Helper()
	p := &terminal{T: t, lines: make(chan string), waits: make(chan struct{})}
	c := Chat{Bot: in.Bot, In: p, Out: &p.out, Locale: in.Lang, Now: func() time.Time { return in.Now }}
	var talk sync.WaitGroup
	talk.Go(func() {
		defer close(p.waits)
		if err := c.Run(context.Background()); err != nil { // it ends with its input
			t.Errorf("the chat: %v", err)
		}
	})
	p.leave = sync.OnceFunc(func() {
		close(p.lines)
		talk.Wait()
	})
	t.Cleanup(p.leave)
	p.await()
	p.unasked()
	return p
}

// unasked counts what came without having been asked for.
func (p *terminal) unasked() {
	if p.out.Len() > 0 {
		p.said++
	}
	p.out.Reset()
}

// Next gives the chat its next line.
func (p *terminal) Next(context.Context) (string, error) {
	p.waits <- struct{}{}
	line, ok := <-p.lines
	if !ok {
		return "", io.EOF
	}
	return line, nil
}

func (p *terminal) await() {
	p.Helper()
	if _, ok := <-p.waits; !ok {
		p.Fatal("the chat is over")
	}
}

// words of the asker's are behind their label, or quoted in front of a verdict.
var wroteWords = regexp.MustCompile(`(?m)^(?:(?:you wrote|ви написали|вы написали): (.*)|([“«].*[”»]) — .*)$`)

// line types a line, and reads.
func (p *terminal) line(text string) adaptertest.Seen {
	p.Helper()
	p.lines <- text
	p.await()
	p.said++
	s := adaptertest.Seen{Text: p.out.String()}
	p.out.Reset()
	for _, m := range wroteWords.FindAllStringSubmatch(s.Text, -1) {
		s.Wrote = append(s.Wrote, m[1]+m[2])
	}
	for l := range strings.Lines(s.Text) {
		if l = strings.TrimSuffix(l, "\n"); l != Clean(l) {
			p.Errorf("the terminal would obey something in %q", l)
		}
	}
	return s
}

func (p *terminal) Ask(text string) adaptertest.Seen { return p.line(text) }

func (p *terminal) Command(c chat.Command, text string) adaptertest.Seen {
	return p.line("/" + string(c) + " " + text)
}

func (p *terminal) FactCheck(message string) adaptertest.Seen { return p.line("/check " + message) }

func (p *terminal) Press(action chat.Command) adaptertest.Seen {
	if action == chat.CommandMethod {
		return p.line("/how")
	}
	return p.line("/" + string(action))
}

func (p *terminal) Choose(n int) adaptertest.Seen { return p.line("/near " + strconv.Itoa(n)) }

func (p *terminal) Report(string) adaptertest.Seen { return adaptertest.Seen{} }

func (p *terminal) Overhear(string) {}

// Said ends the chat.
func (p *terminal) Said() int {
	p.leave()
	p.unasked()
	return p.said
}

// Lacks: a chat is one person's, and has neither buttons nor pages; what it says is as long as it takes.
func (p *terminal) Lacks() []adaptertest.Feature {
	return []adaptertest.Feature{
		adaptertest.Buttons, adaptertest.Overhearing, adaptertest.Privacy, adaptertest.Limits, adaptertest.Pages, adaptertest.Reports, adaptertest.Sharing,
	}
}
