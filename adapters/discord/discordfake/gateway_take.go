package discordfake

import (
	"crypto/rand"
	"encoding/json"
	"strings"
	"time"
)

// take handles what a client sent.
func (s *Server) take(c *conn, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.silent {
		return
	}
	var f frame
	switch {
	case len(data) > maxPayload || json.Unmarshal(data, &f) != nil:
		s.refuseConn(c, 4002)
	case !s.inRate(c):
		s.refuseConn(c, 4008)
	case f.Op == 1:
		s.heartbeat(c)
	case f.Op == 2:
		s.identify(c, f.D)
	case f.Op == 6:
		s.resume(c, f.D)
	case c.session == nil:
		s.refuseConn(c, 4003)
	case f.Op == 3 || f.Op == 4 || f.Op == 8: // presence, voice, members: accepted, and nothing comes of it
	default:
		s.refuseConn(c, 4001)
	}
}

// inRate counts what a client sends: 120 events in 60 seconds (docs: events/gateway, "Rate Limiting").
func (s *Server) inRate(c *conn) bool {
	now := s.opts.Now()
	if len(c.taken) == 120 {
		if now.Sub(c.taken[0]) < time.Minute {
			return false
		}
		c.taken = c.taken[1:]
	}
	c.taken = append(c.taken, now)
	return true
}

func (s *Server) heartbeat(c *conn) {
	s.alive(c)
	if !c.fault.NoACK {
		c.op(11, nil)
	}
}

type identifyForm struct {
	Token    string          `json:"token"`
	Intents  *int            `json:"intents"`
	Shard    *[2]int         `json:"shard"`
	Compress bool            `json:"compress"`
	Props    json.RawMessage `json:"properties"`
}

func (s *Server) identify(c *conn, data json.RawMessage) {
	if c.session != nil {
		s.refuseConn(c, 4005)
		return
	}
	form := identifyForm{Shard: &[2]int{0, 1}}
	if json.Unmarshal(data, &form) != nil || form.Props == nil || form.Intents == nil {
		s.refuseConn(c, 4002)
		return
	}
	if form.Shard == nil {
		form.Shard = &[2]int{0, 1}
	}
	seen := Identify{At: s.opts.Now(), Shard: *form.Shard, Code: s.refusal(form)}
	seen.TooFast = seen.Code == 0 && s.tooFast(seen)
	s.identifies = append(s.identifies, seen)
	defer s.changed.broadcast()
	switch {
	case seen.Code != 0:
		s.refuseConn(c, seen.Code)
	case seen.TooFast:
		c.op(9, false)
	case c.meet(BeforeReady):
	default:
		s.begin(c, form)
	}
}

// refusal is the close code with which an Identify is refused, or 0. When the day's Identifies are used up, Discord
// resets the token.
func (s *Server) refusal(form identifyForm) int {
	id, count := form.Shard[0], form.Shard[1]
	switch {
	case strings.TrimPrefix(form.Token, "Bot ") != s.opts.Token || s.sessionsLeft() == 0:
		return 4004
	case id < 0 || count < 1 || id >= count:
		return 4010
	case s.guildsOf(id, count) > s.opts.GuildsPerShard:
		return 4011
	case *form.Intents&^intentsAll != 0:
		return 4013
	case *form.Intents&intentsPrivileged&^s.opts.Privileged != 0:
		return 4014
	}
	return 0
}

func (s *Server) guildsOf(shard, count int) int {
	n := 0
	for id := range s.guilds {
		if ShardOf(id, count) == shard {
			n++
		}
	}
	return n
}

// tooFast reports whether the bucket of a shard (its number modulo max_concurrency) took an Identify within the
// window (docs: events/gateway, "Max Concurrency").
func (s *Server) tooFast(now Identify) bool {
	for _, before := range s.identifies {
		if before.Code == 0 && !before.TooFast && now.At.Sub(before.At) < s.opts.IdentifyWindow &&
			before.Shard[0]%s.opts.MaxConcurrency == now.Shard[0]%s.opts.MaxConcurrency {
			return true
		}
	}
	return false
}

type ready struct {
	Version     int                `json:"v"`
	User        *wireUser          `json:"user"`
	Guilds      []unavailableGuild `json:"guilds"`
	SessionID   string             `json:"session_id"`
	ResumeURL   string             `json:"resume_gateway_url"`
	Shard       [2]int             `json:"shard"`
	Application readyApplication   `json:"application"`
	Private     []string           `json:"private_channels"`
}

type readyApplication struct {
	ID    string `json:"id"`
	Flags int    `json:"flags"`
}

// begin starts a session: READY, and the shard's guilds.
func (s *Server) begin(c *conn, form identifyForm) {
	x := &session{id: rand.Text(), shard: *form.Shard, intents: *form.Intents, compress: form.Compress, conn: c}
	s.sessions[x.id] = x
	c.session, c.compress = x, x.compress
	version := 9
	if c.version == "10" {
		version = 10
	}
	r := ready{
		Version: version, User: s.bot.wire(), SessionID: x.id, ResumeURL: "ws://" + c.host + "/resume", Shard: x.shard,
		Guilds: []unavailableGuild{}, Application: readyApplication{s.application, s.applicationFlags()}, Private: []string{},
	}
	var guilds []*Guild
	for id, g := range s.guilds {
		if ShardOf(id, x.shard[1]) == x.shard[0] {
			r.Guilds = append(r.Guilds, unavailableGuild{id, true})
			guilds = append(guilds, g)
		}
	}
	x.dispatch("READY", encode(r))
	if x.intents&intentGuilds != 0 {
		for _, g := range guilds {
			if !g.unavailable {
				x.dispatch("GUILD_CREATE", encode(s.wireGuild(g)))
			}
		}
	}
	c.meet(AfterReady)
}

type resumeForm struct {
	Token     string `json:"token"`
	SessionID string `json:"session_id"`
	Seq       int64  `json:"seq"`
}

type resumed struct {
	Trace []string `json:"_trace"`
}

// resume continues a session: what was missed, then RESUMED.
func (s *Server) resume(c *conn, data json.RawMessage) {
	var form resumeForm
	if json.Unmarshal(data, &form) != nil {
		s.refuseConn(c, 4002)
		return
	}
	x := s.sessions[form.SessionID]
	switch {
	case c.session != nil:
		s.refuseConn(c, 4005)
		return
	case strings.TrimPrefix(form.Token, "Bot ") != s.opts.Token:
		s.refuseConn(c, 4004)
		return
	case c.meet(BeforeReady):
		return
	case x == nil:
		c.op(9, false)
		return
	case form.Seq > x.seq || form.Seq < 0:
		delete(s.sessions, x.id)
		s.refuseConn(c, 4007)
		return
	}
	missed, all := x.missed(form.Seq)
	if !all {
		delete(s.sessions, x.id)
		c.op(9, false)
		return
	}
	if old := x.conn; old != nil {
		old.session = nil
		old.drop()
	}
	x.conn, c.session, c.compress = c, x, x.compress
	for _, e := range missed {
		c.event(e)
	}
	x.dispatch("RESUMED", encode(resumed{[]string{}}))
	s.resumes++
	c.meet(AfterReady)
	s.changed.broadcast()
}
