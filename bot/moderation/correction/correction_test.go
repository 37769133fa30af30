package correction_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge"
)

const (
	was     = `It was: At the dam 120 people were killed, says The Valley Council. source The Delta Post · undated`
	now130  = `Now it is: At the dam 130 people were killed, says The Valley Council. source The Delta Post · undated`
	changed = `A correction: a claim that I quoted here has been corrected. `
	gone    = `A correction: a claim that I quoted here has been taken back. `
)

func wants(t *testing.T, w *world, want ...string) {
	t.Helper()
	if diff := cmp.Diff(append([]string(nil), want...), w.told()); diff != "" {
		t.Errorf("what was said (-want +got):\n%s", diff)
	}
}

// telling are changes of a claim that somebody was told of, and what they are told then.
type telling map[string]struct {
	do   func(w *world)
	want []string
}

func (all telling) try(t *testing.T) {
	for name, tc := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				w.asked("one", "dam", "m1")
				tc.do(w)
				w.runs(1, time.Hour)
				wants(t, w, tc.want...)
				if left, err := w.followed.Behind(t.Context()); len(left) > 0 || err != nil {
					t.Errorf("not followed: %v, %v", left, err)
				}
			}, toll("", "dam"))
		})
	}
}

func TestWhatIsTold(t *testing.T) {
	t.Parallel()
	to130 := best(130, "At the dam 130 people were killed.")
	telling{
		"taken back": {
			func(w *world) { w.retract("", "dam", "the source withdrew it") },
			[]string{"m1| " + gone + was + " because the source withdrew it"},
		},
		"revised": {
			func(w *world) { w.revise("", "dam", "120 was misread: it is 130", to130) },
			[]string{"m1| " + changed + was + " " + now130 + " because 120 was misread: it is 130"},
		},
		"for a reason that holds a figure of nobody": {
			func(w *world) { w.retract("", "dam", "it was 5,000") },
			[]string{"m1| " + gone + was + " The reason on record holds a number without a source, so I don't repeat it."},
		},
		"for a reason that mentions all": {
			func(w *world) { w.retract("", "dam", "see @everyone at https://evil.example/x") },
			[]string{"m1| " + gone + was + " because see everyone at https evil. example/x"},
		},
		"for no reason": {
			func(w *world) { w.revise("", "dam", "", to130) },
			[]string{"m1| " + changed + was + " " + now130},
		},
		"superseded": {
			func(w *world) {
				c := toll("", "dam-2")
				c.Supersedes = []string{"dam"}
				to130(&c)
				if _, err := w.base.Add(w.Context(), w.by("a misprint"), c); err != nil {
					w.Fatal(err)
				}
			},
			[]string{"m1| " + changed + was + " " + now130 + " because a misprint"},
		},
		"another's": {
			func(w *world) {
				w.revise("", "dam", "", func(c *knowledge.Claim) { c.Attribution.Speaker = "The Harbour Council" })
			},
			[]string{"m1| " + changed + was + " Now it is: At the dam 120 people were killed, says The Harbour Council. source The Delta Post · undated"},
		},
		"of another place": {
			func(w *world) { w.revise("", "dam", "", func(c *knowledge.Claim) { c.Scope.Place = "" }) },
			[]string{"m1| " + changed + was + " Now it is: At the dam 120 people were killed, says The Valley Council. source The Delta Post · undated"},
		},
		"only a source more": {
			func(w *world) {
				w.revise("", "dam", "", func(c *knowledge.Claim) { c.Sources = append(c.Sources, knowledge.Source{Title: "More"}) })
			}, nil,
		},
		"nobody wants it": {
			func(w *world) { w.off["one"] = true; w.retract("", "dam", "x") }, nil,
		},
	}.try(t)
}

func TestWhatIsToldOfSeveralChanges(t *testing.T) {
	t.Parallel()
	to130 := best(130, "At the dam 130 people were killed.")
	telling{
		"twice at once": {
			func(w *world) {
				w.revise("", "dam", "a first look", best(125, "At the dam 125 people were killed."))
				w.revise("", "dam", "a second look", to130)
			},
			[]string{"m1| " + changed + was + " " + now130 + " because a second look"},
		},
		"there and back": {
			func(w *world) {
				w.revise("", "dam", "", to130)
				w.revise("", "dam", "", best(120, "At the dam 120 people were killed."))
			}, nil,
		},
		"and then only a source more": {
			func(w *world) {
				w.revise("", "dam", "misread", to130)
				w.revise("", "dam", "a source more", func(c *knowledge.Claim) { c.Aliases = []string{"the dam"} })
			},
			[]string{"m1| " + changed + was + " " + now130 + " because misread"},
		},
		"quietly": {
			func(w *world) { w.quiet = true; w.retract("", "dam", "x") }, nil,
		},
		"quietly, and then aloud": {
			func(w *world) {
				w.quiet = true
				w.revise("", "dam", "", best(125, "At the dam 125 people were killed."))
				w.quiet = false
				w.revise("", "dam", "misread", to130)
			},
			[]string{"m1| " + changed + was + " " + now130 + " because misread"},
		},
		"aloud, and then quietly": {
			func(w *world) {
				w.revise("", "dam", "misread", best(125, "At the dam 125 people were killed."))
				w.quiet = true
				w.revise("", "dam", "not to be told", to130)
			},
			[]string{"m1| " + changed + was + " " + now130 + " because misread"},
		},
	}.try(t)
}

// What changes again after it was corrected is told to the correction, and not once more to what that has corrected.
func TestACorrectionIsCorrected(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.asked("one", "dam", "m1")
		w.revise("", "dam", "misread", best(130, "At the dam 130 people were killed."))
		w.runs(1, time.Hour)
		w.retract("", "dam", "withdrawn")
		w.runs(2, time.Hour)
		w.revise("", "dam", "it stands after all", func(c *knowledge.Claim) { c.Status = knowledge.StatusLive })
		w.runs(1, time.Hour)
		wants(t, w,
			"m1| "+changed+was+" "+now130+" because misread",
			"post:1/2/m1| "+gone+"It was: At the dam 130 people were killed, says The Valley Council. source The Delta Post · undated because withdrawn",
			"post:1/2/m2| A correction: a claim that had been taken back stands again. "+now130+" because it stands after all")
	}, toll("", "dam"))
}

// Each tenant decides for itself, also of what is shared; another's claim of the same id is another claim.
func TestEachTenantItsOwn(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.off["two"] = true
		for tenant, m := range map[string]string{"one": "m1", "two": "m2", "": "m0", "three": "m3"} {
			w.asked(tenant, "dam", m)
		}
		w.retract("", "dam", "withdrawn")
		w.retract("three", "dam", "never true")
		w.runs(1, time.Hour)
		got := map[string]bool{}
		for _, line := range w.told() {
			got[line] = true
		}
		if diff := cmp.Diff(map[string]bool{
			"m0| " + gone + was + " because withdrawn": true, "m1| " + gone + was + " because withdrawn": true,
			"m3| " + gone + was + " because never true": true,
		}, got); diff != "" {
			t.Error(diff)
		}
	}, toll("", "dam"), toll("three", "dam"))
}

// A shared claim that a tenant has hidden isn't there for it, and isn't taken back: of its revisions nothing is said there.
func TestHiddenClaims(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		do   func(w *world)
		want []string
	}{
		"revised":   {func(w *world) { w.revise("", "dam", "misread", best(130, "At the dam 130 people were killed.")) }, nil},
		"retracted": {func(w *world) { w.retract("", "dam", "withdrawn") }, []string{"m1| " + gone + was + " because withdrawn"}},
		"superseded": {func(w *world) {
			c := toll("", "dam-2")
			c.Supersedes = []string{"dam"}
			best(130, "At the dam 130 people were killed.")(&c)
			if _, err := w.base.Add(w.Context(), w.by("a misprint"), c); err != nil {
				w.Fatal(err)
			}
		}, []string{"m1| " + gone + was + " because a misprint"}},
		"only hidden": {func(*world) {}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				w.asked("one", "dam", "m1")
				w.hide("one", "dam")
				tc.do(w)
				w.runs(1, time.Hour)
				wants(t, w, tc.want...)
				if left, err := w.followed.Behind(t.Context()); len(left) > 0 || err != nil {
					t.Errorf("not followed: %v, %v", left, err)
				}
			}, toll("", "dam"))
		})
	}
}

// In threads a correction stands beside what it corrects, as does what corrects it.
func TestThreads(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.threads = true
		w.asked("one", "dam", "m1")
		w.retract("", "dam", "withdrawn")
		w.runs(1, time.Hour)
		wants(t, w, "root| "+gone+was+" because withdrawn")
	}, toll("", "dam"))
}

func TestWhoIsNotTold(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		w.asked("one", "dam", "") // one person alone has seen it
		w.asked("one", "dam", "m1")
		time.Sleep(31 * 24 * time.Hour)
		w.asked("one", "other", "m2")
		w.retract("", "dam", "withdrawn")
		w.runs(1, time.Hour)
		wants(t, w)
	}, toll("", "dam"), toll("", "other"))
}

// An answer that was under way when the claim changed comes to be kept after the corrections were made.
func TestAnswersUnderWay(t *testing.T) {
	t.Parallel()
	inWorld(t, func(w *world) {
		c, err := w.base.Get(t.Context(), "one", "dam")
		if err != nil {
			t.Fatal(err)
		}
		w.asked("one", "dam", "m1")
		w.retract("", "dam", "withdrawn")
		w.runs(1, 20*time.Second)
		w.shown("one", c, "m2")
		w.runs(1, time.Hour)
		wants(t, w, "m1| "+gone+was+" because withdrawn", "m2| "+gone+was+" because withdrawn")
	}, toll("", "dam"))
}

// A digest that tells that a claim was taken back or corrected says so itself: nobody is told again. Of what else it shows they are.
func TestADigestIsNoMistake(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*world){
		"taken back": func(w *world) { w.retract("", "dam", "withdrawn") },
		"corrected":  func(w *world) { w.revise("", "dam", "misread", best(130, "At the dam 130 people were killed.")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWorld(t, func(w *world) {
				before, err := w.base.Get(w.Context(), "", "dam")
				if err != nil {
					w.Fatal(err)
				}
				change(w)
				r := chat.Reply{Lang: "en", Outcome: chat.Digest, Was: []knowledge.Claim{before}}
				for _, id := range []string{"mill", "dam"} {
					if c, err := w.base.Get(w.Context(), "", id); err == nil && c.Live() {
						r.Shown = append(r.Shown, chat.Shown{Claim: c})
					}
				}
				if _, _, err := w.said.Insert(w.Context(), delivery.Record{
					ID: delivery.NewID(), Tenant: "one", Desk: "post", Key: "digest:a:2026-11-30T09:00", To: "post:1/2", Reply: r, State: delivery.StateSent, Ref: "m1",
				}, 0); err != nil {
					w.Fatal(err)
				}
				w.runs(1, time.Hour)
				wants(t, w)
				w.retract("", "mill", "withdrawn, too")
				w.runs(1, time.Hour)
				wants(t, w, "m1| "+gone+was+" because withdrawn, too")
			}, toll("", "dam"), toll("", "mill"))
		})
	}
}
