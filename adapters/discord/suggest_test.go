package discord

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/bot/chat"
)

// TestSuggestedChoices takes of what the bot suggests what Discord takes.
func TestSuggestedChoices(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		all  []chat.Choice
		want []suggestion
	}{
		"as they are":     {[]chat.Choice{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}}, []suggestion{{"A", "a"}, {"B", "b"}}},
		"of one name":     {[]chat.Choice{{Value: "a", Label: "A"}, {Value: "b", Label: "A"}}, []suggestion{{"A", "a"}}},
		"of one value":    {[]chat.Choice{{Value: "a", Label: "A"}, {Value: "a", Label: "B"}}, []suggestion{{"A", "a"}}},
		"without words":   {[]chat.Choice{{Value: "a", Label: "\u200b"}, {Value: "", Label: "B"}}, nil},
		"with a long id":  {[]chat.Choice{{Value: strings.Repeat("a", 101), Label: "A"}}, nil},
		"with long words": {[]chat.Choice{{Value: "a", Label: strings.Repeat("word ", 30)}}, []suggestion{{strings.Repeat("word ", 18) + "word…", "a"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []suggestion
			for _, c := range test.all {
				got = suggested(got, c)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestAnySuggestions holds them within Discord's limits, whatever claims are called.
func TestAnySuggestions(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var all []suggestion
		for i := range rapid.IntRange(0, 40).Draw(t, "choices") {
			all = suggested(all, chat.Choice{Value: strconv.Itoa(i), Label: text(t, 12)})
		}
		if len(all) > 25 {
			t.Errorf("%d choices", len(all))
		}
		for _, s := range all {
			if n := utf8.RuneCountInString(s.Name); n < 1 || n > 100 {
				t.Errorf("%q has %d characters", s.Name, n)
			}
		}
	})
}

// TestSuggest answers whoever types with choices, within the time that Discord gives, and beside a full queue.
func TestSuggest(t *testing.T) {
	t.Parallel()
	both(t, rigOptions{}, func(t *testing.T, r *rig) {
		let := r.occupy()
		defer let()
		i := r.discord.Autocomplete(r.channel, r.olena, "claim", discordfake.Sub("show", discordfake.Typing("claim", "kil")))
		a, err := i.Answer(r.soon())
		r.ok(err)
		if a.Type != int(discordgo.InteractionApplicationCommandAutocompleteResult) {
			t.Errorf("%+v", a)
		}
	})
}

// TestTooManyType suggests nothing to whom there are too many of, and keeps nobody else waiting.
func TestTooManyType(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	for i := range mostTyping {
		r.adapter.typing.begin(strconv.Itoa(i))
	}
	if r.adapter.suggest(t.Context(), interaction{}, nil) {
		t.Error("it was taken")
	}
	if n := r.adapter.typing.all; n != mostTyping {
		t.Errorf("%d are typing", n)
	}
}

// TestOneTypesFast looks for suggestions twice at once for one person, suggests nothing to them meanwhile, and something to others.
func TestOneTypesFast(t *testing.T) {
	t.Parallel()
	b, err := adaptertest.Moderated()
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, rigOptions{bot: b})
	taras := r.discord.AddUser(discordfake.User{Username: "taras"})
	for _, who := range []string{r.olena, taras} {
		r.discord.AddMember(r.guild, discordfake.Member{UserID: who, Permissions: discordgo.PermissionManageGuild})
	}
	suggested := func(who string) int {
		t.Helper()
		i := r.discord.Autocomplete(r.channel, who, "claim", discordfake.Sub("show", discordfake.Typing("claim", "civilians-killed-2025-un-hrmmu")))
		a, err := i.Answer(r.soon())
		r.ok(err)
		return len(a.Choices)
	}
	for range mostOfOne {
		if taken, look := r.adapter.typing.begin(r.olena); !taken || !look {
			t.Errorf("taken %t, looked for %t", taken, look)
		}
	}
	if n := suggested(r.olena); n != 0 {
		t.Errorf("%d choices", n)
	}
	if n := suggested(taras); n == 0 {
		t.Error("nobody else is suggested anything")
	}
	r.adapter.typing.end(r.olena)
	r.adapter.typing.end(r.olena)
	if n := suggested(r.olena); n == 0 {
		t.Error("nothing is suggested afterwards")
	}
}
