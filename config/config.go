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

// keys binds all keys to the fields of c, in the order of the example, and sets the defaults.
func (c *Config) keys() []key {
	return []key{
		secret("database.url", &c.Database.URL, databaseURL, `
The database: the path of an SQLite file, sqlite:///path, or postgres://user:password@host:5432/name.
Empty: the file whosays.db at the platform's place for data ($XDG_DATA_HOME/whosays).`),
		secret("redis.url", &c.Redis.URL, redisURL, `
The cache that replicas share: redis:// or rediss://user:password@host:6379.
Sentinel: redis://host:26379?master_name=main&addr=host2:26379. Cluster: redis://host:6379?cluster=true&addr=host2:6379.
Empty: none; each process keeps a cache of its own.`),
		bind("redis.timeout", &c.Redis.Timeout, 100*time.Millisecond, between(time.Millisecond, 10*time.Second), `
How long one try of Redis may take (dial, read, write) before the answer is made without it.`),
		bind("redis.pool_timeout", &c.Redis.PoolTimeout, 150*time.Millisecond, between(time.Millisecond, 10*time.Second), `
How long to wait for a free connection to Redis.`),
		bind("cache.claims", &c.Cache.Claims, 20_000, atLeast(0), `
How many claims each process keeps in memory.`),
		bind("http.listen", &c.HTTP.Listen, "127.0.0.1:8080", hostPort, `
Where to listen for /healthz, /readyz, /metrics, and for the events of platforms; :8080 is every interface.`),
		bind("log.level", &c.Log.Level, "info", oneOf("debug", "info", "warn", "error"), `
What is logged: debug, info, warn or error, and what is worse.`),
		bind("log.format", &c.Log.Format, LogAuto, oneOf(LogAuto, LogText, LogJSON), `
The form of the log: text, json, or auto: text on a terminal, json elsewhere.`),
		bind("serve.drain", &c.Serve.Drain, 10*time.Second, between(0, 10*time.Minute), `
How long work that has begun may go on once the process is asked to stop.`),
		bind("serve.only", &c.Serve.Only, nil, ParseRoles, `
What this process does, of discord, slack, digests, corrections and housekeeping, with commas between them, where the work is shared out
over several processes with otherwise one configuration: each of them has to be done by one at least. Empty: all.`),
		bind("base.stale_after", &c.Base.StaleAfter, 14, days, `
How old the last review of the base may be before answers say so.`),
		bind("base.poll", &c.Base.Poll, 2*time.Second, between(100*time.Millisecond, time.Hour), `
How often the database is asked for changes that no hint told of.`),
		secret("discord.token", &c.Discord.Token, discordToken, `
The token of the bot, from the page Bot of its application in Discord's developer portal. Empty: no Discord.`),
		bind("discord.public_key", &c.Discord.PublicKey, "", publicKey, `
The public key of the application, from its page General Information. With it interactions are taken by HTTP too, at
/discord/interactions: name that address there as Interactions Endpoint URL. Empty: they come by the gateway.`),
		bind("discord.shards", &c.Discord.Shards, 0, atLeast(0), `
Into how many shards the servers are cut, which replicas share. 0: as many as Discord recommends.`),
		bind("discord.api", &c.Discord.API, "", httpAddress, `
The address of a proxy in front of Discord's API, without /api, such as http://127.0.0.1:8081. Empty: Discord itself.`),
		secret("slack.bot_token", &c.Slack.BotToken, slackToken("xoxb-"), `
The token of the bot in its team, from the page OAuth & Permissions of the app: it begins with xoxb-. Empty: no Slack.`),
		secret("slack.app_token", &c.Slack.AppToken, slackToken("xapp-"), `
The token of the app with the scope connections:write, from its page Basic Information: it begins with xapp-. With it events come by
Socket Mode, which needs no public address. Empty: they come by HTTP.`),
		secret("slack.signing_secret", &c.Slack.SigningSecret, slackToken(""), `
The signing secret of the app, from its page Basic Information. With it events are taken by HTTP too, at /slack/events: see
whosays slack manifest --url. Empty: they come by Socket Mode.`),
		bind("slack.client_id", &c.Slack.ClientID, "", clientID, `
The client ID of the app, from its page Basic Information. With it, slack.client_secret, slack.token_key and slack.url any number of
workspaces can install the bot, at /slack/install; slack.bot_token stays empty then.`),
		secret("slack.client_secret", &c.Slack.ClientSecret, slackToken(""), `
The client secret of the app, from its page Basic Information.`),
		secret("slack.token_key", &c.Slack.TokenKey, tokenKeys, `
The key by which the tokens of workspaces are encrypted in the database: 32 bytes in base64, as openssl rand -base64 32 makes them.
To change it, put the new one first, a comma, and the old one: the next start encrypts anew, and the old one can go. Where there are
several replicas, start them all with the new one behind the old one before that.`),
		bind("slack.url", &c.Slack.URL, "", httpAddress, `
The public address of this service, such as https://bot.example: Slack sends those who install the bot back to it.`),
		bind("slack.api", &c.Slack.API, "", httpAddress, `
The address of a proxy in front of Slack's API, without /api, such as http://127.0.0.1:8081. Empty: Slack itself.`),
		bind("limits.user_per_minute", &c.Limits.UserPerMinute, 20, atLeast(0), `
How much one person may ask in a minute, as much of it at once as they like; who asks more is told so. 0: without a limit.`),
		bind("limits.tenant_per_minute", &c.Limits.TenantPerMinute, 300, atLeast(0), `
How much all of one server or workspace may ask in a minute, together. 0: without a limit.`),
		bind("inbox.workers", &c.Inbox.Workers, 32, atLeast(1), `
How many questions are worked on at once.`),
		bind("inbox.queue", &c.Inbox.Queue, 256, atLeast(0), `
How many questions wait at most; who asks while that many do is told at once that there is too much to do.`),
		bind("traces.endpoint", &c.Traces.Endpoint, "", httpAddress, `
Where the way of each event to its reply is told: a collector of OpenTelemetry that takes OTLP over HTTP, such as http://127.0.0.1:4318;
without a path it is /v1/traces. No word that anybody wrote is told, and no person. Empty: nowhere.`),
		secret("traces.headers", &c.Traces.Headers, headers, `
What the collector asks for in the header, such as api-key=secret, with commas between several.`),
		bind("traces.percent", &c.Traces.Percent, 100, percent, `
How many of a hundred events are told of.`),
	}
}

// Default returns the configuration without a file and without an environment.
func Default() Config {
	var c Config
	c.keys()
	return c
}
