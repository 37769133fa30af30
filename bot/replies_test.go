package bot

import (
	"testing"

	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
)

// TestReplies holds whole replies as they read. A golden that changes is a change of the product: read it as one.
func TestReplies(t *testing.T) {
	t.Parallel()
	b := seedBot(t)
	for _, tc := range []struct {
		name    string
		command chat.Command
		lang    string
		text    string
	}{
		{"answered-en", chat.CommandAsk, "", "How many Ukrainian soldiers have been killed?"},
		{"answered-uk", chat.CommandAsk, "", "Скільки цивільних загинуло в Україні у 2025 році?"},
		{"answered-ru", chat.CommandAsk, "", "Сколько украинских военных погибло?"},
		{"answered-position-uk", chat.CommandAsk, "", "Чи продуктивні переговори?"},
		{"answered-several-en", chat.CommandAsk, "", "What are the contested issues?"},
		{"related-metric-en", chat.CommandAsk, "", "How many Russian soldiers were killed in 2025?"},
		{"related-metric-ru", chat.CommandAsk, "", "Сколько российских солдат погибло в 2025 году?"},
		{"related-group-en", chat.CommandAsk, "", "How many children were killed in Ukraine in 2025?"},
		{"related-party-uk", chat.CommandAsk, "", "Скільки російських цивільних загинуло у 2025 році?"},
		{"related-period-en", chat.CommandAsk, "", "How many civilians were killed in Ukraine in 2024?"},
		{"related-place-ru", chat.CommandAsk, "", "Сколько мирных жителей погибло в Харькове в 2025 году?"},
		{"related-attribution-en", chat.CommandAsk, "", "According to the UN, how many Ukrainian soldiers have been killed?"},
		{"unsourced-en", chat.CommandAsk, "", "How many tanks has Russia lost?"},
		{"unsourced-uk", chat.CommandAsk, "", "Скільки танків втратила Росія?"},
		{"compound-unanswered-en", chat.CommandAsk, "", "How many Ukrainian soldiers have been killed, and how many tanks has Russia lost?"},
		{"compound-unanswered-uk", chat.CommandAsk, "", "Скільки цивільних загинуло у 2025 році і скільки танків втратила Росія?"},
		{"compute-en", chat.CommandAsk, "", "What is 55,000 plus 420,000?"},
		{"compute-ru", chat.CommandAsk, "", "Во сколько раз потери России больше потерь Украины?"},
		{"too-long-uk", chat.CommandAsk, "uk", string(make([]byte, 1<<20))},
		{"nothing-ru", chat.CommandAsk, "ru", "🔥"},
		{"check-matches-uk", chat.CommandCheck, "", "За даними ООН, у 2025 році в Україні загинули 2514 цивільних."},
		{"check-differs-en", chat.CommandCheck, "", "100,000 Ukrainian soldiers have been killed."},
		{"check-mixed-up-ru", chat.CommandCheck, "", "В 2025 году погибли почти 420 тысяч российских солдат."},
		{"check-unsourced-en", chat.CommandCheck, "", "Russia has lost 11,000 tanks."},
		{"check-several-en", chat.CommandCheck, "", "The UN says 55,000 Ukrainian soldiers were killed, and 2,514 civilians died in 2025."},
		{"check-several-uk", chat.CommandCheck, "", "Умєров назвав переговори продуктивними, загинуло 100 тисяч українських військових, а Росія втратила 11 000 танків."},
		{"status-en", chat.CommandStatus, "en", ""},
		{"status-ru", chat.CommandStatus, "ru", ""},
		{"help-en", chat.CommandHelp, "en", ""},
		{"help-uk", chat.CommandAsk, "", "Привіт! Що ти вмієш?"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := handle(t, b, chat.Request{Command: tc.command, Lang: tc.lang, Text: tc.text})
			calm(t, r, tc.text)
			golden.Assert(t, sheet(r), "replies/"+tc.name+".golden")
		})
	}
}

// TestRepliesWithRivals: claims of one scope stand side by side, each with its basis and standing.
func TestRepliesWithRivals(t *testing.T) {
	t.Parallel()
	ministry := studied("russia-killed-ministry", 0, 0)
	ministry.Text = "More than 250,000 Russian soldiers have been killed."
	ministry.Figure = knowledge.Figure{Low: new(250000.0), Qualifier: knowledge.MoreThan, Unit: "persons"}
	ministry.Attribution = knowledge.Attribution{Speaker: "mod_ukraine", Standing: "opposing_party", Method: "official_statement"}
	ministry.Sources = []knowledge.Source{{Publisher: "A newspaper", URL: "https://example.org/briefing", Lang: "uk"}}
	ministry.Translations = map[string]string{
		"uk": "Загинули понад 250\u00a0000 російських військових.", "ru": "Погибли более 250\u00a0000 российских военных.",
	}
	ministry.Caveats = []knowledge.Caveat{{Code: "partys_own_figure"}, {Code: "undated"}}
	b := seedBotAnd(t, studied("russia-killed-study", 275000, 325000), ministry)
	for lang, text := range map[string]string{
		"en": "How many Russian soldiers have been killed?", "uk": "Скільки російських військових загинуло?", "ru": "Сколько российских военных погибло?",
	} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			r := asks(t, b, text)
			calm(t, r, text)
			golden.Assert(t, sheet(r), "replies/rivals-"+lang+".golden")
		})
	}
}

// TestLinkShowsItsHost: a source that has nothing but an address is shown by its bare host.
func TestLinkShowsItsHost(t *testing.T) {
	t.Parallel()
	c := studied("russia-killed-study", 275000, 325000)
	c.Sources = []knowledge.Source{{URL: "https://user@example.org/2026/02/04/toll-987654?id=1"}}
	r := asks(t, seedBotAnd(t, c), "How many Russian soldiers have been killed?")
	for _, b := range r.Blocks {
		for _, p := range b.Parts {
			if p.URL != "" && p.Text != "example.org" {
				t.Errorf("the link to %s reads %q", p.URL, p.Text)
			}
		}
	}
}

// TestReplyOfTheRefusal: what goes out where the guard stopped a reply.
func TestReplyOfTheRefusal(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "uk", "ru"} {
		golden.Assert(t, sheet(seedBot(t).writer(lang).Refusal()), "replies/refusal-"+lang+".golden")
	}
}

// sheet is a reply as a golden keeps it: outcome and language, then a line for each block under its role.
func sheet(r chat.Reply) string {
	out := "# " + string(r.Outcome) + " " + r.Lang + "\n"
	for _, b := range r.Blocks {
		out += string(b.Role) + "\t" + lines(chat.Reply{Blocks: []chat.Block{b}}, func(chat.Part) bool { return true })
	}
	return out
}
