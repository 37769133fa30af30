package slackfake_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// BenchmarkMention is a mention, its event over HTTP, and the answer, without a client: what the fake itself costs a
// benchmark that stands on it.
func BenchmarkMention(b *testing.B) {
	s := slackfake.Start(b, slackfake.Options{RecordLimit: 100})
	team := s.AddTeam(slackfake.Team{})
	channel := s.AddChannel(slackfake.Channel{TeamID: team})
	user := s.AddUser(slackfake.User{TeamID: team, Name: "olena"})
	transport := &http.Transport{MaxIdleConnsPerHost: 100}
	b.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Transport: transport}
	body := `{"channel":"` + channel + `","text":"nobody knows"}`
	token := "Bearer " + s.Token(team)
	if err := s.SetEndpoints(b.Context(), slackfake.Endpoints{Events: newChallenged(b, "text/plain", "%s")}); err != nil {
		b.Fatal(err)
	}
	mention := "<@" + s.BotUser(team) + "> how many?"
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := s.Say(channel, user, mention).Ack(b.Context()); err != nil {
				b.Error(err)
				return
			}
			r, _ := http.NewRequestWithContext(b.Context(), http.MethodPost, s.APIURL()+"chat.postMessage", strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Authorization", token)
			resp, err := client.Do(r)
			if err != nil {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, resp.Body)
			if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
				b.Errorf("%d, %v", resp.StatusCode, err)
				return
			}
		}
	})
}
