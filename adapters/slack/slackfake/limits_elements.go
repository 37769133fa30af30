package slackfake

import (
	"encoding/json"
	"slices"
	"strings"
)

// The limits of elements (docs: reference/block-kit/block-elements and composition-objects).
const (
	maxButton       = 75
	maxButtonValue  = 2000
	maxOptions      = 100
	maxOverflow     = 5
	maxChoices      = 10 // of checkboxes and radio buttons
	maxOption       = 75
	maxOptionValue  = 150
	maxPlaceholder  = 150
	maxInput        = 3000
	maxConfirmTitle = 100
	maxConfirmText  = 300
	maxConfirmWord  = 30
)

// elementKinds are the types of elements, and the blocks that each may stand in.
func elementKinds() map[string]string {
	const menus = "section actions input"
	return map[string]string{
		"button": "section actions", "overflow": "section actions", "workflow_button": "section actions",
		"static_select": menus, "users_select": menus, "conversations_select": menus, "channels_select": menus,
		"external_select": menus, "multi_static_select": "section input", "multi_users_select": "section input",
		"multi_conversations_select": "section input", "multi_channels_select": "section input",
		"multi_external_select": "section input", "datepicker": menus, "timepicker": menus, "datetimepicker": "actions input",
		"checkboxes": menus, "radio_buttons": menus, "plain_text_input": "input", "rich_text_input": "input",
		"email_text_input": "input", "url_text_input": "input", "number_input": "input", "file_input": "input",
		"image": "section context", "plain_text": "context", "mrkdwn": "context",
	}
}

// elementKeys are the fields that an element may have; none: it isn't looked into.
func elementKeys(kind string) []string {
	table := map[string]string{
		"button":              "text action_id url value style confirm accessibility_label",
		"static_select":       "action_id placeholder options option_groups initial_option confirm focus_on_load",
		"multi_static_select": "action_id placeholder options option_groups initial_options confirm focus_on_load max_selected_items",
		"overflow":            "action_id options confirm",
		"checkboxes":          "action_id options initial_options confirm focus_on_load",
		"radio_buttons":       "action_id options initial_option confirm focus_on_load",
		"plain_text_input": "action_id placeholder initial_value multiline min_length max_length dispatch_action_config " +
			"focus_on_load",
		"image": "image_url slack_file alt_text", "plain_text": "text emoji", "mrkdwn": "text verbatim",
	}
	if names, found := table[kind]; found {
		return strings.Fields("type " + names)
	}
	return nil
}

func (c *blockCheck) elements(elements []Element, at string, most int, in string) {
	at += "/elements"
	switch {
	case len(elements) == 0:
		c.add(at, "must provide at least 1 items")
	case len(elements) > most:
		c.add(at, "no more than %d items allowed", most)
	}
	for i := range elements {
		c.element(&elements[i], under(at, i), in)
	}
}

func (c *blockCheck) element(e *Element, at, in string) {
	blocks, known := elementKinds()[e.Type]
	switch {
	case e.Type == "":
		c.add(at, "missing required field: type")
		return
	case !known || !slices.Contains(strings.Fields(blocks), in):
		c.add(at+"/type", "unsupported type: %s", e.Type)
		return
	}
	c.keys(keysOf(e.Raw), elementKeys(e.Type), at)
	c.atMost(e.ActionID, maxID, at+"/action_id")
	if e.Placeholder != nil {
		c.text(e.Placeholder, at, "placeholder", maxPlaceholder, "plain_text")
	}
	if e.Confirm != nil {
		c.confirm(e.Confirm, at+"/confirm")
	}
	switch e.Type {
	case "button":
		c.button(e, at)
	case "static_select", "multi_static_select":
		c.menu(e, at)
		c.chosen(e, at)
	case "overflow":
		c.options(e.Options, at, maxOverflow)
	case "checkboxes", "radio_buttons":
		c.options(e.Options, at, maxChoices)
		c.chosen(e, at)
	case "image":
		c.picture(e.ImageURL, e.AltText, len(e.SlackFile) > 0, at)
	case "plain_text", "mrkdwn":
		c.contextText(e, at)
	case "plain_text_input":
		c.lengths(e, at)
	}
}

func (c *blockCheck) button(e *Element, at string) {
	c.text(e.Text, at, "text", maxButton, "plain_text")
	c.atMost(e.Value, maxButtonValue, at+"/value")
	c.atMost(e.URL, maxURL, at+"/url")
	c.atMost(e.Label, maxButton, at+"/accessibility_label")
	var style string
	if len(e.Style) > 0 && (json.Unmarshal(e.Style, &style) != nil || style != "primary" && style != "danger") {
		c.add(at+"/style", "must be a valid enum value")
	}
}

func (c *blockCheck) contextText(e *Element, at string) {
	if e.Text == nil || e.Text.Text == "" {
		c.add(at+"/text", "must be more than 0 characters")
		return
	}
	c.atMost(e.Text.Text, maxSection, at+"/text")
}

func (c *blockCheck) menu(e *Element, at string) {
	if len(e.Groups) == 0 {
		c.options(e.Options, at, maxOptions)
		return
	}
	if len(e.Groups) > maxOptions {
		c.add(at+"/option_groups", "no more than %d items allowed", maxOptions)
	}
	for i, group := range e.Groups {
		inside := under(at+"/option_groups", i)
		c.text(group.Label, inside, "label", maxOption, "plain_text")
		c.options(group.Options, inside, maxOptions)
	}
}

// chosen notes an initial option that isn't exactly one of the options (docs: reference/block-kit/block-elements/select-menu-element).
func (c *blockCheck) chosen(e *Element, at string) {
	if e.Chosen == nil {
		return
	}
	options := e.Options
	for _, group := range e.Groups {
		options = append(options, group.Options...)
	}
	same := func(o Option) bool {
		return o.Value == e.Chosen.Value && o.Text != nil && e.Chosen.Text != nil && o.Text.Text == e.Chosen.Text.Text
	}
	if !slices.ContainsFunc(options, same) {
		c.add(at+"/initial_option", "must match one of the options: %s", e.Chosen.Value)
	}
}

func (c *blockCheck) options(options []Option, at string, most int) {
	at += "/options"
	switch {
	case len(options) == 0:
		c.add(at, "must provide at least 1 items")
	case len(options) > most:
		c.add(at, "no more than %d items allowed", most)
	}
	for i, o := range options {
		inside := under(at, i)
		c.text(o.Text, inside, "text", maxOption, "")
		c.atMost(o.Value, maxOptionValue, inside+"/value")
		if o.Description != nil {
			c.text(o.Description, inside, "description", maxOption, "")
		}
	}
}

func (c *blockCheck) confirm(q *Confirm, at string) {
	c.text(q.Title, at, "title", maxConfirmTitle, "plain_text")
	c.text(q.Text, at, "text", maxConfirmText, "")
	c.text(q.Confirm, at, "confirm", maxConfirmWord, "plain_text")
	c.text(q.Deny, at, "deny", maxConfirmWord, "plain_text")
}

func (c *blockCheck) lengths(e *Element, at string) {
	if e.Initial != nil {
		most := maxInput
		if e.MaxLength != nil {
			most = min(most, *e.MaxLength)
		}
		c.atMost(*e.Initial, most, at+"/initial_value")
	}
	for field, n := range map[string]*int{"min_length": e.MinLength, "max_length": e.MaxLength} {
		if n != nil && (*n < 0 || *n > maxInput) {
			c.add(at+"/"+field, "must be less than %d", maxInput+1)
		}
	}
}
