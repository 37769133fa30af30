package discord

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
)

// in3 is a wording in each language.
func in3(text string) bot.Text { return bot.Text{"en": text, "uk": text + "-uk", "ru": text + "-ru"} }

// ofAllKinds is a group of one command with options of all kinds, and a command that stands alone.
func ofAllKinds() []bot.Command {
	option := func(id string, kind bot.OptionKind) bot.Option {
		return bot.Option{ID: id, Kind: kind, Name: in3(id), About: in3("about"), Longest: 100}
	}
	choices := option("side", bot.OptionText)
	choices.Choices = []bot.OptionChoice{{Value: "a", Name: in3("first")}, {Value: "b", Name: in3("second")}}
	return []bot.Command{
		{Command: chat.CommandClaimAdd, Group: in3("claim"), Within: in3("claims"), Name: in3("add"), About: in3("about"), Options: []bot.Option{
			option(bot.TextOption, bot.OptionText), choices, option(bot.ClaimOption, bot.OptionSuggest),
			option("who", bot.OptionAccount), option("quiet", bot.OptionFlag),
		}},
		{Command: chat.CommandClaimShow, Group: in3("claim"), Within: in3("claims"), Name: in3("show"), About: in3("about")},
		{Command: chat.CommandSettings, Name: in3("settings"), About: in3("about")},
	}
}

// TestCommandsOfGroups registers commands with options of all kinds, and has nothing to register after that.
func TestCommandsOfGroups(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	app := r.discord.ApplicationID()
	changed, err := r.client.RegisterCommands(t.Context(), app, ofAllKinds())
	r.ok(err)
	if len(changed) == 0 {
		t.Fatal("nothing was registered")
	}
	left, err := r.client.CommandChanges(t.Context(), app, ofAllKinds())
	r.ok(err)
	if len(left) != 0 {
		t.Errorf("registered as they are, and different: %s, %s", left[0].Was, left[0].Is)
	}
	var got []string
	for _, c := range r.discord.Commands("") {
		got = append(got, c.Name)
		for _, sub := range c.Options {
			got = append(got, "  "+sub.Name+" "+sub.NameLocalizations["uk"])
			for _, o := range sub.Options {
				got = append(got, "    "+o.Name+" "+o.DescriptionLocalizations["ru"]+" type "+strconv.Itoa(o.Type)+
					strings.Repeat(" suggests", map[bool]int{true: 1}[o.Autocomplete])+strings.Repeat(" choice", len(o.Choices)))
			}
		}
	}
	want := []string{
		"claim", "  add add-uk", "    text about-ru type 3", "    side about-ru type 3 choice choice", "    claim about-ru type 3 suggests",
		"    who about-ru type 9", "    quiet about-ru type 5", "  show show-uk", "settings",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCommandSizes holds every command within Discord's 8,000 characters in all: names, descriptions and values of choices, each in
// its longest language (https://docs.discord.com/developers/interactions/application-commands).
func TestCommandSizes(t *testing.T) {
	t.Parallel()
	b, err := onStarter()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range wanted(b.Commands()) {
		n := longestOf(c.Name, c.Names) + longestOf(c.About, c.Abouts) + sizeOf(c.Options)
		if n > 8000 {
			t.Errorf("/%s has %d characters", c.Name, n)
		}
		t.Logf("/%s: %d", c.Name, n)
	}
}

func sizeOf(options []commandOption) (n int) {
	for _, o := range options {
		n += longestOf(o.Name, o.Names) + longestOf(o.About, o.Abouts) + sizeOf(o.Options)
		for _, c := range o.Choices {
			n += longestOf(c.Name, c.Names) + utf8.RuneCountInString(c.Value)
		}
	}
	return n
}

func longestOf(text string, others map[string]string) int {
	n := utf8.RuneCountInString(text)
	for _, other := range others {
		n = max(n, utf8.RuneCountInString(other))
	}
	return n
}
