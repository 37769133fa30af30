package discordfake

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// SetEndpoint makes Discord post interactions to a URL instead of the gateway; "" takes that back. As Discord does it
// tries the endpoint first: a PING has to be answered, and one whose signature is wrong has to be refused with 401.
func (s *Server) SetEndpoint(ctx context.Context, url string) error {
	if url != "" {
		if err := s.tryEndpoint(ctx, url); err != nil {
			return fmt.Errorf("discordfake: the interactions endpoint could not be verified: %w", err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endpoint = url
	return nil
}

func (s *Server) tryEndpoint(ctx context.Context, url string) error {
	s.mu.Lock()
	ping := encode(wireInteraction{
		ID: s.newID(), ApplicationID: s.application, Type: pingInteraction, Token: rand.Text(), Version: 1,
		Entitlements: []string{}, Owners: map[string]string{}, AppPerms: "0", MaxAttachment: maxFile,
	})
	s.mu.Unlock()
	status, body, err := s.exchange(ctx, s.sign(url, ping))
	if err != nil {
		return err
	}
	var pong callbackForm
	if status != http.StatusOK || json.Unmarshal(body, &pong) != nil || pong.Type != answerPong {
		return fmt.Errorf("a PING was answered %d: %s", status, body)
	}
	forged := s.sign(url, ping)
	forged.signature = hex.EncodeToString(make([]byte, ed25519.SignatureSize))
	status, _, err = s.exchange(ctx, forged)
	if err != nil {
		return err
	}
	if status != http.StatusUnauthorized {
		return fmt.Errorf("a wrong signature was answered %d", status)
	}
	return nil
}

// signed is a request to an endpoint.
type signed struct {
	url, signature, timestamp string
	body                      []byte
}

// sign signs a body with the present time (docs: interactions/overview, "Validating security request headers").
func (s *Server) sign(url string, body []byte) signed {
	return s.signAt(url, body, s.opts.Now())
}

func (s *Server) signAt(url string, body []byte, at time.Time) signed {
	timestamp := strconv.FormatInt(at.Unix(), 10)
	signature := ed25519.Sign(s.key, append([]byte(timestamp), body...))
	return signed{url, hex.EncodeToString(signature), timestamp, body}
}

// exchange returns status and body of an endpoint's answer.
func (s *Server) exchange(ctx context.Context, r signed) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.url, bytes.NewReader(r.body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	if r.signature != "" {
		req.Header.Set("X-Signature-Ed25519", r.signature)
		req.Header.Set("X-Signature-Timestamp", r.timestamp)
	}
	resp, err := s.poster.Do(req)
	if err != nil {
		return 0, nil, err
	}
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, body, errors.Join(err, resp.Body.Close())
}

// send posts an interaction; the answer is in the response, or where that is 202 comes by REST.
func (s *Server) send(endpoint string, i *Interaction, body []byte) {
	ctx, cancel := context.WithTimeout(context.Background(), s.opts.AckWithin)
	defer cancel()
	go func() {
		select {
		case <-s.closed:
			cancel()
		case <-ctx.Done():
		}
	}()
	status, answer, err := s.exchange(ctx, s.sign(endpoint, body))
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case i.answer != nil || s.channels[i.ChannelID] == nil || err == nil && status == http.StatusAccepted:
	case err != nil:
		i.fail("%w", err)
	case status != http.StatusOK:
		i.fail("the endpoint answered %d: %s", status, answer)
	default:
		if refused := s.acknowledge(i, answer, nil); refused != nil {
			i.fail("the endpoint's answer is refused: %s", encode(refused))
		}
	}
}

// Forgery is a way in which a request to an endpoint isn't Discord's.
type Forgery int

// What is wrong with a request; an endpoint refuses each with 401.
const (
	Unsigned     Forgery = iota // no headers
	NotHex                      // a signature that isn't hexadecimal
	OtherKey                    // signed by somebody else
	ChangedBody                 // the body was changed after it was signed
	OldTimestamp                // signed well, an hour ago: a replay
)

// Forge posts a PING that isn't Discord's to an endpoint, and returns the status of the answer.
func (s *Server) Forge(ctx context.Context, endpoint string, how Forgery) (int, error) {
	body := []byte(`{"id":"1","application_id":"1","type":1,"token":"t","version":1}`)
	r := s.sign(endpoint, body)
	switch how {
	case Unsigned:
		r.signature = ""
	case NotHex:
		r.signature = "not hex"
	case OtherKey:
		_, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return 0, err
		}
		r.signature = hex.EncodeToString(ed25519.Sign(key, append([]byte(r.timestamp), body...)))
	case ChangedBody:
		r.body = append(bytes.Clone(body), ' ')
	case OldTimestamp:
		r = s.signAt(endpoint, body, s.opts.Now().Add(-time.Hour))
	}
	status, _, err := s.exchange(ctx, r)
	return status, err
}

func (s *Server) verifyKey() string { return hex.EncodeToString(s.PublicKey()) }

// editApplication changes the endpoint only; trying it would call the bot while it waits, so that is left out.
func (s *Server) editApplication(c *call) reply {
	var form struct {
		Endpoint field[*string] `json:"interactions_endpoint_url"`
	}
	if err := decode(c.body, &form); err != nil {
		return refuse(err)
	}
	if form.Endpoint.set {
		s.endpoint = ""
		if form.Endpoint.v != nil {
			s.endpoint = *form.Endpoint.v
		}
	}
	return s.getApplication(c)
}
