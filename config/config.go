// Package config is what an operator decides: one YAML file, and environment variables over it. Everything that is
// wrong with them is said at once, by place and with what would be right, and never with the value of a secret.
package config

import (
	"cmp"
	"path/filepath"
	"strings"
	"time"
)

// Config is the configuration in effect. keys says what each field means.
type Config struct {
	Database Database
	Redis    Redis
	Cache    Cache
	HTTP     HTTP
	Log      Log
	Serve    Serve
	Base     Base
	Limits   Limits
	Inbox    Inbox
	Discord  Discord
	Slack    Slack
	Traces   Traces
}

// Database is where claims and all else that has to last are kept.
type Database struct {
	URL  Secret
	Home string // the platform's place for data: no key, but where the file is if there is no URL
}

// Place returns the URL, else the path of the SQLite file at the platform's place for data.
func (d Database) Place() Secret {
	return NewSecret(cmp.Or(d.URL.Reveal(), filepath.Join(d.Home, "whosays", "whosays.db")))
}

// Redis is the cache that replicas share.
type Redis struct {
	URL         Secret // empty: none
	Timeout     time.Duration
	PoolTimeout time.Duration
}

// Cache is what a process keeps in memory.
type Cache struct{ Claims int }

// HTTP is where the process listens.
type HTTP struct{ Listen string }

// Log is what is logged, and in which form: LogAuto, LogText or LogJSON.
type Log struct{ Level, Format string }

// The forms of the log.
const (
	LogAuto = "auto" // text on a terminal, JSON elsewhere
	LogText = "text"
	LogJSON = "json"
)

// Serve is what the process does, and how it ends.
type Serve struct {
	Drain time.Duration
	Only  Roles // none: all
}

// Base is how the base of claims is kept fresh.
type Base struct {
	StaleAfter Days
	Poll       time.Duration
}

// Limits are how much may be asked in a minute, and at once; 0: without a limit.
type Limits struct{ UserPerMinute, TenantPerMinute int }

// Inbox is how much is worked on at once, and how much waits at most.
type Inbox struct{ Workers, Queue int }

// Discord is how the bot is there on Discord.
type Discord struct {
	Token     Secret // empty: it isn't
	PublicKey string // empty: interactions come by the gateway only
	Shards    int    // 0: as many as Discord recommends
	API       string // empty: Discord itself
}

// Slack is how the bot is there on Slack: in one team by BotToken, or in all that install it by what follows SigningSecret.
type Slack struct {
	BotToken      Secret // empty: not in one team
	AppToken      Secret // empty: not by Socket Mode
	SigningSecret Secret // empty: not by HTTP
	ClientID      string // empty: nobody can install it
	ClientSecret  Secret
	TokenKey      Secret
	URL           string // of the service, as browsers reach it
	API           string // empty: Slack itself
}

// Installable reports whether teams can install the bot.
func (s Slack) Installable() bool {
	return s.ClientID != "" && s.ClientSecret.Reveal() != "" && s.TokenKey.Reveal() != "" && s.URL != ""
}

// Traces is where it is told what becomes of events, by OpenTelemetry.
type Traces struct {
	Endpoint string // empty: nowhere
	Headers  Secret // NAME=VALUE with commas between them
	Percent  int    // of events that are told of
}

// HeaderMap returns the headers by name.
func (t Traces) HeaderMap() map[string]string {
	out := map[string]string{}
	for part := range strings.SplitSeq(t.Headers.Reveal(), ",") {
		if name, value, ok := strings.Cut(part, "="); ok {
			out[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	return out
}

// Default returns the configuration without a file and without an environment.
func Default() Config {
	var c Config
	c.keys()
	return c
}
