package main

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/discord"
	"github.com/whosays/whosays/adapters/ops"
	"github.com/whosays/whosays/adapters/rediscache"
	"github.com/whosays/whosays/adapters/slack"
	"github.com/whosays/whosays/adapters/sqlstore"
	"github.com/whosays/whosays/bot/digest"
	"github.com/whosays/whosays/config"
	"github.com/whosays/whosays/knowledge"
	"github.com/whosays/whosays/knowledge/lexicon"
)

// examineConfiguration says what is wrong with the configuration, without which nothing else can be tried.
func examineConfiguration(loaded *config.Loaded, err error) []checkup.Finding {
	if err != nil {
		var out []checkup.Finding
		for _, m := range config.MistakesOf(err) {
			says := m.String()
			if !strings.HasSuffix(says, "?") {
				says += "."
			}
			out = append(out, checkup.Bad("", says, "Correct it there: nothing else is tried before. whosays config example says what each key means."))
		}
		return out
	}
	read := []string{cmp.Or(loaded.File, "no file")}
	for _, s := range loaded.Settings {
		if s.Origin.Kind == config.FromEnvironment {
			read = append(read, s.Origin.Name)
		}
	}
	out := []checkup.Finding{checkup.OK("", "It has no mistakes; read: %s.", strings.Join(read, ", "))}
	if loaded.Exposed() {
		out = append(out, checkup.Doubt("", fmt.Sprintf("%s holds secrets, and others on this machine may read it.", loaded.File), "Run chmod 600 "+loaded.File+"."))
	}
	return out
}

// address returns the address of the database: the flag's, else the configuration's.
func (e examination) address() string { return cmp.Or(e.db, e.cfg.Database.Place().Reveal()) }

func (e examination) database(ctx context.Context) []checkup.Finding {
	return sqlstore.Examine(ctx, e.address())
}

// stored opens the database as it is; nil where there is none, or it isn't ready, which is said of the database.
func (e examination) stored(ctx context.Context) *sqlstore.Store {
	store, err := sqlstore.Open(ctx, e.address(), sqlstore.Options{Existing: true, Unmigrated: true, Connections: 2})
	if err != nil {
		return nil
	}
	if store.Ping(ctx) != nil {
		_ = store.Close() // nothing was written
		return nil
	}
	return store
}

// base looks at the claims that answers would be made of.
func (e examination) base(ctx context.Context) []checkup.Finding {
	store := e.stored(ctx)
	if store == nil {
		return []checkup.Finding{checkup.None("", "There is none in a database yet: what this program brings along is loaded into it by serve.", "")}
	}
	defer func() { _ = store.Close() }() // nothing was written
	reach, err := e.reach(ctx, store)
	const help = "Run whosays base verify, which says what was altered."
	switch {
	case err != nil:
		return []checkup.Finding{checkup.Told("", knowledge.MessageOf(err), help)}
	case reach.AsOf.IsZero() && reach.Reviewed.IsZero():
		return []checkup.Finding{checkup.Doubt("", "It holds no claims.", "Start serve, which loads the starter base, or run whosays base import with one of your own.")}
	case reach.Stale:
		return []checkup.Finding{checkup.Doubt("", fmt.Sprintf("It can be loaded, and reaches to %s; the last review was on %s, so that answers say that there may be newer figures.", reach.AsOf, reach.Reviewed),
			"Look whether its claims still hold, and run whosays base reviewed --all.")}
	}
	return []checkup.Finding{checkup.OK("", "It can be loaded, and reaches to %s; the last review was on %s.", reach.AsOf, reach.Reviewed)}
}

func (e examination) reach(ctx context.Context, store *sqlstore.Store) (knowledge.Reach, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return knowledge.Reach{}, err
	}
	base, _, err := e.indexed(ctx, lex, store, e.indexFile(e.address()))
	if err != nil {
		return knowledge.Reach{}, err
	}
	base.ReviewsHold(time.Duration(e.cfg.Base.StaleAfter) * 24 * time.Hour)
	view, err := base.View(ctx, "", e.moment())
	if err != nil {
		return knowledge.Reach{}, err
	}
	return view.Reach(ctx, "")
}

func (e examination) redis(ctx context.Context) []checkup.Finding {
	r := e.cfg.Redis
	if r.URL.Reveal() == "" {
		return []checkup.Finding{checkup.None("", "None is configured: each process keeps a cache of its own.", "")}
	}
	return rediscache.Examine(ctx, rediscache.Options{URL: r.URL.Reveal(), Timeout: r.Timeout, PoolTimeout: r.PoolTimeout})
}

func (e examination) discord(ctx context.Context) []checkup.Finding {
	cfg := e.cfg.Discord
	if cfg.Token.Reveal() == "" {
		return []checkup.Finding{checkup.None("", "It isn't configured.", "whosays init discord asks for what it needs.")}
	}
	all, err := commandTable()
	if err != nil {
		return []checkup.Finding{checkup.Told("commands", err.Error(), "")}
	}
	return discord.Examine(ctx, discord.ExamineOptions{Token: cfg.Token.Reveal(), PublicKey: cfg.PublicKey, API: cfg.API, Commands: all})
}

func (e examination) slack(ctx context.Context) []checkup.Finding {
	cfg := e.cfg.Slack
	one := cfg.BotToken.Reveal() != ""
	switch {
	case one && cfg.Installable():
		return []checkup.Finding{checkup.Told("", slackable(cfg).Error(), "")}
	case !one && !cfg.Installable():
		return []checkup.Finding{checkup.None("", "It isn't configured.", "whosays init slack asks for what it needs.")}
	}
	o := slack.ExamineOptions{
		BotToken: cfg.BotToken.Reveal(), AppToken: cfg.AppToken.Reveal(), SigningSecret: cfg.SigningSecret.Reveal(), API: cfg.API,
		ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret.Reveal(), TokenKey: cfg.TokenKey.Reveal(), URL: cfg.URL,
	}
	if store := e.stored(ctx); !one && store != nil {
		defer func() { _ = store.Close() }() // nothing was written
		o.Installs = store.Installs()
	}
	return slack.Examine(ctx, o)
}

// addresses looks at where the process listens, and at where it is reached.
func (e examination) addresses(ctx context.Context) []checkup.Finding {
	out := []checkup.Finding{e.listening(ctx)}
	if e.cfg.Slack.URL == "" {
		return append(out, checkup.None("public", "None is configured; Discord's gateway and Slack's Socket Mode need none.", ""))
	}
	public := ops.Examine(ctx, e.cfg.Slack.URL, nil)
	public.What = "public"
	return append(out, public)
}

// listening looks whether serve could listen, or does.
func (e examination) listening(ctx context.Context) checkup.Finding {
	address := e.cfg.HTTP.Listen
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err == nil {
		_ = listener.Close() // nobody has connected
		return checkup.OK("local", "Serve can listen on %s.", address)
	}
	if ops.Alive(ctx, address) {
		return checkup.OK("local", "Serve listens on %s.", address)
	}
	return checkup.Bad("local", fmt.Sprintf("Serve can't listen on %s, and isn't what does.", address), "Set http.listen (or WHOSAYS_HTTP_LISTEN) to an address that is free.")
}

// mostOff is how far the clock may be off: Slack and Discord sign with the time, and are believed for five minutes; digests are due to the minute.
const mostOff = 30 * time.Second

// clocks holds the clock of this machine against those of the platforms, and of PostgreSQL.
func (e examination) clocks(ctx context.Context) []checkup.Finding {
	var out []checkup.Finding
	compare := func(whose string, ask func() (time.Time, bool, error)) {
		began := e.clock()
		at, has, err := ask()
		if !has || err != nil { // what is wrong there is said of it
			return
		}
		ended := e.clock()
		off := began.Add(ended.Sub(began) / 2).Sub(at)
		if off.Abs() <= mostOff {
			out = append(out, checkup.OK("", "It agrees with that of %s.", whose))
			return
		}
		which := "behind"
		if off > 0 {
			which = "ahead of"
		}
		out = append(out, checkup.Bad("", fmt.Sprintf("It is %v %s that of %s.", off.Abs().Round(time.Second), which, whose),
			"Have the system keep time by NTP: what Slack and Discord sign is refused by a clock that is off, and digests come at the wrong time."))
	}
	if d := e.cfg.Discord; d.Token.Reveal() != "" {
		compare("Discord", func() (time.Time, bool, error) {
			at, err := discord.Clock(ctx, d.API)
			return at, true, err
		})
	}
	if s := e.cfg.Slack; onSlack(s) {
		compare("Slack", func() (time.Time, bool, error) {
			at, err := slack.Clock(ctx, s.API)
			return at, true, err
		})
	}
	compare("the database", func() (time.Time, bool, error) { return sqlstore.Clock(ctx, e.address()) })
	if len(out) == 0 {
		out = append(out, checkup.None("", "There is none that it could be held against.", ""))
	}
	return out
}

// examineZones loads every zone that digests offer.
func examineZones(load func(name string) (*time.Location, error)) []checkup.Finding {
	all := digest.Zones()
	var missing []string
	for _, name := range all {
		if _, err := load(name); err != nil {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return []checkup.Finding{checkup.Bad("", fmt.Sprintf("%d of %d can't be loaded, %s among them: digests there aren't written.", len(missing), len(all), missing[0]),
			"Build the program with its own, as make build does, and take back what ZONEINFO names.")}
	}
	return []checkup.Finding{checkup.OK("", "All %d that digests offer can be loaded.", len(all))}
}
