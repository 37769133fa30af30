package discord

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
)

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

func TestDirect(t *testing.T) {
	t.Parallel()
	if a, ok := Direct("discord:1", "discord:2"); !ok || a != "discord:1/@2" {
		t.Errorf("%q, %v", a, ok)
	} else if guild, user, ok := parseDirect(a); !ok || guild != "1" || user != "2" {
		t.Errorf("%q reads %q, %q, %v", a, guild, user, ok)
	}
	for _, no := range [][2]string{
		{"", ""}, {"", "discord:2"}, {"discord:1", ""}, {"slack:T1", "discord:2"}, {"discord:1", "slack:U1"}, {"discord:1", "discord:role:2"}, {"discord:1/2", "discord:3"},
	} {
		if a, ok := Direct(no[0], no[1]); ok {
			t.Errorf("%q: %q", no, a)
		}
	}
	for _, a := range []chat.Address{"", "discord:1/2", "discord:@me/2", "discord:@me/@2", "discord:1/@", "discord:1/@2/3", "discord:1/@x", "slack:1/@2"} {
		if guild, user, ok := parseDirect(a); ok {
			t.Errorf("%q reads %q, %q", a, guild, user)
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
