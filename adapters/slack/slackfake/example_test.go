package slackfake_test

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/slack/slackfake"
)

// The real client, pointed at a server of this process, or at the URL of one in another.
func Example() {
	server := slackfake.New(slackfake.Options{})
	if err := server.Listen("127.0.0.1:0"); err != nil {
		panic(err)
	}
	defer server.Close()
	team := server.AddTeam(slackfake.Team{Name: "Kyiv"})
	channel := server.AddChannel(slackfake.Channel{TeamID: team, Name: "facts"})

	bot := slack.New(server.Token(team), slack.OptionAPIURL(server.APIURL()))
	if _, _, err := bot.PostMessage(channel, slack.MsgOptionText("nobody knows", false)); err != nil {
		panic(err)
	}
	posted, err := server.AwaitMessage(context.Background(), channel, nil)
	fmt.Println(posted.Text, posted.Pings.None(), err)
	// Output: nobody knows true <nil>
}
