package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// row is one line of the table: a bot, by a transport.
type row struct {
	Bot        string  `json:"bot"`
	Transport  string  `json:"transport"`
	Questions  int     `json:"questions"`
	Ack        latency `json:"ack"`        // of interactions, to the first answer
	Reply      latency `json:"reply"`      // of all, to what is read
	Unanswered int     `json:"unanswered"` // within patience
	Twice      int     `json:"twice"`      // answered more than once
	Late       int     `json:"late"`       // after tooLate
	Turned     int     `json:"turned"`     // told that there is too much to do, or that they ask too often
	Refused    refused `json:"refused"`    // by Discord
	Complaints int     `json:"complaints"` // warnings and errors in the log
	CPU        float64 `json:"cpu_s"`      // of the bot, while it was asked
	MemoryMB   float64 `json:"rss_mb"`     // of the bot, the most it ever had
	FakeCPU    float64 `json:"fake_cpu_s"` // of the fake Discord, with its people
	LateAsked  float64 `json:"late_asked"` // the latest that anybody asked after it was due, in milliseconds
}

// refused counts requests by their status.
type refused map[int]int

// latency is in milliseconds; N says of how many.
type latency struct {
	P50 float64 `json:"p50_ms"`
	P99 float64 `json:"p99_ms"`
	Max float64 `json:"max_ms"`
	N   int     `json:"n"`
}

// endpoint is where interactions are taken by HTTP, by either bot.
const endpoint = "/discord/interactions"

// measure asks one bot by one transport.
func measure(ctx context.Context, o options, t texts, name, transport, dir string) (r row, err error) {
	d, err := newDiscord(ctx, o.guilds)
	if err != nil {
		return r, err
	}
	defer d.close()
	cmd, err := command(ctx, name, dir, d)
	if err != nil {
		return r, err
	}
	p, err := launch(ctx, cmd)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, p.end()) }()
	if err := d.meet(ctx, name, transport, p); err != nil {
		return r, p.failed(err)
	}
	r.Bot, r.Transport = name, transport
	people := newPeople(d, t, o.rate)
	if err := people.greet(ctx); err != nil {
		return r, p.failed(err)
	}
	if err := r.load(ctx, o, people, p); err != nil {
		return r, err
	}
	if r.Complaints > 0 {
		progress("%d warnings, the first of them:\n%s", r.Complaints, p.log.worst())
	}
	return r, nil
}

// meet waits until a bot is there for people.
func (d *discord) meet(ctx context.Context, name, transport string, p *process) error {
	ctx, cancel := context.WithTimeout(ctx, starting)
	defer cancel()
	if err := d.AwaitReady(ctx, 1); err != nil {
		return err
	}
	if name == whosays {
		if _, err := d.AwaitRequest(ctx, "PUT /applications/{app}/commands", 0); err != nil {
			return err
		}
	}
	if transport == overHTTP {
		return d.SetEndpoint(ctx, p.url+endpoint)
	}
	return nil
}

// load lets people ask, and notes what came of it.
func (r *row) load(ctx context.Context, o options, people *people, p *process) error {
	own, err := ownUsage()
	if err != nil {
		return err
	}
	before, err := used(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	calm := p.log.complaints() // while it isn't ready it says so
	all, err := people.asks(ctx, o.rate, o.lasting)
	if err != nil {
		return err
	}
	after, err := used(p.cmd.Process.Pid)
	if err != nil {
		return fmt.Errorf("it ended while it was asked: %w\n%s", err, p.log.worst())
	}
	ownAfter, err := ownUsage()
	if err != nil {
		return err
	}
	r.CPU, r.FakeCPU = after.processor-before.processor, ownAfter.processor-own.processor
	select {
	case <-time.After(again): // somebody may be answered twice
	case <-ctx.Done():
		return ctx.Err()
	}
	r.count(people.d, all)
	last, err := used(p.cmd.Process.Pid)
	r.MemoryMB, r.Complaints = float64(last.memory)/(1<<20), p.log.complaints()-calm
	if err == nil && r.Bot == whosays {
		r.Turned, err = turned(ctx, p.url)
	}
	return err
}

// count sums up what became of questions.
func (r *row) count(d *discord, all []*question) {
	var acks, replies []time.Duration
	var asked time.Duration
	for _, q := range all {
		asked = max(asked, q.asked)
		if q.ack > 0 {
			acks = append(acks, q.ack)
		}
		if q.reply > 0 {
			replies = append(replies, q.reply)
		} else {
			r.Unanswered++
		}
		if q.ack > tooLate || q.reply > tooLate {
			r.Late++
		}
		if q.replies(d) > 1 {
			r.Twice++
		}
	}
	r.Questions, r.Ack, r.Reply, r.LateAsked = len(all), quantiles(acks), quantiles(replies), milliseconds(asked)
	d.mu.Lock()
	defer d.mu.Unlock()
	r.Refused = d.refused
}

// quantiles returns those of times; the nth of a hundred is the least that as many aren't above.
func quantiles(of []time.Duration) latency {
	if len(of) == 0 {
		return latency{}
	}
	slices.Sort(of)
	at := func(hundredths int) float64 { return milliseconds(of[(len(of)*hundredths+99)/100-1]) }
	return latency{P50: at(50), P99: at(99), Max: at(100), N: len(of)}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// turned asks whosays how many questions it didn't take, by its metrics.
func turned(ctx context.Context, url string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(resp.Body)
	if err != nil {
		return 0, err
	}
	const name = "whosays_inbox_offers_total"
	offers := families[name]
	if offers == nil {
		return 0, fmt.Errorf("there is no metric %s", name)
	}
	n := 0
	for _, m := range offers.Metric {
		if !slices.ContainsFunc(m.Label, func(l *dto.LabelPair) bool { return l.GetValue() == "accepted" }) {
			n += int(m.GetCounter().GetValue())
		}
	}
	return n, nil
}
