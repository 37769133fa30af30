package slackfake

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// takeResponse takes what was posted to a response_url (docs: interactivity/handling-user-interaction, "Message
// responses"). Refusals have a status, since clients look at nothing else; which one isn't documented.
func (s *Server) takeResponse(c *call) reply {
	i := s.responses[c.URL.Path]
	switch {
	case i == nil:
		return refuse(c, &apiError{Error: "no_such_url", status: http.StatusNotFound})
	case s.opts.Now().Sub(i.At) > s.opts.ResponseFor:
		return refuse(c, &apiError{Error: "expired_url", status: http.StatusNotFound})
	case i.uses >= s.opts.ResponseUses:
		return refuse(c, &apiError{Error: "used_url", status: http.StatusNotFound})
	}
	if err := c.parseResponse(); err != nil {
		err.status = http.StatusBadRequest
		return refuse(c, err)
	}
	if err := s.respond(i, c.args); err != nil {
		err.status = http.StatusBadRequest
		return refuse(c, err)
	}
	i.uses++
	return ok(done{OK: true})
}

// parseResponse takes JSON, or a form with JSON in its field payload.
func (c *call) parseResponse() *apiError {
	c.args = args{}
	body := c.body
	if kind, _, _ := mime.ParseMediaType(c.Header.Get("Content-Type")); kind == "application/x-www-form-urlencoded" {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return fail("invalid_payload")
		}
		body = []byte(form.Get("payload"))
	}
	if c.args.addJSON(body) != nil {
		return fail("invalid_payload")
	}
	return nil
}

// respond carries a response out: it replaces or deletes the original, or is a new message, for the person alone unless
// it says in_channel.
func (s *Server) respond(i *Interaction, a args) *apiError {
	switch {
	case a.flag("delete_original") && i.source != nil:
		s.remove(i.source)
		i.source, i.deleted = nil, true
		i.news.broadcast()
		return nil
	case a.flag("replace_original") && i.source != nil:
		return s.replaceOriginal(i, a)
	}
	channel := s.channels[i.Channel]
	m := s.own(s.teams[i.Team], channel)
	if a["response_type"] != "in_channel" {
		m.For = i.User
	}
	if err := s.thread(m, a["thread_ts"]); err != nil {
		return err
	}
	if err := s.fill(m, a, maxText); err != nil {
		return err
	}
	s.post(m)
	if m.For == "" {
		s.tell(channel, m)
	}
	i.respond(m)
	return nil
}

func (s *Server) replaceOriginal(i *Interaction, a args) *apiError {
	next := *i.source
	next.Blocks, next.Attachments = nil, nil
	if err := s.fill(&next, a, maxText); err != nil {
		return err
	}
	old := *i.source
	*i.source = next
	s.edited(i.source)
	if next.For == "" {
		s.tellChanged(s.channels[next.ChannelID], i.source, &old)
	}
	i.respond(i.source)
	return nil
}

// takeCommandAck takes what a command was acknowledged with: nothing, text, or a message as for the response_url.
func (s *Server) takeCommandAck(i *Interaction) func([]byte) error {
	return func(answer []byte) error {
		answer = bytes.TrimSpace(answer)
		if len(answer) == 0 || string(answer) == "null" || string(answer) == "{}" {
			return nil
		}
		a := args{}
		if a.addJSON(answer) != nil {
			a["text"] = strings.Trim(string(answer), `"`)
		}
		if err := s.respond(i, a); err != nil {
			return errors.New(err.Error + " " + strings.Join(err.Errors, ", "))
		}
		return nil
	}
}

type responseAction struct {
	Action string            `json:"response_action"`
	Errors map[string]string `json:"errors"`
	View   json.RawMessage   `json:"view"`
}

// takeViewAck takes what a view_submission was acknowledged with. Without a response_action the modal is closed.
func (s *Server) takeViewAck(i *Interaction) func([]byte) error {
	return func(answer []byte) error {
		var r responseAction
		if text := bytes.TrimSpace(answer); len(text) > 0 && json.Unmarshal(text, &r) != nil {
			return errors.New("the answer isn't JSON")
		}
		stack := s.stacks[i.User]
		if i.view == nil || len(stack) == 0 || stack[len(stack)-1] != i.view {
			return nil // the person has closed it
		}
		switch r.Action {
		case "":
			s.pop(i.User)
		case "clear":
			s.clearStack(i.User)
		case "errors":
			return s.takeErrors(i, r.Errors)
		case "update", "push":
			return s.takeView(i, r)
		default:
			return errors.New("unknown response_action " + r.Action)
		}
		s.changed.broadcast()
		return nil
	}
}

func (s *Server) pop(user string) {
	stack := s.stacks[user]
	stack[len(stack)-1].Open = false
	s.stacks[user] = stack[:len(stack)-1]
	if len(stack) == 1 {
		delete(s.stacks, user)
	}
}

// takeErrors takes errors by block_id, each of an input of the view.
func (s *Server) takeErrors(i *Interaction, errs map[string]string) error {
	if len(errs) == 0 {
		return errors.New("response_action errors has none")
	}
	for id := range errs {
		found := false
		for _, b := range i.view.Blocks {
			found = found || b.BlockID == id && b.Type == "input"
		}
		if !found {
			return errors.New("response_action errors names a block_id that is no input of the view: " + id)
		}
	}
	i.Errors = errs
	i.news.broadcast()
	return nil
}

func (s *Server) takeView(i *Interaction, r responseAction) error {
	next, err := s.parseView(string(r.View), "modal", "")
	switch {
	case err != nil:
		return errors.New(err.Error + " " + strings.Join(err.Errors, ", "))
	case r.Action == "update":
		i.view.replace(next)
		i.show(i.view)
		return nil
	case len(s.stacks[i.User]) >= maxStack:
		return errors.New("push_limit_reached")
	}
	s.addView(next, i.Team, i.User)
	s.stack(next)
	i.show(next)
	return nil
}
