package discord

import (
	"context"
	"slices"

	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

// pressed answers a press of a button, or a choice of a menu.
func (a *Adapter) pressed(ctx context.Context, t *turn) error {
	id, err := target.Parse(t.in.Data.CustomID)
	if err != nil {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	r, err := a.desk.Get(ctx, t.in.place().tenant(), id.Record)
	switch {
	case knowledge.KindOf(err) == knowledge.NotFound:
		return a.excuse(ctx, t, chat.NoticeForgotten)
	case err != nil:
		return err
	}
	if !target.Offered(&r.Reply, id.Action) {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	if id.Action == chat.CommandMore || id.Action == chat.CommandShare {
		return a.again(ctx, t, &r, id)
	}
	req, ok := a.follow(&t.in, &r, id.Action)
	if !ok {
		return a.excuse(ctx, t, chat.NoticeUnknown)
	}
	return a.tell(ctx, t, t.key(), req, true)
}

// follow returns the request for what is asked further about a reply; false where what was chosen isn't in it.
func (a *Adapter) follow(in *interaction, r *delivery.Record, action chat.Command) (chat.Request, bool) {
	req := a.request(in, action)
	req.Tenant, req.Lang, req.Form, req.Claims = r.Tenant, r.Reply.Lang, r.Reply.Form, r.Reply.ShownIDs()
	chosen := in.Data.Values
	switch menu := r.Reply.Menu; {
	case menu != nil && menu.Command == action && len(chosen) > 0:
		i := slices.IndexFunc(menu.Choices, func(c chat.Choice) bool { return c.Value == chosen[0] })
		if i < 0 {
			return req, false
		}
		req.Pick = menu.Choices[i].Value
	case action == chat.CommandNear:
		req.Claims = r.Reply.Near
	case action == chat.CommandShow:
		req.Claims = slices.DeleteFunc(req.Claims, func(c string) bool { return !slices.Contains(chosen, c) })
		return req, len(req.Claims) > 0
	}
	return req, true
}

// again shows what was said before, another page of it or to all; not where what it quotes has changed since.
func (a *Adapter) again(ctx context.Context, t *turn, r *delivery.Record, id target.ID) error {
	if r.Reply.Private() { // it shows what moderators are to judge, whatever its status
		_, err := t.say(ctx, a.client.render(r.Reply, r.ID, id.Page, true))
		return err
	}
	stands, err := a.bot.Stands(ctx, r.Tenant, &r.Reply)
	switch {
	case err != nil:
		return err
	case !stands:
		return a.excuse(ctx, t, chat.NoticeChanged)
	case id.Action == chat.CommandShare:
		return a.show(ctx, t, "share:"+r.ID, r.Reply, false)
	}
	_, err = t.say(ctx, a.client.render(r.Reply, r.ID, id.Page, true))
	return err
}
