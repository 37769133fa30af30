package answer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/answer"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

func writers(t testing.TB) map[string]answer.Writer {
	t.Helper()
	out, err := answer.Writers(embedded(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != len(lexicon.Languages) {
		t.Fatalf("%d writers", len(out))
	}
	return out
}

// killed is a claim with a sentence in each language.
func killed(speaker, standing string) knowledge.Claim {
	return knowledge.Claim{
		ID: "killed", Kind: knowledge.KindFigure, Text: "About 55,000 Ukrainian soldiers have been killed.",
		Translations: map[string]string{"uk": "Загинули близько 55 000 українських військових.", "ru": "Погибли около 55 000 украинских военных."},
		Figure:       knowledge.Figure{Best: new(55000.0), Qualifier: knowledge.About, Unit: "persons"},
		Scope:        knowledge.Scope{Party: "ukraine", Group: "soldiers", Metric: "killed"},
		Attribution:  knowledge.Attribution{Speaker: speaker, Standing: standing},
	}
}

// A sentence that can be quoted alone says by whom it is, and whether that is a party.
func TestQuotable(t *testing.T) {
	t.Parallel()
	all := writers(t)
	named := killed("zelenskyy", "party")
	named.Text, named.Translations = "Zelenskyy says that about 55,000 soldiers have been killed.", nil
	for _, test := range []struct {
		name, lang string
		claim      knowledge.Claim
		want       string
	}{
		{"a party", "en", killed("zelenskyy", "party"), "About 55,000 Ukrainian soldiers have been killed, says Volodymyr Zelenskyy, President of Ukraine (a party to the war)."},
		{"a party", "uk", killed("zelenskyy", "party"), "Загинули близько 55 000 українських військових, каже Володимир Зеленський, президент України (сторона війни)."},
		{"a party", "ru", killed("zelenskyy", "party"), "Погибли около 55 000 украинских военных, говорит Владимир Зеленский, президент Украины (сторона войны)."},
		{"a body", "en", killed("un", "un"), "About 55,000 Ukrainian soldiers have been killed, says the UN."},
		{"nobody", "en", killed("", "unattributed"), "About 55,000 Ukrainian soldiers have been killed (nobody is named as the author)."},
		{"nobody", "uk", killed("", "unattributed"), "Загинули близько 55 000 українських військових (автора не названо)."},
		{"a name that the lexicon doesn't know", "en", killed("A. Nonym", "research"), "About 55,000 Ukrainian soldiers have been killed, says A. Nonym."},
		{"named in the sentence", "en", named, "Zelenskyy says that about 55,000 soldiers have been killed (Volodymyr Zelenskyy: a party to the war)."},
		{"in another language", "uk", named, "«Zelenskyy says that about 55,000 soldiers have been killed» (мовою оригіналу: англійська) (Володимир Зеленський: сторона війни)."},
	} {
		if diff := cmp.Diff(test.want, all[test.lang].Quotable(test.claim)); diff != "" {
			t.Errorf("%s in %s (-want +got):\n%s", test.name, test.lang, diff)
		}
	}
}

// Every block of a claim carries its id, and its numbers stand in parts that the guard can trace.
func TestClaimBlocks(t *testing.T) {
	t.Parallel()
	c := killed("zelenskyy", "party")
	c.Scope.Period = period(t, "2025", "2025")
	c.Attribution.Method, c.Attribution.SaidOn, c.Attribution.Venue = "official_statement", date(t, "2026-02-04"), "France TV"
	c.Caveats = []knowledge.Caveat{{Code: "partys_own_figure"}}
	c.Sources = []knowledge.Source{{Publisher: "Agency", Title: "Report 7", URL: "https://example.org/7", PublishedOn: date(t, "2026-02"), Quote: "about 55,000"}}
	for lang, w := range writers(t) {
		blocks := w.Claim(c, chat.RoleLead, false)
		roles := map[chat.Role]int{}
		for _, b := range blocks {
			roles[b.Role]++
			if b.ClaimID != c.ID {
				t.Errorf("%s: a %s block of claim %q", lang, b.Role, b.ClaimID)
			}
			for _, p := range b.Parts {
				if p.Kind == chat.Own && strings.ContainsAny(p.Text, "0123456789") || p.Kind == chat.Sourced && p.ClaimID != c.ID {
					t.Errorf("%s: a part in nobody's words: %+v", lang, p)
				}
			}
		}
		want := map[chat.Role]int{chat.RoleLead: 1, chat.RoleCounts: 1, chat.RoleCaveat: 1, chat.RoleSaid: 1, chat.RoleSource: 1}
		if diff := cmp.Diff(want, roles); diff != "" {
			t.Errorf("%s: blocks (-want +got):\n%s", lang, diff)
		}
	}
}

func TestBlocksInThreeLanguages(t *testing.T) {
	t.Parallel()
	all := writers(t)
	c := killed("zelenskyy", "party")
	c.Attribution.Method = "official_statement"
	c.Scope.Period = knowledge.Period{Cumulative: true}
	c.Sources = []knowledge.Source{{Title: "An article"}}
	for lang, want := range map[string][]string{
		"en": {"soldiers · killed · Ukraine · so far, no dates given", "Volodymyr Zelenskyy, President of Ukraine · a party to the war · official statement · date not known", "An article · undated"},
		"uk": {"військові · загиблі · Україна · досі, дат не вказано", "Володимир Зеленський, президент України · сторона війни · офіційна заява · дата невідома", "An article · без дати"},
		"ru": {"военные · погибшие · Украина · до сих пор, дат не указано", "Владимир Зеленский, президент Украины · сторона войны · официальное заявление · дата неизвестна", "An article · без даты"},
	} {
		var got []string
		for _, b := range all[lang].Claim(c, chat.RoleLead, false)[1:] {
			got = append(got, b.Text())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}

// What was typed is shown in quotation marks, and does nothing.
func TestWroteIsHarmless(t *testing.T) {
	t.Parallel()
	for lang, w := range writers(t) {
		got := w.Wrote("<@U1> @everyone `x` **b** ~s~ ||h|| [a](https://x.org) \\ <!here> <https://x.org|y>\nz")
		if got.Kind != chat.Wrote || strings.ContainsAny(got.Text, "@`<>[]*|~\\\n") || strings.Contains(got.Text, "://") {
			t.Errorf("%s: %+v", lang, got)
		}
	}
}

func TestFooter(t *testing.T) {
	t.Parallel()
	for lang, w := range writers(t) {
		for _, reach := range []knowledge.Reach{{}, {Reviewed: date(t, "2026-11-01")}, {Reviewed: date(t, "2026-11-01"), AsOf: date(t, "2026-10"), Stale: true}} {
			if says := strings.Contains(w.Footer(reach).Text(), " — "); says != reach.Stale {
				t.Errorf("%s: %+v: %s", lang, reach, w.Footer(reach).Text())
			}
			dated := 0
			for _, p := range w.Footer(reach).Parts {
				if p.Kind == chat.Furniture {
					dated++
				} else if strings.ContainsAny(p.Text, "0123456789") {
					t.Errorf("%s: a date in our own words: %s", lang, p.Text)
				}
			}
			if want := len(strings.Fields(reach.AsOf.String() + " " + reach.Reviewed.String())); dated != want {
				t.Errorf("%s: %d dates of %+v", lang, dated, reach)
			}
		}
	}
}
