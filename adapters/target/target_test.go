package target

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIDs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := ID{
			Action: rapid.SampledFrom(Actions()).Draw(t, "action"),
			Record: rapid.StringMatching(`[0-9A-Za-z_-]{1,64}`).Draw(t, "record"),
			Page:   rapid.IntRange(0, MostPages).Draw(t, "page"),
		}
		got, err := Parse(want.String())
		if err != nil || got != want || len(want.String()) > 100 {
			t.Fatalf("%q reads %+v, %v", want, got, err)
		}
	})
}

func TestIDsThatArent(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		id      string
		foreign bool
	}{
		"empty":             {"", true},
		"another bot's":     {"poll:vote:3", true},
		"another version's": {"ws2:more:abc", true},
		"no record":         {"ws1:more", true},
		"empty record":      {"ws1:more:", false},
		"unknown action":    {"ws1:delete:abc", false},
		"page 0":            {"ws1:more:abc:0", false},
		"page with a sign":  {"ws1:more:abc:+1", false},
		"page with zeros":   {"ws1:more:abc:01", false},
		"page out of range": {"ws1:more:abc:1000", false},
		"something behind":  {"ws1:more:abc:1:2", true},
		"blank in record":   {"ws1:more:a b", false},
		"letter not ASCII":  {"ws1:more:abс", false},
		"record too long":   {"ws1:more:" + strings.Repeat("a", 65), false},
		"too long":          {"ws1:more:" + strings.Repeat("a", 100), true},
		"far too long":      {"ws1:more:" + strings.Repeat("a", 300), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := Parse(test.id)
			if err == nil || errors.Is(err, ErrForeign) != test.foreign {
				t.Errorf("%q reads %+v, %v", test.id, c, err)
			}
		})
	}
}

func FuzzID(f *testing.F) {
	for _, seed := range []string{"ws1:more:abc:2", "ws1:sources:A-b_9", "ws1::", "ws1:more:abc:-1", "ws1:more:abc:999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := Parse(s)
		if err == nil && c.String() != s {
			t.Errorf("%q reads %+v, which is %q", s, c, c)
		}
	})
}
