package discordfake_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// BenchmarkInteraction is a slash command and its answer by REST, without a client: what the fake itself costs a
// benchmark that stands on it.
func BenchmarkInteraction(b *testing.B) {
	s := discordfake.Start(b, discordfake.Options{RecordLimit: 100})
	channel := s.AddChannel(discordfake.Channel{GuildID: s.AddGuild(discordfake.Guild{})})
	user := s.AddUser(discordfake.User{Username: "olena"})
	client := &http.Client{Transport: s.Transport()}
	b.Cleanup(client.CloseIdleConnections)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := s.Slash(channel, user, "ask")
			url := "https://discord.com/api/v9/interactions/" + i.ID + "/" + i.Token + "/callback"
			resp, err := client.Post(url, "application/json", strings.NewReader(`{"type":4,"data":{"content":"x"}}`))
			if err != nil {
				b.Error(err)
				return
			}
			if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusNoContent {
				b.Errorf("%d, %v", resp.StatusCode, err)
				return
			}
		}
	})
}
