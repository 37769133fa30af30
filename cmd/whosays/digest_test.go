package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/adapters/console"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// Of Discord's permissions and flags of messages.
const (
	manageChannels = 1 << 4
	sendMessages   = 1 << 11
	ephemeral      = 1 << 6
)

// TestServeDigests has a channel of each platform subscribe, and sees to it that what has changed is told there once when it is due.
func TestServeDigests(t *testing.T) {
	t.Parallel()
	b := newBoth(t)
	b.discord.AddMember(b.guild, discordfake.Member{UserID: b.olena, Permissions: manageChannels})
	closed := b.discord.AddChannel(discordfake.Channel{GuildID: b.guild, Name: "closed", Bot: sendMessages})
	r, stop := b.serves()
	b.onDiscord()
	b.onSlack()
	m, err := b.discord.Slash(b.facts, b.olena, "digest", discordfake.Sub("subscribe", discordfake.Text("zone", "Europe/Kyiv"))).Response(soon(t))
	if err != nil || !strings.Contains(told(m), "Digests come to this channel") || m.Flags&ephemeral == 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	b.slack.Slash(b.thread, b.anna, "/whosays", "digest subscribe time=18:30")
	store := openDB(t, b.db)
	before := headsNow(t, store)
	subscribedSoon(t, store.Digests(), "discord:"+b.guild, "discord")
	subscribedSoon(t, store.Digests(), "slack:"+b.team, "slack")
	b.retracts(killedClaim, "the office withdrew it")
	hourComes(t, store.Digests(), "slack:"+b.team, before)
	on := hourComes(t, store.Digests(), "discord:"+b.guild, before)
	on.From, on.ID, on.To = on.Next.At.Add(-time.Hour), "closed", chat.Address("discord:"+b.guild+"/"+closed) // the bot may not speak there any more
	_, err = store.Digests().Put(t.Context(), on)
	b.ok(err)

	if m, _ := b.told("Taken back"); !strings.Contains(told(m), "the office withdrew it") {
		t.Errorf("%+v", m)
	}
	if m, err := b.discord.AwaitMessage(soon(t), b.discord.OpenDM(b.olena), nil); err != nil || !strings.Contains(told(m), "A digest is paused") {
		t.Errorf("%+v: %v", m, err)
	}
	for _, want := range []string{
		`whosays_posts_total{desk="discord",end="sent"} 2`, `whosays_posts_total{desk="discord",end="refused"} 1`, `whosays_posts_total{desk="slack",end="sent"} 1`,
		`whosays_digest_lateness_seconds_count 2`,
	} {
		r.comesTo("/metrics", want)
	}
	stop()
	if got := []int{len(b.discord.Messages(b.facts)), len(b.slack.Messages(b.thread))}; fmt.Sprint(got) != "[1 1]" {
		t.Errorf("there are %v messages: %+v", got, b.discord.Messages(b.facts))
	}
}

// headsNow returns what the base knows of now.
func headsNow(t *testing.T, store *sqlstore.Store) knowledge.Heads {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	base, err := knowledge.NewBase(t.Context(), lex, store)
	if err != nil {
		t.Fatal(err)
	}
	view, err := base.View(t.Context(), "", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return view.At()
}

// hourComes sets a tenant's only digest to be due, as if one had come that knew of what was before. It returns it.
func hourComes(t *testing.T, s digest.Store, tenant string, before knowledge.Heads) digest.Subscription {
	t.Helper()
	all, err := s.List(t.Context(), tenant)
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	all[0].Next.At, all[0].Since = time.Now().Add(-time.Minute), before
	if _, err := s.Put(t.Context(), all[0]); err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// TestDigestPreview shows the digest that a channel would get now, in a terminal of 80 columns, in each language.
func TestDigestPreview(t *testing.T) {
	t.Parallel()
	for _, lang := range lexicon.Languages {
		var out strings.Builder
		a := &app{
			in: strings.NewReader(""), out: &out, errs: &out, screen: console.Screen{Width: 80}, env: func(string) string { return "" },
			clock: func() time.Time { return time.Date(2026, 11, 30, 7, 0, 0, 0, time.UTC) },
		}
		if status := a.execute(t.Context(), []string{"digest", "preview", "--lang", lang}); status != exitOK {
			t.Fatalf("status %d: %s", status, out.String())
		}
		golden.Assert(t, out.String(), "digest-"+lang+".golden")
	}
}

func TestDigestPreviewTopics(t *testing.T) {
	t.Parallel()
	if status, out, errs := call(t, "", "digest", "preview", "--lang", "en", "--topics", "territory"); status != exitOK || strings.Contains(out, "nuclear") || !strings.Contains(out, "Moscow demands") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	if status, out, errs := call(t, "", "digest", "preview", "--topics", "football"); status != exitUsage || !strings.Contains(errs, "football") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
}

// subscribedSoon waits until a tenant has subscribed.
func subscribedSoon(t *testing.T, s digest.Store, tenant, desk string) {
	t.Helper()
	for ctx := soon(t); ; {
		all, err := s.List(ctx, tenant)
		if err != nil {
			t.Fatalf("%s: %v", tenant, err)
		}
		if len(all) == 1 && all[0].Desk == desk {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}
