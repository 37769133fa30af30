package slack

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// TestDialogues plays the dialogues of all platforms in a channel of a team.
func TestDialogues(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, func(t *testing.T, in adaptertest.Setting) adaptertest.Platform { return enter(t, in) })
}

// person is somebody in a channel.
type person struct {
	*rig

	lang      string
	id, other string
	seen      []slackfake.Message // by this person, of the bot's
	free      func()              // lets the bot's workers go on
}

var _ adaptertest.Platform = (*person)(nil)

func enter(t *testing.T, in adaptertest.Setting) *person {
	t.Helper()
	o := rigOptions{bot: in.Bot, now: in.Now, http: true}
	switch in.Crowd {
	case adaptertest.Busy:
		o.inbox = inbox.Options{Workers: 1, Queue: 1}
	case adaptertest.TooFast:
		o.inbox = inbox.Options{Workers: 8, Queue: 64, UserPerMinute: 1}
	case adaptertest.Calm:
	}
	p := &person{rig: newRig(t, o), lang: in.Lang, free: func() {}}
	p.id = p.slack.AddUser(slackfake.User{TeamID: p.team, Name: "asker", Locale: in.Lang + "-XX"})
	p.other = p.slack.AddUser(slackfake.User{TeamID: p.team, Name: "someone"})
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
	p.offer(inbox.Work{Do: func(context.Context) {
		begun <- struct{}{}
		<-end
	}})
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
	return p.see(p.reply(p.slack.Say(p.channel, p.id, p.mention()+entities(text))))
}

func (p *person) Command(c chat.Command, text string) adaptertest.Seen {
	p.Helper()
	before := p.slack.Messages(p.channel)
	i := p.slack.Slash(p.channel, p.id, mainCommand, strings.TrimSpace(string(c)+" "+entities(text)))
	for ctx := p.soon(); ctx.Err() == nil; <-tick() { // for all, or for the person alone
		if alone := i.Responses(); len(alone) > 0 {
			return p.see(alone[0])
		}
		if now := p.slack.Messages(p.channel); len(now) > len(before) {
			return p.see(now[len(now)-1])
		}
	}
	p.Fatal("no answer")
	return adaptertest.Seen{}
}

func (p *person) FactCheck(message string) adaptertest.Seen {
	p.Helper()
	said := p.slack.Say(p.channel, p.other, entities(message))
	return p.see(p.response(p.slack.MessageShortcut(p.channel, said.TS, p.id, factCheck)))
}

func (p *person) Press(action chat.Command) adaptertest.Seen {
	p.Helper()
	m, _ := p.find(action)
	before := len(p.slack.Messages(p.channel))
	i := p.slack.Press(p.channel, m.TS, p.id, actionOf(action))
	for ctx := p.soon(); action == chat.CommandShare && ctx.Err() == nil; <-tick() {
		if now := p.slack.Messages(p.channel); len(now) > before {
			return p.see(now[len(now)-1])
		}
	}
	return p.see(p.response(i))
}

func (p *person) Choose(n int) adaptertest.Seen {
	p.Helper()
	m, menu := p.find(chat.CommandShow)
	if n > len(menu.Options) {
		p.Fatalf("there are only %d to choose from", len(menu.Options))
	}
	return p.see(p.response(p.slack.Choose(p.channel, m.TS, p.id, actionOf(chat.CommandShow), menu.Options[n-1].Value)))
}

func (p *person) Report(text string) adaptertest.Seen {
	p.Helper()
	m, _ := p.find(chat.CommandReport)
	pressed := p.slack.Press(p.channel, m.TS, p.id, actionOf(chat.CommandReport))
	form, err := pressed.Modal(p.soon())
	p.ok(err)
	p.slack.Submit(form.ID, map[string]string{reportInput: text})
	return p.see(p.response(pressed))
}

func (p *person) Overhear(text string) { p.slack.Say(p.channel, p.other, entities(text)) }

func (p *person) Said() int {
	p.free()
	p.ok(p.inbox.Close(p.Context()))
	return p.replies(p.channel)
}

// Lacks tells that a message of Slack's holds all of what the dialogues in English turn pages of; see TestMore.
func (p *person) Lacks() []adaptertest.Feature {
	if p.lang == "en" {
		return []adaptertest.Feature{adaptertest.Pages}
	}
	return nil
}

// find returns the last message with a button or a menu for an action, and that.
func (p *person) find(action chat.Command) (slackfake.Message, slackfake.Element) {
	p.Helper()
	for _, m := range slices.Backward(p.seen) {
		if e, ok := m.Find(actionOf(action)); ok {
			return m, e
		}
	}
	p.Fatalf("nothing is there for %q", action)
	return slackfake.Message{}, slackfake.Element{}
}

// see reads a message from its first block to its last button.
func (p *person) see(m slackfake.Message) adaptertest.Seen {
	p.Helper()
	p.seen = append(p.seen, m)
	s := adaptertest.Seen{Private: m.For != "", Pinged: !m.Pings.None()}
	for _, b := range m.Blocks {
		switch {
		case b.Type == "header":
			s.Text += readPlain(p, "header", b.Text.Text) + "\n"
		case b.Text != nil && b.Text.Type == "plain_text": // what somebody typed
			words := readPlain(p, "section", b.Text.Text)
			s.Wrote = append(s.Wrote, strings.Split(words, "\n")...)
			s.Text += words + "\n"
		case b.Text != nil:
			s.Text += readMarkup(p, "section", b.Text.Text).text
		}
		for i := range b.Fields {
			p.row(&s, &b.Fields[i])
		}
		for _, e := range b.Elements {
			p.control(&s, &e)
		}
	}
	if len(m.Blocks) == 0 {
		s.Text += readMarkup(p, "text", m.Text).text
	}
	return s
}

// row reads a label, or what is filled in beside it.
func (p *person) row(s *adaptertest.Seen, f *slackfake.Text) {
	p.Helper()
	if f.Type != "plain_text" {
		s.Text += readMarkup(p, "field", f.Text).text
		return
	}
	words := readPlain(p, "field", f.Text)
	s.Text, s.Wrote = s.Text+words+"\n", append(s.Wrote, words)
}

// control reads an element: a line of small print, a button, or a menu.
func (p *person) control(s *adaptertest.Seen, e *slackfake.Element) {
	p.Helper()
	action, ok := strings.CutPrefix(e.ActionID, target.Version+":")
	if !ok {
		s.Text += readMarkup(p, "context", e.Text.Text).text
		return
	}
	s.Actions = append(s.Actions, chat.Command(action))
	for _, t := range []*slackfake.Text{e.Text, e.Placeholder} {
		if t != nil {
			s.Text += readPlain(p, "control", t.Text) + "\n"
		}
	}
	above := s.Text
	for _, o := range e.Options {
		text := o.Text.Text
		if o.Description != nil {
			text = strings.Replace(text+" "+o.Description.Text, "… …", " ", 1) // a sentence that goes on below
		}
		if text = readPlain(p, "option", text); !strings.HasSuffix(text, "…") {
			s.Text += text + "\n"
			continue
		}
		// Slack's options are too short for a sentence with who says it: it stands whole above.
		if begins, _, _ := strings.Cut(readPlain(p, "option", o.Text.Text), "…"); !strings.Contains(alike(above), alike(strings.TrimSpace(begins))) {
			p.Errorf("%q is only in the menu", text)
		}
	}
}
