package discord

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
)

// seen returns those of some rooms that an interaction's person is said to see.
func (r *rig) seen(t *testing.T, who string, roles []string, rooms map[string]string) []string {
	t.Helper()
	in := interaction{GuildID: r.guild, ChannelID: r.channel, Member: &member{User: &user{ID: who}, Roles: roles}}
	names := map[chat.Address]string{place{r.guild, r.channel}.address(): "there", place{"2", rooms["open"]}.address(): "elsewhere", "slack:T1/C1": "on Slack"}
	for name, id := range rooms {
		names[place{r.guild, id}.address()] = name
	}
	got, err := r.adapter.sees(&in)(t.Context(), slices.Collect(maps.Keys(names)))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, address := range got {
		out = append(out, names[address])
	}
	slices.Sort(out)
	return out
}

// TestSees computes which channels somebody can see, from roles and overwrites as Discord lists them.
func TestSees(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	const view, admin = discordgo.PermissionViewChannel, discordgo.PermissionAdministrator
	editors := r.discord.AddRole(r.guild, discordfake.Role{Name: "editors"})
	muted := r.discord.AddRole(r.guild, discordfake.Role{Name: "muted"})
	chiefs := r.discord.AddRole(r.guild, discordfake.Role{Name: "chiefs", Permissions: admin})
	taras := r.discord.AddUser(discordfake.User{Username: "taras"})
	room := func(parent string, kind int, overwrites ...discordfake.Overwrite) string {
		return r.discord.AddChannel(discordfake.Channel{GuildID: r.guild, ParentID: parent, Type: kind, Overwrites: overwrites})
	}
	everybody := func(allow, deny int64) discordfake.Overwrite {
		return discordfake.Overwrite{ID: r.guild, Allow: allow, Deny: deny}
	}
	role := func(id string, allow, deny int64) discordfake.Overwrite {
		return discordfake.Overwrite{ID: id, Allow: allow, Deny: deny}
	}
	one := func(id string, allow, deny int64) discordfake.Overwrite {
		return discordfake.Overwrite{ID: id, Member: true, Allow: allow, Deny: deny}
	}
	rooms := map[string]string{
		"open":                   room("", discordfake.TextChannel),
		"for editors":            room("", discordfake.TextChannel, everybody(0, view), role(editors, view, 0)),
		"not for the muted":      room("", discordfake.TextChannel, role(muted, 0, view)),
		"a role allows":          room("", discordfake.TextChannel, role(muted, 0, view), role(editors, view, 0)),
		"for olena":              room("", discordfake.TextChannel, everybody(0, view), one(r.olena, view, 0)),
		"not for olena":          room("", discordfake.TextChannel, role(editors, view, 0), one(r.olena, 0, view)),
		"a member of that id":    room("", discordfake.TextChannel, everybody(0, view), one(editors, view, 0)),
		"gone":                   "99",
		"not a channel's number": "x",
	}
	rooms["a thread of open"] = room(rooms["open"], discordfake.PublicThread)
	rooms["a thread for editors"] = room(rooms["for editors"], discordfake.PublicThread)
	rooms["a private thread"] = room(rooms["open"], discordfake.PrivateThread)
	public := []string{"open", "not for the muted", "a role allows", "not for olena", "a thread of open"}
	for name, test := range map[string]struct {
		who   string
		roles []string
		want  []string
	}{
		"nobody in particular": {taras, nil, public},
		"a person":             {r.olena, nil, []string{"open", "not for the muted", "a role allows", "for olena", "a thread of open"}},
		"an editor":            {taras, []string{editors}, append([]string{"for editors", "a thread for editors"}, public...)},
		"somebody muted":       {taras, []string{muted}, []string{"open", "not for olena", "a thread of open"}},
		"a muted editor":       {taras, []string{muted, editors}, []string{"open", "for editors", "a role allows", "not for olena", "a thread of open", "a thread for editors"}},
		"an administrator":     {taras, []string{chiefs}, append([]string{"for editors", "for olena", "a member of that id", "a thread for editors"}, public...)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := slices.Sorted(slices.Values(slices.Concat(test.want, []string{"there"})))
			if diff := cmp.Diff(want, r.seen(t, test.who, test.roles, rooms)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestSeesNothingElsewhere: in a direct conversation there is no place to see, and what Discord doesn't tell isn't guessed.
func TestSeesNothingElsewhere(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	if sees := r.adapter.sees(&interaction{ChannelID: "5", User: &user{ID: r.olena}}); sees != nil {
		t.Error("something can be seen")
	}
	in := interaction{GuildID: r.guild, ChannelID: r.channel, Member: &member{User: &user{ID: r.olena}}}
	other := []chat.Address{place{r.guild, "77"}.address()}
	r.discord.Inject(discordfake.Fault{Match: discordfake.Route("GET", "/guilds/*/roles"), Times: 1, Status: 500})
	if got, err := r.adapter.sees(&in)(t.Context(), other); err == nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := r.adapter.sees(&in)(t.Context(), other); err != nil || len(got) != 0 {
		t.Errorf("after it: %v, %v", got, err)
	}
}

// TestManyThreads: one server's threads that aren't looked up any more are no other's, and it is logged without a name.
func TestManyThreads(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	of := func(guild string) *interaction {
		return &interaction{GuildID: guild, ChannelID: r.channel, Member: &member{User: &user{ID: r.olena}}}
	}
	var gone []chat.Address
	for i := range mostAtOne + 5 {
		gone = append(gone, place{r.guild, strconv.Itoa(100 + i)}.address())
	}
	_, err := r.adapter.sees(of(r.guild))(t.Context(), gone)
	r.ok(err)
	if n := len(r.discord.Requests("GET /channels/{channel}")); n != mostAtOne {
		t.Errorf("%d look-ups", n)
	}
	const says = "too many threads"
	if log := r.log.String(); strings.Count(log, says) != 1 || strings.Contains(log, r.guild) {
		t.Errorf("the log says %s", log)
	}
	lviv := r.discord.AddGuild(discordfake.Guild{Name: "Lviv"})
	open := r.discord.AddChannel(discordfake.Channel{GuildID: lviv})
	thread := place{lviv, r.discord.AddChannel(discordfake.Channel{GuildID: lviv, ParentID: open, Type: discordfake.PublicThread})}.address()
	if got, err := r.adapter.sees(of(lviv))(t.Context(), []chat.Address{thread}); err != nil || len(got) != 1 {
		t.Errorf("of another server: %v, %v", got, err)
	}
}
