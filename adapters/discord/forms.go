package discord

import (
	"context"

	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// openForm opens the form of a reply that is kept under a record, its first page; false where the reply has none that is to be
// opened, or it is too late for one: the reply is shown then, and has the buttons by which it can be opened.
func (a *Adapter) openForm(ctx context.Context, t *turn, reply *chat.Reply, record string) (bool, error) {
	if !reply.Opens {
		return false, nil
	}
	modal, ok := modalOf(reply.Form, record, 0)
	if !ok {
		return false, nil
	}
	return t.open(ctx, modal)
}

// edit opens a page of a form anew. Who may do what it says is asked when the form comes back.
func (a *Adapter) edit(ctx context.Context, t *turn, id target.ID) {
	begun := a.aside(ctx, func(ctx context.Context) error {
		r, err := a.desk.Get(ctx, t.in.place().tenant(), id.Record)
		modal, ok := modalOf(r.Reply.Form, id.Record, id.Page)
		switch {
		case knowledge.KindOf(err) == knowledge.NotFound:
			return a.excuse(ctx, t, chat.NoticeForgotten)
		case err != nil:
			a.failed(ctx, "a form couldn't be read", err)
			return a.excuse(ctx, t, chat.NoticeOut)
		case !ok:
			return a.excuse(ctx, t, chat.NoticeUnknown)
		}
		opened, err := t.open(ctx, modal)
		if !opened && err == nil {
			_, err = t.say(ctx, a.client.render(r.Reply, r.ID, 0, true)) // it can be tried again from there
		}
		return err
	})
	if !begun {
		t.drop()
	}
}

// submitted takes what was filled in.
func (a *Adapter) submitted(ctx context.Context, t *turn) error {
	id, err := target.Parse(t.in.Data.CustomID)
	switch {
	case err == nil && id.Action == chat.CommandReport:
		return a.reported(ctx, t, id)
	case err != nil || id.Action != chat.CommandFill:
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	r, err := a.desk.Get(ctx, t.in.place().tenant(), id.Record)
	switch {
	case knowledge.KindOf(err) == knowledge.NotFound:
		return a.excuse(ctx, t, chat.NoticeForgotten)
	case err != nil:
		return err
	}
	values, ok := filledIn(r.Reply.Form, id.Page, t.in.fields())
	if !ok {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	req, _ := a.follow(&t.in, &r, r.Reply.Form.Command)
	req.Form = r.Reply.Form.With(values)
	return a.tell(ctx, t, t.key(), req, true)
}
