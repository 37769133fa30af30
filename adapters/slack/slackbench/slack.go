package slackbench

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

const (
	channelsPerTeam  = 10
	peoplePerChannel = 5
	// kept is how many requests, and messages of a channel, the fake keeps.
	kept = 1000
	// token has the form of a bot's.
	token = "xoxb-bench-of-whosays"
)

// slack is a Slack with workspaces full of people, which counts what it refuses.
type slack struct {
	*slackfake.Server

	web      *http.Server
	channels []*channel

	mu      sync.Mutex
	refused map[string]int // by code, or by status
}

// channel is one of a workspace.
type channel struct {
	id      string
	mention string // of the bot
	people  []person

	mu      sync.Mutex
	claimed map[string]bool // the messages that answered somebody's command
}

// person is somebody in a workspace, with the conversation that they have with the bot.
type person struct{ id, dm string }

func newSlack(ctx context.Context, teams int) (*slack, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &slack{
		Server: slackfake.New(slackfake.Options{
			URL: "http://" + listener.Addr().String(), OrgToken: token, Limits: slackfake.SlackLimits(false), RecordLimit: kept,
		}),
		refused: map[string]int{},
	}
	byTeam := make([][]*channel, teams)
	for i := range byTeam {
		byTeam[i] = s.workspace(i)
	}
	for c := range channelsPerTeam { // neighbours in time are of different workspaces
		for _, channels := range byTeam {
			s.channels = append(s.channels, channels[c])
		}
	}
	s.web = &http.Server{Handler: s.counting(s.Handler()), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.web.Serve(listener) }() // it ends with Close
	return s, nil
}

// workspace adds the ith.
func (s *slack) workspace(i int) (out []*channel) {
	team := s.AddTeam(slackfake.Team{Name: fmt.Sprint("workspace ", i)})
	for j := range channelsPerTeam {
		c := &channel{
			id:      s.AddChannel(slackfake.Channel{TeamID: team, Name: fmt.Sprint("facts-", j)}),
			mention: "<@" + s.BotUser(team) + "> ", claimed: map[string]bool{},
		}
		for k := range peoplePerChannel {
			id := s.AddUser(slackfake.User{TeamID: team, Name: fmt.Sprintf("person%d_%d_%d", i, j, k)})
			c.people = append(c.people, person{id, s.DM(id)})
		}
		out = append(out, c)
	}
	return out
}

// Close ends it.
func (s *slack) Close() {
	_ = s.web.Close()
	s.Server.Close()
}

// Refused implements loadbench.Scene.
func (s *slack) Refused() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.refused)
}

// counting counts what is refused.
func (s *slack) counting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if websocket.IsWebSocketUpgrade(r) { // takes the connection over: w has to be the server's own
			next.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(&counted{ResponseWriter: w, s: s, status: http.StatusOK}, r)
	})
}

type counted struct {
	http.ResponseWriter

	s      *slack
	status int
}

// WriteHeader implements http.ResponseWriter.
func (c *counted) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter. Slack refuses with the status 200; the fake writes an answer at once.
func (c *counted) Write(body []byte) (int, error) {
	var answer struct {
		OK    bool   `json:"ok"`
		Error string `json:"error"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || !answer.OK {
		code := answer.Error
		if code == "" {
			code = strconv.Itoa(c.status)
		}
		c.s.mu.Lock()
		c.s.refused[code]++
		c.s.mu.Unlock()
	}
	return c.ResponseWriter.Write(body)
}
