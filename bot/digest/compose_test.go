package digest_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/bot/guard"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
	"github.com/whosays/whosays/knowledge/starter/startertest"
)

// moment is when digests of these tests are composed.
var moment = time.Date(2026, 11, 30, 7, 0, 0, 0, time.UTC)

// desk is a base and its editor.
type desk struct {
	*digest.Editor
	base *knowledge.Base
}

func newDesk(t *testing.T) desk {
	t.Helper()
	store, lex := startertest.Store(t)
	base, err := knowledge.NewBase(t.Context(), lex, store)
	if err != nil {
		t.Fatal(err)
	}
	e, err := digest.NewEditor(base, lex)
	if err != nil {
		t.Fatal(err)
	}
	return desk{e, base}
}

func (d desk) heads(t *testing.T) knowledge.Heads {
	t.Helper()
	view, err := d.base.View(t.Context(), "one", moment)
	if err != nil {
		t.Fatal(err)
	}
	return view.At()
}

func must[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// change makes changes of each kind: a new stage, a recount, a mistake that is corrected, and one claim that is taken back.
func (d desk) change(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	by := knowledge.By{Actor: "terminal:editor", Reason: "the report of November", At: moment.Add(-time.Hour)}
	claim := must[knowledge.Claim](t)
	round := claim(d.base.Get(ctx, "", "talks-first-round-abu-dhabi"))
	round.ID, round.Revision, round.Aliases = "talks-vienna", 0, nil
	round.Text = "The sides met in Vienna on 20 November 2026."
	round.Translations = map[string]string{"uk": "Сторони зустрілися у Відні 20 листопада 2026 року.", "ru": "Стороны встретились в Вене 20 ноября 2026 года."}
	round.Scope.Place, round.Caveats = "", nil
	round.Scope.Period = knowledge.Period{From: knowledge.Date{Year: 2026, Month: 11, Day: 20}, To: knowledge.Date{Year: 2026, Month: 11, Day: 20}}
	round.Attribution.SaidOn = knowledge.Date{Year: 2026, Month: 11, Day: 20}
	claim(d.base.Add(ctx, by, round))
	count := claim(d.base.Get(ctx, "", "ukraine-soldiers-killed-zelenskyy"))
	more := 56000.0
	count.Figure.Best, count.Text = &more, "56,000 Ukrainian soldiers have been killed."
	count.Translations = map[string]string{"uk": "Загинуло 56 000 українських військових.", "ru": "Погибло 56 000 украинских военных."}
	claim(d.base.Revise(ctx, by, count))
	by.Reason = "the speaker has withdrawn it"
	claim(d.base.Retract(ctx, by, knowledge.Key{ID: "ukraine-soldiers-missing-zelenskyy"}, 0))
}

// read writes a reply as it is read, a line for each block.
func read(r chat.Reply) string {
	var out strings.Builder
	for _, b := range r.Blocks {
		out.WriteString(string(b.Role))
		if b.Was {
			out.WriteString(" (was)")
		}
		out.WriteString(": ")
		if b.Label != "" {
			out.WriteString(b.Label + " ")
		}
		out.WriteString(b.Text() + "\n")
	}
	return out.String()
}

// revise makes changes that the board shows as well: a figure that follows another of its count, a side's first position on an issue, and a
// mistake in the latest stage.
func (d desk) revise(t *testing.T) {
	t.Helper()
	ctx, claim := context.Background(), must[knowledge.Claim](t)
	by := knowledge.By{Actor: "terminal:editor", Reason: "the day was misread", At: moment.Add(-time.Hour)}
	count := claim(d.base.Get(ctx, "", "ukraine-soldiers-killed-zelenskyy"))
	more := 61000.0
	count.ID, count.Revision, count.Aliases, count.Supersedes = "ukraine-soldiers-killed-zelenskyy-november", 0, nil, nil
	count.Figure.Best, count.Text = &more, "61,000 Ukrainian soldiers have been killed."
	count.Translations = map[string]string{"uk": "Загинула 61 000 українських військових.", "ru": "Погибла 61 000 украинских военных."}
	count.Attribution.SaidOn = knowledge.Date{Year: 2026, Month: 11, Day: 19}
	count.Scope.Period.To = count.Attribution.SaidOn
	claim(d.base.Add(ctx, by, count))
	position := claim(d.base.Get(ctx, "", "zaporizhzhia-plant-russia-rejects-us-control"))
	position.ID, position.Revision, position.Aliases = "znpp-ukraine", 0, nil
	position.Text, position.Scope.Party = "Kyiv wants the Zaporizhzhia nuclear power plant back under its own control.", "ukraine"
	position.Translations = map[string]string{
		"uk": "Київ хоче повернути Запорізьку АЕС під власний контроль.", "ru": "Киев хочет вернуть Запорожскую АЭС под собственный контроль.",
	}
	position.Sources = slices.Clone(position.Sources)
	position.Attribution.SaidOn, position.Caveats, position.Sources[0].Quote = knowledge.Date{Year: 2026, Month: 11, Day: 18}, nil, ""
	claim(d.base.Add(ctx, by, position))
	stage := claim(d.base.Get(ctx, "", "peskov-talks-pause"))
	stage.Text = "As of 6 March 2026, there was a pause in the talks with Kyiv “for objective reasons”."
	stage.Translations = map[string]string{
		"uk": "Станом на 6 березня 2026 року в переговорах із Києвом була пауза «з об’єктивних причин».", "ru": "По состоянию на 6 марта 2026 года в переговорах с Киевом была пауза «по объективным причинам».",
	}
	stage.Attribution.SaidOn = knowledge.Date{Year: 2026, Month: 3, Day: 6}
	stage.Scope.Period = knowledge.Period{From: stage.Attribution.SaidOn, To: stage.Attribution.SaidOn}
	claim(d.base.Revise(ctx, by, stage))
}

func TestCompose(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		first  bool // nothing was told before
		change func(desk, *testing.T)
		topics []digest.Topic
		langs  []string
	}{
		"first":             {true, nil, nil, []string{"en"}},
		"changed":           {false, desk.change, nil, lexicon.Languages},
		"revised":           {false, desk.revise, nil, lexicon.Languages},
		"same":              {false, nil, nil, lexicon.Languages},
		"figures":           {false, desk.change, []digest.Topic{digest.Casualties}, []string{"en"}},
		"corrections":       {false, desk.change, []digest.Topic{digest.Corrections}, []string{"en"}},
		"one issue":         {true, nil, []digest.Topic{"territory"}, []string{"en"}},
		"one issue changed": {false, desk.revise, []digest.Topic{"nuclear_plant"}, []string{"en"}},
		"first corrections": {true, nil, []digest.Topic{digest.Corrections}, []string{"en"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			s := subscription(t, "a", "daily", "09:00")
			s.Next, s.Topics = digest.Slot{Civil: "2026-11-30T09:00", At: moment}, tc.topics
			if !tc.first {
				s.Since = d.heads(t)
			}
			if tc.change != nil {
				tc.change(d, t)
			}
			for _, s.Lang = range tc.langs {
				r, knows, tells, err := d.Compose(t.Context(), s, moment)
				if err != nil {
					t.Fatal(err)
				}
				if err := guard.Check(r); err != nil {
					t.Error(err)
				}
				same(t, "something to tell, and what it knows of", []any{tc.change != nil || len(r.Shown) > 0, d.heads(t)}, []any{tells, knows})
				golden.Assert(t, read(r), strings.ReplaceAll(name, " ", "-")+"."+s.Lang+".golden")
			}
		})
	}
}
