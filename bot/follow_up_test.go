package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// followUps are the commands about claims that an earlier reply showed.
var followUps = []chat.Command{chat.CommandSources, chat.CommandMethod, chat.CommandQuote, chat.CommandNear, chat.CommandShow}

// kept is a bot on a base that has a past: claims were added, revised, corrected and taken back.
type kept struct {
	*Bot

	t  testing.TB
	on time.Time
}

func newKept(t testing.TB) *kept {
	t.Helper()
	b, err := botOn()
	if err != nil {
		t.Fatal(err)
	}
	return &kept{b, t, time.Date(2026, time.November, 1, 9, 0, 0, 0, time.UTC)}
}

// by is somebody with an account, a day after whoever came before.
func (k *kept) by() knowledge.By {
	k.on = k.on.Add(24 * time.Hour)
	return knowledge.By{Actor: "discord:4815162342", Reason: "because of 108 letters", At: k.on}
}

func (k *kept) add(tenant string, c knowledge.Claim) knowledge.Claim {
	k.t.Helper()
	c.Tenant, c.Revision = tenant, 0
	made, err := k.base.Add(k.t.Context(), k.by(), c)
	if err != nil {
		k.t.Fatal(err)
	}
	return made
}

func (k *kept) revise(c knowledge.Claim) knowledge.Claim {
	k.t.Helper()
	made, err := k.base.Revise(k.t.Context(), k.by(), c)
	if err != nil {
		k.t.Fatal(err)
	}
	return made
}

func (k *kept) retract(key knowledge.Key) {
	k.t.Helper()
	if _, err := k.base.Retract(k.t.Context(), k.by(), key, 0); err != nil {
		k.t.Fatal(err)
	}
}

// about asks about claims; the guard has to let the reply pass.
func (k *kept) about(command chat.Command, tenant, lang string, ids ...string) chat.Reply {
	k.t.Helper()
	r, err := k.Handle(k.t.Context(), chat.Request{Command: command, Tenant: tenant, Lang: lang, Claims: ids, Now: today})
	if err != nil {
		k.t.Fatal(err)
	}
	passes(k.t, k.Bot, r)
	return r
}

// passes holds that a reply isn't the refusal, that the guard lets it out, and that it is calm.
func passes(t fataler, b *Bot, r chat.Reply) {
	t.Helper()
	if plain(r) == plain(b.writer(r.Lang).Refusal()) {
		t.Fatalf("the guard stopped the reply")
	}
	if err := guard.Check(r); err != nil {
		t.Fatalf("%v\n%s", err, plain(r))
	}
	calm(t, r, "")
}

// seedClaim is a claim of the seed article.
func seedClaim(t testing.TB, key string) knowledge.Claim {
	t.Helper()
	all, err := fifteen()
	if err != nil {
		t.Fatal(err)
	}
	return all[slices.IndexFunc(all, func(c knowledge.Claim) bool { return c.ID == keys[key] })]
}

// withPast is the base of the goldens: a figure of a side, revised and reviewed; one that nobody is named for; a study,
// with a copy that was archived, that corrects another.
func withPast(t testing.TB) *kept {
	k := newKept(t)
	c := k.add("", seedClaim(t, "K1"))
	c.Caveats = slices.Clone(c.Caveats)
	c.ReviewedOn = knowledge.Date{Year: 2026, Month: 11, Day: 20}
	k.revise(c)
	k.add("", seedClaim(t, "K3"))
	k.add("", seedClaim(t, "K4"))
	study := studied("russia-killed-study", 275000, 325000)
	k.add("", study)
	study.ID, study.Supersedes, study.DrawsOn = "russia-killed-study-corrected", []string{"russia-killed-study"}, []string{"mediazona", "uk_mod"}
	study.Sources = slices.Clone(study.Sources)
	study.Sources[0].ArchiveURL, study.Sources[0].RetrievedOn = "https://archive.example/2026/study", knowledge.Date{Year: 2026, Month: 2, Day: 3}
	study.Translations = map[string]string{"uk": "Загинуло від 275\u00a0000 до 325\u00a0000 російських військових."}
	k.add("", study)
	return k
}

// TestFollowUps holds whole replies to buttons as they read.
func TestFollowUps(t *testing.T) {
	t.Parallel()
	k := withPast(t)
	claims := []string{keys["K1"], keys["K3"], "russia-killed-study"}
	for _, lang := range lexicon.Languages {
		for _, command := range followUps {
			ids := claims
			if command == chat.CommandShow {
				ids = claims[:1]
			}
			golden.Assert(t, sheet(k.about(command, "", lang, ids...)), "replies/follow-"+string(command)+"-"+lang+".golden")
		}
		golden.Assert(t, sheet(k.about(chat.CommandShow, "", lang, "russia-killed-study")), "replies/follow-show-corrected-"+lang+".golden")
		golden.Assert(t, sheet(k.about(chat.CommandNear, "", lang)), "replies/follow-near-none-"+lang+".golden")
	}
}

// TestFollowUpsOnTheStarterBase: each claim of it, by each button, in each language.
func TestFollowUpsOnTheStarterBase(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	claims, err := b.base.List(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range followUps {
		t.Run(string(command), func(t *testing.T) {
			t.Parallel()
			for _, c := range claims {
				for _, lang := range lexicon.Languages {
					r := handle(t, b, chat.Request{Command: command, Claims: []string{c.ID}, Lang: lang})
					passes(t, b, r)
					if r.Outcome != chat.Answered || r.Shown[0].Claim.ID != c.ID || r.Lang != lang {
						t.Errorf("%s of %s in %s: %s\n%s", command, c.ID, lang, r.Outcome, plain(r))
					}
				}
			}
		})
	}
}

// TestPastedAloneItStaysTrue: what is pasted says the number, whose it is and on which side, what is counted, and when;
// it has no second line, and no mark that a platform would read.
func TestPastedAloneItStaysTrue(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	claims, err := b.base.List(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims {
		for _, lang := range lexicon.Languages {
			w := b.writer(lang)
			r := handle(t, b, chat.Request{Command: chat.CommandQuote, Claims: []string{c.ID}, Lang: lang})
			said := r.Blocks[slices.IndexFunc(r.Blocks, func(b chat.Block) bool { return b.Role == chat.RoleClaim })].Text()
			if strings.ContainsAny(said, "\n\r*_`|<>[]") || !strings.HasSuffix(strings.TrimRight(said, "”»\""), ".") {
				t.Errorf("%s in %s can't be pasted as it is: %q", c.ID, lang, said)
			}
			who := c.Attribution.Speaker
			if s, ok := b.lex.Get(lexicon.Claimant, who); ok {
				who = s.In(lang)
			}
			standing, _ := b.lex.Get(lexicon.Standing, c.Attribution.Standing)
			if !strings.Contains(said, who) || (standing.Is("disputant") || who == "") && !strings.Contains(said, standing.In(lang)) {
				t.Errorf("%s in %s doesn't say whose it is: %q", c.ID, lang, said)
			}
			if on := c.Attribution.SaidOn; !strings.Contains(said, on.String()) || on.IsZero() && !strings.Contains(said, w.Term("said_undated")) && !strings.Contains(said, w.Term("published")) {
				t.Errorf("%s in %s doesn't say when: %q", c.ID, lang, said)
			}
			if c.Scope.Metric == "killed_or_wounded" && !c.Figure.IsZero() && !mentions(b, said, "metric:killed_or_wounded") {
				t.Errorf("%s in %s doesn't say that the wounded are counted, too: %q", c.ID, lang, said)
			}
		}
	}
}

// mentions reports whether a text names a metric, or all that it adds together.
func mentions(b *Bot, text, key string) bool {
	var found []string
	for _, m := range b.lex.Analyze(text).Mentions {
		found = append(found, m.Key())
	}
	return slices.Contains(found, key) || slices.Contains(found, "metric:killed") && slices.Contains(found, "metric:wounded")
}

// TestMethodNamesNoAccount: who changed a claim is told by what they are, and their reasons aren't.
func TestMethodNamesNoAccount(t *testing.T) {
	t.Parallel()
	k := withPast(t)
	own := seedClaim(t, "K5")
	k.add("discord:G1", own)
	shared, tenants := k.about(chat.CommandMethod, "", "en", keys["K1"]), k.about(chat.CommandMethod, "discord:G1", "en", own.ID)
	for _, r := range []chat.Reply{shared, tenants} {
		if text := plain(r); strings.Contains(text, "discord") || strings.Contains(text, "4815162342") || strings.Contains(text, "108") {
			t.Error(text)
		}
	}
	for text, want := range map[string]string{
		plain(shared):  "history: added 2026-11-02 · revised 2026-11-03 · by the base's keepers · last reviewed 2026-11-20\n",
		plain(tenants): "history: added 2026-11-08 · by the keepers of your own claims · last reviewed 2026-11-23\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestLongHistories: the first change and the last ones are told, those between counted, reviews not at all.
func TestLongHistories(t *testing.T) {
	t.Parallel()
	k := newKept(t)
	c := k.add("", seedClaim(t, "K1"))
	for _, caveats := range []int{4, 3, 2, 1, 0, 1} {
		c.Caveats = seedClaim(t, "K1").Caveats[:caveats]
		c = k.revise(c)
	}
	d, err := k.base.Reviewed(t.Context(), "", knowledge.Date{Year: 2026, Month: 11, Day: 22}, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.base.Commit(t.Context(), k.by(), d); err != nil {
		t.Fatal(err)
	}
	k.retract(c.Key())
	back, err := k.base.Stored(t.Context(), c.Key(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	back.Status, back.Reason = "", ""
	k.revise(back)
	const want = "history: added 2026-11-02 · changes in between: 4 · revised 2026-11-07 · revised 2026-11-08 · taken back 2026-11-10 · restored 2026-11-11 · by the base's keepers · last reviewed 2026-11-22\n"
	if got := plain(k.about(chat.CommandMethod, "", "en", c.ID)); !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}

// ids are what a reply shows.
func ids(r chat.Reply) []string {
	out := []string{}
	for _, s := range r.Shown {
		out = append(out, s.Claim.ID)
	}
	return out
}

// TestWhatBecameOfClaims: what was taken back isn't repeated and said to be; what was corrected gives place to what corrects it.
func TestWhatBecameOfClaims(t *testing.T) {
	t.Parallel()
	k := withPast(t)
	k.retract(knowledge.Key{ID: keys["K4"]})
	for _, command := range followUps {
		withdrawn := k.about(command, "", "en", keys["K4"])
		if withdrawn.Outcome != chat.Unsourced || !strings.Contains(withdrawn.Blocks[0].Text(), "taken back") || strings.Contains(plain(withdrawn), "2,514") || len(withdrawn.Offers) > 0 {
			t.Errorf("%s of what was taken back:\n%s", command, plain(withdrawn))
		}
		both := k.about(command, "", "en", keys["K4"], keys["K3"])
		if diff := cmp.Diff([]string{keys["K3"]}, ids(both)); diff != "" || !strings.Contains(plain(both), "taken back") || strings.Contains(plain(both), "2,514") {
			t.Errorf("%s of one that was taken back and another one:\n%s", command, plain(both))
		}
		corrected := k.about(command, "", "en", "russia-killed-study", "russia-killed-study-corrected")
		if diff := cmp.Diff([]string{"russia-killed-study-corrected"}, ids(corrected)); diff != "" || !strings.Contains(plain(corrected), "held a mistake; what corrects it") {
			t.Errorf("%s of what was corrected: %s\n%s", command, diff, plain(corrected))
		}
	}
}

// TestFollowUpsKeepTenantsApart: another tenant's claim is nothing; an own one stands before the shared one of its id.
func TestFollowUpsKeepTenantsApart(t *testing.T) {
	t.Parallel()
	k := newKept(t)
	k.add("", seedClaim(t, "K1"))
	mine, gone := seedClaim(t, "K4"), seedClaim(t, "K5")
	k.add("discord:G1", mine)
	k.add("discord:G1", gone)
	k.retract(knowledge.Key{Tenant: "discord:G1", ID: gone.ID})
	shadow := seedClaim(t, "K1")
	shadow.Text, shadow.Translations = "About 55,000 Ukrainian soldiers have been killed, as we noted ourselves.", nil
	k.add("discord:G1", shadow)
	for _, command := range followUps {
		if r := k.about(command, "discord:G1", "en", mine.ID, shadow.ID); len(r.Shown) < 2 || !strings.Contains(plain(r), "as we noted ourselves") {
			t.Errorf("%s at home:\n%s", command, plain(r))
		}
		for _, tenant := range []string{"", "discord:G2"} {
			r := k.about(command, tenant, "en", mine.ID, gone.ID, "nowhere")
			unknown := k.about(command, tenant, "en", "nowhere")
			if diff := cmp.Diff(plain(unknown), plain(r)); diff != "" || r.Outcome != chat.Unsourced || len(r.Shown) > 0 {
				t.Errorf("%s in %q tells another tenant's claim from nothing: %s\n%s", command, tenant, diff, plain(r))
			}
			if r := k.about(command, tenant, "en", mine.ID, shadow.ID); len(r.Shown) != 1 || r.Shown[0].Claim.Tenant != "" || strings.Contains(plain(r), "ourselves") {
				t.Errorf("%s in %q:\n%s", command, tenant, plain(r))
			}
		}
	}
}

// TestAPickedClaimStandsBesideItsRivals: choosing one of several doesn't make it the only figure there is.
func TestAPickedClaimStandsBesideItsRivals(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	for id, want := range map[string][]string{
		"russia-soldiers-killed-or-wounded-2025": {
			"russia-soldiers-killed-or-wounded-2025", "russia-soldiers-killed-or-wounded-2025-csis",
			"russia-soldiers-killed-or-wounded-2025-uk-mod", "russia-soldiers-killed-or-wounded-2025-syrskyi", "peskov-csis-not-reliable",
		},
		"civilians-killed-2024-un-hrmmu":    {"civilians-killed-2024-un-hrmmu"},
		"umerov-talks-productive":           {"umerov-talks-productive"},
		"ukraine-soldiers-killed-zelenskyy": {"ukraine-soldiers-killed-zelenskyy", "ukraine-soldiers-killed-ualosses", "ukraine-soldiers-killed-csis-2026-01-27", "peskov-csis-not-reliable"},
	} {
		r := handle(t, b, chat.Request{Command: chat.CommandShow, Claims: []string{id}, Lang: "en"})
		if diff := cmp.Diff(want, ids(r)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
}

// TestManyNamedClaims: a reply is about so many of the named claims, and counts the others.
func TestManyNamedClaims(t *testing.T) {
	t.Parallel()
	b := wholeBot(t)
	claims, err := b.base.List(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, c := range claims {
		all = append(all, c.ID)
	}
	for _, command := range followUps {
		r := handle(t, b, chat.Request{Command: command, Claims: all[:40], Lang: "en"})
		passes(t, b, r)
		if !strings.Contains(plain(r), "claims of that answer that I left out: 28\n") {
			t.Errorf("%s:\n%s", command, plain(r))
		}
	}
}
