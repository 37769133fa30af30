package slack

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// TestModeration plays the scenes of moderators of all platforms in a channel of a team.
func TestModeration(t *testing.T) {
	t.Parallel()
	adaptertest.Moderate(t, func(t *testing.T, in adaptertest.Setting) adaptertest.Room { return newHall(t, in) })
}

// hall is a channel with moderators.
type hall struct {
	*rig

	ids   map[adaptertest.Who]string
	hands map[string]*hand
}

func newHall(t *testing.T, in adaptertest.Setting) *hall {
	t.Helper()
	r := &hall{rig: newRig(t, rigOptions{bot: in.Bot, now: in.Now, http: true}), ids: map[adaptertest.Who]string{}, hands: map[string]*hand{}}
	r.slack.SetScopes(r.team, scopes()...)
	for _, who := range []adaptertest.Who{adaptertest.Chief, adaptertest.Editor, adaptertest.Second, adaptertest.Reader} {
		r.ids[who] = r.slack.AddUser(slackfake.User{TeamID: r.team, Name: string(who), Admin: who == adaptertest.Chief})
	}
	return r
}

func (r *hall) Hand(who adaptertest.Who) adaptertest.Hand { return r.hand(who, r.channel) }

func (r *hall) Direct(who adaptertest.Who) adaptertest.Hand {
	return r.hand(who, r.slack.DM(r.ids[who]))
}

func (r *hall) hand(who adaptertest.Who, channel string) *hand {
	key := string(who) + channel
	if r.hands[key] == nil {
		rig := *r.rig
		rig.channel = channel
		r.hands[key] = &hand{room: r, person: &person{rig: &rig, id: r.ids[who]}}
	}
	return r.hands[key]
}

// hand is one person in a channel.
type hand struct {
	*person

	room   *hall
	opener *slackfake.Interaction // that opened the form; nil: none is open
	typed  map[string]string      // into the open form, so far
}

func (h *hand) Command(c chat.Command, given map[string]string) adaptertest.Seen {
	h.Helper()
	is := one(h.adapter.bot.Commands(), c)
	words := []string{is.Name["en"]}
	if is.Group != nil {
		words = []string{is.Group["en"], is.Name["en"]}
	}
	for _, o := range is.Options {
		value, ok := given[o.ID]
		switch {
		case !ok || o.ID == bot.TextOption:
		case o.Kind == bot.OptionAccount:
			words = append(words, "<@"+h.room.ids[adaptertest.Who(value)]+"|"+value+">")
		default:
			words = append(words, o.Name["en"]+"="+value)
		}
	}
	if text := given[bot.TextOption]; text != "" {
		words = append(words, entities(text))
	}
	return h.shown(h.slack.Slash(h.channel, h.id, mainCommand, strings.Join(words, " ")), 0)
}

func (h *hand) Ask(text string) adaptertest.Seen {
	h.Helper()
	return h.person.Command(chat.CommandAsk, text)
}

func (h *hand) Press(action chat.Command) adaptertest.Seen {
	h.Helper()
	m, _ := h.find(action)
	return h.shown(h.slack.Press(h.channel, m.TS, h.id, actionOf(action)), 0)
}

func (h *hand) Twice(action chat.Command) [2]adaptertest.Seen {
	h.Helper()
	m, _ := h.find(action)
	first, second := h.slack.Press(h.channel, m.TS, h.id, actionOf(action)), h.slack.Press(h.channel, m.TS, h.id, actionOf(action))
	return [2]adaptertest.Seen{h.shown(first, 0), h.shown(second, 0)}
}

func (h *hand) Pick(value string) adaptertest.Seen {
	h.Helper()
	for _, m := range slices.Backward(h.seen) {
		for _, b := range m.Blocks {
			for _, e := range b.Elements {
				if slices.ContainsFunc(e.Options, func(o slackfake.Option) bool { return o.Value == value }) {
					return h.shown(h.slack.Choose(h.channel, m.TS, h.id, e.ActionID, value), 0)
				}
			}
		}
	}
	h.Fatalf("%q is nowhere to be picked", value)
	return adaptertest.Seen{}
}

// Fill sends the form that is open, in which stays what was typed as long as something is wrong.
func (h *hand) Fill(values map[string]string) adaptertest.Seen {
	h.Helper()
	if h.opener == nil {
		h.Press(chat.CommandEdit)
	}
	v, err := h.opener.Modal(h.soon())
	h.ok(err)
	for id, value := range values {
		h.typed[id] = h.choice(&v, id, value)
	}
	before := len(h.opener.Responses())
	i := h.slack.Submit(v.ID, maps.Clone(h.typed))
	_, err = i.Ack(h.soon())
	h.ok(err)
	if len(i.Errors) > 0 { // the form stays open
		seen := adaptertest.Seen{Private: true, Form: h.typed, Actions: []chat.Command{chat.CommandEdit}}
		for _, why := range i.Errors {
			seen.Text += why + "\n"
		}
		return seen
	}
	opener := h.opener
	h.opener = nil
	return h.shown(opener, before)
}

// choice is the value of what somebody means by a word, where they have to choose.
func (h *hand) choice(v *slackfake.View, id, value string) string {
	h.Helper()
	e, ok := v.Find(id)
	if !ok {
		h.Fatalf("the form has no field %q", id)
	}
	for _, o := range e.Options {
		if strings.EqualFold(o.Text.Text, value) {
			return o.Value
		}
	}
	return value
}

// shown is what an interaction is answered with, beside so many messages: a form, or a message with perhaps a file.
func (h *hand) shown(i *slackfake.Interaction, before int) adaptertest.Seen {
	h.Helper()
	for ctx := h.soon(); ctx.Err() == nil; <-tick() {
		if v := h.slack.Modals(h.id); before == 0 && len(v) > 0 && (h.opener == nil || v[0].ID != h.openID()) {
			h.opener, h.typed = i, map[string]string{}
			return adaptertest.Seen{Form: filledWith(&v[0])}
		}
		if all := i.Responses(); len(all) > before {
			seen := h.see(all[before])
			seen.File = h.file()
			return seen
		}
	}
	h.Fatal("no answer")
	return adaptertest.Seen{}
}

// openID is the id of the form that is open.
func (h *hand) openID() string {
	v, err := h.opener.Modal(h.soon())
	h.ok(err)
	return v.ID
}

// filledWith is what a form is filled in with.
func filledWith(v *slackfake.View) map[string]string {
	out := map[string]string{}
	for _, b := range v.Blocks {
		switch e := b.Element; {
		case e == nil:
		case e.Initial != nil:
			out[b.BlockID] = *e.Initial
		case e.Chosen != nil:
			out[b.BlockID] = e.Chosen.Value
		default:
			out[b.BlockID] = ""
		}
	}
	return out
}

// file is the last that the person was given.
func (h *hand) file() string {
	for _, m := range slices.Backward(h.slack.Messages(h.slack.DM(h.id))) {
		for _, f := range m.Files {
			data, _ := h.slack.FileData(f.ID)
			return string(data)
		}
	}
	return ""
}
