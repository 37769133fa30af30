package loadbench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/whosays/whosays/adapters/benchtable"
)

// Row is what was measured of a bot, by a transport.
type Row struct {
	Bot        string
	Transport  string
	Questions  int
	Ack        benchtable.Times // of what needs one
	LateAcks   int              // after TooLate, or never
	Reply      benchtable.Times // of all, to what is read
	Unanswered int              // within patience
	Twice      int              // answered more than once
	Late       int              // answered after TooLate
	Turned     int              // told that there is too much to do, or that they ask too often
	Refused    map[string]int   // requests by the platform, by what they were refused with
	Complaints int              // warnings and errors in the log
	CPU        float64          // of the bot, while it was asked
	MemoryMB   float64          // of the bot, the most it ever had
	FakeCPU    float64          // of the fake platform, with its people
	LateAsked  float64          // the latest that anybody asked after it was due, in milliseconds
}

// measure asks one bot by one transport.
func measure(ctx context.Context, platform Platform, run Run) (r Row, err error) {
	scene, err := platform.Begin(ctx, run)
	if err != nil {
		return r, err
	}
	defer scene.Close()
	cmd, err := scene.Command(ctx)
	if err != nil {
		return r, err
	}
	p, err := launch(ctx, cmd)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, p.end()) }()
	if err := meet(ctx, scene, p); err != nil {
		return r, fmt.Errorf("%w\n%s", err, p.log.worst())
	}
	r.Bot, r.Transport = run.Bot, run.Transport
	if err := r.load(ctx, run.Options, scene, p); err != nil {
		return r, err
	}
	if r.Complaints > 0 {
		progress("%d warnings, the first of them:\n%s", r.Complaints, p.log.worst())
	}
	return r, nil
}

func meet(ctx context.Context, scene Scene, p *Process) error {
	ctx, cancel := context.WithTimeout(ctx, starting)
	defer cancel()
	if err := scene.Meet(ctx, p); err != nil {
		return err
	}
	return greet(ctx, scene)
}

// load lets people ask, and notes what came of it.
func (r *Row) load(ctx context.Context, o Options, scene Scene, p *Process) error {
	own, err := ownUsage()
	if err != nil {
		return err
	}
	before, err := used(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	calm := p.log.complaints() // while it isn't ready it says so
	all, err := ask(ctx, scene, o.Rate, o.Lasting, patience)
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
	r.count(all)
	r.Refused = scene.Refused()
	last, err := used(p.cmd.Process.Pid)
	r.MemoryMB, r.Complaints = float64(last.memory)/(1<<20), p.log.complaints()-calm
	if err == nil && r.Bot == Whosays {
		r.Turned, err = turned(ctx, p.URL)
	}
	return err
}

// count sums up what became of questions.
func (r *Row) count(all []*Question) {
	var acks, replies []time.Duration
	var asked time.Duration
	for _, q := range all {
		asked = max(asked, q.Asked)
		if q.Ack > 0 {
			acks = append(acks, q.Ack)
		}
		if q.NeedsAck && (q.Ack == 0 || q.Ack > TooLate) {
			r.LateAcks++
		}
		if q.Reply > 0 {
			replies = append(replies, q.Reply)
		} else {
			r.Unanswered++
		}
		if q.Reply > TooLate {
			r.Late++
		}
		if q.Replies() > 1 {
			r.Twice++
		}
	}
	r.Questions, r.Ack, r.Reply, r.LateAsked = len(all), benchtable.Quantiles(acks), benchtable.Quantiles(replies), benchtable.Milliseconds(asked)
}
