package discordfake

import (
	"slices"
)

// acknowledge takes the first answer to an interaction, whichever way it came.
func (s *Server) acknowledge(i *Interaction, data []byte, files []upload) *apiError {
	var form callbackForm
	if err := decode(data, &form); err != nil {
		return err
	}
	after := s.opts.Now().Sub(i.At)
	switch {
	case i.answer != nil:
		return &apiError{status: 400, Code: 40060, Message: "Interaction has already been acknowledged."}
	case after > s.opts.AckWithin:
		return errUnknownInteraction()
	case !slices.Contains(i.answers(), form.Type):
		errs := &formErrors{}
		errs.choice("type", "those that this type of interaction has")
		return errs.err()
	}
	answer := &Answer{Type: form.Type, After: after}
	if err := s.carryOut(i, answer, form, files); err != nil {
		return err
	}
	i.answer = answer
	i.changed.broadcast()
	return nil
}

// answers are the types of callback that an interaction may be answered with.
func (i *Interaction) answers() []int {
	switch i.Kind {
	case pingInteraction:
		return []int{answerPong}
	case autocompleteInteraction:
		return []int{answerChoices}
	case commandInteraction:
		return []int{answerMessage, answerDeferred, answerModal}
	case componentInteraction:
		return []int{answerMessage, answerDeferred, answerDeferredUpdate, answerUpdate, answerModal}
	default:
		if i.source == nil {
			return []int{answerMessage, answerDeferred}
		}
		return []int{answerMessage, answerDeferred, answerDeferredUpdate, answerUpdate}
	}
}

func (s *Server) carryOut(i *Interaction, answer *Answer, form callbackForm, files []upload) *apiError {
	switch form.Type {
	case answerChoices:
		return answer.takeChoices(form)
	case answerModal:
		return answer.takeModal(form)
	case answerDeferredUpdate:
		i.original = i.source
		return nil
	case answerMessage, answerDeferred, answerUpdate:
		return s.carryOutMessage(i, answer, form, files)
	}
	return nil
}

func (s *Server) carryOutMessage(i *Interaction, answer *Answer, form callbackForm, files []upload) *apiError {
	message := &messageForm{files: files}
	if len(form.Data) > 0 {
		if err := decode(form.Data, message); err != nil {
			return inside("data", err)
		}
	}
	if form.Type == answerUpdate {
		if s.messages[i.source.ID] == nil {
			return errUnknownMessage()
		}
		if err := s.apply(message, i.source); err != nil {
			return inside("data", err)
		}
		i.original = i.source
		s.edited(i.source)
		answer.Message, answer.Ephemeral = *i.source, i.source.Flags&Ephemeral != 0
		i.note(i.source)
		return nil
	}
	m := s.newAnswer(i, message.Flags.v&Ephemeral)
	if form.Type == answerDeferred {
		m.Flags |= Loading
	} else if err := s.apply(message, m); err != nil {
		return inside("data", err)
	}
	s.post(m)
	i.original = m
	answer.Ephemeral = m.Flags&Ephemeral != 0
	if form.Type == answerMessage {
		answer.Message = *m
		i.note(m)
	}
	return nil
}

// newAnswer is a message that answers an interaction. The bot needs no permission for it.
func (s *Server) newAnswer(i *Interaction, flags int) *Message {
	m := &Message{
		ChannelID: i.ChannelID, GuildID: i.GuildID, Author: s.bot.ID, Flags: flags, Interaction: i.ID, webhook: s.application,
	}
	if flags&Ephemeral != 0 {
		m.For = i.UserID
	}
	return m
}

type choicesForm struct {
	Choices []Choice `json:"choices"`
}

func (a *Answer) takeChoices(form callbackForm) *apiError {
	var data choicesForm
	if err := decode(form.Data, &data); err != nil {
		return err
	}
	errs := &formErrors{}
	checkChoices("data.choices", data.Choices, errs)
	a.Choices = data.Choices
	return errs.err()
}

func (a *Answer) takeModal(form callbackForm) *apiError {
	if err := decode(form.Data, &a.Modal); err != nil {
		return err
	}
	errs := &formErrors{}
	checkText("data.custom_id", a.Modal.CustomID, maxCustomID, errs)
	checkText("data.title", a.Modal.Title, 45, errs)
	if n := len(a.Modal.Components); n < 1 || n > 5 {
		errs.badLength("data.components", 5)
	}
	check := componentCheck{errs: errs, seen: map[string]bool{}, modal: true}
	check.all("data.components", a.Modal.Components, 0)
	return errs.err()
}

// inside moves the errors of a form into a field of another form.
func inside(key string, err *apiError) *apiError {
	if err.Errors != nil {
		err.Errors = &formErrors{children: map[string]*formErrors{key: err.Errors}}
	}
	return err
}
