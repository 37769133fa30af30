package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	longestBody = 1 << 20         // bytes of an interaction
	oldest      = 5 * time.Minute // of a timestamp, either way: an old request is a replay
)

// ParsePublicKey reads the public key of an application, as Discord's developer portal shows it.
func ParsePublicKey(s string) (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(s)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("the public key isn't %d hexadecimal digits: copy it from the application's page in Discord's developer portal", 2*ed25519.PublicKeySize)
	}
	return key, nil
}

// Endpoint takes interactions by HTTP: those that Discord has signed, once each, within their time. The first answer is
// the response's body.
func (a *Adapter) Endpoint(key ed25519.PublicKey) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestBody))
		if err != nil {
			http.Error(w, "too long", http.StatusRequestEntityTooLarge)
			return
		}
		if !a.signed(r, body, key) {
			http.Error(w, "not signed", http.StatusUnauthorized)
			return
		}
		in, ok := decode[interaction](body)
		switch {
		case ok && in.Type == discordgo.InteractionPing:
			_ = respond(w, callback{Type: discordgo.InteractionResponsePong}) // Discord asks again
		case !ok || !in.valid():
			http.Error(w, "not an interaction", http.StatusBadRequest)
		default:
			a.over(w, r, in) //nolint:contextcheck // the context is that of the request
		}
	})
}

// signed reports whether a request is Discord's, and of now. discordgo's check reads without a limit, and takes any time.
func (a *Adapter) signed(r *http.Request, body []byte, key ed25519.PublicKey) bool {
	seconds, err := strconv.ParseInt(r.Header.Get("X-Signature-Timestamp"), 10, 64)
	if age := time.Since(time.Unix(seconds, 0)); err != nil || age > oldest || age < -oldest {
		return false
	}
	r = r.Clone(r.Context())
	r.Body = io.NopCloser(bytes.NewReader(body))
	return discordgo.VerifyInteraction(r, key)
}

// over answers an interaction by the response to its request. A file is no first answer: Discord takes it by its API only.
func (a *Adapter) over(w http.ResponseWriter, r *http.Request, in interaction) {
	a.client.serve(w, r, func(first acknowledge) bool { return a.interaction(r.Context(), in, first) })
}

// serve lets an interaction be taken, and waits for its first answer. It isn't taken where take returns false.
func (c *Client) serve(w http.ResponseWriter, r *http.Request, take func(first acknowledge) bool) {
	o := &overHTTP{answers: make(chan given), gone: make(chan struct{})}
	defer close(o.gone)
	if !take(o.first) {
		http.Error(w, "seen before", http.StatusConflict)
		return
	}
	limit := time.NewTimer(c.pace.first)
	defer limit.Stop()
	select {
	case g := <-o.answers:
		g.done <- respond(w, g.callback)
	case <-limit.C: // another replica answers it, or none can
		http.Error(w, "no answer", http.StatusServiceUnavailable)
	case <-r.Context().Done():
	}
}

// overHTTP is the request of an interaction while it waits for its answer.
type overHTTP struct {
	answers chan given
	gone    chan struct{} // closed when nobody waits any more
}

// given is what a request is answered with.
type given struct {
	callback callback
	done     chan error
}

// first takes the first answer to the request's interaction.
func (o *overHTTP) first(ctx context.Context, _ *interaction, c callback) (posted, error) {
	g := given{c, make(chan error, 1)}
	select {
	case o.answers <- g:
	case <-o.gone:
		return posted{}, errLate
	case <-ctx.Done():
		return posted{}, ctx.Err()
	}
	select {
	case err := <-g.done:
		return posted{}, err
	case <-ctx.Done():
		return posted{}, ctx.Err()
	}
}

// errLate is the error of an answer for which nobody waits any more.
var errLate = errors.New("discord: the request has ended before its answer")

func respond(w http.ResponseWriter, c callback) error {
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(data)
	return err
}
