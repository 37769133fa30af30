package console

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/schollz/progressbar/v3"
)

// Progress shows somebody at a terminal that long work goes on: a line on the error output, which names the stage and
// how long it has taken, and is gone at the end. Where nobody looks, it is silent.
type Progress struct {
	out  io.Writer // nil: nobody looks
	bar  *progressbar.ProgressBar
	stop chan struct{}
	done chan struct{}
}

// NewProgress returns the progress of one piece of work. env is os.Getenv, or a test's own.
func NewProgress(errs io.Writer, env func(string) string) *Progress {
	if f, ok := errs.(*os.File); ok && term.IsTerminal(f.Fd()) && env("TERM") != "dumb" {
		return &Progress{out: errs}
	}
	return &Progress{}
}

// tick is how often the line is drawn anew.
const tick = 100 * time.Millisecond

// Stage says what is done from now on.
func (p *Progress) Stage(name string) {
	p.Done()
	if p.out == nil {
		return
	}
	p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(name),
		progressbar.OptionSpinnerType(14), progressbar.OptionSetElapsedTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(tick))
	p.stop, p.done = make(chan struct{}), make(chan struct{})
	go p.turn(p.bar, p.stop, p.done)
}

// turn draws until it is stopped.
func (p *Progress) turn(bar *progressbar.ProgressBar, stop, done chan struct{}) {
	defer close(done)
	each := time.NewTicker(tick)
	defer each.Stop()
	for {
		select {
		case <-stop:
			return
		case <-each.C:
			_ = bar.Add(1) // a line that can't be drawn stops no work
		}
	}
}

// Done ends the stage, if there is one, and clears the line.
func (p *Progress) Done() {
	if p.bar == nil {
		return
	}
	close(p.stop)
	<-p.done
	_ = p.bar.Finish()
	_, _ = fmt.Fprint(p.out, "\r\x1b[K")
	p.bar = nil
}
