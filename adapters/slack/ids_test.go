package slack

import (
	"errors"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
)

// TestActions: what a press carries is taken only together with the action id that belongs to it.
func TestActions(t *testing.T) {
	t.Parallel()
	want := target.ID{Action: chat.CommandMore, Record: "r1", Page: 2}
	if got, err := parseAction("ws1:more", "ws1:more:r1:2"); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	for name, test := range map[string]struct{ actionID, carried string }{
		"another action":  {"ws1:share", "ws1:more:r1:2"},
		"another version": {"ws2:more", "ws1:more:r1:2"},
		"no action":       {"", "ws1:more:r1:2"},
		"nothing":         {"ws1:more", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := parseAction(test.actionID, test.carried); !errors.Is(err, target.ErrForeign) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestExamples(t *testing.T) {
	t.Parallel()
	if got, err := parseExample("ws1:ask:2", " How many\u200b? "); err != nil || got != "How many?" {
		t.Errorf("%q, %v", got, err)
	}
	for name, test := range map[string]struct{ actionID, value string }{
		"no number":       {"ws1:ask:", "a?"},
		"too many":        {"ws1:ask:6", "a?"},
		"another action":  {"ws1:more:1", "a?"},
		"another version": {"ws2:ask:1", "a?"},
		"no question":     {"ws1:ask:1", " \u200b"},
		"too long":        {"ws1:ask:1", strings.Repeat("a", 2001)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := parseExample(test.actionID, test.value); err == nil {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		place   place
		address chat.Address
		tenant  string
	}{
		"a channel of the team":     {place{"T024BE7LD", "C024BE91L", true}, "slack:T024BE7LD/C024BE91L", "slack:T024BE7LD"},
		"a shared channel":          {place{"T024BE7LD", "C024BE91L", false}, "slack:T024BE7LD/C024BE91L", ""},
		"a group of the team":       {place{"T1", "G2", true}, "slack:T1/G2", "slack:T1"},
		"a direct conversation":     {place{"T1", "D024BE91L", false}, "slack:T1/D024BE91L", ""},
		"a direct one, taken amiss": {place{"T1", "D024BE91L", true}, "slack:T1/D024BE91L", ""},
		"an organisation":           {place{"E1", "C2", true}, "slack:E1/C2", "slack:E1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := test.place.address(); got != test.address {
				t.Errorf("address %q, wanted %q", got, test.address)
			}
			if got := test.place.tenant(); got != test.tenant {
				t.Errorf("tenant %q, wanted %q", got, test.tenant)
			}
			got, err := parseAddress(test.address)
			if want := (place{Team: test.place.Team, Channel: test.place.Channel}); err != nil || got != want {
				t.Errorf("%q reads %+v, %v", test.address, got, err)
			}
			if got.tenant() != "" {
				t.Errorf("an address alone gives the tenant %q", got.tenant())
			}
			want := spot{got, "1700000000.000100"}
			if got, err := parseRef(want.ref()); err != nil || got != want || string(want.ref()) != string(test.address)+"/1700000000.000100" {
				t.Errorf("%q reads %+v, %v", want.ref(), got, err)
			}
		})
	}
}

func TestAddressesThatArent(t *testing.T) {
	t.Parallel()
	for _, a := range []chat.Address{
		"", "slack:", "slack:T1", "slack:T1/", "slack:/C2", "slack:T1/C2/3", "discord:T1/C2", "slack:t1/C2", "slack:T1/c2", "slack:T/C2", "slack:T1/C",
		"slack:U1/C2", "slack:T1/U2", "slack:T1/C2 ", "slack:T1/C２", "slack:T1/C2\n", "slack:T1/C-2", chat.Address("slack:T1/C" + strings.Repeat("2", 32)),
	} {
		if p, err := parseAddress(a); err == nil {
			t.Errorf("%q reads %+v", a, p)
		}
	}
	for _, r := range []chat.MessageRef{
		"", "slack:T1/C2", "slack:T1/C2/", "slack:T1/C2/1700000000", "slack:T1/C2/1700000000.00010", "slack:T1/C2/1700000000.0001000",
		"slack:T1/C2/0700000000.000100", "slack:T1/C2/1700000000.00010a", "slack:T1/C2/-700000000.000100", "slack:T1/C2/1700000000.000100/1", "slack:T1/C2/170000000000.000100",
	} {
		if s, err := parseRef(r); err == nil {
			t.Errorf("%q reads %+v", r, s)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("slack:T1/C2")
	f.Add("slack:T1/D2/1700000000.000100")
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := parseAddress(chat.Address(s)); err == nil && string(p.address()) != s {
			t.Errorf("%q reads %+v", s, p)
		}
		if p, err := parseRef(chat.MessageRef(s)); err == nil && string(p.ref()) != s {
			t.Errorf("%q reads %+v", s, p)
		}
	})
}

func TestDirect(t *testing.T) {
	t.Parallel()
	if a, ok := Direct("slack:T1", "slack:U2"); !ok || a != "slack:T1/U2" {
		t.Errorf("%q, %v", a, ok)
	}
	for _, no := range [][2]string{{"", ""}, {"", "slack:U2"}, {"slack:T1", ""}, {"discord:1", "slack:U2"}, {"slack:T1", "discord:2"}, {"slack:T1", "slack:C2"}, {"slack:T1/C1", "slack:U2"}} {
		if a, ok := Direct(no[0], no[1]); ok {
			t.Errorf("%q: %q", no, a)
		}
	}
}
