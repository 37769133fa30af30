package discordfake_test

import (
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// answering connects the real client with a handler for interactions.
func (p place) answering(t *testing.T, handle func(*discordgo.Session, *discordgo.Interaction)) *discordgo.Session {
	t.Helper()
	return p.connect(t, func(session *discordgo.Session) {
		session.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) { handle(s, i.Interaction) })
	})
}

func respond(t *testing.T, s *discordgo.Session, i *discordgo.Interaction, kind discordgo.InteractionResponseType, data *discordgo.InteractionResponseData) {
	t.Helper()
	if err := s.InteractionRespond(i, &discordgo.InteractionResponse{Type: kind, Data: data}); err != nil {
		t.Errorf("the answer is refused: %v", err)
	}
}

func TestSlash(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	p.AddMember(p.guild, discordfake.Member{UserID: p.user, Permissions: discordgo.PermissionManageGuild})
	seen := make(chan *discordgo.Interaction, 1)
	p.answering(t, func(s *discordgo.Session, i *discordgo.Interaction) {
		seen <- i
		respond(t, s, i, discordgo.InteractionResponseChannelMessageWithSource, &discordgo.InteractionResponseData{
			Content: "so many", Flags: discordgo.MessageFlagsEphemeral,
		})
	})
	used := p.Slash(p.channel, p.user, "ask", discordfake.Sub("now", discordfake.Text("question", "how many?")))
	answer, err := used.Answer(within(t))
	if err != nil {
		t.Fatal(err)
	}
	if answer.Type != 4 || !answer.Ephemeral || answer.Message.Content != "so many" || answer.Message.For != p.user {
		t.Errorf("answer = %+v", answer)
	}
	if n := len(p.Messages(p.channel)); n != 0 {
		t.Errorf("an ephemeral message is in the channel")
	}
	i := <-seen
	data := i.ApplicationCommandData()
	if data.Name != "ask" || data.Options[0].Options[0].StringValue() != "how many?" {
		t.Errorf("data = %+v", data)
	}
	if i.Locale != "uk" || i.Member.User.ID != p.user || i.User != nil || i.Member.Permissions&discordgo.PermissionManageGuild == 0 || i.AppPermissions == 0 {
		t.Errorf("interaction = %+v", i)
	}
}

func TestDirectMessagesHaveAUser(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	seen := make(chan *discordgo.Interaction, 1)
	p.answering(t, func(_ *discordgo.Session, i *discordgo.Interaction) { seen <- i })
	p.Slash(p.OpenDM(p.user), p.user, "ask")
	if i := <-seen; i.Member != nil || i.User.ID != p.user || i.GuildID != "" || i.Context != discordgo.InteractionContextBotDM {
		t.Errorf("interaction = %+v", i)
	}
}

func TestDeferred(t *testing.T) {
	t.Parallel()
	for name, finish := range map[string]func(*discordgo.Session, *discordgo.Interaction) (*discordgo.Message, error){
		"edited": func(s *discordgo.Session, i *discordgo.Interaction) (*discordgo.Message, error) {
			text := "done"
			return s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &text})
		},
		"by a follow-up": func(s *discordgo.Session, i *discordgo.Interaction) (*discordgo.Message, error) {
			return s.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "done"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, discordfake.Options{})
			p.answering(t, func(s *discordgo.Session, i *discordgo.Interaction) {
				respond(t, s, i, discordgo.InteractionResponseDeferredChannelMessageWithSource, nil)
				if _, err := finish(s, i); err != nil {
					t.Errorf("finish: %v", err)
				}
				if _, err := s.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "more"}); err != nil {
					t.Errorf("follow-up: %v", err)
				}
			})
			used := p.Slash(p.channel, p.user, "ask")
			if answer, err := used.Answer(within(t)); err != nil || answer.Type != 5 {
				t.Fatalf("%+v, %v", answer, err)
			}
			if m, err := used.Response(within(t)); err != nil || m.Content != "done" || m.Flags&discordfake.Loading != 0 {
				t.Errorf("response = %+v, %v", m, err)
			}
			if m, err := used.FollowUp(within(t), 0); err != nil || m.Content != "more" {
				t.Errorf("follow-up = %+v, %v", m, err)
			}
			if n := len(p.Messages(p.channel)); n != 2 {
				t.Errorf("%d messages", n)
			}
		})
	}
}

// TestDeferredDeleted holds that what follows a "thinking…" that was deleted is a message of its own, which one person may see alone.
func TestDeferredDeleted(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	p.answering(t, func(s *discordgo.Session, i *discordgo.Interaction) {
		respond(t, s, i, discordgo.InteractionResponseDeferredChannelMessageWithSource, nil)
		if err := s.InteractionResponseDelete(i); err != nil {
			t.Errorf("delete: %v", err)
		}
		if _, err := s.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "done", Flags: discordgo.MessageFlagsEphemeral}); err != nil {
			t.Errorf("follow-up: %v", err)
		}
	})
	used := p.Slash(p.channel, p.user, "ask")
	if m, err := used.FollowUp(within(t), 0); err != nil || m.Content != "done" || m.For != p.user {
		t.Errorf("follow-up = %+v, %v", m, err)
	}
	if n := len(p.Messages(p.channel)); n != 0 {
		t.Errorf("%d messages", n)
	}
}

func TestComponentsAndModals(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	row := func(c discordgo.MessageComponent) []discordgo.MessageComponent {
		return []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{c}}}
	}
	session := p.answering(t, func(s *discordgo.Session, i *discordgo.Interaction) {
		switch {
		case i.Type == discordgo.InteractionModalSubmit:
			input := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow).Components[0].(*discordgo.TextInput)
			respond(t, s, i, discordgo.InteractionResponseUpdateMessage, &discordgo.InteractionResponseData{Content: "said " + input.Value})
		case i.MessageComponentData().CustomID == "menu":
			respond(t, s, i, discordgo.InteractionResponseDeferredMessageUpdate, nil)
			text := "chose " + i.MessageComponentData().Values[0]
			if _, err := s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &text}); err != nil {
				t.Error(err)
			}
		default:
			respond(t, s, i, discordgo.InteractionResponseModal, &discordgo.InteractionResponseData{
				CustomID: "form", Title: "Add a claim",
				Components: row(discordgo.TextInput{CustomID: "text", Label: "Text", Style: discordgo.TextInputShort, MaxLength: 100}),
			})
		}
	})
	sent, err := session.ChannelMessageSendComplex(p.channel, &discordgo.MessageSend{Content: "choose", Components: append(
		row(discordgo.Button{CustomID: "open", Label: "Open"}),
		row(discordgo.SelectMenu{CustomID: "menu", Options: []discordgo.SelectMenuOption{{Label: "A", Value: "a"}}})...,
	)})
	if err != nil {
		t.Fatal(err)
	}
	if m, err := p.Select(sent.ID, p.user, "menu", "a").Response(within(t)); err != nil || m.Content != "chose a" || m.ID != sent.ID {
		t.Errorf("select: %+v, %v", m, err)
	}
	pressed := p.Press(sent.ID, p.user, "open")
	answer, err := pressed.Answer(within(t))
	if err != nil || answer.Modal.Title != "Add a claim" {
		t.Fatalf("%+v, %v", answer, err)
	}
	submitted := p.SubmitModal(pressed, map[string]string{"text": "hello"})
	if m, err := submitted.Response(within(t)); err != nil || m.Content != "said hello" || m.ID != sent.ID {
		t.Errorf("modal: %+v, %v", m, err)
	}
	if n := len(p.Messages(p.channel)); n != 1 {
		t.Errorf("%d messages", n)
	}
}

func TestMessageCommandShowsTheTarget(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	seen := make(chan discordgo.ApplicationCommandInteractionData, 1)
	p.answering(t, func(_ *discordgo.Session, i *discordgo.Interaction) { seen <- i.ApplicationCommandData() })
	said := p.Say(p.channel, p.user, "500 were seen")
	p.MessageCommand(p.user, "Check", said.ID)
	data := <-seen
	if data.TargetID != said.ID || data.Resolved.Messages[said.ID].Content != "500 were seen" {
		t.Errorf("data = %+v", data)
	}
}

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	p.answering(t, func(s *discordgo.Session, i *discordgo.Interaction) {
		option := i.ApplicationCommandData().Options[0]
		respond(t, s, i, discordgo.InteractionApplicationCommandAutocompleteResult, &discordgo.InteractionResponseData{
			Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: option.StringValue() + "!", Value: "x"}},
		})
	})
	answer, err := p.Autocomplete(p.channel, p.user, "ask", discordfake.Typing("topic", "kil")).Answer(within(t))
	if err != nil || len(answer.Choices) != 1 || answer.Choices[0].Name != "kil!" {
		t.Errorf("%+v, %v", answer, err)
	}
}

// TestPermissionsInAChannel holds what Discord says of somebody who acts in a channel with overwrites, and what it lists of both.
func TestPermissionsInAChannel(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	const view, send, manage = discordgo.PermissionViewChannel, discordgo.PermissionSendMessages, discordgo.PermissionManageGuild
	p.SetRole(p.guild, p.guild, view|send)
	editors := p.AddRole(p.guild, discordfake.Role{Name: "editors", Permissions: manage})
	p.AddMember(p.guild, discordfake.Member{UserID: p.user, Roles: []string{editors}})
	room := p.AddChannel(discordfake.Channel{GuildID: p.guild, Overwrites: []discordfake.Overwrite{
		{ID: p.guild, Deny: view}, {ID: editors, Allow: view}, {ID: p.user, Member: true, Deny: send},
	}})
	var roles []discordgo.Role
	decode(t, p.do(t, "GET", "/guilds/"+p.guild+"/roles", "").body, &roles)
	var channels []discordgo.Channel
	decode(t, p.do(t, "GET", "/guilds/"+p.guild+"/channels", "").body, &channels)
	if len(roles) != 2 || roles[1].Permissions != manage || len(channels) != 2 || len(channels[1].PermissionOverwrites) != 3 {
		t.Errorf("%+v, %+v", roles, channels)
	}
	seen := make(chan *discordgo.Member, 1)
	p.answering(t, func(_ *discordgo.Session, i *discordgo.Interaction) { seen <- i.Member })
	p.Slash(room, p.user, "ask")
	if m := <-seen; m.Permissions != view|manage || len(m.Roles) != 1 {
		t.Errorf("%+v", m)
	}
}

func TestWhatPeopleCannotDo(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	said := p.Say(p.channel, p.user, "x", discordfake.WithComponents(`[{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"a","disabled":true}]}]`))
	if got := p.do(t, "PUT", "/applications/"+p.ApplicationID()+"/commands",
		`[{"name":"ask","description":"d","options":[{"type":3,"name":"q","description":"d","required":true,"max_length":5}]}]`); got.status != 200 {
		t.Fatal(got.body)
	}
	for name, act := range map[string]func(){
		"another command":     func() { p.Slash(p.channel, p.user, "tell") },
		"a required option":   func() { p.Slash(p.channel, p.user, "ask") },
		"another option":      func() { p.Slash(p.channel, p.user, "ask", discordfake.Text("x", "y")) },
		"too long":            func() { p.Slash(p.channel, p.user, "ask", discordfake.Text("q", "123456")) },
		"a disabled button":   func() { p.Press(said.ID, p.user, "a") },
		"no such button":      func() { p.Press(said.ID, p.user, "b") },
		"an empty message":    func() { p.Say(p.channel, p.user, "") },
		"a channel elsewhere": func() { p.Say("1", p.user, "x") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: nothing stopped it", name)
				}
			}()
			act()
		}()
	}
	p.Slash(p.channel, p.user, "ask", discordfake.Text("q", "1234"))
}
