package slack

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// TestFallback: by itself it has for every claim that it names who says it and a caveat, if there is one; where it
// ends early, it says how many items there are more.
func TestFallback(t *testing.T) {
	t.Parallel()
	for name, req := range kinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := handle(t, req)
			for _, m := range everyPage(t, r, view{Command: req.Command, Record: "r1", Label: labels(r.Lang)}) {
				said := spokenOf(r)
				for i, b := range r.Blocks {
					if b.ClaimID == "" || b.Role != chat.RoleClaim && b.Role != chat.RoleLead || !strings.Contains(m.Text, aloud(b.Parts)) || said[i] == nil {
						continue
					}
					for _, want := range said[i] {
						if !strings.Contains(m.Text, want) {
							t.Errorf("%q is said without %q", aloud(b.Parts), want)
						}
					}
				}
				if more(m) && !strings.Contains(m.Text, ": +") {
					t.Errorf("it doesn't say that there is more: %q", m.Text)
				}
			}
		})
	}
}

// spokenOf returns, for each block of a claim's sentence, what has to be said with it: its claimant and its first caveat.
func spokenOf(r chat.Reply) map[int][]string {
	out := map[int][]string{}
	for i, b := range r.Blocks {
		if b.Role != chat.RoleClaim && b.Role != chat.RoleLead {
			continue
		}
		warned := false
		for _, d := range r.Blocks[i+1:] {
			if d.ClaimID != b.ClaimID || d.Role == chat.RoleClaim {
				break
			}
			if d.Role == chat.RoleSaid || d.Role == chat.RoleCaveat && !warned {
				out[i], warned = append(out[i], aloud(d.Parts)), warned || d.Role == chat.RoleCaveat
			}
		}
	}
	return out
}

// TestMessage: what there is to say of a message beside its blocks.
func TestMessage(t *testing.T) {
	t.Parallel()
	r := chat.Reply{Lang: "en", Outcome: chat.Checked, Offers: []chat.Command{chat.CommandQuote, chat.CommandSources, chat.CommandReport}, Blocks: []chat.Block{
		{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "No."}}},
	}}
	v := view{Record: "r1", Label: labels("en"), Private: true}
	m := render(r, v).answering(spot{place{Team: "T1", Channel: "C2"}, "1700000000.000100"}).once("k1")
	proper(t, m)
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	want := `"metadata":{"event_type":"whosays_post","event_payload":{"key":"k1"}},"thread_ts":"1700000000.000100","unfurl_links":false,"unfurl_media":false}`
	if !strings.HasSuffix(string(data), want) {
		t.Errorf("%s, wanted at its end %s", data, want)
	}
	if diff := cmp.Diff([]string{"ws1:quote:r1", "ws1:sources:r1", "ws1:report:r1", "ws1:share:r1"}, values(m)); diff != "" {
		t.Errorf("buttons (-want +got):\n%s", diff)
	}
	if got := values(render(r, view{Label: labels("en"), Private: true})); len(got) > 0 {
		t.Errorf("buttons of a reply that isn't kept: %q", got)
	}
}

// values returns what the buttons of a message carry.
func values(m message) []string {
	var out []string
	for _, b := range m.Blocks {
		if row, ok := b.(*slack.ActionBlock); ok {
			for _, e := range row.Elements.ElementSet {
				if button, ok := e.(*slack.ButtonBlockElement); ok {
					out = append(out, button.Value)
				}
			}
		}
	}
	return out
}

// TestChoice: the claims that may have been meant are options, each with who says it.
func TestChoice(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		req         chat.Request
		text, below string
	}{
		"what is said of it": {
			kinds["rivals-en"],
			"About 86,000 Ukrainian soldiers are listed by name as killed… — UALosses",
			"UALosses · an anonymous open-source project · list of names · 2026-02-04",
		},
		"the end of the sentence": {
			kinds["near-en"],
			"From February 2022 to December 2025, Ukrainian forces suffered 500,000 to…",
			"…600,000 casualties, says CSIS (2026-01-27).",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := handle(t, test.req)
			m := render(r, view{Command: chat.CommandNear, Record: "r1", Label: labels("en")})
			proper(t, m)
			i := slices.IndexFunc(m.Blocks, func(b slack.Block) bool { return b.ID() == "ws1:show:r1" })
			if i < 0 {
				t.Fatal("no menu")
			}
			menu := m.Blocks[i].(*slack.ActionBlock).Elements.ElementSet[0].(*slack.SelectBlockElement)
			if menu.ActionID != "ws1:show" || len(menu.Options) != len(r.Shown) {
				t.Fatalf("%q of %d options, wanted %d", menu.ActionID, len(menu.Options), len(r.Shown))
			}
			want := slack.NewOptionBlockObject(r.Shown[1].Claim.ID, plainText(test.text, 75), plainText(test.below, 75))
			if diff := cmp.Diff(want, menu.Options[1]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestAttributed holds that what Slack shows of a choice says who says it, as far as there is room.
func TestAttributed(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 20) + "says Ann (2026)"
	for name, tc := range map[string]struct{ text, said, want string }{
		"short":            {"It rains, says Ann.", "Ann · a mayor", "It rains, says Ann."},
		"cut":              {long, "Ann · a mayor", "word word word word word word word word word word word word word… — Ann"},
		"said in front":    {"Ann says: " + long, "Ann · a mayor", "Ann says: word word word word word word word word word word word word…"},
		"nobody":           {long, "", "word word word word word word word word word word word word word word…"},
		"a name too long":  {long, strings.Repeat("Ann ", 15) + "· x", "word word word word word word word word word word word word word word…"},
		"a name that fits": {long, "The Office of Anns and of others who count · x", ""},
	} {
		got := attributed(tc.text, tc.said)
		if tc.want != "" && got != tc.want || prose.Length(got) > maxOption {
			t.Errorf("%s: %q", name, got)
		}
		if tc.want == "" && !strings.HasSuffix(got, "The Office of Anns and of others who count") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	for _, name := range []string{"answer-en", "rivals-uk", "status-uk", "help-en"} {
		r := handle(b, kinds[name])
		v := view{Record: "r1", Label: labels(r.Lang)}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				render(r, v)
			}
		})
	}
}

// TestChannel names a channel of this platform by its own markup, and no other place.
func TestChannel(t *testing.T) {
	t.Parallel()
	for place, want := range map[chat.Address]string{
		"slack:T1/C2000": "in <#C2000>, now", "discord:1000/2000": "in a channel, now", "slack:T1/C2000> @everyone": "in a channel, now", "": "in a channel, now",
	} {
		parts := []chat.Part{{Kind: chat.Own, Text: "in "}, {Kind: chat.Own, Text: "a channel", Place: place}, {Kind: chat.Own, Text: ", now"}}
		if got := inline(parts); got != want {
			t.Errorf("%q: %q", place, got)
		}
	}
}
