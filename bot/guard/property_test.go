package guard

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/knowledge"
	"pgregory.net/rapid"
)

// figures draws a claim with a figure, and the values that it states.
func figures(t *rapid.T, id string) (knowledge.Claim, []int) {
	values := rapid.SliceOfN(rapid.IntRange(10, 999_999), 2, 4).Draw(t, id+"values")
	slices.Sort(values)
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = "between words " + rapid.SampledFrom(formats(v)).Draw(t, "format") + ", so it says."
	}
	return knowledge.Claim{
		ID: id, Kind: knowledge.KindFigure, Text: texts[0], Translations: map[string]string{"uk": texts[1]},
		Figure: knowledge.Figure{Low: new(float64(values[0])), High: new(float64(values[len(values)-1]))},
		Sources: []knowledge.Source{{
			Title: texts[len(texts)-1], URL: "https://example.org/" + id, PublishedOn: knowledge.Date{Year: 2026, Month: 2, Day: 5},
		}},
		Caveats: []knowledge.Caveat{{Code: "c", Text: map[string]string{"ru": strings.Join(texts, " ")}}},
	}, values
}

// sound draws a reply that the guard has to let through, with the claims' numbers in any format.
func sound(t *rapid.T) chat.Reply {
	r := chat.Reply{Lang: "en", Outcome: chat.Answered}
	role := chat.RoleLead
	for i := range rapid.IntRange(1, 3).Draw(t, "claims") {
		claim, values := figures(t, "c"+string(rune('a'+i)))
		r.Shown = append(r.Shown, chat.Shown{Claim: claim})
		said := []chat.Part{own("Both say: ")}
		for _, v := range values {
			said = append(said, sourced(claim.ID, rapid.SampledFrom(formats(v)).Draw(t, "said")), own("; "))
		}
		r.Blocks = append(
			r.Blocks, block(role, claim.ID, said...), block(chat.RoleCaveat, claim.ID, sourced(claim.ID, claim.Text)),
			block(chat.RoleSource, claim.ID, link(claim.ID, "source", claim.Sources[0].URL), own(", "), sourced(claim.ID, "5 February 2026")),
		)
		role = chat.RoleClaim
	}
	r.Blocks = append(r.Blocks, chat.Block{Role: chat.RoleFooter, Label: "as of", Parts: []chat.Part{furniture("2026-03-01"), own(" · "), furniture("+2 more")}})
	return r
}

// TestSoundRepliesPass rewrites the claims' numbers in every format: all of them are known again.
func TestSoundRepliesPass(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		if err := Check(sound(t)); err != nil {
			t.Fatal(err)
		}
	})
}

// TestForeignNumbersAreCaught puts a number that no claim states anywhere into a sound reply: into a label, our
// words, a claim's words or the furniture, between any two characters.
func TestForeignNumbersAreCaught(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := sound(t)
		foreign := rapid.SampledFrom(formats(rapid.IntRange(11_111, 999_999).Filter(func(n int) bool {
			return !strings.Contains(said(r), strconv.Itoa(n))
		}).Draw(t, "foreign"))).Draw(t, "format")
		if c, _ := classAt(foreign, 0); c == letter || rapid.Bool().Draw(t, "apart") {
			foreign = " " + foreign + " " // words have to stand apart to be words
		}
		b := &r.Blocks[rapid.IntRange(0, len(r.Blocks)-1).Draw(t, "block")]
		i := rapid.IntRange(-1, len(b.Parts)-1).Draw(t, "part")
		if i < 0 {
			b.Label = inject(t, b.Label, foreign)
		} else {
			b.Parts[i].Text = inject(t, b.Parts[i].Text, foreign)
		}
		if Check(r) == nil {
			t.Fatalf("%q goes out in %q", foreign, b.Label+": "+b.Text())
		}
	})
}

// said is every value that the claims of r state, in digits.
func said(r chat.Reply) string {
	var b strings.Builder
	for i := range r.Shown {
		l := ledger{claim: &r.Shown[i].Claim}
		l.open()
		l.readTexts(&reader{})
		for _, v := range l.values {
			b.WriteString(strconv.FormatUint(v.mant, 10) + strings.Repeat("0", max(v.exp, 0)) + " ")
		}
	}
	return b.String()
}

// inject puts what into text between two of its characters.
func inject(t *rapid.T, text, what string) string {
	at := rapid.IntRange(0, len(text)).Draw(t, "at")
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return text[:at] + what + text[at:]
}

// TestHiddenCharactersAreCaught puts a character that can't be seen anywhere into a sound reply.
func TestHiddenCharactersAreCaught(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := sound(t)
		b := &r.Blocks[rapid.IntRange(0, len(r.Blocks)-1).Draw(t, "block")]
		p := &b.Parts[rapid.IntRange(0, len(b.Parts)-1).Draw(t, "part")]
		p.Text = inject(t, p.Text, rapid.SampledFrom([]string{"\x1b", "\u202e", "\u200b", "\u2066", "\ufeff", "\r", "\x00", "\xff"}).Draw(t, "hidden"))
		if Check(r) == nil {
			t.Fatalf("%q goes out", p.Text)
		}
	})
}

// TestLostBlocksAreCaught takes one block of a claim away: its figure has no source, or nobody who says it.
func TestLostBlocksAreCaught(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := sound(t)
		i := rapid.IntRange(0, len(r.Blocks)-2).Draw(t, "block")
		lost := r.Blocks[i].Role
		r.Blocks = slices.Delete(r.Blocks, i, i+1)
		if err := Check(r); (err == nil) != (lost == chat.RoleCaveat) {
			t.Fatalf("without its %s: %v", lost, err)
		}
	})
}

// TestNumbersOfOtherClaimsAreCaught lets one claim say the figure of another.
func TestNumbersOfOtherClaimsAreCaught(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		mine, values := figures(t, "mine")
		other, others := figures(t, "other")
		foreign := rapid.SampledFrom(others).Draw(t, "foreign")
		if slices.Contains(values, foreign) || foreign == 2026 {
			return
		}
		r := saying(mine, sourced(mine.ID, rapid.SampledFrom(formats(foreign)).Draw(t, "format")))
		r.Shown = append(r.Shown, chat.Shown{Claim: other})
		r.Blocks = append(r.Blocks, block(chat.RoleClaim, other.ID, own("says")), block(chat.RoleSource, other.ID, own("source")))
		if Check(r) == nil {
			t.Fatalf("%d goes out as a number of %q", foreign, mine.Text)
		}
	})
}
