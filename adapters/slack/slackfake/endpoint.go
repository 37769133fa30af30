package slackfake

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Endpoints are the URLs of an app that speaks HTTP. What has none goes over Socket Mode.
type Endpoints struct {
	Events, Interactivity, Commands string
}

func (e Endpoints) of(kind string) string {
	return map[string]string{EventKind: e.Events, InteractiveKind: e.Interactivity, CommandKind: e.Commands}[kind]
}

// SetEndpoints makes Slack post to URLs. As Slack does it first asks that of events to return a challenge; the error is
// what the app's settings would show.
func (s *Server) SetEndpoints(ctx context.Context, e Endpoints) error {
	if e.Events != "" {
		if err := s.verify(ctx, e.Events); err != nil {
			return fmt.Errorf("slackfake: your URL didn't respond with the value of the challenge parameter: %w", err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endpoints = e
	return nil
}

type challengeJSON struct {
	Token     string `json:"token,omitempty"`
	Challenge string `json:"challenge"`
	Type      string `json:"type,omitempty"`
}

// verify takes the challenge back as plain text, as a form, or as JSON (docs: reference/events/url_verification).
func (s *Server) verify(ctx context.Context, to string) error {
	want := challengeJSON{Token: verification, Challenge: rand.Text(), Type: "url_verification"}
	p := s.posted(to, "application/json", encode(want))
	resp, err := s.exchange(ctx, p)
	if err != nil {
		return err
	}
	kind, _, _ := mime.ParseMediaType(resp.header.Get("Content-Type"))
	got := strings.TrimSpace(string(resp.body))
	switch kind {
	case "application/json":
		var answer challengeJSON
		_ = json.Unmarshal(resp.body, &answer)
		got = answer.Challenge
	case "application/x-www-form-urlencoded":
		form, _ := url.ParseQuery(got)
		got = form.Get("challenge")
	}
	if resp.status != http.StatusOK || got != want.Challenge {
		return fmt.Errorf("it answered %d: %s", resp.status, resp.body)
	}
	return nil
}

// verification is the deprecated token in each payload.
const verification = "fake-verification-token"

// posted is a request to an endpoint.
type posted struct {
	url, kind            string
	signature, timestamp string
	retry                int
	reason               string
	body                 []byte
}

// response is an endpoint's answer.
type response struct {
	status int
	header http.Header
	body   []byte
}

// posted is a request that is signed with the present time.
func (s *Server) posted(to, kind string, body []byte) posted {
	return posted{url: to, kind: kind, body: body}.sign(s.opts.SigningSecret, s.opts.Now())
}

// sign signs (docs: authentication/verifying-requests-from-slack).
func (p posted) sign(secret string, at time.Time) posted {
	p.timestamp = strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "v0:%s:%s", p.timestamp, p.body)
	p.signature = "v0=" + hex.EncodeToString(mac.Sum(nil))
	return p
}

// exchange returns an endpoint's answer.
func (s *Server) exchange(ctx context.Context, p posted) (response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url, bytes.NewReader(p.body))
	if err != nil {
		return response{}, err
	}
	req.Header.Set("Content-Type", p.kind)
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	for name, value := range map[string]string{"X-Slack-Signature": p.signature, "X-Slack-Request-Timestamp": p.timestamp} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	if p.retry > 0 {
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(p.retry))
		req.Header.Set("X-Slack-Retry-Reason", p.reason)
	}
	resp, err := s.poster.Do(req)
	if err != nil {
		return response{}, err
	}
	body, err := io.ReadAll(resp.Body)
	return response{resp.StatusCode, resp.Header, body}, errors.Join(err, resp.Body.Close())
}

// overHTTP posts a delivery. Commands and interactions are forms.
func (s *Server) overHTTP(ctx context.Context, d *Delivery, a *Attempt) {
	kind, body := "application/json", []byte(d.payload)
	switch d.Kind {
	case CommandKind:
		kind, body = "application/x-www-form-urlencoded", []byte(d.form.Encode())
	case InteractiveKind:
		kind, body = "application/x-www-form-urlencoded", []byte(url.Values{"payload": {string(d.payload)}}.Encode())
	}
	p := s.posted(a.URL, kind, body)
	p.retry, p.reason = a.Retry, a.Reason
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	limited, cancel := context.WithTimeout(ctx, s.opts.AckWithin)
	defer cancel()
	s.mu.Lock()
	if d.first == nil {
		d.first = &p
	}
	d.giveUp = giveUp
	s.mu.Unlock()
	began := time.Now()
	resp, err := s.exchange(limited, p)
	s.mu.Lock()
	defer s.mu.Unlock()
	if over := context.Cause(limited); err != nil && over != nil {
		err = over
	}
	if err == nil {
		a.Status, a.Answer, a.After = resp.status, resp.body, time.Since(began)
		a.NoRetry = resp.header.Get("X-Slack-No-Retry") == "1"
		if resp.status < 200 || resp.status > 299 {
			err = fmt.Errorf("the endpoint answered %d: %s", resp.status, resp.body)
		}
	}
	s.answered(d, a, err)
}

// Replay posts the first attempt again byte for byte, signature and timestamp as they were, and returns the status of
// the answer. It fails where the delivery wasn't posted.
func (d *Delivery) Replay(ctx context.Context) (int, error) {
	d.s.mu.Lock()
	first := d.first
	d.s.mu.Unlock()
	if first == nil {
		return 0, errors.New("slackfake: it wasn't posted yet, there is nothing to replay")
	}
	resp, err := d.s.exchange(ctx, *first)
	return resp.status, err
}

// Forgery is a way in which a request to an endpoint isn't Slack's.
type Forgery int

// What is wrong with a request; an endpoint has to refuse each.
const (
	Unsigned        Forgery = iota // no signature
	NoTimestamp                    // a signature without its timestamp
	NotHex                         // a signature that isn't hexadecimal
	OtherVersion                   // v1 instead of v0
	OtherSecret                    // signed by somebody else
	ChangedBody                    // the body was changed after it was signed
	OldTimestamp                   // signed well, six minutes ago: a replay
	FutureTimestamp                // signed well, six minutes in the future
)

// Forge posts an event that isn't Slack's to an endpoint, and returns the status of the answer.
func (s *Server) Forge(ctx context.Context, endpoint string, how Forgery) (int, error) {
	s.mu.Lock()
	body := encode(s.envelope("T0FORGED001", "T0FORGED001", "U0FORGED001", false, []byte(`{"type":"app_mention","text":"forged"}`)))
	s.mu.Unlock()
	p := s.posted(endpoint, "application/json", body)
	switch how {
	case Unsigned:
		p.signature = ""
	case NoTimestamp:
		p.timestamp = ""
	case NotHex:
		p.signature = "v0=not hex"
	case OtherVersion:
		p.signature = "v1" + strings.TrimPrefix(p.signature, "v0")
	case OtherSecret:
		p = p.sign(s.opts.SigningSecret+"x", s.opts.Now())
	case ChangedBody:
		p.body = append(bytes.Clone(body), ' ')
	case OldTimestamp:
		p = p.sign(s.opts.SigningSecret, s.opts.Now().Add(-6*time.Minute))
	case FutureTimestamp:
		p = p.sign(s.opts.SigningSecret, s.opts.Now().Add(6*time.Minute))
	}
	resp, err := s.exchange(ctx, p)
	return resp.status, err
}
