package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery/storetest"
	"github.com/whosays/whosays/bot/moderation"
	"github.com/whosays/whosays/knowledge"
)

const (
	killedQuestion = "How many Ukrainian soldiers have been killed?"
	killedClaim    = "ukraine-soldiers-killed-zelenskyy"
	takenBack      = "has been taken back"
)

// TestServeCorrects has the operator take back what servers of both platforms were told: each message is answered once, where the
// server wants it, and of what was taken back quietly nobody is told.
func TestServeCorrects(t *testing.T) {
	t.Parallel()
	b := newBoth(t)
	silent := b.discord.AddGuild(discordfake.Guild{Name: "Lviv"})
	off := b.discord.AddChannel(discordfake.Channel{GuildID: silent, Name: "facts"})
	r, stop := b.serves()
	b.onDiscord()
	b.onSlack()
	wantsNoCorrections(t, b.db, "discord:"+silent)
	b.asksDiscord(off) // in this order they are looked at
	answer := b.asksDiscord(b.facts)
	asked := b.asksSlack()
	b.retracts(quietClaim, "not to be told", "--quiet")
	b.retracts(killedClaim, "the office withdrew it")
	onDiscord, onSlack := b.told(takenBack)
	if ref := onDiscord.Reference; ref == nil || ref.MessageID != answer.ID || !strings.Contains(told(onDiscord), "the office withdrew it") || !strings.Contains(told(onDiscord), "55,000") {
		t.Errorf("%+v", onDiscord)
	}
	if onSlack.ThreadTS != asked.TS || !strings.Contains(onSlack.Text, "the office withdrew it") {
		t.Errorf("%+v", onSlack)
	}
	if got := []int{len(b.discord.Messages(b.facts)), len(b.discord.Messages(off)), len(b.slack.Messages(b.thread))}; fmt.Sprint(got) != "[3 2 3]" {
		t.Errorf("there are %v messages", got)
	}
	stop()
	if strings.Contains(r.log.String(), "withdrew") {
		t.Errorf("the log holds what was said: %s", r.log)
	}
}

// quietClaim stands in the same answer, and is looked at before killedClaim.
const quietClaim = "ukraine-soldiers-killed-ualosses"

// told returns all that a message of Discord says.
func told(m discordfake.Message) string { return m.Content + fmt.Sprint(m.Embeds) }

func openDB(t *testing.T, path string) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), path, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // it was read and written
	return s
}

func wantsNoCorrections(t *testing.T, db, tenant string) {
	t.Helper()
	who := moderation.Who{Tenant: tenant, Actor: chat.Actor{ID: "discord:1", Manager: true}, Now: time.Now()}
	if _, err := moderation.New(nil, openDB(t, db).Council()).Do(t.Context(), who, moderation.Change{Action: moderation.Set}); err != nil {
		t.Fatal(err)
	}
}

// TestBaseAsksBeforeManyAreTold counts the messages that would be corrected, and asks.
func TestBaseAsksBeforeManyAreTold(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "base.db")
	environ := []string{"WHOSAYS_DATABASE_URL=" + db}
	base := func(in string, args ...string) (string, int) {
		a := surroundings(t, environ)
		var out strings.Builder
		a.in, a.out, a.errs = strings.NewReader(in), &out, &out
		status := a.execute(t.Context(), append([]string{"base"}, args...))
		return out.String(), status
	}
	add := func(id string) {
		if out, status := base("", "add", "--set", "id="+id, "--set", "kind=statement", "--set", "text=The dam holds.",
			"--set", "attribution.standing=unattributed", "--set", "source.title=The Valley Courier"); status != exitOK {
			t.Fatalf("%d: %s", status, out)
		}
	}
	said := func(id string, n int) {
		s := openDB(t, db).Deliveries()
		for i := range n {
			r := storetest.Said("", fmt.Sprint(id, i), knowledge.Claim{ID: id, Kind: knowledge.KindStatement, Text: "The dam holds.", Revision: 1})
			r.Desk = "discord"
			if _, _, err := s.Insert(t.Context(), r, time.Minute); err != nil {
				t.Fatal(err)
			}
		}
	}
	for id, n := range map[string]int{"few": 20, "many": 21, "more": 22, "quiet": 23} {
		add(id)
		said(id, n)
	}
	for _, tc := range []struct {
		in, id string
		more   []string
		says   string
		status int
	}{
		{"", "few", nil, "few is version 2, retracted", exitOK},
		{"", "many", nil, "21 messages of the last 30 days", exitFail},
		{"no\n", "many", nil, "nothing was changed", exitFail},
		{"y\n", "many", nil, "many is version 2, retracted", exitOK},
		{"", "more", []string{"--yes"}, "more is version 2, retracted", exitOK},
		{"", "quiet", []string{"--quiet"}, "quiet is version 2, retracted", exitOK},
	} {
		if out, status := base(tc.in, append([]string{"retract", tc.id, "--reason", "x"}, tc.more...)...); status != tc.status || !strings.Contains(out, tc.says) {
			t.Errorf("%s %q: status %d: %s", tc.id, tc.in, status, out)
		}
	}
}
