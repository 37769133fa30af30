package discord

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/adapters/adaptertest"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/target"
	"github.com/whosays/whosays/bot/chat"
	"github.com/whosays/whosays/bot/delivery"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// draft is a claim that somebody is writing, in two pages.
func draft() chat.Reply {
	own := func(text string) []chat.Part { return []chat.Part{{Kind: chat.Own, Text: text}} }
	wrote := func(text string) []chat.Part { return []chat.Part{{Kind: chat.Wrote, Text: text}} }
	return chat.Reply{
		Lang: "en", Outcome: chat.Filling, Offers: []chat.Command{chat.CommandPublish, chat.CommandEdit, chat.CommandCancel},
		Blocks: []chat.Block{
			{Role: chat.RoleLead, Parts: own("This is how I understood it.")},
			{Role: chat.RoleField, Label: "Claimant", Parts: wrote("Ada *Brook* @everyone")},
			{Role: chat.RoleField, Label: "Figure", Parts: wrote("1200")},
			{Role: chat.RoleField, Label: "Side", Parts: wrote("Upstream")},
			{Role: chat.RoleField, Label: "Source"},
			{Role: chat.RoleProblem, Parts: own("The source is missing.")},
		},
		Form: &chat.Form{
			Command: chat.CommandFill, Title: "A claim", Submit: "Read it", Pages: []string{"What it says", "Where it is from"},
			Fields: []chat.Field{
				{ID: "claimant", Label: "Claimant", Value: "Ada *Brook* @everyone", Longest: 100, Required: true},
				{ID: "figure", Label: "Figure", Value: "1200", Longest: 20},
				{ID: "side", Label: "Side", Value: "up", Longest: 20, Choices: []chat.Choice{{Value: "up", Label: "Upstream"}, {Value: "down", Label: "Downstream"}}},
				{ID: "source", Page: 1, Label: "Source", Hint: "https://…", Problem: "The source is missing.", Required: true, Longest: 200},
				{ID: "quote", Page: 1, Label: "Quote", Long: true, Longest: 1000},
			},
		},
	}
}

// listed is what a moderator may pick from.
func listed() chat.Reply {
	return chat.Reply{
		Lang: "en", Outcome: chat.Listed,
		Blocks: []chat.Block{{Role: chat.RoleLead, Parts: []chat.Part{{Kind: chat.Own, Text: "What waits for a second person:"}}}},
		Menu: &chat.Menu{Command: chat.CommandClaimPending, Choices: []chat.Choice{
			{Value: "p1", Label: "Ada Brook: houses flooded"}, {Value: "p2", Label: "Cleo Dane: houses flooded"},
		}},
	}
}

// proposal is what a moderator may approve or reject.
func proposal() chat.Reply {
	r := draft()
	r.Outcome, r.Offers = chat.Listed, []chat.Command{chat.CommandApprove, chat.CommandReject}
	r.Form.Command, r.Form.Subject = chat.CommandApprove, "p1"
	return r
}

// TestGoldenModeration shows what moderators are shown, and the forms that they fill in.
func TestGoldenModeration(t *testing.T) {
	t.Parallel()
	v := view{Record: "r1", Label: labels("en"), Private: true}
	for name, r := range map[string]chat.Reply{"draft": draft(), "listed": listed(), "proposal": proposal()} {
		m := render(r, v)
		proper(t, m)
		adaptertest.Golden(t, "moderate-"+name+"-en", m)
	}
	for page := range 2 {
		modal, ok := modalOf(draft().Form, "r1", page)
		if !ok {
			t.Fatalf("page %d isn't one", page)
		}
		adaptertest.Golden(t, "moderate-form-"+strconv.Itoa(page)+"-en", modal)
	}
}

// post says a reply in the channel, so that its buttons can be pressed.
func (r *rig) post(key string, reply chat.Reply) discordfake.Message {
	r.Helper()
	at := place{r.guild, r.channel}
	_, err := r.desk.Say(r.Context(), at.tenant(), chat.Post{To: at.address(), Key: key, Reply: reply})
	r.ok(err)
	all := r.discord.Messages(r.channel)
	return all[len(all)-1]
}

// TestFormPages opens each page of a form from its button, and sends it back: after a restart too.
func TestFormPages(t *testing.T) {
	t.Parallel()
	both(t, rigOptions{}, func(t *testing.T, r *rig) {
		m := r.post("draft", draft())
		for page, want := range [][]string{{"Ada *Brook* @everyone", "1200", "Upstream"}, {"", ""}} {
			button := target.ID{Action: chat.CommandEdit, Record: r.record(m), Page: page}.String()
			opened := r.discord.Press(m.ID, r.olena, button)
			a, err := opened.Answer(r.soon())
			r.ok(err)
			if a.Type != int(discordgo.InteractionResponseModal) || a.Modal.Title != draft().Form.Pages[page] {
				t.Fatalf("%+v", a)
			}
			var got []string
			for _, row := range a.Modal.Components {
				got = append(got, row.Components[0].Value)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("page %d (-want +got):\n%s", page, diff)
			}
			r.restart()
			if answer := r.response(r.discord.SubmitModal(opened, nil)); answer.For != r.olena {
				t.Errorf("all see %q", answer.Content)
			}
		}
	})
}

// TestFormThatComesTooLate shows what can't be opened any more, with the buttons by which it can.
func TestFormThatComesTooLate(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	i, turn := r.begun(true)
	turn.think(t.Context())
	reply := draft()
	reply.Opens, reply.Offers = true, nil
	r.ok(r.adapter.show(t.Context(), turn, turn.key(), reply, true))
	m := r.response(i)
	if got := len(controls(&m)); got != 2 || m.For != r.olena || !strings.Contains(m.Content, "understood") {
		t.Errorf("%d buttons under %q, for %q", got, m.Content, m.For)
	}
}

// TestFormOpensAtOnce opens the first page of a reply's form instead of showing it.
func TestFormOpensAtOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	i, turn := r.begun(true)
	reply := draft()
	reply.Opens = true
	r.ok(r.adapter.show(t.Context(), turn, turn.key(), reply, true))
	a, err := i.Answer(r.soon())
	r.ok(err)
	if id, err := target.Parse(a.Modal.CustomID); err != nil || id.Action != chat.CommandFill || id.Page != 0 || len(a.Modal.Components) != 3 {
		t.Errorf("%+v, %v", a, err)
	}
}

// begun is a command of olena's that the bot hasn't seen, and the turn in which the test answers it.
func (r *rig) begun(private bool) (*discordfake.Interaction, *turn) {
	r.Helper()
	r.disconnect()
	i := r.discord.Slash(r.channel, r.olena, "status")
	in := interaction{ID: i.ID, ApplicationID: r.discord.ApplicationID(), Type: discordgo.InteractionApplicationCommand, Token: i.Token, GuildID: r.guild, ChannelID: r.channel, Member: &member{User: &user{ID: r.olena}}}
	return i, r.client.begin(r.Context(), in, private, r.client.respond)
}

// TestForgedForms presses and sends what nobody was offered: it is said to that person alone, and nothing comes of it.
func TestForgedForms(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	open, list := r.record(r.post("draft", draft())), r.record(r.post("list", listed()))
	other := r.discord.AddGuild(discordfake.Guild{Name: "Lviv"})
	typed := func(id, value string) []formRow {
		return []formRow{{Components: []formField{{CustomID: id, Value: value}}}}
	}
	submit := func(record string, rows []formRow) interaction {
		return interaction{Type: discordgo.InteractionModalSubmit, GuildID: r.guild, Data: interactionData{CustomID: record, Components: rows}}
	}
	press := func(id string, values ...string) interaction {
		return interaction{Type: discordgo.InteractionMessageComponent, GuildID: r.guild, Data: interactionData{CustomID: id, Values: values}}
	}
	elsewhere := submit("ws1:fill:"+open, typed("figure", "1"))
	elsewhere.GuildID = other
	direct := press("ws1:edit:" + open)
	direct.GuildID = ""
	tests := map[string]struct {
		in   interaction
		want chat.Notice
	}{
		"a form of nobody":            {submit("ws1:fill:nobodysrecord", typed("figure", "1")), chat.NoticeForgotten},
		"of another server":           {elsewhere, chat.NoticeForgotten},
		"of a reply without one":      {submit("ws1:fill:"+list, typed("figure", "1")), chat.NoticeUnknown},
		"a field that isn't there":    {submit("ws1:fill:"+open, typed("tenant", "shared")), chat.NoticeUnknown},
		"a field of another page":     {submit("ws1:fill:"+open, typed("source", "https://a.example")), chat.NoticeUnknown},
		"a page that isn't there":     {submit("ws1:fill:"+open+":7", typed("source", "https://a.example")), chat.NoticeUnknown},
		"nothing":                     {submit("ws1:fill:"+open, nil), chat.NoticeUnknown},
		"more than the field takes":   {submit("ws1:fill:"+open, typed("figure", strings.Repeat("9", 21))), chat.NoticeUnknown},
		"as another form":             {submit("ws1:publish:"+open, typed("figure", "1")), chat.NoticeUnknown},
		"a button that isn't there":   {press("ws1:approve:" + open), chat.NoticeUnknown},
		"a draft for all":             {press("ws1:share:" + open), chat.NoticeUnknown},
		"a pick that isn't there":     {press("ws1:claim_pending:"+list, "p3"), chat.NoticeUnknown},
		"a menu that isn't there":     {press("ws1:claim_gaps:"+list, "p1"), chat.NoticeUnknown},
		"a form from somewhere else":  {direct, chat.NoticeForgotten},
		"a page of it that isn't one": {press("ws1:edit:" + open + ":7"), chat.NoticeUnknown},
	}
	next := 1000
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			next++
			in := test.in
			in.ID, in.ApplicationID, in.Token = strconv.Itoa(next), r.discord.ApplicationID(), "forged"
			in.ChannelID, in.User = r.channel, &user{ID: r.olena}
			if m := r.forged(in); m.Flags != discordgo.MessageFlagsEphemeral || !r.tells(m.Content, test.want) {
				t.Errorf("%q, flags %d", m.Content, m.Flags)
			}
		})
	}
}

// TestFilledIn reads what was typed, as it was typed, and choices by what they are called.
func TestFilledIn(t *testing.T) {
	t.Parallel()
	got, ok := filledIn(draft().Form, 0, []formField{{"claimant", " Ada\nBrook "}, {"side", " downSTREAM"}, {"figure", "🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥"}})
	want := map[string]string{"claimant": " Ada\nBrook ", "side": "down", "figure": "🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥"}
	if diff := cmp.Diff(want, got); diff != "" || !ok {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got, ok := filledIn(draft().Form, 0, []formField{{"side", "sideways"}}); !ok || got["side"] != "sideways" {
		t.Errorf("what is no choice: %v", got) // the bot says so
	}
	if _, ok := filledIn(nil, 0, []formField{{"side", "up"}}); ok {
		t.Error("no form was filled in")
	}
}

// TestLongValues: what is longer than its field takes isn't cut in the form, from which it would come back cut.
func TestLongValues(t *testing.T) {
	t.Parallel()
	f := &chat.Form{Title: "A claim", Fields: []chat.Field{
		{ID: "a", Label: "A", Value: strings.Repeat("a", 30), Longest: 20},
		{ID: "b", Label: "B", Value: strings.Repeat("b", 4001), Longest: 20, Long: true},
	}}
	modal, ok := modalOf(f, "r1", 0)
	if !ok || len(modal.Components) != 1 {
		t.Fatalf("%+v", modal)
	}
	in := modal.Components[0].(discordgo.ActionsRow).Components[0].(discordgo.TextInput)
	if in.Value != f.Fields[0].Value || in.MaxLength != 30 {
		t.Errorf("%q, at most %d", in.Value, in.MaxLength)
	}
	if got, ok := filledIn(f, 0, []formField{{"a", in.Value}}); !ok || got["a"] != in.Value {
		t.Errorf("it comes back as %v", got)
	}
	if _, ok := filledIn(f, 0, []formField{{"b", "b"}}); ok {
		t.Error("a field that wasn't shown comes back")
	}
}

// TestAnyForm holds every page of every form within Discord's limits.
func TestAnyForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := &chat.Form{Command: chat.CommandFill, Title: text(t, 10)}
		for range rapid.IntRange(0, 4).Draw(t, "pages") {
			f.Pages = append(f.Pages, text(t, 10))
		}
		for i := range rapid.IntRange(0, 12).Draw(t, "fields") {
			field := chat.Field{
				ID: "f" + strconv.Itoa(i), Page: rapid.IntRange(0, 4).Draw(t, "page"), Label: text(t, 10), Hint: text(t, 20),
				Value: strings.Repeat(text(t, 8), rapid.IntRange(0, 200).Draw(t, "times")), Long: rapid.Bool().Draw(t, "long"), Longest: rapid.IntRange(0, 5000).Draw(t, "longest"),
			}
			for range rapid.IntRange(0, 3).Draw(t, "choices") {
				field.Choices = append(field.Choices, chat.Choice{Value: text(t, 3), Label: text(t, 5)})
			}
			f.Fields = append(f.Fields, field)
		}
		for page := range pagesOf(f) + 1 {
			if modal, ok := modalOf(f, "r1", page); ok {
				properModal(t, modal)
			}
		}
	})
}

// properModal holds a modal within the limits of Discord's documentation (components/reference, "Text Input").
func properModal(t fataler, modal discordgo.InteractionResponseData) {
	t.Helper()
	within := func(what, s string, least, most int) {
		if n := utf8.RuneCountInString(s); n < least || n > most {
			t.Errorf("the %s has %d characters, %d to %d fit: %.100q", what, n, least, most, s)
		}
	}
	within("title", modal.Title, 1, 45)
	within("id", modal.CustomID, 1, 100)
	if n := len(modal.Components); n < 1 || n > 5 {
		t.Errorf("%d rows", n)
	}
	for _, row := range modal.Components {
		in := row.(discordgo.ActionsRow).Components[0].(discordgo.TextInput)
		within("label", in.Label, 1, 45)
		within("placeholder", in.Placeholder, 0, 100)
		within("value", in.Value, 0, in.MaxLength)
		if in.MaxLength < 1 || in.MaxLength > 4000 || in.Required {
			t.Errorf("%+v", in)
		}
	}
}

// TestFormsAreKept: what a form holds comes back from the desk as it was, for the button that is pressed a week later.
func TestFormsAreKept(t *testing.T) {
	t.Parallel()
	r := newRig(t, rigOptions{})
	want := draft()
	record, _, err := r.desk.Note(t.Context(), delivery.Record{Tenant: "discord:" + r.guild, Key: "k", To: "discord:1/2", Reply: want})
	r.ok(err)
	got, err := r.desk.Get(t.Context(), "discord:"+r.guild, record.ID)
	r.ok(err)
	if diff := cmp.Diff(want.Form, got.Reply.Form); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGoldenClaims shows what the bot makes of moderators' commands in each language, as they see it, and each page of its forms.
func TestGoldenClaims(t *testing.T) {
	t.Parallel()
	b, err := adaptertest.Moderated()
	if err != nil {
		t.Fatal(err)
	}
	const line = "UN HRMMU: at least 2,600 civilians killed in Ukraine in 2025 https://ukraine.ohchr.org/en/later"
	shared := []string{"civilians-killed-2025-un-hrmmu"}
	for _, lang := range lexicon.Languages {
		for name, req := range map[string]chat.Request{
			"add":      {Command: chat.CommandClaimAdd, Values: map[string]string{"group": "civilians", "metric": "killed"}},
			"line":     {Command: chat.CommandClaimAdd, Text: line},
			"hide":     {Command: chat.CommandClaimHide, Claims: shared},
			"show":     {Command: chat.CommandClaimShow, Claims: shared},
			"search":   {Command: chat.CommandClaimSearch, Text: "civilians killed in 2025"},
			"settings": {Command: chat.CommandSettings},
			"refused":  {Command: chat.CommandClaimRetract, Claims: shared},
		} {
			req.Tenant, req.Lang, req.Now, req.Actor = "discord:1", lang, today, chat.Actor{ID: "discord:2", Manager: true}
			r, err := b.Handle(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			if !r.Private() {
				t.Errorf("%s: all see it", name)
			}
			v := view{Record: "r1", Private: true, Label: labels(lang)}
			seen := struct {
				Message message                             `json:"message"`
				Forms   []discordgo.InteractionResponseData `json:"forms,omitempty"`
			}{Message: render(r, v)}
			proper(t, seen.Message)
			for page := range pagesOf(r.Form) {
				modal, ok := modalOf(r.Form, "r1", page)
				if !ok {
					t.Fatalf("%s: page %d can't be opened", name, page)
				}
				properModal(t, modal)
				seen.Forms = append(seen.Forms, modal)
			}
			adaptertest.Golden(t, "claim-"+name+"-"+lang, seen)
		}
	}
}
