package discordfake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

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

func TestAnswersThatDiscordRefuses(t *testing.T) {
	t.Parallel()
	hi := `{"type":4,"data":{"content":"hi"}}`
	callback := func(i *discordfake.Interaction) string { return "/interactions/" + i.ID + "/" + i.Token + "/callback" }
	hook := func(p place, i *discordfake.Interaction) string {
		return "/webhooks/" + p.ApplicationID() + "/" + i.Token
	}
	input := func(id, more string) string {
		return `{"type":1,"components":[{"type":4,"custom_id":"` + id + `","label":"l","style":1` + more + `}]}`
	}
	modal := func(rows string) string {
		return `{"type":9,"data":{"custom_id":"m","title":"t","components":[` + rows + `]}}`
	}
	choices := `{"type":8,"data":{"choices":[` + strings.Join(slicesRepeat(`{"name":"n","value":"v"}`, 26), ",") + `]}}`
	for name, c := range map[string]struct {
		do           func(place, *clock, *discordfake.Interaction) answer
		status, code int
		field        string
	}{
		"after 3 s": {func(p place, clock *clock, i *discordfake.Interaction) answer {
			clock.advance(3001 * time.Millisecond)
			return p.do(t, "POST", callback(i), hi)
		}, 404, 10062, ""},
		"a second time": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			p.do(t, "POST", callback(i), hi)
			return p.do(t, "POST", callback(i), hi)
		}, 400, 40060, ""},
		"another token": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", "/interactions/"+i.ID+"/x/callback", hi)
		}, 404, 10062, ""},
		"a follow-up before": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", hook(p, i), `{"content":"x"}`)
		}, 404, 10015, ""},
		"a follow-up after 15 min": {func(p place, clock *clock, i *discordfake.Interaction) answer {
			p.do(t, "POST", callback(i), hi)
			clock.advance(15*time.Minute + time.Second)
			return p.do(t, "PATCH", hook(p, i)+"/messages/@original", `{"content":"x"}`)
		}, 401, 50027, ""},
		"no original": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			p.do(t, "POST", callback(i), hi)
			p.do(t, "DELETE", hook(p, i)+"/messages/@original", "")
			return p.do(t, "GET", hook(p, i)+"/messages/@original", "")
		}, 404, 10008, ""},
		"an update of nothing": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), `{"type":7,"data":{"content":"x"}}`)
		}, 400, 50035, `"type"`},
		"too long": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), `{"type":4,"data":{"content":`+quote(strings.Repeat("x", 2001))+`}}`)
		}, 400, 50035, `"data":{"content"`},
		"empty": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), `{"type":4,"data":{}}`)
		}, 400, 50006, ""},
		"a title of 46": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), `{"type":9,"data":{"custom_id":"m","title":`+quote(strings.Repeat("x", 46))+
				`,"components":[{"type":1,"components":[{"type":4,"custom_id":"a","label":"l","style":1}]}]}}`)
		}, 400, 50035, `"title"`},
		"six inputs": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(strings.Join(numbered(input("%d", ``), 6), ",")))
		}, 400, 50035, `"components"`},
		"two inputs in a row": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(strings.ReplaceAll(input("a", ``)+input("b", ``), "]}{\"type\":1,\"components\":[", ",")))
		}, 400, 50035, `"components"`},
		"a label of 46": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(strings.Replace(input("a", ``), `"l"`, quote(strings.Repeat("l", 46)), 1)))
		}, 400, 50035, `"label"`},
		"a placeholder of 101": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(input("a", `,"placeholder":`+quote(strings.Repeat("x", 101)))))
		}, 400, 50035, `"placeholder"`},
		"more than the input takes": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(input("a", `,"max_length":2,"value":"abc"`)))
		}, 400, 50035, `"value"`},
		"an input of 4001": {func(p place, _ *clock, i *discordfake.Interaction) answer {
			return p.do(t, "POST", callback(i), modal(input("a", `,"max_length":4001`)))
		}, 400, 50035, `"max_length"`},
		"26 choices": {func(p place, _ *clock, _ *discordfake.Interaction) answer {
			i := p.Autocomplete(p.channel, p.user, "ask", discordfake.Typing("topic", ""))
			return p.do(t, "POST", callback(i), choices)
		}, 400, 50035, `"choices"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := newClock()
			p := newPlace(t, discordfake.Options{Now: clock.Now})
			got := c.do(p, clock, p.Slash(p.channel, p.user, "ask"))
			if got.status != c.status || got.code(t) != c.code || !strings.Contains(got.body, c.field) {
				t.Errorf("%d %s, want %d and %d %s", got.status, got.body, c.status, c.code, c.field)
			}
		})
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

func TestAnAnswerToAChannelThatIsGone(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	i := p.Slash(p.channel, p.user, "ask")
	p.RemoveGuild(p.guild)
	got := p.do(t, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", `{"type":4,"data":{"content":"hi"}}`)
	if got.status != 404 || got.code(t) != 10003 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestWithResponse(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	i := p.Slash(p.channel, p.user, "ask")
	got := p.do(t, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback?with_response=true", `{"type":4,"data":{"content":"hi"}}`)
	var body struct {
		Interaction struct {
			MessageID string `json:"response_message_id"`
		}
		Resource struct {
			Type    int
			Message struct{ ID, Content string }
		}
	}
	decode(t, got.body, &body)
	if got.status != 200 || body.Resource.Type != 4 || body.Resource.Message.Content != "hi" || body.Resource.Message.ID != body.Interaction.MessageID {
		t.Errorf("%d %s", got.status, got.body)
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

func TestCommands(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	session := p.client(t)
	perms := int64(discordgo.PermissionManageGuild)
	ask := &discordgo.ApplicationCommand{Name: "ask", Description: "ask", DefaultMemberPermissions: &perms, Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "what", Required: true},
	}}
	check := &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: "Check this"}
	first, err := session.ApplicationCommandBulkOverwrite(p.ApplicationID(), "", []*discordgo.ApplicationCommand{ask, check})
	if err != nil {
		t.Fatal(err)
	}
	ask.Description = "ask again"
	second, err := session.ApplicationCommandBulkOverwrite(p.ApplicationID(), "", []*discordgo.ApplicationCommand{ask})
	if err != nil {
		t.Fatal(err)
	}
	if first[0].ID != second[0].ID || p.Creates("") != 2 {
		t.Errorf("ids %s and %s, %d creates", first[0].ID, second[0].ID, p.Creates(""))
	}
	got, err := session.ApplicationCommands(p.ApplicationID(), "")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(second, got); diff != "" || *got[0].DefaultMemberPermissions != perms {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestCommandsThatDiscordRefuses(t *testing.T) {
	t.Parallel()
	option := func(fields string) string {
		return `[{"name":"ask","description":"d","options":[` + fields + `]}]`
	}
	for name, c := range map[string]struct{ body, want string }{
		"upper case":          {`[{"name":"Ask","description":"d"}]`, "APPLICATION_COMMAND_INVALID_NAME"},
		"a space":             {`[{"name":"a b","description":"d"}]`, "APPLICATION_COMMAND_INVALID_NAME"},
		"33 characters":       {`[{"name":"` + strings.Repeat("a", 33) + `","description":"d"}]`, `"name"`},
		"no description":      {`[{"name":"ask","description":""}]`, `"description":{"_errors":[{"code":"BASE_TYPE_REQUIRED"`},
		"101 characters":      {`[{"name":"ask","description":"` + strings.Repeat("a", 101) + `"}]`, `"description"`},
		"twice":               {`[{"name":"ask","description":"d"},{"name":"ask","description":"d"}]`, "APPLICATION_COMMANDS_DUPLICATE_NAME"},
		"required after not":  {option(`{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}`), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"},
		"an unknown type":     {option(`{"type":33,"name":"a","description":"d"}`), `"type"`},
		"nested too deep":     {option(`{"type":1,"name":"a","description":"d","options":[{"type":1,"name":"b","description":"d"}]}`), "TYPE_INVALID"},
		"beside others":       {option(`{"type":1,"name":"a","description":"d"},{"type":3,"name":"b","description":"d"}`), "TYPE_INVALID"},
		"26 choices":          {option(`{"type":3,"name":"a","description":"d","choices":[` + strings.Join(slicesRepeat(`{"name":"n","value":"v"}`, 26), ",") + `]}`), `"choices"`},
		"a described menu":    {`[{"type":3,"name":"Check","description":"d"}]`, "CONTEXT_MENU_DESCRIPTION"},
		"101 commands":        {`[` + strings.Join(numbered(`{"name":"a%d","description":"d"}`, 101), ",") + `]`, "30032"},
		"16 menus":            {`[` + strings.Join(numbered(`{"type":3,"name":"a%d"}`, 16), ",") + `]`, "30032"},
		"8001 characters":     {option(strings.Join(numbered(`{"type":3,"name":"a%d","description":"d","choices":[`+strings.Join(numbered(`{"name":"n%d","value":"`+strings.Repeat("v", 90)+`"}`, 5), ",")+`]}`, 20), ",")), "APPLICATION_COMMAND_TOO_LARGE"},
		"a wrong translation": {`[{"name":"ask","description":"d","name_localizations":{"uk":"ЗАПИТ"}}]`, "name_localizations"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, discordfake.Options{})
			got := p.do(t, "PUT", "/applications/"+p.ApplicationID()+"/guilds/"+p.guild+"/commands", c.body)
			if got.status != 400 || !strings.Contains(got.body, c.want) {
				t.Errorf("%d %s, want %s", got.status, got.body, c.want)
			}
			if n := len(p.Commands(p.guild)); n != 0 {
				t.Errorf("%d commands are registered", n)
			}
		})
	}
}

func numbered(text string, n int) []string {
	var all []string
	for i := range n {
		all = append(all, strings.Replace(text, "%d", strings.Repeat("x", i/26)+string(rune('a'+i%26)), 1))
	}
	return all
}
