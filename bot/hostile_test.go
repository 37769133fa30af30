package bot

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// live finds what a platform would act on: mentions, links, markup that hides, recolours or frames text.
var live = regexp.MustCompile("[@＠][\\p{L}!&#<(\\[]|<[@#!:/A-Za-z]|://|\\]\\(|`|\\|\\||~~|\\*\\*|discord\\.gg/")

// markup is what no platform may find in the asker's words: markup of any kind, and hosts that become links.
var markup = regexp.MustCompile("[@`<>*|~\\\\#_\\[\\]]|[\\p{L}\\d]\\.\\p{L}{2}")

// harmful says what in a reply could ping, link, recolour or hide. The words of a source's link are left out: they are
// the base's own (see TestLinkShowsItsHost).
func harmful(r chat.Reply) string {
	for _, b := range r.Blocks {
		words := b.Label + "\n" + lines(chat.Reply{Blocks: []chat.Block{b}}, func(p chat.Part) bool { return p.URL == "" })
		if strings.ContainsAny(words, "@＠<`|~*/]") && live.MatchString(words) {
			return live.FindString(words) + " in: " + words
		}
		for _, c := range b.Label + b.Text() {
			if c != '\n' && unicode.In(c, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
				return "a character that can't be seen in: " + strings.ToValidUTF8(words, "?")
			}
		}
		if !utf8.ValidString(b.Text()) || strings.ContainsRune(b.Text(), '\n') {
			return "a line break or broken bytes in: " + words
		}
		for _, p := range b.Parts {
			if p.Kind == chat.Wrote && (p.URL != "" || markup.MatchString(p.Text)) {
				return "a link or markup in what the asker wrote: " + p.URL + p.Text
			}
		}
	}
	return ""
}

// calm holds what every reply has to have, whatever was typed.
func calm(t fataler, r chat.Reply, text string) {
	t.Helper()
	switch found := harmful(r); {
	case len(r.Blocks) == 0 || r.Blocks[0].Role != chat.RoleLead || strings.TrimSpace(r.Blocks[0].Text()) == "":
		t.Fatalf("%.200q: a reply without a first line", text)
	case found != "":
		t.Fatalf("%.200q: the reply echoes %q", text, found)
	}
	for i, b := range r.Blocks {
		for _, p := range b.Parts {
			if p.Kind == chat.Wrote && (i == 0 || b.Role != chat.RoleWrote && b.Role != chat.RoleFinding) {
				t.Fatalf("%.200q: the asker's words stand in block %d (%s)", text, i, b.Role)
			}
		}
	}
	if found := loose(r, unquoted(r), ""); len(found) > 0 {
		t.Fatalf("%.200q: numbers without a source: %q in\n%s", text, found, plain(r))
	}
}

// attacks are texts that could do harm where they were echoed, each around an assertion that is judged, and so
// quoted.
var attacks = map[string]string{
	"everyone": "@everyone ", "here": "@here ", "user": "<@123456789012345678> ", "role": "<@&1234> ", "channel": "<#1234> ",
	"slack channel": "<!channel> ", "slack user": "<@U012AB3CD> ", "slack link": "<https://evil.example|here> ", "slack subteam": "<!subteam^S1> ",
	"full width": "＠everyone ＜@123＞ ", "zero width": "@\u200beveryone <\u200b@123> ", "small at": "﹫everyone ",
	"link": "https://evil.example/55000 ", "masked link": "[the UN](https://evil.example) ", "masked, blank": "[x](http://evil.example) ",
	"broken link": "http:*//evil.example ", "broken twice": "http:`/`/evil.example ", "link of zero widths": "http:\u200b//evil.example ",
	"links of markup": "http:_//evil.example http:~//evil.example http:|//evil.example ", "bare host": "evil.example www.evil.example/55000 ",
	"punctuated links": "::////evil.example h\u00adttp://evil.example ", "bracket link": "http:<//evil.example ", "nested": "<<@123> @everyone> ", "invite": "discord.gg/abcdef ", "script": "<script>alert(1)</script> ",
	"html": "<b>bold</b> <img src=x onerror=alert(1)> ", "code": "`rm -rf` ```ansi\n\x1b[31mred\x1b[0m``` ", "escape": "\x1b]0;title\x07\x1b[2J ",
	"spoiler": "||hidden|| ", "bold": "**bold** __under__ ~~gone~~ ", "heading": "# big\n> quote\n- list\n", "override": "\u202e\u2066right to left\u2069 ",
	"tags": "\U000e0041\U000e0042 ", "line separator": "a\u2028b\u2029c ", "carriage return": "a\r\nb\r", "null": "a\x00b ", "backslash": "\\@everyone \\<@1> ",
	"javascript": "javascript:alert(1) ", "broken utf-8": "a\xff\xfeb ", "email": "admin@evil.example ", "date markup": "<t:1618953630:R> ", "emoji markup": "<a:party:123> :tada: ",
}

func TestNothingHarmfulIsEchoed(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for name, attack := range attacks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, text := range []string{
				attack, attack + "The UN says 55,000 Ukrainian soldiers were killed", "55,000 Ukrainian soldiers " + attack + " were killed",
				"100,000 Ukrainian soldiers were killed" + attack, "How many Ukrainian soldiers were killed, and how many tanks " + attack + " were lost?",
				"How many tanks " + attack + " did Russia lose, and how many civilians were killed?", attack + "У 2025 році загинули 3 000 цивільних",
			} {
				for _, r := range []chat.Reply{asks(t, b, text), checks(t, b, text)} {
					calm(t, r, text)
				}
			}
		})
	}
}

// TestStress asks and checks 800 texts of words that mean something, numbers and noise.
func TestStress(t *testing.T) {
	t.Parallel()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	b, words := seedBot(t), vocabulary(lex)
	rapid.Check(t, func(t *rapid.T) {
		for _, text := range rapid.SliceOfN(noisy(words), 8, 8).Draw(t, "texts") {
			for _, command := range []chat.Command{chat.CommandAsk, chat.CommandCheck} {
				req := chat.Request{Command: command, Text: text, Now: today}
				r, err := b.reply(context.Background(), req)
				if err != nil {
					t.Fatalf("%s %q: %v", command, text, err)
				}
				if err := guard.Check(r); err != nil {
					t.Fatalf("%s %q: %v", command, text, err)
				}
				calm(t, r, text)
			}
		}
	})
}

// vocabulary is every plain word of the lexicon, and every label.
func vocabulary(lex *lexicon.Lexicon) []string {
	var out []string
	for _, class := range []lexicon.Class{
		lexicon.Party, lexicon.Group, lexicon.Metric, lexicon.Claimant, lexicon.Place, lexicon.Event, lexicon.Topic,
		lexicon.Function, lexicon.Numeral, lexicon.Magnitude, lexicon.Month, lexicon.Light,
	} {
		for _, c := range lex.Of(class) {
			for _, lang := range lexicon.Languages {
				for phrase := range strings.SplitSeq(c.Words[lang]+","+c.Against[lang], ",") {
					if phrase = strings.TrimSpace(strings.NewReplacer("*", "", "=", "", "...", " ", "|", " ").Replace(phrase)); phrase != "" {
						out = append(out, phrase)
					}
				}
			}
		}
	}
	return out
}

// noisy makes texts of a vocabulary, numbers in every form, and what breaks readers.
func noisy(words []string) *rapid.Generator[string] {
	token := rapid.OneOf(
		rapid.SampledFrom(words), rapid.SampledFrom(words), rapid.SampledFrom(words),
		rapid.SampledFrom([]string{"55,000", "420000", "2,514", "12 142", "55k", "0.42 million", "2025", "2024", "5S,000", "٥٥٬٠٠٠", "５５，０００", "fifty-five thousand", "пів мільйона", "1/2", "50-60 тыс.", "½", "1e9", "Ⅻ", "1,234,5678"}),
		rapid.SampledFrom([]string{"and", ",", ";", ".", "?", "та", "и", "не", "not", "—", "(", ")", "“", "”", "\n", "\t", "\u200b", "\u202e", "@", "<@1>", "http://x.example", "`", "*", "||", "🔥", "\x00", "\xff"}),
		rapid.StringN(0, 6, 12),
	)
	return rapid.Map(rapid.SliceOfN(token, 0, 14), func(tokens []string) string { return strings.Join(tokens, " ") })
}
