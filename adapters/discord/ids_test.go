package discord

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/whosays/whosays/bot/chat"
)

func TestCustomIDs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := customID{
			Action: rapid.SampledFrom(actions()).Draw(t, "action"),
			Record: rapid.StringMatching(`[0-9A-Za-z_-]{1,64}`).Draw(t, "record"),
			Page:   rapid.IntRange(0, maxPage).Draw(t, "page"),
		}
		got, err := parseCustomID(want.String())
		if err != nil || got != want || len(want.String()) > 100 {
			t.Fatalf("%q reads %+v, %v", want, got, err)
		}
	})
}

func TestCustomIDsThatArent(t *testing.T) {
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
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := parseCustomID(test.id)
			if err == nil || errors.Is(err, errForeign) != test.foreign {
				t.Errorf("%q reads %+v, %v", test.id, c, err)
			}
		})
	}
}

func FuzzCustomID(f *testing.F) {
	for _, seed := range []string{"ws1:more:abc:2", "ws1:sources:A-b_9", "ws1::", "ws1:more:abc:-1", "ws1:more:abc:999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := parseCustomID(s)
		if err == nil && c.String() != s {
			t.Errorf("%q reads %+v, which is %q", s, c, c)
		}
	})
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		place   place
		address chat.Address
		tenant  string
	}{
		"server":              {place{"175928847299117063", "41771983423143937"}, "discord:175928847299117063/41771983423143937", "discord:175928847299117063"},
		"direct conversation": {place{"", "41771983423143937"}, "discord:@me/41771983423143937", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := test.place.address(); got != test.address {
				t.Errorf("address %q, wanted %q", got, test.address)
			}
			if got, err := parseAddress(test.address); err != nil || got != test.place {
				t.Errorf("%q reads %+v, %v", test.address, got, err)
			}
			if got := test.place.tenant(); got != test.tenant {
				t.Errorf("tenant %q, wanted %q", got, test.tenant)
			}
			want := spot{test.place, "5"}
			if got, err := parseRef(want.ref()); err != nil || got != want || string(want.ref()) != string(test.address)+"/5" {
				t.Errorf("%q reads %+v, %v", want.ref(), got, err)
			}
		})
	}
}

func TestAddressesThatArent(t *testing.T) {
	t.Parallel()
	for _, a := range []chat.Address{
		"", "discord:", "discord:1", "discord:1/", "discord:/2", "discord:1/2/3", "slack:1/2", "discord:@us/2", "discord:1/@me",
		"discord:01/2", "discord:+1/2", "discord:1/-2", "discord:0/2", "discord:1/18446744073709551616", "discord:1/2 ", "discord:１/2",
	} {
		if p, err := parseAddress(a); err == nil {
			t.Errorf("%q reads %+v", a, p)
		}
	}
	for _, r := range []chat.MessageRef{"", "discord:1/2", "discord:1/2/", "discord:1/2/3/4", "discord:1/2/x"} {
		if s, err := parseRef(r); err == nil {
			t.Errorf("%q reads %+v", r, s)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("discord:1/2")
	f.Add("discord:@me/2/3")
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := parseAddress(chat.Address(s)); err == nil && string(p.address()) != s {
			t.Errorf("%q reads %+v", s, p)
		}
		if p, err := parseRef(chat.MessageRef(s)); err == nil && string(p.ref()) != s {
			t.Errorf("%q reads %+v", s, p)
		}
	})
}
