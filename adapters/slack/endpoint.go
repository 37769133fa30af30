package slack

import (
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"

	"github.com/slack-go/slack"
)

const longestBody = 1 << 20 // bytes of a request

// Endpoint takes by HTTP what Slack has signed with the app's secret, within five minutes of it: events, interactions and commands, at
// one address. It acknowledges when that has been done, within Slack's three
// seconds; the answer comes by the Web API.
func (a *Adapter) Endpoint(secret string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestBody))
		if err != nil {
			refuse(w, "too long, or broken off", http.StatusRequestEntityTooLarge)
			return
		}
		if !signed(r.Header, body, secret) {
			http.Error(w, "not signed", http.StatusUnauthorized)
			return
		}
		if r.URL.RawQuery != "" { // no part of what is signed
			refuse(w, "nothing may stand in the query", http.StatusBadRequest)
			return
		}
		a.over(w, r, body)
	})
}

// signed reports whether a request is Slack's, and of now.
func signed(h http.Header, body []byte, secret string) bool {
	v, err := slack.NewSecretsVerifier(h, secret)
	if err != nil {
		return false
	}
	_, _ = v.Write(body) // to memory
	return v.Ensure() == nil
}

// over takes the body of a request.
func (a *Adapter) over(w http.ResponseWriter, r *http.Request, body []byte) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		a.overJSON(w, r, body)
	case "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			refuse(w, "not a form", http.StatusBadRequest)
			return
		}
		got, ok := a.form(r.Context(), form)
		acknowledge(r.Context(), w, got, ok)
	default:
		refuse(w, "neither JSON nor a form", http.StatusUnsupportedMediaType)
	}
}

func (a *Adapter) overJSON(w http.ResponseWriter, r *http.Request, body []byte) {
	e, ok := decodeAs[envelope](body)
	if ok && e.Type == "url_verification" {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(struct { // who has gone asks again
			Challenge string `json:"challenge"`
		}{e.Challenge})
		return
	}
	got := receipt{taken: true}
	if ok && e.Type == "event_callback" {
		got = a.event(r.Context(), &e)
	}
	acknowledge(r.Context(), w, got, ok)
}

// form takes a command, or an interaction. ok is false where it is neither.
func (a *Adapter) form(ctx context.Context, form url.Values) (got receipt, ok bool) {
	if payload := form.Get("payload"); payload != "" {
		in, ok := decodeAs[interaction]([]byte(payload))
		if !ok {
			return receipt{}, false
		}
		return a.interaction(ctx, &in), true
	}
	c := command{
		TeamID: form.Get("team_id"), ChannelID: form.Get("channel_id"), UserID: form.Get("user_id"), Command: form.Get("command"),
		Text: form.Get("text"), ResponseURL: form.Get("response_url"), TriggerID: form.Get("trigger_id"),
	}
	if c.Command == "" {
		return receipt{}, false
	}
	return a.command(ctx, &c), true
}

// acknowledge answers a request: that it was taken, and perhaps what is wrong with a form; that it is to come again, or that it is none.
func acknowledge(ctx context.Context, w http.ResponseWriter, got receipt, ok bool) {
	switch {
	case !ok:
		refuse(w, "it can't be read", http.StatusBadRequest)
	case !got.taken:
		http.Error(w, "this process ends, another may take it", http.StatusServiceUnavailable)
	default:
		if body := got.body(ctx); body != nil {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(body) // who has gone asks again
			return
		}
		w.WriteHeader(http.StatusOK)
	}
}

// refuse refuses what wouldn't be better the next time.
func refuse(w http.ResponseWriter, why string, status int) {
	w.Header().Set("X-Slack-No-Retry", "1")
	http.Error(w, why, status)
}
