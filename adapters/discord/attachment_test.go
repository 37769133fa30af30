package discord

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
)

// exported is a reply with a file.
func exported(body string) chat.Reply {
	return chat.Reply{
		Lang: "en", Outcome: chat.Done, File: &chat.File{Name: "../claims.csv", Media: "text/csv", Body: []byte(body)},
		Blocks: []chat.Block{{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "Here they are."}}}},
	}
}

// TestFiles sends a file with the answer to one person, by each way that the answer takes.
func TestFiles(t *testing.T) {
	t.Parallel()
	for name, thinking := range map[string]bool{"at once": false, "after it was said that the bot thinks": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, rigOptions{})
			i, turn := r.begun(true)
			if thinking {
				turn.think(t.Context())
			}
			r.ok(r.adapter.show(t.Context(), turn, turn.key(), exported("id,value\n"), true))
			r.file(i, "id,value\n")
		})
	}
	t.Run("after all see that the bot thinks", func(t *testing.T) {
		t.Parallel()
		r := newRig(t, rigOptions{})
		i, turn := r.begun(false)
		turn.think(t.Context())
		r.ok(r.adapter.show(t.Context(), turn, turn.key(), exported("id,value\n"), true))
		r.file(i, "id,value\n")
	})
}

// file holds that the person alone was sent a file.
func (r *rig) file(i *discordfake.Interaction, want string) {
	r.Helper()
	m := r.response(i)
	if m.For != r.olena || len(m.Attachments) != 1 || m.Attachments[0].Filename != "claims.csv" || m.Attachments[0].ContentType != "text/csv" {
		r.Fatalf("for %q: %+v", m.For, m.Attachments)
	}
	address := r.discord.URL() + strings.TrimPrefix(m.Attachments[0].URL, "https://cdn.discordapp.com")
	resp, err := http.Get(address) //nolint:gosec // of the test's own server
	r.ok(err)
	var body bytes.Buffer
	_, err = body.ReadFrom(resp.Body)
	r.ok(err)
	r.ok(resp.Body.Close())
	if body.String() != want {
		r.Errorf("%q", body.String())
	}
}

// TestFileOverHTTP answers a request of Discord's by its API: what the response can't carry.
func TestFileOverHTTP(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{http: true})
	real := r.adapter.Endpoint(r.discord.PublicKey())
	own, shown := false, make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if !own {
			real.ServeHTTP(w, q)
			return
		}
		var body bytes.Buffer
		_, _ = body.ReadFrom(q.Body)
		in, _ := decode[interaction](body.Bytes())
		r.client.serve(w, q, func(first acknowledge) bool { //nolint:contextcheck // the context is that of the request
			turn := r.client.begin(q.Context(), in, true, first)
			go func() { shown <- r.adapter.show(r.Context(), turn, turn.key(), exported("id\n"), true) }()
			return true
		})
	}))
	t.Cleanup(server.Close)
	r.ok(r.discord.SetEndpoint(t.Context(), server.URL))
	own = true
	asked := r.discord.Slash(r.channel, r.olena, "status")
	r.ok(<-shown)
	r.file(asked, "id\n")
}

// TestFileThatIsTooLong: Discord isn't asked to take it, and the person hears of it.
func TestFileThatIsTooLong(t *testing.T) {
	t.Parallel()
	m := render(exported(strings.Repeat("x", maxFile+1)), view{Label: labels("en"), Private: true})
	if _, _, err := encode(m); err == nil || !strings.Contains(err.Error(), "claims.csv") {
		t.Error(err)
	}
	open := render(exported("x"), view{Label: labels("en")})
	if open.file != nil || open.Attachments != nil || open.Flags&discordgo.MessageFlagsEphemeral != 0 {
		t.Error("all are sent it")
	}
}
