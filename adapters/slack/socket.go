package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// Socket is a connection of Socket Mode, by which Slack brings what happens where the bot has no address of its own. Any number of
// replicas may have one (Slack allows ten): each thing is brought to one of them.
type Socket struct {
	adapter *Adapter
	first   time.Duration
	state   atomic.Pointer[error] // nil: connected
}

const (
	// After a refusal it is tried again, at first soon, then each minute.
	firstRetry, lastRetry = time.Second, time.Minute
	// How many envelopes are taken at once. Each waits for little more than what replicas share of what was seen.
	takers = 8
	// slack-go hands an acknowledgement to the goroutine that writes, and nobody is told when it was written.
	flush = 50 * time.Millisecond
)

// NewSocket returns a connection that isn't made yet.
func NewSocket(a *Adapter) *Socket {
	s := &Socket{adapter: a, first: firstRetry}
	s.is(errors.New("slack: Socket Mode isn't connected yet"))
	return s
}

// Healthy returns why it isn't connected; nil where it is.
func (s *Socket) Healthy() error {
	if err := s.state.Load(); err != nil {
		return *err
	}
	return nil
}

func (s *Socket) is(err error) {
	m := s.adapter.metrics.socket
	if err == nil {
		s.state.Store(nil)
		if m != nil {
			m.Set(1)
		}
		return
	}
	s.state.Store(&err)
	if m != nil {
		m.Set(0)
	}
}

// ended counts a connection, or a try at one, that failed.
func (s *Socket) ended(why string) {
	if m := s.adapter.metrics.ends; m != nil {
		m.WithLabelValues(why).Inc()
	}
}

// Run connects, and again whatever ends the connection, until ctx ends. When it returns, nothing of it is under way.
func (s *Socket) Run(ctx context.Context) {
	for wait := s.first; ; wait = min(2*wait, lastRetry) {
		began := time.Now()
		err := s.once(ctx)
		if ctx.Err() != nil {
			return
		}
		s.is(err)
		s.ended("refused")
		s.adapter.log.ErrorContext(ctx, "Slack refuses Socket Mode: nothing is heard of it until it takes slack.app_token", "error", err)
		if time.Since(began) > lastRetry {
			wait = s.first
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
}

// once connects, and reconnects as Slack asks for, until Slack refuses the app or ctx ends. Then nothing more is taken, and the connection
// stays until what was taken is acknowledged.
func (s *Socket) once(ctx context.Context) error {
	smc := socketmode.New(slack.New("", append(s.adapter.client.options(), slack.OptionAppLevelToken(s.adapter.client.appToken))...))
	connected, cut := context.WithCancel(context.WithoutCancel(ctx))
	var work, acks sync.WaitGroup
	for range takers {
		work.Go(func() {
			for {
				select {
				case e := <-smc.Events:
					s.take(connected, smc, &e, acks.Go)
				case <-ctx.Done():
					return
				case <-connected.Done():
					return
				}
			}
		})
	}
	settle := func() {
		work.Wait()
		acks.Wait()
		<-time.After(flush)
		cut()
	}
	settled := make(chan struct{})
	undo := context.AfterFunc(ctx, func() { settle(); close(settled) })
	err := smc.RunContext(connected)
	cut()
	if !undo() {
		<-settled
	}
	settle()
	return s.adapter.client.explain("apps.connections.open", err)
}

// packet is what is read of an envelope (https://docs.slack.dev/apis/events-api/using-socket-mode#events).
type packet struct {
	Type       string          `json:"type"`
	EnvelopeID string          `json:"envelope_id"`
	Payload    json.RawMessage `json:"payload"`
}

// take takes what slack-go emits. What it can't read, as an event of a kind that it doesn't know, it says in an error, with the
// envelope: unacknowledged, Slack would bring it again and again. What waits until something has been done does so beside.
func (s *Socket) take(ctx context.Context, smc *socketmode.Client, e *socketmode.Event, beside func(func())) {
	var p packet
	switch e.Type {
	case socketmode.EventTypeHello:
		s.is(nil)
		return
	case socketmode.EventTypeConnectionError:
		if failed, ok := e.Data.(*slack.ConnectionErrorEvent); ok {
			err := s.adapter.client.explain("apps.connections.open", failed.ErrorObj)
			s.is(fmt.Errorf("slack: Socket Mode isn't connected: %w", err))
			s.ended("lost")
			s.adapter.log.WarnContext(ctx, "Slack can't be reached by Socket Mode", "error", err, "again_in", failed.Backoff.String())
		}
		return
	case socketmode.EventTypeErrorBadMessage:
		bad, ok := e.Data.(*socketmode.ErrorBadMessage)
		if !ok || json.Unmarshal(bad.Message, &p) != nil {
			return
		}
	default:
		if e.Request == nil {
			return
		}
		p = packet{e.Request.Type, e.Request.EnvelopeID, e.Request.Payload}
	}
	if p.EnvelopeID == "" {
		return
	}
	switch got := s.adapter.packet(ctx, &p); {
	case !got.taken:
	case got.later == nil:
		s.acknowledge(ctx, smc, p.EnvelopeID, nil)
	default:
		beside(func() { s.acknowledge(ctx, smc, p.EnvelopeID, got.body(ctx)) })
	}
}

// acknowledge acknowledges an envelope, with what is wrong with a form if there is something.
func (s *Socket) acknowledge(ctx context.Context, smc *socketmode.Client, envelope string, body json.RawMessage) {
	var payload any
	if body != nil {
		payload = body
	}
	if err := smc.AckCtx(ctx, envelope, payload); err != nil && ctx.Err() == nil {
		s.adapter.failed(ctx, "an envelope couldn't be acknowledged", err)
	}
}

// packet takes an envelope. What nobody knows is taken, and nothing comes of it.
func (a *Adapter) packet(ctx context.Context, p *packet) receipt {
	switch p.Type {
	case socketmode.RequestTypeEventsAPI:
		if e, ok := decodeAs[envelope](p.Payload); ok {
			return a.event(ctx, &e)
		}
	case socketmode.RequestTypeSlashCommands:
		if c, ok := decodeAs[command](p.Payload); ok {
			return a.command(ctx, &c)
		}
	case socketmode.RequestTypeInteractive:
		if in, ok := decodeAs[interaction](p.Payload); ok {
			return a.interaction(ctx, &in)
		}
	}
	return receipt{taken: true}
}
