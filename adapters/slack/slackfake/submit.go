package slackfake

import (
	"encoding/json"
	"unicode/utf8"
)

// stateJSON is state.values: by block_id and action_id (docs: reference/interaction-payloads/view-interactions-payload).
type stateJSON struct {
	Values map[string]map[string]json.RawMessage `json:"values"`
}

type inputJSON struct {
	Type  string  `json:"type"`
	Value *string `json:"value"`
}

type choiceJSON struct {
	Type     string  `json:"type"`
	Selected *Option `json:"selected_option"`
}

type choicesJSON struct {
	Type     string   `json:"type"`
	Selected []Option `json:"selected_options"`
}

// stateOf is the state of all inputs, the empty ones too; values are by action_id.
func stateOf(blocks []Block, values map[string]string) stateJSON {
	state := stateJSON{Values: map[string]map[string]json.RawMessage{}}
	for i := range blocks {
		b := &blocks[i]
		b.each(func(e *Element) {
			if e.ActionID == "" || e.Type == "button" || e.Type == "overflow" {
				return
			}
			if state.Values[b.BlockID] == nil {
				state.Values[b.BlockID] = map[string]json.RawMessage{}
			}
			value, given := values[e.ActionID]
			state.Values[b.BlockID][e.ActionID] = e.state(value, given)
		})
	}
	return state
}

// state is what an element holds: what was typed or chosen, else what it began with.
func (e *Element) state(value string, given bool) json.RawMessage {
	switch e.Type {
	case "static_select", "radio_buttons":
		c := choiceJSON{Type: e.Type}
		switch {
		case !given:
			c.Selected = e.Chosen
		case value != "":
			c.Selected = e.option(value)
		}
		return encode(c)
	case "checkboxes", "multi_static_select":
		c := choicesJSON{Type: e.Type, Selected: []Option{}}
		if given {
			c.Selected = append(c.Selected, *e.option(value))
		}
		return encode(c)
	default:
		in := inputJSON{Type: e.Type}
		if !given && e.Initial != nil {
			value = *e.Initial
		}
		if value != "" {
			in.Value = &value
		}
		return encode(in)
	}
}

// Submit lets the user of a modal fill inputs, by action_id, and submit it; those that aren't named stay as they are, and an empty text
// clears one. It panics where Slack's client wouldn't let
// them: the modal isn't the one on top, an input isn't optional and left empty, or too long.
func (s *Server) Submit(view string, values map[string]string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.top(view)
	for action := range values {
		if _, e := find(v.Blocks, action); e == nil {
			panic("slackfake: the modal has no input " + action)
		}
	}
	for _, b := range v.Blocks {
		if b.Type == "input" {
			value, given := values[b.Element.ActionID]
			b.Element.accept(b.Element.filled(value, given), b.Optional)
		}
	}
	i := s.interaction(InteractiveKind, s.mustUser(v.UserID), nil, "")
	i.view = v
	p := s.payload("view_submission", i)
	v.state = encode(stateOf(v.Blocks, values))
	p.View = v.wire(s)
	i.acked = s.takeViewAck(i)
	return s.carry(i, p)
}

// filled is what stands in an input.
func (e *Element) filled(value string, given bool) string {
	switch {
	case given:
	case e.Initial != nil:
		return *e.Initial
	case e.Chosen != nil:
		return e.Chosen.Value
	}
	return value
}

// accept panics where Slack's client wouldn't take a value.
func (e *Element) accept(value string, optional bool) {
	n := utf8.RuneCountInString(value)
	switch {
	case value == "" && !optional:
		panic("slackfake: the input " + e.ActionID + " has to be filled")
	case value == "":
	case e.MaxLength != nil && n > *e.MaxLength, e.MinLength != nil && n < *e.MinLength:
		panic("slackfake: too long or too short for " + e.ActionID)
	}
}

// Dismiss lets the user of a modal close it. The app hears of it where notify_on_close said so; otherwise it is nil.
func (s *Server) Dismiss(view string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.top(view)
	s.pop(v.UserID)
	if !v.NotifyOnClose {
		return nil
	}
	i := s.interaction(InteractiveKind, s.mustUser(v.UserID), nil, "")
	p := s.payload("view_closed", i)
	cleared := false
	p.View, p.IsCleared = v.wire(s), &cleared
	return s.carry(i, p)
}

// top is a modal that a user sees on top of all, or panics.
func (s *Server) top(view string) *View {
	v := s.views[view]
	if v != nil {
		if stack := s.stacks[v.UserID]; len(stack) > 0 && stack[len(stack)-1] == v {
			return v
		}
	}
	panic("slackfake: nobody sees the modal " + view)
}
