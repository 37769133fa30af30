package loadbench

import "sync"

// Buttons are those of answers that nobody has pressed, the newest last. They are safe for concurrent use.
type Buttons struct {
	mu  sync.Mutex
	all []Button
	n   int
}

// Button is one that somebody may press.
type Button struct{ Channel, Message, User, ID string }

const mostButtons = 1000

// Add keeps one of the buttons that a user was answered with, each time the next of those that the answer has: b with
// one of the ids.
func (s *Buttons) Add(b Button, ids []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(ids) == 0 || len(s.all) >= mostButtons {
		return
	}
	s.n++
	b.ID = ids[s.n%len(ids)]
	s.all = append(s.all, b)
}

// Take returns the newest button, which isn't kept any longer; false where there is none.
func (s *Buttons) Take() (last Button, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.all) == 0 {
		return last, false
	}
	last, s.all = s.all[len(s.all)-1], s.all[:len(s.all)-1]
	return last, true
}
