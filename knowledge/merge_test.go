package knowledge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosays/whosays/knowledge"
)

func TestMergeWithItselfChangesNothing(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(complete(), knowledge.Merge(complete(), complete())); diff != "" {
		t.Error(diff)
	}
}

func TestMergeWithNothingChangesNothing(t *testing.T) {
	t.Parallel()
	patch := knowledge.Claim{ID: complete().ID}
	if diff := cmp.Diff(complete(), knowledge.Merge(complete(), patch)); diff != "" {
		t.Error("an empty patch:", diff)
	}
	if diff := cmp.Diff(complete(), knowledge.Merge(patch, complete())); diff != "" {
		t.Error("an empty claim:", diff)
	}
}

// merging are later versions of a complete claim, and what they change of it.
type merging map[string]struct {
	later knowledge.Claim
	want  func(*knowledge.Claim)
}

func (all merging) try(t *testing.T) {
	for name, tc := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := complete()
			tc.want(&want)
			earlier := complete()
			if diff := cmp.Diff(want, knowledge.Merge(earlier, tc.later)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(complete(), earlier); diff != "" {
				t.Error("the earlier version was changed:", diff)
			}
		})
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	year := knowledge.Date{Year: 2026}
	merging{
		"filled fields win": {
			knowledge.Claim{Kind: knowledge.KindStatus, Topic: "x", Series: "s", Revision: 7, AddedBy: "eve", ReviewedOn: year},
			func(c *knowledge.Claim) {
				c.Kind, c.Topic, c.Series, c.Revision, c.AddedBy, c.ReviewedOn = knowledge.KindStatus, "x", "s", 7, "eve", year
			},
		},
		"a figure is replaced whole": {
			knowledge.Claim{Figure: knowledge.Figure{Low: new(1300.0), Qualifier: knowledge.AtLeast, Unit: "persons"}},
			func(c *knowledge.Claim) {
				c.Figure = knowledge.Figure{Low: new(1300.0), Qualifier: knowledge.AtLeast, Unit: "persons"}
			},
		},
		"scope by dimension, a period whole": {
			knowledge.Claim{Scope: knowledge.Scope{Metric: "drowned", Period: knowledge.Period{Cumulative: true}}},
			func(c *knowledge.Claim) {
				c.Scope.Metric, c.Scope.Period = "drowned", knowledge.Period{Cumulative: true}
			},
		},
		"translations are added": {
			knowledge.Claim{Text: complete().Text, Translations: map[string]string{"ru": "Эвакуированы около 1 200 жителей."}},
			func(c *knowledge.Claim) {
				c.Translations["ru"] = "Эвакуированы около 1 200 жителей."
			},
		},
		"another text drops the translations of the old one": {
			knowledge.Claim{Text: "Эвакуированы многие.", Lang: "ru"},
			func(c *knowledge.Claim) {
				c.Text, c.Lang, c.Translations = "Эвакуированы многие.", "ru", nil
			},
		},
		"the same speaker's office": {
			knowledge.Claim{Attribution: knowledge.Attribution{Speaker: "mayor", Office: "Former mayor"}},
			func(c *knowledge.Claim) { c.Attribution.Office = "Former mayor" },
		},
		"another speaker comes without the first one's office": {
			knowledge.Claim{Attribution: knowledge.Attribution{Speaker: "Jane Doe", Standing: "research"}},
			func(c *knowledge.Claim) {
				c.Attribution = knowledge.Attribution{Speaker: "Jane Doe", Standing: "research"}
			},
		},
		"nobody is named after all": {
			knowledge.Claim{Attribution: knowledge.Attribution{Standing: knowledge.Unattributed}},
			func(c *knowledge.Claim) {
				c.Attribution = knowledge.Attribution{Standing: knowledge.Unattributed}
			},
		},
		"a status comes with its reason": {
			knowledge.Claim{Status: knowledge.StatusRetracted, Reason: "The post took it back."},
			func(c *knowledge.Claim) { c.Status, c.Reason = knowledge.StatusRetracted, "The post took it back." },
		},
	}.try(t)
}

func TestMergeOfLists(t *testing.T) {
	t.Parallel()
	post := complete().Sources[0]
	merging{
		"sources are added": {
			knowledge.Claim{Sources: []knowledge.Source{{Publisher: "Valley News"}, post}},
			func(c *knowledge.Claim) { c.Sources = append(c.Sources, knowledge.Source{Publisher: "Valley News"}) },
		},
		"one page is completed": {
			knowledge.Claim{Sources: []knowledge.Source{{URL: post.URL, ArchiveURL: "https://archive.example.org/2"}}},
			func(c *knowledge.Claim) { c.Sources[0].ArchiveURL = "https://archive.example.org/2" },
		},
		"another quote of one page is another source": {
			knowledge.Claim{Sources: []knowledge.Source{{URL: post.URL, Quote: "out of the valley"}}},
			func(c *knowledge.Claim) {
				c.Sources = append(c.Sources, knowledge.Source{URL: post.URL, Quote: "out of the valley"})
			},
		},
		"caveats by code": {
			knowledge.Claim{Caveats: []knowledge.Caveat{
				{Code: "undated", Text: map[string]string{"en": "No day is given."}},
				{Text: map[string]string{"en": "Guests of hotels aren't counted."}},
				{Code: "disputed"},
			}},
			func(c *knowledge.Claim) {
				c.Caveats[0].Text = map[string]string{"en": "No day is given."}
				c.Caveats = append(c.Caveats, knowledge.Caveat{Code: "disputed"})
			},
		},
		"links and aliases are united": {
			knowledge.Claim{Disputes: []string{"b"}, Supersedes: []string{"residents-evacuated-old"}, Aliases: []string{"who left", "drowned dam"}},
			func(c *knowledge.Claim) {
				c.Disputes, c.Aliases = append(c.Disputes, "b"), append(c.Aliases, "who left")
			},
		},
	}.try(t)
}
