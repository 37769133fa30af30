package discordfake

import (
	"encoding/json"
	"time"
)

// The intents that the server looks at (docs: events/gateway, "Gateway Intents"). Privileged ones have to be granted
// to the application, see [Options.Privileged].
const (
	intentGuilds         = 1 << 0
	intentGuildMembers   = 1 << 1
	intentPresences      = 1 << 8
	intentGuildMessages  = 1 << 9
	intentDirectMessages = 1 << 12
	intentMessageContent = 1 << 15

	intentsPrivileged = intentGuildMembers | intentPresences | intentMessageContent
	intentsAll        = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
)

// gateway is what the gateway remembers.
type gateway struct {
	conns         map[*conn]struct{}
	sessions      map[string]*session
	identifies    []Identify
	resumes       int
	connectFaults []ConnectFault
}

// session is what an Identify began and a Resume continues.
type session struct {
	id         string
	shard      [2]int
	intents    int
	compress   bool
	conn       *conn // nil: it may be resumed
	seq        int64
	replayable []event // the newest
	last       *event
}

type event struct {
	seq  int64
	kind string
	data json.RawMessage
}

// replayed is how many events a session keeps for a Resume. Discord doesn't say how many it does.
const replayed = 10_000

// Session is a session of the gateway.
type Session struct {
	ID        string
	Shard     [2]int
	Intents   int
	Compress  bool
	Connected bool
	Seq       int64 // of the last event
}

// Identify is an Identify that the gateway took or refused.
type Identify struct {
	At      time.Time
	Shard   [2]int
	Code    int  // the close code, where it was refused with one
	TooFast bool // faster than max_concurrency allows: it was answered with op 9
}

// Identifies returns all Identifies, in order.
func (s *Server) Identifies() []Identify {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Identify(nil), s.identifies...)
}

// Resumes counts the Resumes that succeeded.
func (s *Server) Resumes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.resumes
}

// Sessions returns the sessions that are connected or can be resumed.
func (s *Server) Sessions() []Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Session
	for _, x := range s.sessions {
		all = append(all, Session{x.id, x.shard, x.intents, x.compress, x.conn != nil, x.seq})
	}
	return all
}

// ExpireSessions forgets all sessions that aren't connected: they can no longer be resumed.
func (s *Server) ExpireSessions() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, x := range s.sessions {
		if x.conn == nil {
			delete(s.sessions, id)
		}
	}
}

// sessionsLeft is how many Identifies are left of the last day's.
func (s *Server) sessionsLeft() int {
	left := s.opts.SessionLimit
	for _, i := range s.identifies {
		if s.opts.Now().Sub(i.At) < 24*time.Hour {
			left--
		}
	}
	return max(left, 0)
}

func (s *Server) sessionsReset() time.Time {
	for _, i := range s.identifies {
		if s.opts.Now().Sub(i.At) < 24*time.Hour {
			return i.At.Add(24 * time.Hour)
		}
	}
	return time.Time{}
}

// dispatch tells the shard of a guild ("": of direct messages) of an event, where its sessions have the intent.
func (s *Server) dispatch(guild string, intent int, kind string, data any) {
	encoded := encode(data)
	s.dispatchEach(guild, intent, kind, func(int) json.RawMessage { return encoded })
}

// dispatchEach is dispatch of data that depends on the intents of a session.
func (s *Server) dispatchEach(guild string, intent int, kind string, data func(intents int) json.RawMessage) {
	for _, x := range s.sessions {
		if x.intents&intent == intent && ShardOf(guild, x.shard[1]) == x.shard[0] {
			x.dispatch(kind, data(x.intents))
		}
	}
}

func (x *session) dispatch(kind string, data json.RawMessage) {
	x.seq++
	e := event{x.seq, kind, data}
	x.last = &e
	if len(x.replayable) == 2*replayed {
		x.replayable = append(x.replayable[:0], x.replayable[replayed:]...)
	}
	x.replayable = append(x.replayable, e)
	if x.conn != nil {
		x.conn.event(e)
	}
}

// missed are the events after a sequence number, and whether they are all still known.
func (x *session) missed(seq int64) ([]event, bool) {
	from := len(x.replayable) - int(x.seq-seq)
	if from < 0 {
		return nil, false
	}
	return x.replayable[from:], true
}
