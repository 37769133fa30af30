package discord

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/inbox"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
)

// restart ends the bot's process, and lets another begin on the same database.
func (r *rig) restart() {
	r.Helper()
	r.disconnect()
	r.ok(r.inbox.Close(r.Context()))
	r.start(rigOptions{bot: r.adapter.bot, http: r.endpoint})
}

// TestRestart presses, after a restart, what the bot does itself.
func TestRestart(t *testing.T) {
	t.Parallel()
	both(t, rigOptions{}, func(t *testing.T, r *rig) {
		board := r.response(r.discord.Slash(r.channel, r.olena, "status"))
		answer := r.reply(r.discord.Say(r.channel, r.olena, r.mention()+killed))
		said := r.discord.Say(r.channel, r.olena, "Nearly 420,000 Russian soldiers were killed in 2025.")
		checked := r.response(r.discord.MessageCommand(r.olena, "Fact-check this", said.ID))
		form := r.discord.Press(answer.ID, r.olena, r.button(answer, chat.CommandReport))
		_, err := form.Answer(r.soon())
		r.ok(err)
		r.restart()
		more := r.response(r.discord.Press(board.ID, r.olena, r.button(board, chat.CommandMore)))
		if more.For != r.olena || len(more.Embeds) == 0 || everything(more) == everything(board) {
			t.Errorf("more, for %q: %s", more.For, everything(more))
		}
		shared := r.response(r.discord.Press(checked.ID, r.olena, r.button(checked, chat.CommandShare)))
		if shared.For != "" || everything(shared) != everything(checked) {
			t.Errorf("shared, for %q: %s", shared.For, everything(shared))
		}
		again, err := r.discord.Press(answer.ID, r.olena, r.button(answer, chat.CommandReport)).Answer(r.soon())
		r.ok(err)
		if again.Modal.CustomID == "" {
			t.Errorf("the form: %+v", again)
		}
		// A form that was opened before it may be sent after it.
		if m := r.response(r.discord.SubmitModal(form, map[string]string{reportInput: "It is out of date."})); m.For != r.olena || !r.tells(m.Content, chat.NoticeThanks) {
			t.Errorf("reported, for %q: %q", m.For, m.Content)
		}
		all, err := r.store.Reports().List(t.Context(), "discord:"+r.guild, 10)
		r.ok(err)
		if len(all) != 1 || len(all[0].Claims) == 0 {
			t.Errorf("%+v", all)
		}
	})
}

// another is a client of another process of the bot's.
func (r *rig) another() *Client {
	r.Helper()
	client, err := NewClient(ClientOptions{Token: strings.TrimPrefix(r.discord.Token(), "Bot "), Label: r.adapter.bot.Label, API: r.discord.URL()})
	r.ok(err)
	client.pace = calm(true)
	r.Cleanup(client.http.CloseIdleConnections)
	return client
}

// replica is another process of the bot's, which has its own memory of what was seen, and a connection of its own to Discord. It
// listens to nothing.
func (r *rig) replica() *Adapter {
	r.Helper()
	client := r.another()
	box, err := inbox.New(inbox.Options{Workers: 4, Queue: 16})
	r.ok(err)
	r.Cleanup(func() { r.ok(box.Close(context.Background())) })
	desk := delivery.New(delivery.Options{Name: Desk, Store: r.store.Deliveries(), Sender: client, Nonces: Nonces})
	a, err := New(Options{Client: client, Bot: r.adapter.bot, Desk: desk, Inbox: box, Reports: r.store.Reports(), Now: r.adapter.now})
	r.ok(err)
	return a
}

// checked has a message checked, and returns what is seen of that.
func (r *rig) checked() discordfake.Message {
	r.Helper()
	said := r.discord.Say(r.channel, r.olena, "Nearly 420,000 Russian soldiers were killed in 2025.")
	return r.response(r.discord.MessageCommand(r.olena, "Fact-check this", said.ID))
}

// TestSharedByTwo has somebody press Share twice, and two replicas handle a press each at once: it is shared once.
func TestSharedByTwo(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	checked := r.checked()
	replicas := []http.Handler{r.adapter.Endpoint(r.discord.PublicKey()), r.replica().Endpoint(r.discord.PublicKey())}
	var next atomic.Int64 // from SetEndpoint on, which asks whether somebody is there
	next.Store(-1 << 32)
	var both sync.WaitGroup
	both.Add(len(replicas))
	balancer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		n := next.Add(1) - 1
		if n < 0 {
			replicas[0].ServeHTTP(w, q)
			return
		}
		both.Done()
		both.Wait()
		replicas[n].ServeHTTP(w, q)
	}))
	t.Cleanup(balancer.Close)
	r.ok(r.discord.SetEndpoint(t.Context(), balancer.URL))
	next.Store(0)
	types := map[int]int{}
	var presses []*discordfake.Interaction
	for range replicas {
		presses = append(presses, r.discord.Press(checked.ID, r.olena, r.button(checked, chat.CommandShare)))
	}
	for _, i := range presses {
		a, err := i.Answer(r.soon())
		r.ok(err)
		types[a.Type]++
	}
	if n := r.replies(r.channel); n != 1 || types[int(discordgo.InteractionResponseDeferredMessageUpdate)] != 1 {
		t.Errorf("%d messages, answers by type: %v", n, types)
	}
}

// TestSharedAtTwo has two replicas handle the same press at once: neither takes the other for somebody who has shared before.
func TestSharedAtTwo(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	other := r.replica()
	const rounds = 4
	for range rounds {
		checked := r.checked()
		custom := r.button(checked, chat.CommandShare)
		i := r.discord.Press(checked.ID, r.olena, custom)
		var in interaction
		in.Type, in.ID, in.ApplicationID, in.Token = discordgo.InteractionMessageComponent, i.ID, r.discord.ApplicationID(), i.Token
		in.GuildID, in.ChannelID, in.User, in.Data.CustomID = r.guild, r.channel, &user{ID: r.olena}, custom
		other.interaction(t.Context(), in, other.client.respond)
		if m := r.response(i); m.For != "" {
			t.Errorf("for %q: %s", m.For, everything(m))
		}
	}
	if n := r.replies(r.channel); n != rounds {
		t.Errorf("%d messages", n)
	}
}
