package discordfake_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// endpoint verifies as a careful bot does, and answers with what its function says.
func (p place) endpoint(t *testing.T, answer func(http.ResponseWriter, *discordgo.Interaction)) string {
	t.Helper()
	key := p.PublicKey()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !fresh(r.Header.Get("X-Signature-Timestamp")) || !discordgo.VerifyInteraction(r, key) {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		var i discordgo.Interaction
		body, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(body, &i); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		if i.Type == discordgo.InteractionPing {
			_, _ = io.WriteString(w, `{"type":1}`)
			return
		}
		answer(w, &i)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func fresh(stamp string) bool {
	var seconds int64
	if json.Unmarshal([]byte(stamp), &seconds) != nil {
		return false
	}
	return time.Since(time.Unix(seconds, 0)) < time.Minute
}

func TestSignedInteractions(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	url := p.endpoint(t, func(w http.ResponseWriter, i *discordgo.Interaction) {
		switch i.ApplicationCommandData().Name {
		case "later":
			w.WriteHeader(http.StatusAccepted)
			session := p.client(t)
			respond(t, session, i, discordgo.InteractionResponseChannelMessageWithSource, &discordgo.InteractionResponseData{Content: "by REST"})
		case "broken":
			http.Error(w, "oh", http.StatusInternalServerError)
		case "refused":
			_, _ = io.WriteString(w, `{"type":4,"data":{"content":""}}`)
		default:
			_, _ = io.WriteString(w, `{"type":4,"data":{"content":"hi","flags":64}}`)
		}
	})
	if err := p.SetEndpoint(within(t), url); err != nil {
		t.Fatal(err)
	}
	answer, err := p.Slash(p.channel, p.user, "ask").Answer(within(t))
	if err != nil || !answer.Ephemeral || answer.Message.Content != "hi" {
		t.Errorf("%+v, %v", answer, err)
	}
	answer, err = p.Slash(p.channel, p.user, "later").Answer(within(t))
	if err != nil || answer.Message.Content != "by REST" {
		t.Errorf("%+v, %v", answer, err)
	}
	for command, want := range map[string]string{"broken": "answered 500", "refused": "50006"} {
		if _, err := p.Slash(p.channel, p.user, command).Answer(within(t)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: err = %v, want %s", command, err, want)
		}
	}
}

func TestForgeriesAreRecognised(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	url := p.endpoint(t, nil)
	for name, how := range map[string]discordfake.Forgery{
		"unsigned": discordfake.Unsigned, "not hexadecimal": discordfake.NotHex, "another key": discordfake.OtherKey,
		"a changed body": discordfake.ChangedBody, "an old one": discordfake.OldTimestamp,
	} {
		if status, err := p.Forge(within(t), url, how); err != nil || status != http.StatusUnauthorized {
			t.Errorf("%s: %d, %v", name, status, err)
		}
	}
}

func TestAnEndpointHasToVerify(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	for name, c := range map[string]struct {
		answer string
		status int
		want   string
	}{
		"no pong":             {`{}`, 200, "a PING was answered"},
		"it believes all":     {`{"type":1}`, 200, "a wrong signature was answered 200"},
		"it believes nothing": {``, 401, "a PING was answered 401"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			_, _ = io.WriteString(w, c.answer)
		}))
		err := p.SetEndpoint(within(t), server.URL)
		server.Close()
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: err = %v", name, err)
		}
	}
}

func TestASlowEndpointFails(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{AckWithin: 300 * time.Millisecond})
	stop := make(chan struct{})
	url := p.endpoint(t, func(http.ResponseWriter, *discordgo.Interaction) { <-stop })
	t.Cleanup(func() { close(stop) })
	if err := p.SetEndpoint(within(t), url); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Slash(p.channel, p.user, "ask").Answer(within(t)); err == nil {
		t.Error("it was answered")
	}
}
