// Package checkup is what an operator is told of the parts of an installation that were tried: each adapter tries the part that it
// knows, and says what to do about what is wrong with it.
package checkup

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// State is how a part is.
type State string

// The states. Only Failed makes a checkup one that failed.
const (
	Good     State = "ok"
	Doubtful State = "warning" // it works, but somebody should look at it
	Failed   State = "fails"
	Off      State = "off" // it isn't configured, and nothing is wrong with that
)

// Finding is what was found of one thing. It holds no secret.
type Finding struct {
	Part  string `json:"part"` // such as "discord": Run fills it in
	What  string `json:"what,omitempty"`
	State State  `json:"state"`
	Saw   string `json:"saw"`          // a sentence
	Do    string `json:"do,omitempty"` // a sentence: what to do about it
}

// OK tells of a thing that is as it should be.
func OK(what, format string, args ...any) Finding {
	return Finding{What: what, State: Good, Saw: fmt.Sprintf(format, args...)}
}

// None tells of a thing that isn't configured, and how it would be.
func None(what, saw, do string) Finding { return Finding{What: what, State: Off, Saw: saw, Do: do} }

// Doubt tells of a thing that works, and what to do about it nevertheless.
func Doubt(what, saw, do string) Finding {
	return Finding{What: what, State: Doubtful, Saw: saw, Do: do}
}

// Bad tells of a thing that doesn't work, and what to do about it.
func Bad(what, saw, do string) Finding { return Finding{What: what, State: Failed, Saw: saw, Do: do} }

// Told is Bad with a message that says both, as our errors do: "what happened: what to do.". Of one that says only what happened,
// or nothing at all, do is what to do.
func Told(what, message, do string) Finding {
	saw, advice, both := cutLast(strings.TrimSuffix(message, "."), ": ")
	if !both {
		return Bad(what, sentence(saw), do)
	}
	return Bad(what, sentence(saw), sentence(advice))
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// sentence returns a text with a capital and a full stop.
func sentence(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[size:] + "."
}

// Part is a part that is tried.
type Part struct {
	Name   string
	Within time.Duration
	// Try tries it. It ends soon after ctx does, and returns something.
	Try func(ctx context.Context) []Finding
}

// grace is how much longer a part may take that has noticed that its time is over, and says so in its own words.
const grace = time.Second

// Run tries parts side by side, each within its time, and returns what was found in their order. What doesn't end in its time, even
// one that doesn't listen to its context, is a failure. waiting is told, now and whenever one has ended, which are still being tried; it
// is called by one goroutine at a time.
func Run(ctx context.Context, parts []Part, waiting func(names []string)) []Finding {
	found := make([][]Finding, len(parts))
	ended := make(chan int)
	var all sync.WaitGroup
	for i, p := range parts {
		all.Go(func() {
			found[i] = p.try(ctx)
			ended <- i
		})
	}
	left := make(map[int]bool, len(parts))
	for i := range parts {
		left[i] = true
	}
	for waiting(names(parts, left)); len(left) > 0; waiting(names(parts, left)) {
		delete(left, <-ended)
	}
	all.Wait()
	var out []Finding
	for i, p := range parts {
		for _, f := range found[i] {
			f.Part = p.Name
			out = append(out, f)
		}
	}
	return out
}

func names(parts []Part, left map[int]bool) (out []string) {
	for i, p := range parts {
		if left[i] {
			out = append(out, p.Name)
		}
	}
	return out
}

func (p Part) try(ctx context.Context) []Finding {
	ctx, cancel := context.WithTimeout(ctx, p.Within)
	defer cancel()
	done := make(chan []Finding, 1)
	go func() { done <- p.Try(ctx) }()
	select {
	case found := <-done:
		return found
	case <-ctx.Done():
	}
	late := time.NewTimer(grace)
	defer late.Stop()
	select {
	case found := <-done:
		return found
	case <-late.C:
		return []Finding{Bad("", fmt.Sprintf("It gave no answer within %v.", p.Within), "Look whether what it asks for hangs, and try again.")}
	}
}
