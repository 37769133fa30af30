package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/adapters/layout"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// receipt is how what Slack brings is acknowledged.
type receipt struct {
	taken bool // false: Slack is to bring it again
	// later waits until it has been done, as long as the acknowledgement can wait, and says what is wrong with a form; nil: there is nothing
	// to wait for.
	later func(context.Context) *formErrors
}

// ackWithin is how long an acknowledgement may wait, of the three seconds that Slack gives it.
const ackWithin = 2300 * time.Millisecond

// formView is a form that was filled in.
type formView struct {
	CallbackID string `json:"callback_id"`
	Private    string `json:"private_metadata"`
	Blocks     []struct {
		Type    string `json:"type"`
		BlockID string `json:"block_id"`
	} `json:"blocks"`
	State struct {
		Values map[string]map[string]struct {
			Value    *string `json:"value"` // null where nothing was typed
			Selected *struct {
				Value string `json:"value"`
			} `json:"selected_option"` // null where nothing was chosen
		} `json:"values"`
	} `json:"state"`
}

// field returns what was typed into the field of an id.
func (v *formView) field(id string) string {
	if typed := v.State.Values[id][id].Value; typed != nil {
		return *typed
	}
	return ""
}

// first returns the id of the first field; "" where there is none.
func (v *formView) first() string {
	for _, b := range v.Blocks {
		if b.Type == "input" {
			return b.BlockID
		}
	}
	return ""
}

// values returns what stands in the fields of a form now, by their ids. It returns false where a field isn't the form's, or where
// something is chosen that isn't among a field's choices: nobody who had the form open has sent that.
func (v *formView) values(f *chat.Form) (map[string]string, bool) {
	out := map[string]string{}
	for id, inside := range v.State.Values {
		field := f.Field(id)
		typed, ok := inside[id]
		if field == nil || !ok || len(inside) != 1 {
			return nil, false
		}
		switch {
		case len(field.Choices) == 0:
			out[id] = v.field(id)
		case typed.Selected == nil:
			out[id] = ""
		default:
			out[id] = meant(field.Choices, typed.Selected.Value)
			if !slices.ContainsFunc(field.Choices, func(c chat.Choice) bool { return c.Value == out[id] }) {
				return nil, false
			}
		}
	}
	return out, true
}

// handover is how what is wrong with a form gets from who reads it into the acknowledgement, as long as that waits.
type handover struct {
	errors chan *formErrors
	gone   chan struct{} // closed once nobody waits any more
}

func newHandover() *handover {
	return &handover{errors: make(chan *formErrors), gone: make(chan struct{})}
}

// give hands over what is wrong, or nil for nothing, and reports whether it arrived.
func (h *handover) give(e *formErrors) bool {
	select {
	case h.errors <- e:
		return true
	case <-h.gone:
		return false
	}
}

// await waits for what is handed over. It is called once.
func (h *handover) await(ctx context.Context, within time.Duration) *formErrors {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	defer close(h.gone)
	select {
	case e := <-h.errors:
		return e
	case <-ctx.Done():
		return nil
	}
}

// submission takes a form that was filled in.
func (a *Adapter) submission(ctx context.Context, t turn, v *formView) receipt {
	if !a.client.trusted(t.Hook) {
		return receipt{taken: true} // nobody opened it, and nobody waits
	}
	g, err := target.Parse(v.CallbackID)
	switch {
	case err == nil && g.Action == chat.CommandReport:
		return a.receive(ctx, t, "view_submission", func(ctx context.Context, t *turn) error { return a.reported(ctx, t, v, g) })
	case err != nil || g.Action != chat.CommandFill:
		return a.receive(ctx, t, "view_submission", func(ctx context.Context, t *turn) error { return a.excuse(ctx, t, chat.NoticeUnknown) })
	}
	h := newHandover()
	verdict := a.inbox.Offer(ctx, inbox.Work{
		Platform: Desk, Key: scheme + t.key(), User: scheme + t.User, Tenant: scheme + t.Team,
		Do: func(ctx context.Context) {
			defer h.give(nil)
			a.handle(ctx, &t, "view_submission", func(ctx context.Context, t *turn) error { return a.filled(ctx, t, v, g, h) })
		},
	})
	switch verdict {
	case inbox.Accepted:
		return receipt{true, func(ctx context.Context) *formErrors { return h.await(ctx, a.acks) }}
	case inbox.Busy, inbox.TooFast, inbox.Draining:
		n, _ := noticeOf(verdict)
		return receipt{true, func(ctx context.Context) *formErrors { return a.later(ctx, &t, v, cmp.Or(n, chat.NoticeBusy)) }}
	}
	return receipt{taken: true}
}

// later says in a form that it can't be taken now: it stays open, with all that was typed.
func (a *Adapter) later(ctx context.Context, t *turn, v *formView, n chat.Notice) *formErrors {
	first := v.first()
	if first == "" {
		return nil
	}
	var words string
	for _, b := range a.bot.Notice(n, a.soonLanguage(ctx, t)).Blocks {
		words = cmp.Or(words, layout.Text(b.Parts))
	}
	return &formErrors{Action: "errors", Errors: map[string]string{first: words}}
}

// filled takes what was filled into the form of a reply. What is wrong with it is said at its fields, where the form still waits for it;
// else the reply is shown to the person alone.
func (a *Adapter) filled(ctx context.Context, t *turn, v *formView, g target.ID, h *handover) error {
	r, err := a.kept(ctx, t, g.Record)
	switch {
	case knowledge.KindOf(err) == knowledge.NotFound:
		return a.excuse(ctx, t, chat.NoticeForgotten)
	case err != nil:
		return err
	case !target.Offered(&r.Reply, chat.CommandFill):
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	values, ok := v.values(r.Reply.Form)
	if !ok {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	req, err := a.request(ctx, t, r.Reply.Form.Command)
	if err != nil {
		return err
	}
	req.Tenant, req.Lang, req.Form, req.Claims = r.Tenant, r.Reply.Lang, r.Reply.Form.With(values), r.Reply.ShownIDs()
	reply, err := a.bot.Handle(ctx, req)
	if err != nil {
		return err
	}
	wrong := problemsOf(reply.Form)
	if wrong == nil && reply.Opens { // it is asked for again
		wrong = unfilled(reply.Form, a.bot.Missing(reply.Lang))
	}
	if wrong != nil && v.has(wrong) && h.give(wrong) {
		return nil
	}
	h.give(nil)
	return a.confide(ctx, t, t.key(), reply)
}

// has reports whether all that is wrong is wrong with fields that are shown.
func (v *formView) has(wrong *formErrors) bool {
	for id := range wrong.Errors {
		if _, ok := v.State.Values[id]; !ok {
			return false
		}
	}
	return true
}

// opened opens a form for whoever has just asked for it, and reports whether it is open: the three seconds for that may be over.
func (a *Adapter) opened(ctx context.Context, t *turn, f *chat.Form, record string) bool {
	v, err := modal(f, record, carried{t.Channel, t.Hook, t.Thread})
	if err == nil {
		err = a.client.open(ctx, t.Team, t.Trigger, v)
	}
	if err != nil {
		a.log.WarnContext(ctx, "a form couldn't be opened: it is shown with a button that opens it", "error", err)
	}
	return err == nil
}

// body returns what an acknowledgement says, as JSON; nil for nothing.
func (r receipt) body(ctx context.Context) json.RawMessage {
	if r.later == nil {
		return nil
	}
	wrong := r.later(ctx)
	if wrong == nil {
		return nil
	}
	data, err := json.Marshal(wrong)
	if err != nil {
		return nil
	}
	return data
}
