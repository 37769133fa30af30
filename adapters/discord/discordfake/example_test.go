package discordfake_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// The real client, pointed at a server of this process, or at the URL of one in another.
func Example() {
	discord := discordfake.New(discordfake.Options{})
	if err := discord.Listen("127.0.0.1:0"); err != nil {
		panic(err)
	}
	defer discord.Close()
	guild := discord.AddGuild(discordfake.Guild{Name: "Kyiv"})
	channel := discord.AddChannel(discordfake.Channel{GuildID: guild, Name: "facts"})
	olena := discord.AddUser(discordfake.User{Username: "olena"})

	bot, err := discordgo.New(discord.Token())
	if err != nil {
		panic(err)
	}
	bot.Client = &http.Client{Transport: discordfake.Rewrite(discord.URL())}
	defer bot.Client.CloseIdleConnections()
	bot.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		_ = s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Content: "nobody knows"},
		})
	})
	if err := bot.Open(); err != nil {
		panic(err)
	}
	defer func() { _ = bot.Close() }()

	answer, err := discord.Slash(channel, olena, "ask", discordfake.Text("question", "how many?")).Answer(context.Background())
	fmt.Println(answer.Type, answer.Message.Content, err)
	// Output: 4 nobody knows <nil>
}
