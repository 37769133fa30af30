package bot_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/whosays/whosays/bot"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/exchange"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// flood returns a bot of another domain: its lexicon and its base are data under testdata, and nothing else.
func flood(t *testing.T) *bot.Bot {
	t.Helper()
	const data = "../knowledge/lexicon/testdata/"
	lex, err := lexicon.Load(lexicon.Language(), os.DirFS(data+"flood"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(data + "flood-base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	claims, err := exchange.Load(lex, exchange.File{Name: "flood-base.yaml", Data: raw})
	if err != nil {
		t.Fatal(err)
	}
	store, err := knowledge.NewMemory(claims)
	if err != nil {
		t.Fatal(err)
	}
	base, err := knowledge.NewBase(t.Context(), lex, store)
	if err != nil {
		t.Fatal(err)
	}
	b, err := bot.New(base, lex)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func say(t *testing.T, b *bot.Bot, command chat.Command, text string) chat.Reply {
	t.Helper()
	r, err := b.Handle(t.Context(), chat.Request{Command: command, Text: text, Now: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A new domain is new data and no new code (issue 2).
func TestAnotherDomainAnswers(t *testing.T) {
	t.Parallel()
	b := flood(t)
	for _, test := range []struct {
		name, text string
		outcome    chat.Outcome
		first      string
		mismatch   []knowledge.Dimension
	}{
		{"answered", "How many residents of the valley have been evacuated?", chat.Answered, "evacuated-valley", nil},
		{"answered from a position", "Did the operator open the sluice?", chat.Answered, "sluice", nil},
		{"another metric", "How many residents of the valley drowned?", chat.Related, "evacuated-valley", []knowledge.Dimension{knowledge.DimMetric}},
		{"another place", "How many residents drowned in Upperton?", chat.Related, "drowned-lowerton", []knowledge.Dimension{knowledge.DimPlace}},
		{"another unit is far", "How many homes were evacuated in Upperton?", chat.Unsourced, "", nil},
		{"unsourced", "What does the new bridge cost?", chat.Unsourced, "", nil},
		{"the first domain's words mean nothing", "How many Ukrainian soldiers have been killed?", chat.Unsourced, "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := say(t, b, chat.CommandAsk, test.text)
			if r.Outcome != test.outcome {
				t.Fatalf("%s, want %s: %v", r.Outcome, test.outcome, lines(r))
			}
			if test.first == "" {
				return
			}
			if r.Shown[0].Claim.ID != test.first {
				t.Errorf("shows %s first: %v", r.Shown[0].Claim.ID, lines(r))
			}
			if diff := cmp.Diff(test.mismatch, r.Shown[0].Mismatch, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnotherDomainChecks(t *testing.T) {
	t.Parallel()
	b := flood(t)
	for _, test := range []struct {
		text    string
		verdict chat.Verdict
		claim   string
		mixups  []knowledge.Dimension
	}{
		{"1,300 residents of the valley have been evacuated.", chat.Matches, "evacuated-valley", nil},
		{"3,000 residents of the valley have been evacuated.", chat.Differs, "evacuated-valley", nil},
		{"1,300 residents of the valley drowned.", chat.MixedUp, "evacuated-valley", []knowledge.Dimension{knowledge.DimMetric}},
		{"The mayor says that 1,300 residents of the valley were evacuated.", chat.MixedUp, "evacuated-valley", []knowledge.Dimension{knowledge.DimAttribution}},
		{"The operator opened the sluice.", chat.Differs, "sluice", nil},
		{"40 bridges were destroyed.", chat.NoSource, "", nil},
	} {
		t.Run(test.text, func(t *testing.T) {
			t.Parallel()
			r := say(t, b, chat.CommandCheck, test.text)
			if len(r.Findings) != 1 {
				t.Fatalf("%d findings: %v", len(r.Findings), lines(r))
			}
			f := r.Findings[0]
			id := ""
			if f.Claim != nil {
				id = f.Claim.ID
			}
			if f.Verdict != test.verdict || id != test.claim {
				t.Errorf("%s %s, want %s %s", f.Verdict, id, test.verdict, test.claim)
			}
			if diff := cmp.Diff(test.mixups, f.Mixups, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("mixups (-want +got):\n%s", diff)
			}
		})
	}
}

// No word of the first domain shows in a reply about another: not in help, not where nothing is known.
func TestAnotherDomainSpeaksOfItselfOnly(t *testing.T) {
	t.Parallel()
	b := flood(t)
	for _, lang := range lexicon.Languages {
		for _, command := range []chat.Command{chat.CommandHelp, chat.CommandStatus, chat.CommandAsk} {
			r, err := b.Handle(t.Context(), chat.Request{Command: command, Text: "What does the new bridge cost?", Lang: lang, Now: time.Now()})
			if err != nil {
				t.Fatal(err)
			}
			text := strings.ToLower(strings.Join(lines(r), "\n"))
			for _, word := range []string{"ukrain", "russia", "soldier", "war", "украин", "росси", "военн", "войн", "україн", "росі", "війн"} {
				if strings.Contains(text, word) {
					t.Errorf("%s in %s says %q:\n%s", command, lang, word, text)
				}
			}
		}
	}
}

func lines(r chat.Reply) []string {
	var out []string
	for _, b := range r.Blocks {
		out = append(out, b.Text())
	}
	return out
}
