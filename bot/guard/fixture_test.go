package guard

import (
	"errors"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"pgregory.net/rapid"
)

func date(t rapid.TB, s string) knowledge.Date {
	t.Helper()
	d, err := knowledge.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// killed, wounded and talks are the claims that the tests' reply shows.
func killed(t rapid.TB) knowledge.Claim {
	t.Helper()
	return knowledge.Claim{
		ID: "soldiers-killed", Kind: knowledge.KindFigure,
		Text: "Approximately 55,000 Ukrainian soldiers have been killed.",
		Translations: map[string]string{
			"uk": "Загинуло приблизно 55 000 українських військових.",
			"ru": "Погибло примерно 55 000 украинских солдат.",
		},
		Figure: knowledge.Figure{Best: new(55000.0), Qualifier: knowledge.About, Unit: "persons"},
		Attribution: knowledge.Attribution{
			Speaker: "zelenskyy", Office: "President of Ukraine, sixth in office", SaidOn: date(t, "2026-02-04"),
			Venue: "France 2",
		},
		Sources: []knowledge.Source{{
			Publisher: "Reuters", Title: "The toll after 4 years", URL: "https://example.org/2026/02/04/toll-9000",
			ArchiveURL: "http://archive.example/1234", PublishedOn: date(t, "2026-02-05"), Quote: "approximately 55,000 Ukrainian soldiers",
		}},
		Caveats: []knowledge.Caveat{{Code: "party_own_figure", Text: map[string]string{"en": "Of 2 parties, it is one's own figure."}}},
		Aliases: []string{"700,000 by some"},
	}
}

func wounded(t rapid.TB) knowledge.Claim {
	t.Helper()
	return knowledge.Claim{
		ID: "killed-or-wounded", Kind: knowledge.KindFigure,
		Text:   "100–140 тис. were killed or wounded in 2025; hundreds of thousands fled, 1/3 of them in spring.",
		Figure: knowledge.Figure{Low: new(100000.0), High: new(140000.0), Qualifier: knowledge.Range},
		Scope: knowledge.Scope{Period: knowledge.Period{
			From: date(t, "2025-01-01"), To: date(t, "2025-12-31"),
		}},
		Sources: []knowledge.Source{{Title: "Study", URL: "https://example.org/study"}},
	}
}

func talks(t rapid.TB) knowledge.Claim {
	t.Helper()
	return knowledge.Claim{
		ID: "talks", Kind: knowledge.KindStatement, Text: "He called the twenty-point plan “productive”, fifty-five thousand pages long.",
		Sources: []knowledge.Source{{Publisher: "The article", URL: "HTTPS://example.org/talks"}},
	}
}

func own(s string) chat.Part       { return chat.Part{Kind: chat.Own, Text: s} }
func furniture(s string) chat.Part { return chat.Part{Kind: chat.Furniture, Text: s} }
func wrote(s string) chat.Part     { return chat.Part{Kind: chat.Wrote, Text: s} }
func sourced(id, s string) chat.Part {
	return chat.Part{Kind: chat.Sourced, ClaimID: id, Text: s}
}

func link(id, s, url string) chat.Part {
	return chat.Part{Kind: chat.Sourced, ClaimID: id, Text: s, URL: url}
}

func block(role chat.Role, id string, parts ...chat.Part) chat.Block {
	return chat.Block{Role: role, ClaimID: id, Parts: parts}
}

// answer is a reply that passes, as long as a long one: three claims, a dozen blocks.
func answer(t rapid.TB) chat.Reply {
	t.Helper()
	k, w, n := killed(t), wounded(t), talks(t)
	return chat.Reply{
		Lang: "en", Outcome: chat.Answered,
		Shown: []chat.Shown{{Claim: k}, {Claim: w}, {Claim: n}},
		Blocks: []chat.Block{
			block(chat.RoleLead, k.ID, sourced(k.ID, "About 55,000 Ukrainian soldiers have been killed"), own(", says "),
				sourced(k.ID, "Volodymyr Zelenskyy, President of Ukraine"), own(" (a party to the war).")),
			{Role: chat.RoleCounts, ClaimID: k.ID, Label: "counts", Parts: []chat.Part{own("soldiers killed, Ukraine; the war so far, no dates given, one of two sides")}},
			{Role: chat.RoleSaid, ClaimID: k.ID, Label: "said", Parts: []chat.Part{own("on "), sourced(k.ID, "4 February 2026"), own(", "), sourced(k.ID, "France 2")}},
			{Role: chat.RoleSource, ClaimID: k.ID, Label: "source", Parts: []chat.Part{
				link(k.ID, "Reuters, The toll after 4 years", k.Sources[0].URL), own(", "), sourced(k.ID, "2026-02-05"),
				own(" — “"), sourced(k.ID, "approximately 55,000 Ukrainian soldiers"), own("”"),
			}},
			block(chat.RoleCaveat, k.ID, sourced(k.ID, "Of 2 parties, it is one's own figure.")),
			block(chat.RoleClaim, w.ID, sourced(w.ID, "100,000"), own(" to "), sourced(w.ID, "140,000"), own(" killed or wounded, unattributed")),
			{Role: chat.RoleRange, ClaimID: w.ID, Parts: []chat.Part{sourced(w.ID, "100 000–140 000")}},
			{Role: chat.RoleSource, ClaimID: w.ID, Label: "source", Parts: []chat.Part{link(w.ID, "Study", w.Sources[0].URL)}},
			block(chat.RoleClaim, n.ID, sourced(n.ID, n.Text)),
			block(chat.RoleNote, "", own("These count different things, so the first two stand apart.")),
			block(chat.RoleNote, "", furniture("+3 more"), own(" in the base.")),
			block(chat.RoleFooter, "", own("as of "), furniture("2026-03-01"), own(" · last reviewed "), furniture("2026-02-28 09:00")),
		},
	}
}

// refusal is a reply such as bot/answer builds when there is nothing to say.
func refusal() chat.Reply {
	return chat.Reply{
		Lang: "en", Outcome: chat.Unsourced,
		Blocks: []chat.Block{block(chat.RoleLead, "", own("I have no answer that I can stand behind."))},
	}
}

// checking is a reply to a statement: what was written, and a verdict on it.
func checking(t rapid.TB) chat.Reply {
	t.Helper()
	k := killed(t)
	return chat.Reply{
		Lang: "en", Outcome: chat.Checked,
		Findings: []chat.Finding{
			{Quote: "the UN says 70k were killed", Verdict: chat.Differs, Claim: &k},
			{Quote: "a million tanks", Verdict: chat.NoSource},
		},
		Blocks: []chat.Block{
			block(chat.RoleLead, "", own("Two things were said; one differs from its source.")),
			block(chat.RoleWrote, "", wrote("The UN says 70k were killed, and a million tanks")),
			block(chat.RoleFinding, k.ID, furniture("1."), own(" “"), wrote("the UN says 70k were killed"), own("” — differs: "), sourced(k.ID, "55 000")),
			block(chat.RoleFinding, "", furniture("2."), own(" “"), wrote("a million tanks"), own("” — nothing in the base speaks of it.")),
		},
	}
}

// whys returns the reasons for which a reply is refused, with the words in question.
func whys(t rapid.TB, r chat.Reply) []string {
	t.Helper()
	err := Check(r)
	if err == nil {
		return []string{}
	}
	var e *Error
	if !errors.As(err, &e) || len(e.Violations) == 0 {
		t.Fatalf("Check returned %v, which is no *Error with violations", err)
	}
	out := []string{}
	for _, v := range e.Violations {
		out = append(out, v.Why+": "+v.Text)
	}
	return out
}
