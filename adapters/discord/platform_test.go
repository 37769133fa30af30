package discord

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// TestDialogues plays the dialogues of all platforms in a channel of a server.
func TestDialogues(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, func(t *testing.T, in adaptertest.Setting) adaptertest.Platform { return enter(t, in) })
}

// person is somebody in a channel.
type person struct {
	*rig

	id, other string
	seen      []discordfake.Message // by this person, of the bot's
	free      func()                // lets the bot's workers go on
}

var _ adaptertest.Platform = (*person)(nil)

func enter(t *testing.T, in adaptertest.Setting) *person {
	t.Helper()
	o := rigOptions{bot: in.Bot, now: in.Now}
	switch in.Crowd {
	case adaptertest.Busy:
		o.inbox = inbox.Options{Workers: 1, Queue: 1}
	case adaptertest.TooFast:
		o.inbox = inbox.Options{Workers: 8, Queue: 64, UserPerMinute: 1}
	case adaptertest.Calm:
	}
	p := &person{rig: newRig(t, o), free: func() {}}
	locale := map[string]string{"en": "en-GB"}[in.Lang]
	if locale == "" {
		locale = in.Lang
	}
	p.id = p.discord.AddUser(discordfake.User{Username: "asker", Locale: locale})
	p.other = p.discord.AddUser(discordfake.User{Username: "someone"})
	if in.Crowd == adaptertest.Busy {
		p.occupy()
	}
	return p
}

// occupy gives the bot's only worker something to do, and lets something else wait for it.
func (p *person) occupy() {
	p.Helper()
	begun, end := make(chan struct{}, 1), make(chan struct{})
	p.free = sync.OnceFunc(func() { close(end) })
	p.Cleanup(p.free)
	work := func(context.Context) {
		begun <- struct{}{}
		<-end
	}
	p.offer(inbox.Work{Do: work})
	select {
	case <-begun:
	case <-p.soon().Done():
		p.Fatal("the worker doesn't begin")
	}
	p.offer(inbox.Work{Do: func(context.Context) {}})
}

func (p *person) offer(w inbox.Work) {
	p.Helper()
	if v := p.inbox.Offer(p.Context(), w); v != inbox.Accepted {
		p.Fatalf("the work is %s", v)
	}
}

func (p *person) Ask(text string) adaptertest.Seen {
	p.Helper()
	return p.see(p.reply(p.discord.Say(p.channel, p.id, p.mention()+text)))
}

func (p *person) Command(c chat.Command, text string) adaptertest.Seen {
	p.Helper()
	var options []discordfake.Option
	for _, is := range p.adapter.bot.Commands() {
		if is.Command == c && !is.Message && len(is.Options) > 0 {
			options = append(options, discordfake.Text(is.Options[0].Name[defaultLanguage()], text))
		}
	}
	return p.see(p.response(p.discord.Slash(p.channel, p.id, string(c), options...)))
}

func (p *person) FactCheck(message string) adaptertest.Seen {
	p.Helper()
	said := p.discord.Say(p.channel, p.other, message)
	return p.see(p.response(p.discord.MessageCommand(p.id, "Fact-check this", said.ID)))
}

func (p *person) Press(action chat.Command) adaptertest.Seen {
	p.Helper()
	m, c := p.find(action)
	return p.see(p.response(p.discord.Press(m.ID, p.id, c.CustomID)))
}

func (p *person) Choose(n int) adaptertest.Seen {
	p.Helper()
	m, menu := p.find(chat.CommandShow)
	if n > len(menu.Options) {
		p.Fatalf("there are only %d to choose from", len(menu.Options))
	}
	return p.see(p.response(p.discord.Select(m.ID, p.id, menu.CustomID, menu.Options[n-1].Value)))
}

func (p *person) Report(text string) adaptertest.Seen {
	p.Helper()
	m, c := p.find(chat.CommandReport)
	form := p.discord.Press(m.ID, p.id, c.CustomID)
	if _, err := form.Answer(p.soon()); err != nil {
		p.Fatal(err)
	}
	return p.see(p.response(p.discord.SubmitModal(form, map[string]string{reportInput: text})))
}

func (p *person) Overhear(text string) { p.discord.Say(p.channel, p.other, text) }

func (p *person) Said() int {
	p.free()
	p.ok(p.inbox.Close(p.Context()))
	return p.replies(p.channel)
}

func (p *person) Lacks() []adaptertest.Feature { return nil }

// find returns the last message with a button or a menu for an action, and that.
func (p *person) find(action chat.Command) (discordfake.Message, discordfake.Component) {
	p.Helper()
	for _, m := range slices.Backward(p.seen) {
		for _, c := range controls(&m) {
			if id, err := target.Parse(c.CustomID); err == nil && id.Action == action {
				return m, c
			}
		}
	}
	p.Fatalf("nothing is there for %q", action)
	return discordfake.Message{}, discordfake.Component{}
}

func controls(m *discordfake.Message) []discordfake.Component {
	var out []discordfake.Component
	for _, row := range m.Components {
		out = append(out, row.Components...)
	}
	return out
}

// see reads a message from its first line to its last button.
func (p *person) see(m discordfake.Message) adaptertest.Seen {
	p.Helper()
	p.seen = append(p.seen, m)
	s := adaptertest.Seen{Private: m.For != "", Pinged: !m.Pings.None()}
	p.markup(&s, m.Content)
	for _, e := range m.Embeds {
		if e.Author != nil {
			s.Text += readPlain(p, "author", e.Author.Name) + "\n"
		}
		p.markup(&s, e.Title)
		p.markup(&s, e.Description)
		if e.Footer != nil {
			s.Text += readPlain(p, "footer", e.Footer.Text) + "\n"
		}
	}
	for _, c := range controls(&m) {
		id, err := target.Parse(c.CustomID)
		p.ok(err)
		s.Actions = append(s.Actions, id.Action)
		s.Text += readPlain(p, "control", c.Label+c.Placeholder) + "\n"
		for _, o := range c.Options {
			text := strings.Replace(o.Label+" "+o.Description, "… …", " ", 1) // a sentence that goes on below
			s.Text += readPlain(p, "option", text) + "\n"
		}
	}
	return s
}

// markup reads a text as Discord shows it; what is quoted is somebody's words.
func (p *person) markup(s *adaptertest.Seen, text string) {
	p.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		words := readMarkup(p, "message", line).text
		if s.Text += words; strings.HasPrefix(line, quoteMark) {
			s.Wrote = append(s.Wrote, strings.TrimSuffix(words, "\n"))
		}
	}
}
