package moderation_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

func TestReport(t *testing.T) {
	t.Parallel()
	claims := []moderation.Version{{ID: "a", Revision: 1}}
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		report moderation.Report
		want   knowledge.ErrorKind
	}{
		"a note":          {moderation.Report{ID: "r", At: at, Note: "The date is\nwrong. Дата 🙂"}, ""},
		"claims alone":    {moderation.Report{ID: "r", At: at, Claims: claims}, ""},
		"the longest":     {moderation.Report{ID: "r", At: at, Note: strings.Repeat("ж", 1000)}, ""},
		"too long":        {moderation.Report{ID: "r", At: at, Note: strings.Repeat("ж", 1001)}, knowledge.Invalid},
		"nothing":         {moderation.Report{ID: "r", At: at}, knowledge.Invalid},
		"no id":           {moderation.Report{At: at, Note: "x"}, knowledge.Invalid},
		"no time":         {moderation.Report{ID: "r", Note: "x"}, knowledge.Invalid},
		"not to be seen":  {moderation.Report{ID: "r", At: at, Note: "x\u202ey"}, knowledge.Invalid},
		"NUL":             {moderation.Report{ID: "r", At: at, Note: "x\x00y"}, knowledge.Invalid},
		"not UTF-8":       {moderation.Report{ID: "r", At: at, Note: "x\xffy"}, knowledge.Invalid},
		"space around it": {moderation.Report{ID: "r", At: at, Note: " x"}, knowledge.Invalid},
		"far too many":    {moderation.Report{ID: "r", At: at, Claims: make([]moderation.Version, 101)}, knowledge.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := knowledge.KindOf(tc.report.Valid()); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for note, want := range map[string]string{
		"":                        "",
		" The date\nis wrong. ":   "The date\nis wrong.",
		"a\u202eb\u200bc\x00\xff": "abc",
		"tab\tand bell\a":         "taband bell",
		"\n \n":                   "",
	} {
		if got := moderation.Clean(note); got != want {
			t.Errorf("%q becomes %q, want %q", note, got, want)
		}
	}
}
