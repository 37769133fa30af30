package slack

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/whosays/whosays/bot/chat"
)

// The message as Slack reads it: what isn't known here isn't known there.
type (
	wireMessage struct {
		Text        string            `json:"text"`
		Blocks      []json.RawMessage `json:"blocks"`
		Metadata    *metadata         `json:"metadata"`
		ThreadTS    string            `json:"thread_ts"`
		UnfurlLinks *bool             `json:"unfurl_links"`
		UnfurlMedia *bool             `json:"unfurl_media"`
	}
	wireBlock struct {
		Type     string            `json:"type"`
		BlockID  *string           `json:"block_id"`
		Text     *wireText         `json:"text"`
		Fields   []wireText        `json:"fields"`
		Expand   bool              `json:"expand"`
		Elements []json.RawMessage `json:"elements"`
		Label    *wireText         `json:"label"`
		Element  json.RawMessage   `json:"element"`
	}
	wireText struct {
		Type     string `json:"type"`
		Text     string `json:"text"`
		Emoji    *bool  `json:"emoji"`
		Verbatim *bool  `json:"verbatim"`
	}
	wireElement struct {
		Type        string       `json:"type"`
		ActionID    string       `json:"action_id"`
		Text        *wireText    `json:"text"`
		Value       string       `json:"value"`
		Style       string       `json:"style"`
		Placeholder *wireText    `json:"placeholder"`
		Options     []wireOption `json:"options"`
		Multiline   bool         `json:"multiline"`
		MaxLength   int          `json:"max_length"`
	}
	wireOption struct {
		Text        *wireText `json:"text"`
		Description *wireText `json:"description"`
		Value       string    `json:"value"`
	}
)

func decode(t fataler, what string, data []byte, into any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		t.Fatalf("%s: %v in %s", what, err, data)
	}
}

// reader holds what is read of a message to Slack's limits, counted by hand.
type reader struct {
	t     fataler
	text  string
	links []shownLink
}

// object reads a text object of at most limit characters; one of plain text is wanted where markup isn't taken.
func (d *reader) object(what string, o *wireText, limit int, plainOnly bool) {
	d.t.Helper()
	if o == nil || o.Text == "" || units(o.Text) > limit {
		d.t.Fatalf("%s: %+v, wanted 1 to %d characters", what, o, limit)
	}
	switch {
	case o.Type == "plain_text" && o.Emoji != nil && !*o.Emoji && o.Verbatim == nil:
		d.text += readPlain(d.t, what, o.Text) + "\n"
	case o.Type == "mrkdwn" && !plainOnly && o.Emoji == nil && o.Verbatim != nil && *o.Verbatim:
		got := readMarkup(d.t, what, o.Text)
		d.text, d.links = d.text+got.text+"\n", append(d.links, got.links...)
	default:
		d.t.Errorf("%s: a text object %+v", what, o)
	}
}

func (d *reader) block(data []byte, ids map[string]bool) {
	d.t.Helper()
	var b wireBlock
	decode(d.t, "block", data, &b)
	if b.BlockID != nil {
		if *b.BlockID == "" || len(*b.BlockID) > 255 || ids[*b.BlockID] {
			d.t.Errorf("block id %q, used before: %v", *b.BlockID, ids[*b.BlockID])
		}
		ids[*b.BlockID] = true
	}
	switch b.Type {
	case "divider":
	case "header":
		d.object("header", b.Text, 150, true)
	case "section":
		if b.Text == nil {
			d.rows(b.Fields)
			break
		}
		d.object("section", b.Text, 3000, false)
		if !b.Expand {
			d.t.Errorf("a section that may be folded")
		}
	case "context":
		if len(b.Elements) == 0 || len(b.Elements) > 10 {
			d.t.Errorf("a context of %d elements", len(b.Elements))
		}
		for _, e := range b.Elements {
			var o wireText
			decode(d.t, "context", e, &o)
			d.object("context", &o, 2000, false)
		}
	case "actions":
		d.actions(b)
	default:
		d.t.Errorf("a block %s", data)
	}
}

// rows reads the fields of a form: a label, and what is filled in.
func (d *reader) rows(fields []wireText) {
	d.t.Helper()
	if len(fields) == 0 || len(fields)%2 != 0 || len(fields) > 10 {
		d.t.Errorf("%d fields", len(fields))
	}
	for i := range fields {
		d.object("field", &fields[i], 2000, i%2 == 1)
	}
}

func (d *reader) actions(b wireBlock) {
	d.t.Helper()
	if len(b.Elements) == 0 || len(b.Elements) > 25 {
		d.t.Errorf("%d actions", len(b.Elements))
	}
	ids := map[string]bool{}
	words := &reader{t: d.t}
	for _, data := range b.Elements {
		var e wireElement
		decode(d.t, "element", data, &e)
		if e.ActionID == "" || len(e.ActionID) > 255 || ids[e.ActionID] {
			d.t.Errorf("action id %q, used before: %v", e.ActionID, ids[e.ActionID])
		}
		ids[e.ActionID] = true
		carried := e.Value
		switch e.Type {
		case "button":
			words.object("button", e.Text, 75, true)
			if units(e.Value) == 0 || units(e.Value) > 2000 || e.Style != "" && e.Style != "primary" && e.Style != "danger" {
				d.t.Errorf("a button %s", data)
			}
		case "static_select":
			words.menu(e)
			carried = *b.BlockID
		default:
			d.t.Errorf("an element %s", data)
		}
		if question, err := parseExample(e.ActionID, carried); err == nil && question == carried {
			continue
		}
		if _, err := parseAction(e.ActionID, carried); err != nil {
			d.t.Errorf("%s: %v", data, err)
		}
	}
}

func (d *reader) menu(e wireElement) {
	d.t.Helper()
	d.object("placeholder", e.Placeholder, 150, true)
	if len(e.Options) == 0 || len(e.Options) > 100 {
		d.t.Errorf("a menu of %d options", len(e.Options))
	}
	values := map[string]bool{}
	for _, o := range e.Options {
		d.object("option", o.Text, 75, true)
		if o.Description != nil {
			d.object("description", o.Description, 75, true)
		}
		if o.Value == "" || len(o.Value) > 150 || values[o.Value] {
			d.t.Errorf("an option of the value %q", o.Value)
		}
		values[o.Value] = true
	}
}

// proper holds a message to Slack's limits and to what may be live in it. It returns all that a reader sees of its blocks, and
// where its links lead.
func proper(t fataler, m message) (text string, links []shownLink) {
	t.Helper()
	return properNaming(t, m)
}

// properNaming is proper for a message that names some channels, by their ids.
func properNaming(t fataler, m message, channels ...string) (text string, links []shownLink) {
	t.Helper()
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatalf("%v", err)
	}
	for _, id := range channels {
		data = bytes.ReplaceAll(data, []byte(`\u003c#`+id+`\u003e`), []byte("channel"))
	}
	var w wireMessage
	decode(t, "message", data, &w)
	if w.UnfurlLinks == nil || *w.UnfurlLinks || w.UnfurlMedia == nil || *w.UnfurlMedia {
		t.Errorf("it unfurls: %s", data)
	}
	if n := units(w.Text); n == 0 || n > 4000 {
		t.Errorf("a fallback of %d characters", n)
	}
	if got := readMarkup(t, "fallback", w.Text); len(got.links) > 0 || strings.ContainsAny(w.Text, "*_") {
		t.Errorf("markup in the fallback %q", w.Text)
	}
	if len(w.Blocks) == 0 || len(w.Blocks) > 50 {
		t.Errorf("%d blocks", len(w.Blocks))
	}
	d, ids, size := &reader{t: t}, map[string]bool{}, 0
	for _, b := range w.Blocks {
		d.block(b, ids)
		size += len(b) + 1
	}
	if size > 12000 {
		t.Errorf("blocks of %d bytes", size)
	}
	for _, live := range []string{"<@", "<!", "<#", `\u003c@`, `\u003c!`, `\u003c#`, `"link_names"`, `"parse"`} {
		if bytes.Contains(data, []byte(live)) {
			t.Errorf("%q in %s", live, data)
		}
	}
	return d.text, d.links
}

// more reports whether a message has a button for the next page.
func more(m message) bool {
	data, err := json.Marshal(m.Blocks)
	return err == nil && bytes.Contains(data, []byte(`"action_id":"`+actionIDOf(chat.CommandMore)+`"`))
}
