package slackfake_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

const form = `{"type":"modal","external_id":"e1","title":{"type":"plain_text","text":"x"},"submit":{"type":"plain_text","text":"x"},"blocks":[` +
	`{"type":"input","block_id":"b1","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","action_id":"a1","max_length":5}},` +
	`{"type":"input","block_id":"b2","optional":true,"label":{"type":"plain_text","text":"x"},"element":{"type":"static_select","action_id":"a2","options":[` +
	`{"text":{"type":"plain_text","text":"One"},"value":"1"}]}},` +
	`{"type":"input","block_id":"b3","optional":true,"label":{"type":"plain_text","text":"x"},"element":{"type":"checkboxes","action_id":"a3","options":[` +
	`{"text":{"type":"plain_text","text":"Two"},"value":"2"}]}}]}`

// opened is a modal of that form, shown to the user.
func (p place) opened(t *testing.T) string {
	t.Helper()
	got := p.call(t, "views.open", `{"trigger_id":`+quote(p.Shortcut(p.user, "x").TriggerID)+`,"view":`+form+`}`)
	var v struct{ View struct{ ID string } }
	decode(t, got.body, &v)
	if v.View.ID == "" {
		t.Fatal(got.body)
	}
	return v.View.ID
}

func TestTheStateHasAllInputs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		values map[string]string
		want   string
	}{
		"the least": {
			map[string]string{"a1": "x"},
			`{"b1":{"a1":{"type":"plain_text_input","value":"x"}},"b2":{"a2":{"type":"static_select","selected_option":null}},` +
				`"b3":{"a3":{"type":"checkboxes","selected_options":[]}}}`,
		},
		"all": {
			map[string]string{"a1": "x", "a2": "1", "a3": "2"},
			`{"b1":{"a1":{"type":"plain_text_input","value":"x"}},"b2":{"a2":{"type":"static_select","selected_option":` +
				`{"text":{"type":"plain_text","text":"One"},"value":"1"}}},"b3":{"a3":{"type":"checkboxes","selected_options":` +
				`[{"text":{"type":"plain_text","text":"Two"},"value":"2"}]}}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, slackfake.Options{})
			p.serve(t, nil)
			i := p.Submit(p.opened(t), c.values)
			var got struct {
				View struct {
					State struct{ Values json.RawMessage }
				}
			}
			decode(t, string(i.Payload()), &got)
			if diff := cmp.Diff(c.want, string(got.View.State.Values)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestWhatASubmissionIsAnswered(t *testing.T) {
	t.Parallel()
	other := strings.Replace(form, `"external_id":"e1",`, "", 1)
	for name, c := range map[string]struct {
		answer    string
		modals    int
		violation string
	}{
		"nothing":            {"", 0, ""},
		"clear":              {`{"response_action":"clear"}`, 0, ""},
		"errors":             {`{"response_action":"errors","errors":{"b1":"too short"}}`, 1, ""},
		"errors of nothing":  {`{"response_action":"errors","errors":{"b9":"x"}}`, 1, "no input of the view: b9"},
		"no errors":          {`{"response_action":"errors"}`, 1, "has none"},
		"update":             {`{"response_action":"update","view":` + other + `}`, 1, ""},
		"push":               {`{"response_action":"push","view":` + other + `}`, 2, ""},
		"push of a bad view": {`{"response_action":"push","view":{"type":"modal","blocks":[]}}`, 1, "missing required field: title"},
		"an unknown action":  {`{"response_action":"dance"}`, 1, "unknown response_action dance"},
		"no JSON":            {`ok`, 1, "isn't JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, slackfake.Options{})
			p.serve(t, func(w http.ResponseWriter, r taken) {
				if strings.Contains(string(r.body), "view_submission") {
					_, _ = w.Write([]byte(c.answer))
				}
			})
			if _, err := p.Submit(p.opened(t), map[string]string{"a1": "x"}).Ack(within(t)); err != nil {
				t.Fatal(err)
			}
			if n := len(p.Modals(p.user)); n != c.modals {
				t.Errorf("%d modals are open, want %d", n, c.modals)
			}
			got := p.Violations()
			if (len(got) > 0) != (c.violation != "") || len(got) > 0 && !strings.Contains(got[0].Error(), c.violation) {
				t.Errorf("%v, want %s", got, c.violation)
			}
		})
	}
}

func TestAnExternalIDIsUniqueAndFindsTheView(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slackfake.Options{})
	p.serve(t, nil)
	id := p.opened(t)
	if got := p.call(t, "views.push", `{"trigger_id":`+quote(p.Shortcut(p.user, "x").TriggerID)+`,"view":`+form+`}`); got.code(t) != "duplicate_external_id" {
		t.Error(got.body)
	}
	got, err := p.slack(t).UpdateViewContext(within(t), modal("new"), "e1", "", "")
	if err != nil || got.ID != id {
		t.Errorf("%+v, %v", got, err)
	}
	if v, _ := p.View(id); v.Title.Text != "new" {
		t.Errorf("%+v", v)
	}
	if e, there := func() (slackfake.Element, bool) { v, _ := p.View(id); return v.Find("text") }(); !there || e.Type != "plain_text_input" {
		t.Errorf("%+v", e)
	}
}
