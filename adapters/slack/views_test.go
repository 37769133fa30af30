package slack

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// The views as Slack reads them.
type (
	wireModal struct {
		Type       string            `json:"type"`
		CallbackID string            `json:"callback_id"`
		Title      *wireText         `json:"title"`
		Submit     *wireText         `json:"submit"`
		Close      *wireText         `json:"close"`
		Blocks     []json.RawMessage `json:"blocks"`
	}
	wireHome struct {
		Type   string            `json:"type"`
		Blocks []json.RawMessage `json:"blocks"`
	}
)

// TestReportForm: its parts are within the limits of a form, whatever its words are.
func TestReportForm(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Повідомити про помилку & ще ", 100)
	for name, words := range map[string]formWords{
		"long":    {long, long, long, long, long},
		"no hint": {"Report a mistake", "What is wrong?", "", "Report", "Cancel"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := json.Marshal(reportForm("r1", words))
			if err != nil {
				t.Fatal(err)
			}
			var w wireModal
			decode(t, "modal", data, &w)
			d := &reader{t: t}
			d.object("title", w.Title, 24, true)
			d.object("submit", w.Submit, 24, true)
			d.object("close", w.Close, 24, true)
			if g, err := target.Parse(w.CallbackID); err != nil || g != (target.ID{Action: chat.CommandReport, Record: "r1"}) || w.Type != "modal" || len(w.Blocks) != 1 {
				t.Fatalf("%s: %v", data, err)
			}
			var b wireBlock
			var e wireElement
			decode(t, "input", w.Blocks[0], &b)
			decode(t, "element", b.Element, &e)
			d.object("label", b.Label, 2000, true)
			if words.Hint != "" {
				d.object("placeholder", e.Placeholder, 150, true)
			}
			if b.Type != "input" || *b.BlockID != "what" || e.Type != "plain_text_input" || e.ActionID != "what" || !e.Multiline || e.MaxLength != 1000 {
				t.Errorf("%s", data)
			}
		})
	}
}

// TestHome shows the App Home in every language.
func TestHome(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "uk", "ru"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			help, status := handle(t, chat.Request{Command: chat.CommandHelp, Lang: lang}), handle(t, chat.Request{Command: chat.CommandStatus, Lang: lang})
			talk, err := adaptertest.Subscribing(lang, "slack:T1/C2000", "slack:T1/C2001")
			if err != nil {
				t.Fatal(err)
			}
			v := home(help, status, talk["list"])
			adaptertest.Golden(t, "home-"+lang, v)
			data, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range []string{"C2000", "C2001"} {
				named := []byte(`\u003c#` + id + `\u003e`)
				if bytes.Count(data, named) != 1 {
					t.Errorf("%s isn't named in %s", id, data)
				}
				data = bytes.ReplaceAll(data, named, []byte("channel"))
			}
			if n := strings.Count(string(data), `"action_id":"ws1:ask:`); n != 3 {
				t.Errorf("%d examples", n)
			}
			if !strings.Contains(properHome(t, data), "2026-11-25") {
				t.Errorf("it doesn't say how current the base is: %s", data)
			}
		})
	}
}

// properHome holds an App Home to Slack's limits, and returns what is read there.
func properHome(t fataler, data []byte) string {
	t.Helper()
	var w wireHome
	decode(t, "home", data, &w)
	if w.Type != "home" || len(w.Blocks) > 100 {
		t.Errorf("%q of %d blocks", w.Type, len(w.Blocks))
	}
	d, ids := &reader{t: t}, map[string]bool{}
	for _, b := range w.Blocks {
		d.block(b, ids)
	}
	return d.text
}

// TestHostileHome: whatever the bot says, the App Home is within the limits, and nothing in it is live.
func TestHostileHome(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		digests := anyReply(t, 6, 6)
		digests.Outcome = chat.Listed
		data, err := json.Marshal(home(anyReply(t, 14, 6), anyReply(t, 6, 6), digests))
		if err != nil {
			t.Fatal(err)
		}
		properHome(t, data)
	})
}
