package slackfake

import (
	"encoding/json"
)

// The limits of views (docs: reference/views).
const (
	maxViewTitle = 24 // of title, submit and close
	maxPrivate   = 3000
	maxView      = 250_000 // bytes
)

// parseView reads a view of a type. With a team its external_id has to be new there.
func (s *Server) parseView(text, kind, team string) (*View, *apiError) {
	var form viewForm
	if err := json.Unmarshal([]byte(text), &form); err != nil {
		return nil, problems{"failed to match schema [json-pointer:/view]"}.err("invalid_arguments")
	}
	blocks, wrong, err := parseBlocks(string(form.Blocks), "/view/blocks")
	switch {
	case len(text) > maxView:
		return nil, fail("view_too_large")
	case err != nil:
		return nil, problems{"missing required field: blocks [json-pointer:/view]"}.err("invalid_arguments")
	case team != "" && form.ExternalID != "" && s.external(team, form.ExternalID) != nil:
		return nil, fail("duplicate_external_id")
	}
	c := blockCheck{problems: wrong, view: kind}
	c.checkView(&form, blocks)
	if err := c.err("invalid_arguments"); err != nil {
		return nil, err
	}
	s.heedView(blocks)
	return &View{
		Type: form.Type, CallbackID: form.CallbackID, ExternalID: form.ExternalID, PrivateMetadata: form.PrivateMetadata,
		Title: form.Title, Submit: form.Submit, Close: form.Close, Blocks: blocks, NotifyOnClose: form.NotifyOnClose,
		ClearOnClose: form.ClearOnClose,
	}, nil
}

func (c *blockCheck) checkView(form *viewForm, blocks []Block) {
	if form.Type != c.view {
		c.add("/view/type", "unsupported type: %s", form.Type)
		return
	}
	if form.Type == "modal" {
		c.text(form.Title, "/view", "title", maxViewTitle, "plain_text")
		for field, t := range map[string]*Text{"submit": form.Submit, "close": form.Close} {
			if t != nil {
				c.text(t, "/view", field, maxViewTitle, "plain_text")
			}
		}
	}
	c.atMost(form.PrivateMetadata, maxPrivate, "/view/private_metadata")
	c.atMost(form.CallbackID, maxID, "/view/callback_id")
	c.atMost(form.ExternalID, maxID, "/view/external_id")
	if len(c.problems) == 0 {
		c.all(blocks, "/view/blocks")
	}
	for i, b := range blocks {
		if b.Type == "input" && form.Type == "modal" && form.Submit == nil {
			c.add(under("/view/blocks", i)+"/input", "must define `submit` to use an `input` block in modals")
		}
	}
}
