package slackfake

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"
)

// Interaction is what a person did with a command, a button, a shortcut or a modal, and what came of it.
type Interaction struct {
	*Delivery

	TriggerID     string
	ResponseURL   string // empty: it has none
	User, Channel string
	At            time.Time
	Errors        map[string]string // what a submission was refused with, by block_id; read it after Ack

	source    *Message // whose element was used
	view      *View    // that was submitted, or whose element was used
	responses []Message
	deleted   bool
	opened    *View
	uses      int
	news      signal
}

// Response waits for the nth message that answers the interaction, from 0 on: by its response_url, or in the
// acknowledgement of a command. One that replaces the original counts too. It fails when ctx ends.
func (i *Interaction) Response(ctx context.Context, n int) (m Message, err error) {
	err = i.s.await(ctx, &i.news, fmt.Sprintf("response %d to %s", n, i.Type), func() bool {
		if len(i.responses) <= n {
			return false
		}
		m = i.responses[n]
		return true
	})
	return m, err
}

// Responses returns the messages that answered so far.
func (i *Interaction) Responses() []Message {
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return slices.Clone(i.responses)
}

// Modal waits for the modal that was opened, pushed or updated for the interaction. It fails when ctx ends.
func (i *Interaction) Modal(ctx context.Context) (v View, err error) {
	err = i.s.await(ctx, &i.news, "the modal of "+i.Type, func() bool {
		if i.opened == nil {
			return false
		}
		v = *i.opened
		return true
	})
	return v, err
}

// Deleted waits until the original was deleted by the response_url. It fails when ctx ends.
func (i *Interaction) Deleted(ctx context.Context) error {
	return i.s.await(ctx, &i.news, "the original's end", func() bool { return i.deleted })
}

func (i *Interaction) show(v *View) {
	i.opened = v
	i.news.broadcast()
}

func (i *Interaction) respond(m *Message) {
	i.responses = append(i.responses, *m)
	i.news.broadcast()
}

// interaction is a new one of a user; in a conversation it has a response_url of a kind: "commands" or "actions".
func (s *Server) interaction(kind string, u *User, c *Channel, hook string) *Interaction {
	if s.teams[u.TeamID].NotInstalled {
		panic("slackfake: the app isn't installed where " + u.ID + " is")
	}
	s.forget()
	i := &Interaction{Delivery: &Delivery{Kind: kind, Team: u.TeamID, s: s}, User: u.ID, At: s.opts.Now()}
	i.TriggerID = s.trigger(i)
	if c != nil {
		i.Channel = c.ID
		path := "/" + hook + "/" + u.TeamID + "/" + s.ids.id("R") + "/" + rand.Text()
		i.ResponseURL = s.url + path
		s.responses[path] = i
	}
	return i
}

// forget frees what has long expired: each interaction has a trigger_id and a response_url.
func (s *Server) forget() {
	if len(s.triggers) < 20_000 {
		return
	}
	now := s.opts.Now()
	for id, t := range s.triggers {
		if now.Sub(t.at) > 2*s.opts.TriggerFor {
			delete(s.triggers, id)
		}
	}
	for path, i := range s.responses {
		if now.Sub(i.At) > 2*s.opts.ResponseFor {
			delete(s.responses, path)
		}
	}
}
