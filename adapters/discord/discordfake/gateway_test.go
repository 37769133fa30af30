package discordfake_test

import (
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

func TestTheRealClientConnects(t *testing.T) {
	t.Parallel()
	for name, compress := range map[string]bool{"plain": false, "zlib": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, discordfake.Options{})
			guilds := make(chan string, 1)
			session := p.connect(t, func(session *discordgo.Session) {
				session.Compress = compress
				session.Identify.Compress = compress
				session.AddHandler(func(_ *discordgo.Session, g *discordgo.GuildCreate) { guilds <- g.Name })
			})
			if got := <-guilds; got != "Kyiv" {
				t.Errorf("guild = %q", got)
			}
			if session.State.User.ID != p.BotID() {
				t.Errorf("user = %v, want %s", session.State.User, p.BotID())
			}
			got := p.Sessions()
			if len(got) != 1 || got[0].Compress != compress || !got[0].Connected || got[0].Shard != [2]int{0, 1} {
				t.Errorf("sessions = %+v", got)
			}
			if unexpected := p.Unexpected(); len(unexpected) > 0 {
				t.Errorf("unexpected: %+v", unexpected)
			}
		})
	}
}

func TestContentIsBlankWithoutTheIntent(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{Privileged: int(discordgo.IntentMessageContent)})
	blind := p.connect(t)
	dm := p.OpenDM(p.user)
	next := messages(t, blind)
	embed := discordfake.WithEmbeds(discordfake.Embed{Title: "link"})

	for _, c := range []struct{ name, channel, text, want string }{
		{"a guild's message", p.channel, "hello", ""},
		{"a mention of the bot", p.channel, "<@" + p.BotID() + "> how many?", "<@" + p.BotID() + "> how many?"},
		{"a direct message", dm, "hello", "hello"},
	} {
		p.Say(c.channel, p.user, c.text, embed)
		got := next()
		if got.Content != c.want || (len(got.Embeds) > 0) != (c.want != "") {
			t.Errorf("%s: content %q, %d embeds; want %q", c.name, got.Content, len(got.Embeds), c.want)
		}
	}
	if _, err := blind.ChannelMessageSend(p.channel, "mine"); err != nil {
		t.Fatal(err)
	}
	if got := next(); got.Content != "mine" {
		t.Errorf("own message: content %q", got.Content)
	}
}

func TestContentComesWithTheIntent(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{Privileged: int(discordgo.IntentMessageContent)})
	session := p.connect(t, func(s *discordgo.Session) { s.Identify.Intents |= discordgo.IntentMessageContent })
	next := messages(t, session)
	first := p.Say(p.channel, p.user, "hello")
	p.Say(p.channel, p.user, "again", discordfake.ReplyTo(first.ID))
	if got := next(); got.Content != "hello" || got.GuildID != p.guild || got.Author.Username != "olena" {
		t.Errorf("message = %+v", got.Message)
	}
	if got := next(); got.ReferencedMessage == nil || got.ReferencedMessage.Content != "hello" {
		t.Errorf("reply = %+v", got.Message)
	}
}

func TestWhatTheClientDoesNotKnow(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	session := p.connect(t)
	raw := events(t, session, func(got func(*discordgo.Event)) any {
		return func(_ *discordgo.Session, e *discordgo.Event) {
			if e.Type == "MESSAGE_CREATE" {
				got(e)
			}
		}
	})
	dm := p.OpenDM(p.user)
	odd := p.Say(dm, p.user, "odd", discordfake.WithComponents(`[{"type": 99, "future": true}]`),
		discordfake.WithField("hologram", `{"x": 1}`))
	p.Say(dm, p.user, "reply", discordfake.ReplyTo(odd.ID))
	p.Shard(0).Send(42, `{"new": true}`)
	p.Shard(0).Event("FUTURE_EVENT", `{}`)

	for range 2 {
		e := raw()
		m, ok := e.Struct.(*discordgo.MessageCreate)
		if !ok || m.Author != nil { // the client's own weakness, which the fake has to bring out
			t.Errorf("an unknown component was understood: %s", e.RawData)
		}
	}
	if !p.Sessions()[0].Connected {
		t.Error("the client gave up")
	}
}

func TestRepeatDeliversAnEventAgain(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	next := messages(t, p.connect(t))
	said := p.Say(p.channel, p.user, "once")
	if n := p.Shard(0).Repeat(); n != 1 {
		t.Fatalf("%d sessions were told", n)
	}
	if first, second := next(), next(); first.ID != said.ID || second.ID != said.ID {
		t.Errorf("messages %s and %s, want %s twice", first.ID, second.ID, said.ID)
	}
}

func TestTheRealClientResumes(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	session := p.connect(t)
	next := messages(t, session)
	p.Say(p.channel, p.user, "before")
	next()
	p.OnConnect(discordfake.ConnectFault{Refuse: 503}) // the client comes back a second later
	p.Shard(0).Drop()
	if err := p.AwaitReady(within(t), 0); err != nil {
		t.Fatal(err)
	}
	missed := p.Say(p.channel, p.user, "meanwhile")
	if got := next(); got.ID != missed.ID {
		t.Errorf("message %s, want %s", got.ID, missed.ID)
	}
	if n := len(p.Identifies()); n != 1 || p.Resumes() != 1 {
		t.Errorf("%d Identifies, %d Resumes", n, p.Resumes())
	}
}

func TestTheRealClientReconnectsWhenTold(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	session := p.connect(t)
	next := messages(t, session)
	if n := p.Shard(0).Reconnect(); n != 1 {
		t.Fatalf("%d sessions were told", n)
	}
	if err := p.AwaitReady(within(t), 0); err != nil {
		t.Fatal(err)
	}
	said := p.Say(p.channel, p.user, "meanwhile")
	if got := next(); got.ID != said.ID {
		t.Errorf("message %s, want %s", got.ID, said.ID)
	}
}

func TestTheRealClientIdentifiesAgain(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{IdentifyWindow: time.Nanosecond})
	session := p.connect(t)
	next := messages(t, session)
	p.Shard(0).Invalidate(false)
	if err := p.AwaitReady(within(t), 1); err != nil {
		t.Fatal(err)
	}
	said := p.Say(p.channel, p.user, "afterwards")
	if got := next(); got.ID != said.ID {
		t.Errorf("message %s, want %s", got.ID, said.ID)
	}
	if n := len(p.Identifies()); n != 2 || p.Resumes() != 0 {
		t.Errorf("%d Identifies, %d Resumes", n, p.Resumes())
	}
}

func TestTheRealClientComesBackAfterFaults(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]func(discordfake.Shard) int{
		"closed with 4000": func(s discordfake.Shard) int { return s.Close(4000) },
		"cut":              discordfake.Shard.Drop,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, discordfake.Options{})
			session := p.connect(t)
			next := messages(t, session)
			p.OnConnect(discordfake.ConnectFault{Drop: true}) // the first way back is blocked
			if n := harm(p.Shard(0)); n != 1 {
				t.Fatalf("%d sessions", n)
			}
			if err := p.AwaitReady(within(t), 0); err != nil {
				t.Fatal(err)
			}
			said := p.Say(p.channel, p.user, "meanwhile")
			if got := next(); got.ID != said.ID {
				t.Errorf("message %s, want %s", got.ID, said.ID)
			}
		})
	}
}

func TestShardsGetTheirGuilds(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{MaxConcurrency: 2, Shards: 2})
	other := p.AddGuild(discordfake.Guild{Name: "Lviv"})
	channels := []string{p.channel, p.AddChannel(discordfake.Channel{GuildID: other, Name: "facts"})}
	var next [2]func() *discordgo.MessageCreate
	for shard := range next {
		session := p.connect(t, func(s *discordgo.Session) { s.ShardID, s.ShardCount = shard, 2 })
		next[shard] = messages(t, session)
	}
	for i, guild := range []string{p.guild, other} {
		said := p.Say(channels[i], p.user, "here")
		if got := next[discordfake.ShardOf(guild, 2)](); got.ID != said.ID {
			t.Errorf("guild %d: message %s, want %s", i, got.ID, said.ID)
		}
	}
	said := p.Say(p.OpenDM(p.user), p.user, "direct")
	if got := next[0](); got.ID != said.ID {
		t.Errorf("a direct message went elsewhere: %s, want %s", got.ID, said.ID)
	}
	if a, b := discordfake.ShardOf(p.guild, 2), discordfake.ShardOf(other, 2); a == b {
		t.Errorf("both guilds are on shard %d", a)
	}
}

func TestGuildsComeAndGo(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordfake.Options{})
	type change struct {
		Name        string
		Unavailable bool
	}
	changes := make(chan change, 10)
	p.connect(t, func(session *discordgo.Session) {
		session.AddHandler(func(_ *discordgo.Session, g *discordgo.GuildCreate) { changes <- change{"+" + g.ID, false} })
		session.AddHandler(func(_ *discordgo.Session, g *discordgo.GuildDelete) {
			changes <- change{"-" + g.ID, g.Unavailable}
		})
	})
	other := p.AddGuild(discordfake.Guild{Name: "Lviv"})
	p.SetAvailable(other, false)
	p.SetAvailable(other, true)
	p.RemoveGuild(other)
	var got []change
	for range 5 {
		got = append(got, <-changes)
	}
	want := []change{{"+" + p.guild, false}, {"+" + other, false}, {"-" + other, true}, {"+" + other, false}, {"-" + other, false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
