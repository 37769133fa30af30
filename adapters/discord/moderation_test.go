package discord

import (
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// TestModeration plays the scenes of moderators of all platforms in a channel of a server.
func TestModeration(t *testing.T) {
	t.Parallel()
	adaptertest.Moderate(t, func(t *testing.T, in adaptertest.Setting) adaptertest.Room { return newRoom(t, in) })
}

// room is a channel with moderators.
type room struct {
	*rig

	ids   map[adaptertest.Who]string
	hands map[string]*hand
}

func newRoom(t *testing.T, in adaptertest.Setting) *room {
	t.Helper()
	r := &room{rig: newRig(t, rigOptions{bot: in.Bot, now: in.Now}), ids: map[adaptertest.Who]string{}, hands: map[string]*hand{}}
	for _, who := range []adaptertest.Who{adaptertest.Chief, adaptertest.Editor, adaptertest.Second, adaptertest.Reader} {
		r.ids[who] = r.discord.AddUser(discordfake.User{Username: string(who), Locale: "en-GB"})
	}
	r.discord.AddMember(r.guild, discordfake.Member{UserID: r.ids[adaptertest.Chief], Permissions: discordgo.PermissionManageGuild})
	return r
}

func (r *room) Hand(who adaptertest.Who) adaptertest.Hand { return r.hand(who, r.channel) }

func (r *room) Direct(who adaptertest.Who) adaptertest.Hand {
	return r.hand(who, r.discord.OpenDM(r.ids[who]))
}

func (r *room) hand(who adaptertest.Who, channel string) *hand {
	key := string(who) + channel
	if r.hands[key] == nil {
		r.hands[key] = &hand{room: r, channel: channel, person: &person{rig: r.rig, id: r.ids[who]}}
	}
	return r.hands[key]
}

// hand is one person in a channel.
type hand struct {
	*person

	room    *room
	channel string
	form    *discordfake.Interaction // whose form is open
}

func (h *hand) Command(c chat.Command, given map[string]string) adaptertest.Seen {
	h.Helper()
	all := h.adapter.bot.Commands()
	is := all[slices.IndexFunc(all, func(is bot.Command) bool { return is.Command == c && !is.Message })]
	var options []discordfake.Option
	for _, o := range is.Options {
		if value, ok := given[o.ID]; ok {
			options = append(options, h.option(o, value))
		}
	}
	name := commandName(is)
	if is.Group != nil {
		name, options = is.Group[defaultLanguage()], []discordfake.Option{discordfake.Sub(name, options...)}
	}
	return h.shown(h.discord.Slash(h.channel, h.id, name, options...))
}

func (h *hand) option(o bot.Option, value string) discordfake.Option {
	name := o.Name[defaultLanguage()]
	switch o.Kind {
	case bot.OptionAccount:
		return discordfake.ID(name, int(discordgo.ApplicationCommandOptionMentionable), h.room.ids[adaptertest.Who(value)])
	case bot.OptionFlag:
		return discordfake.Boolean(name, value == "true")
	case bot.OptionText, bot.OptionSuggest:
	}
	return discordfake.Text(name, value)
}

func (h *hand) Ask(text string) adaptertest.Seen {
	h.Helper()
	return h.see(h.response(h.discord.Slash(h.channel, h.id, "ask", discordfake.Text("question", text))))
}

func (h *hand) Press(action chat.Command) adaptertest.Seen {
	h.Helper()
	m, c := h.find(action)
	return h.shown(h.discord.Press(m.ID, h.id, c.CustomID))
}

func (h *hand) Twice(action chat.Command) [2]adaptertest.Seen {
	h.Helper()
	m, c := h.find(action)
	first, second := h.discord.Press(m.ID, h.id, c.CustomID), h.discord.Press(m.ID, h.id, c.CustomID)
	h.discord.Shard(0).Repeat()
	return [2]adaptertest.Seen{h.shown(first), h.shown(second)}
}

func (h *hand) Pick(value string) adaptertest.Seen {
	h.Helper()
	for _, m := range slices.Backward(h.seen) {
		for _, c := range controls(&m) {
			if slices.ContainsFunc(c.Options, func(o discordfake.SelectOption) bool { return o.Value == value }) {
				return h.shown(h.discord.Select(m.ID, h.id, c.CustomID, value))
			}
		}
	}
	h.Fatalf("%q is nowhere to be picked", value)
	return adaptertest.Seen{}
}

// Fill sends the form that is open, and opens its other pages as long as there is something to fill in there.
func (h *hand) Fill(values map[string]string) adaptertest.Seen {
	h.Helper()
	var seen adaptertest.Seen
	left := map[string]string{}
	maps.Copy(left, values)
	for {
		if h.form == nil {
			h.open(left)
		}
		typed := map[string]string{}
		for id := range h.filled() {
			if v, ok := left[id]; ok {
				typed[id] = v
				delete(left, id)
			}
		}
		form := h.form
		h.form = nil
		seen = h.shown(h.discord.SubmitModal(form, typed))
		if len(left) == 0 || h.form != nil {
			return seen
		}
	}
}

// open opens the page of the last form that has one of some fields.
func (h *hand) open(fields map[string]string) {
	h.Helper()
	last := h.seen[len(h.seen)-1]
	for _, c := range controls(&last) {
		if id, err := target.Parse(c.CustomID); err != nil || id.Action != chat.CommandEdit {
			continue
		}
		h.shown(h.discord.Press(last.ID, h.id, c.CustomID))
		for id := range h.filled() {
			if _, ok := fields[id]; ok {
				return
			}
		}
	}
	h.Fatalf("no page has any of %v", fields)
}

// filled is what the open form is filled in with.
func (h *hand) filled() map[string]string {
	h.Helper()
	a, err := h.form.Answer(h.soon())
	h.ok(err)
	out := map[string]string{}
	for _, row := range a.Modal.Components {
		for _, c := range row.Components {
			out[c.CustomID] = c.Value
		}
	}
	return out
}

// shown is what an interaction is answered with: a form, or a message with perhaps a file.
func (h *hand) shown(i *discordfake.Interaction) adaptertest.Seen {
	h.Helper()
	a, err := i.Answer(h.soon())
	h.ok(err)
	if a.Type == int(discordgo.InteractionResponseModal) {
		h.form = i
		return adaptertest.Seen{Form: h.filled()}
	}
	m := h.response(i)
	seen := h.see(m)
	for _, f := range m.Attachments {
		resp, err := http.Get(h.discord.URL() + strings.TrimPrefix(f.URL, "https://cdn.discordapp.com")) //nolint:gosec // of the test's own server
		h.ok(err)
		data, err := io.ReadAll(resp.Body)
		h.ok(err)
		h.ok(resp.Body.Close())
		seen.File = string(data)
	}
	return seen
}
