package discordfake

import "net/http"

type gatewayURL struct {
	URL string `json:"url"`
}

type gatewayBot struct {
	URL    string       `json:"url"`
	Shards int          `json:"shards"`
	Limit  sessionLimit `json:"session_start_limit"`
}

type sessionLimit struct {
	Total          int   `json:"total"`
	Remaining      int   `json:"remaining"`
	ResetAfter     int64 `json:"reset_after"` // ms
	MaxConcurrency int   `json:"max_concurrency"`
}

func gatewayOf(r *http.Request) string { return "ws://" + r.Host }

func (s *Server) getGateway(c *call) reply { return ok(gatewayURL{gatewayOf(c.Request)}) }

func (s *Server) getGatewayBot(c *call) reply {
	limit := sessionLimit{s.opts.SessionLimit, s.sessionsLeft(), 0, s.opts.MaxConcurrency}
	if reset := s.sessionsReset(); !reset.IsZero() {
		limit.ResetAfter = max(reset.Sub(s.opts.Now()).Milliseconds(), 0)
	}
	return ok(gatewayBot{gatewayOf(c.Request), s.opts.Shards, limit})
}

func (s *Server) getMe(*call) reply { return ok(s.bot.wire()) }

type wireApplication struct {
	ID                      string    `json:"id"`
	Name                    string    `json:"name"`
	Description             string    `json:"description"`
	Icon                    *string   `json:"icon"`
	BotPublic               bool      `json:"bot_public"`
	VerifyKey               string    `json:"verify_key"`
	Flags                   int       `json:"flags"`
	Bot                     *wireUser `json:"bot"`
	InteractionsEndpointURL *string   `json:"interactions_endpoint_url"`
	ApproximateGuildCount   int       `json:"approximate_guild_count"`
}

func (s *Server) getApplication(c *call) reply {
	if app := c.PathValue("app"); app != "" && app != s.application {
		return refuse(errMissingAccess())
	}
	w := wireApplication{
		ID: s.application, Name: s.bot.Username, VerifyKey: s.verifyKey(), Flags: s.applicationFlags(), Bot: s.bot.wire(),
		ApproximateGuildCount: len(s.guilds),
	}
	if s.endpoint != "" {
		w.InteractionsEndpointURL = &s.endpoint
	}
	return ok(w)
}

// applicationFlags say which privileged intents an application has been granted while it is in few guilds.
func (s *Server) applicationFlags() int {
	flags := 0
	for intent, flag := range map[int]int{
		intentPresences: 1 << 13, intentGuildMembers: 1 << 15, intentMessageContent: 1 << 19,
	} {
		if s.opts.Privileged&intent != 0 {
			flags |= flag
		}
	}
	return flags
}

func (s *Server) getGuild(c *call) reply {
	g := s.guilds[c.PathValue("guild")]
	if g == nil {
		return refuse(&apiError{status: 404, Code: 10004, Message: "Unknown Guild"})
	}
	w := s.wireGuild(g)
	w.Members, w.Channels, w.Threads = nil, nil, nil
	return ok(w)
}

// getGuildChannels lists all channels of a guild, those too that the bot doesn't see; no threads.
func (s *Server) getGuildChannels(c *call) reply {
	g := s.guilds[c.PathValue("guild")]
	if g == nil {
		return refuse(errMissingAccess())
	}
	out := []wireChannel{}
	for _, channel := range g.channels {
		if !channel.thread() {
			out = append(out, s.wireChannel(channel))
		}
	}
	return ok(out)
}

func (s *Server) getGuildRoles(c *call) reply {
	g := s.guilds[c.PathValue("guild")]
	if g == nil {
		return refuse(errMissingAccess())
	}
	out := []wireRole{}
	for i := range g.roles {
		out = append(out, g.roles[i].wire(i))
	}
	return ok(out)
}

func (s *Server) getChannel(c *call) reply {
	channel, err := s.visible(c.PathValue("channel"))
	if err != nil {
		return refuse(err)
	}
	return ok(s.wireChannel(channel))
}

type dmForm struct {
	RecipientID string `json:"recipient_id"`
}

// createDM opens direct messages; that a user refuses them shows only when something is sent.
func (s *Server) createDM(c *call) reply {
	var form dmForm
	if err := decode(c.body, &form); err != nil {
		return refuse(err)
	}
	u := s.users[form.RecipientID]
	switch {
	case u == nil:
		return refuse(&apiError{status: 400, Code: 50033, Message: "Invalid Recipient(s)"})
	case u.Bot:
		return refuse(&apiError{status: 400, Code: 50007, Message: "Cannot send messages to this user"})
	}
	return ok(s.wireChannel(s.dm(u.ID)))
}

func (s *Server) typing(c *call) reply {
	if _, err := s.writable(c.PathValue("channel")); err != nil {
		return refuse(err)
	}
	return none()
}
