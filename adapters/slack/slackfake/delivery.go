package slackfake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"
)

// The kinds of deliveries, as envelopes of Socket Mode name them.
const (
	EventKind       = "events_api"
	CommandKind     = "slash_commands"
	InteractiveKind = "interactive"
)

// Delivery is an event, a command or an interaction on its way to the app.
type Delivery struct {
	Kind    string
	Type    string // of the event or the interaction, such as "app_mention", "block_actions"; of a command: "/ask"
	EventID string // of events: the same in each attempt
	Team    string // the workspace whose installation it is for

	s        *Server
	payload  json.RawMessage
	form     url.Values              // of commands
	first    *posted                 // what was posted in the first attempt
	giveUp   context.CancelCauseFunc // ends the last attempt that was posted
	attempts []*Attempt
	ended    bool // no further attempt comes
	acked    func(answer []byte) error
	changed  signal
}

// Attempt is one attempt at a delivery.
type Attempt struct {
	At       time.Time
	Retry    int           // 0: the first
	Reason   string        // of a retry: "http_timeout", "http_error", "connection_failed", "timeout"
	URL      string        // where it was posted; empty: it went over Socket Mode
	Conn     int           // over Socket Mode: which connection, counted from 1
	Envelope string        // over Socket Mode: its envelope_id
	Status   int           // of the endpoint's answer
	NoRetry  bool          // the endpoint answered with X-Slack-No-Retry
	Acked    bool          // in time, and with a 2xx
	Late     bool          // over Socket Mode: it was acknowledged after it had been given up
	After    time.Duration // from sending to the answer, on the real clock; 0: none came
	Answer   []byte        // body or payload
	Err      error         // why it failed
}

// outbox is what the server has to deliver.
type outbox struct {
	endpoints  Endpoints
	deliveries []*Delivery
	duplicates int
}

func newOutbox() outbox { return outbox{} }

// Ack waits until the app has acknowledged the delivery. It fails when ctx ends, or when the last attempt has failed.
func (d *Delivery) Ack(ctx context.Context) (Attempt, error) {
	var found Attempt
	var failed error
	err := d.s.await(ctx, &d.changed, "the acknowledgement of "+d.Type, func() bool {
		for _, a := range d.attempts {
			if a.Acked {
				found = *a
				return true
			}
			failed = a.Err
		}
		return d.ended
	})
	if err == nil && !found.Acked {
		err = fmt.Errorf("slackfake: %s wasn't acknowledged: %w", d.Type, failed)
	}
	return found, err
}

// Attempts returns the attempts so far, in order.
func (d *Delivery) Attempts() []Attempt {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	var all []Attempt
	for _, a := range d.attempts {
		all = append(all, *a)
	}
	return all
}

// Ended waits until no further attempt comes, and returns them all. It fails when ctx ends.
func (d *Delivery) Ended(ctx context.Context) ([]Attempt, error) {
	err := d.s.await(ctx, &d.changed, "the end of "+d.Type, func() bool { return d.ended })
	return d.Attempts(), err
}

// GiveUp ends the attempt that is posted now as if [Options.AckWithin] were over. It does nothing where none is.
func (d *Delivery) GiveUp() {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	if d.giveUp != nil {
		d.giveUp(context.DeadlineExceeded)
	}
}

// Payload is the JSON that is delivered.
func (d *Delivery) Payload() json.RawMessage { return slices.Clone(d.payload) }

// Repeat delivers it once more, whether it was acknowledged or not, and returns that attempt when it has ended: Slack
// delivers at least once.
func (d *Delivery) Repeat(ctx context.Context) (Attempt, error) {
	before := d.Attempts()
	reason := "timeout"
	if len(before) > 0 && before[0].URL != "" {
		reason = "http_timeout"
	}
	a := d.s.attempt(ctx, d, len(before), reason)
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	return *a, errors.Join(ctx.Err(), a.Err)
}

// Deliveries returns all deliveries, in order, of a type, such as "app_mention" or "/ask"; of all with "".
func (s *Server) Deliveries(kind string) []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []*Delivery
	for _, d := range s.deliveries {
		if kind == "" || d.Type == kind {
			found = append(found, d)
		}
	}
	return found
}

// AwaitDelivery waits for the nth delivery of a type, from 0 on. It fails when ctx ends.
func (s *Server) AwaitDelivery(ctx context.Context, kind string, n int) (found *Delivery, err error) {
	err = s.await(ctx, &s.changed, fmt.Sprintf("delivery %d of %s", n, kind), func() bool {
		left := n
		for _, d := range s.deliveries {
			if d.Type != kind {
				continue
			}
			if left == 0 {
				found = d
				return true
			}
			left--
		}
		return false
	})
	return found, err
}

// Duplicate lets every event from now on be delivered n times more than needed, at once.
func (s *Server) Duplicate(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.duplicates = n
}

// dispatch begins a delivery. Called under the lock.
func (s *Server) dispatch(d *Delivery) *Delivery {
	d.s = s
	if most := s.opts.RecordLimit; most > 0 && len(s.deliveries) >= 2*most {
		s.deliveries = slices.Delete(s.deliveries, 0, most)
	}
	s.deliveries = append(s.deliveries, d)
	s.changed.broadcast()
	s.start(func() { s.deliver(d) })
	if d.Kind == EventKind {
		for range s.duplicates {
			s.start(func() { s.attempt(s.closing, d, 0, "") })
		}
	}
	return d
}

// deliver tries until the app acknowledges: events after each of the times of [Options.Retries], everything else once.
func (s *Server) deliver(d *Delivery) {
	defer s.end(d)
	var waits []time.Duration
	if d.Kind == EventKind {
		waits = s.opts.Retries
	}
	reason := ""
	for retry := 0; ; retry++ {
		a := s.attempt(s.closing, d, retry, reason)
		if a.Acked || a.NoRetry || retry == len(waits) {
			return
		}
		reason = a.reason()
		if s.opts.Sleep(s.closing, waits[retry]) != nil {
			return
		}
	}
}

func (s *Server) end(d *Delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d.ended = true
	d.changed.broadcast()
	s.changed.broadcast()
}

// attempt tries once, over HTTP where there is an endpoint.
func (s *Server) attempt(ctx context.Context, d *Delivery, retry int, reason string) *Attempt {
	a := &Attempt{At: s.opts.Now(), Retry: retry, Reason: reason}
	s.mu.Lock()
	a.URL = s.endpoints.of(d.Kind)
	d.attempts = append(d.attempts, a)
	d.changed.broadcast()
	s.mu.Unlock()
	if a.URL != "" {
		s.overHTTP(ctx, d, a)
	} else {
		s.overSocket(ctx, d, a)
	}
	return a
}

// answered settles an attempt, at most once, under the lock.
func (s *Server) answered(d *Delivery, a *Attempt, err error) {
	if a.Acked || a.Err != nil {
		return
	}
	a.Acked, a.Err = err == nil, err
	if err == nil && d.acked != nil {
		if failed := d.acked(a.Answer); failed != nil {
			s.violate(fmt.Errorf("slackfake: the answer to %s is refused: %w", d.Type, failed))
		}
		d.acked = nil
	}
	d.changed.broadcast()
}

// reason is that of the next attempt.
func (a *Attempt) reason() string {
	switch {
	case a.URL == "":
		return "timeout"
	case a.Status != 0:
		return "http_error"
	case errors.Is(a.Err, context.DeadlineExceeded):
		return "http_timeout"
	default:
		return "connection_failed"
	}
}
