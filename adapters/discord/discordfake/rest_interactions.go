package discordfake

import "encoding/json"

// callbackForm is the answer to an interaction.
type callbackForm struct {
	Type int             `json:"type"`
	Data json.RawMessage `json:"data"`
}

type callbackReply struct {
	Interaction callbackInteraction `json:"interaction"`
	Resource    *callbackResource   `json:"resource,omitempty"`
}

type callbackInteraction struct {
	ID        string `json:"id"`
	Type      int    `json:"type"`
	MessageID string `json:"response_message_id,omitempty"`
	Loading   bool   `json:"response_message_loading"`
	Ephemeral bool   `json:"response_message_ephemeral"`
}

type callbackResource struct {
	Type    int             `json:"type"`
	Message json.RawMessage `json:"message,omitempty"`
}

func (s *Server) callback(c *call) reply {
	i := s.interactions[c.PathValue("token")]
	switch {
	case i == nil || i.ID != c.PathValue("id"):
		return refuse(errUnknownInteraction())
	case s.channels[i.ChannelID] == nil:
		return refuse(errUnknownChannel())
	}
	data, files, err := payload(c.Header.Get("Content-Type"), c.body)
	if err != nil {
		return refuse(err)
	}
	if err := s.acknowledge(i, data, files); err != nil {
		return refuse(err)
	}
	if c.URL.Query().Get("with_response") != "true" {
		return none()
	}
	out := callbackReply{Interaction: callbackInteraction{ID: i.ID, Type: i.Kind}}
	if m := i.original; m != nil {
		out.Interaction.MessageID = m.ID
		out.Interaction.Loading, out.Interaction.Ephemeral = m.Flags&Loading != 0, m.Flags&Ephemeral != 0
		out.Resource = &callbackResource{i.answer.Type, s.messageJSON(m, true, false)}
	}
	return ok(out)
}

// hook finds the interaction whose token is a webhook now: from its first answer on, until the token ends.
func (s *Server) hook(c *call) (*Interaction, *apiError) {
	i := s.interactions[c.PathValue("token")]
	switch {
	case i == nil || c.PathValue("app") != s.application || i.answer == nil:
		return nil, errUnknownWebhook()
	case s.opts.Now().Sub(i.At) > s.opts.TokenFor:
		return nil, &apiError{status: 401, Code: 50027, Message: "Invalid Webhook Token"}
	case s.channels[i.ChannelID] == nil:
		return nil, errUnknownChannel()
	}
	return i, nil
}

// followUp posts another message. Right after a deferred answer it replaces the "thinking…", unless that was deleted (docs:
// interactions/receiving-and-responding, "Create Followup Message").
func (s *Server) followUp(c *call) reply {
	i, err := s.hook(c)
	if err != nil {
		return refuse(err)
	}
	form, err := c.messageForm()
	if err != nil {
		return refuse(err)
	}
	m := i.original
	if m != nil && m.Flags&Loading != 0 && s.messages[m.ID] != nil {
		if err := s.editAnswer(i, m, form); err != nil {
			return refuse(err)
		}
		return raw(s.messageJSON(m, true, false))
	}
	m = s.newAnswer(i, form.Flags.v&Ephemeral)
	if err := s.apply(form, m); err != nil {
		return refuse(err)
	}
	s.post(m)
	i.followUps = append(i.followUps, m)
	i.note(m)
	return raw(s.messageJSON(m, true, false))
}

// answerOf is the message that a call is about.
func (s *Server) answerOf(c *call) (*Interaction, *Message, *apiError) {
	i, err := s.hook(c)
	if err != nil {
		return nil, nil, err
	}
	id := c.PathValue("id")
	if i.original != nil && (id == "@original" || id == i.original.ID) && s.messages[i.original.ID] != nil {
		return i, i.original, nil
	}
	for _, m := range i.followUps {
		if m.ID == id && s.messages[id] != nil {
			return i, m, nil
		}
	}
	return nil, nil, errUnknownMessage()
}

func (s *Server) getFollowUp(c *call) reply {
	_, m, err := s.answerOf(c)
	if err != nil {
		return refuse(err)
	}
	return raw(s.messageJSON(m, true, false))
}

func (s *Server) editFollowUp(c *call) reply {
	i, m, err := s.answerOf(c)
	if err != nil {
		return refuse(err)
	}
	form, err := c.messageForm()
	if err != nil {
		return refuse(err)
	}
	if err := s.editAnswer(i, m, form); err != nil {
		return refuse(err)
	}
	return raw(s.messageJSON(m, true, false))
}

func (s *Server) editAnswer(i *Interaction, m *Message, form *messageForm) *apiError {
	form.Nonce = nonce(m.Nonce)
	if err := s.apply(form, m); err != nil {
		return err
	}
	m.Flags &^= Loading
	s.edited(m)
	i.note(m)
	return nil
}

func (s *Server) deleteFollowUp(c *call) reply {
	i, m, err := s.answerOf(c)
	if err != nil {
		return refuse(err)
	}
	s.remove(m)
	i.changed.broadcast()
	return none()
}
