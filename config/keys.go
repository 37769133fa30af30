package config

import (
	"slices"
	"time"
)

// keys binds all keys to the fields of c, in the order of the example, and sets the defaults.
func (c *Config) keys() []key {
	return slices.Concat(
		c.Database.keys(),
		c.Redis.keys(),
		c.Cache.keys(),
		c.HTTP.keys(),
		c.Log.keys(),
		c.Serve.keys(),
		c.Base.keys(),
		c.Discord.keys(),
		c.Slack.keys(),
		c.Limits.keys(),
		c.Inbox.keys(),
		c.Traces.keys(),
	)
}

func (d *Database) keys() []key {
	return []key{
		secret("database.url", &d.URL, databaseURL, `
The database: the path of an SQLite file, sqlite:///path, or postgres://user:password@host:5432/name.
Empty: the file whosays.db at the platform's place for data ($XDG_DATA_HOME/whosays).`),
	}
}

func (r *Redis) keys() []key {
	return []key{
		secret("redis.url", &r.URL, redisURL, `
The cache that replicas share: redis:// or rediss://user:password@host:6379.
Sentinel: redis://host:26379?master_name=main&addr=host2:26379. Cluster: redis://host:6379?cluster=true&addr=host2:6379.
Empty: none; each process keeps a cache of its own.`),
		bind("redis.timeout", &r.Timeout, 100*time.Millisecond, between(time.Millisecond, 10*time.Second), `
How long one try of Redis may take (dial, read, write) before the answer is made without it.`),
		bind("redis.pool_timeout", &r.PoolTimeout, 150*time.Millisecond, between(time.Millisecond, 10*time.Second), `
How long to wait for a free connection to Redis.`),
	}
}

func (c *Cache) keys() []key {
	return []key{
		bind("cache.claims", &c.Claims, 20_000, atLeast(0), `
How many claims each process keeps in memory.`),
	}
}

func (h *HTTP) keys() []key {
	return []key{
		bind("http.listen", &h.Listen, "127.0.0.1:8080", hostPort, `
Where to listen for /healthz, /readyz, /metrics, and for the events of platforms; :8080 is every interface.`),
	}
}

func (l *Log) keys() []key {
	return []key{
		bind("log.level", &l.Level, "info", oneOf("debug", "info", "warn", "error"), `
What is logged: debug, info, warn or error, and what is worse.`),
		bind("log.format", &l.Format, LogAuto, oneOf(LogAuto, LogText, LogJSON), `
The form of the log: text, json, or auto: text on a terminal, json elsewhere.`),
	}
}

func (s *Serve) keys() []key {
	return []key{
		bind("serve.drain", &s.Drain, 10*time.Second, between(0, 10*time.Minute), `
How long work that has begun may go on once the process is asked to stop.`),
		bind("serve.only", &s.Only, nil, ParseRoles, `
What this process does, of discord, slack, digests, corrections and housekeeping, with commas between them, where the work is shared out
over several processes with otherwise one configuration: each of them has to be done by one at least. Empty: all.`),
	}
}

func (b *Base) keys() []key {
	return []key{
		bind("base.stale_after", &b.StaleAfter, 14, days, `
How old the last review of the base may be before answers say so.`),
		bind("base.poll", &b.Poll, 2*time.Second, between(100*time.Millisecond, time.Hour), `
How often the database is asked for changes that no hint told of.`),
	}
}

func (d *Discord) keys() []key {
	return []key{
		secret("discord.token", &d.Token, discordToken, `
The token of the bot, from the page Bot of its application in Discord's developer portal. Empty: no Discord.`),
		bind("discord.public_key", &d.PublicKey, "", publicKey, `
The public key of the application, from its page General Information. With it interactions are taken by HTTP too, at
/discord/interactions: name that address there as Interactions Endpoint URL. Empty: they come by the gateway.`),
		bind("discord.shards", &d.Shards, 0, atLeast(0), `
Into how many shards the servers are cut, which replicas share. 0: as many as Discord recommends.`),
		bind("discord.api", &d.API, "", httpAddress, `
The address of a proxy in front of Discord's API, without /api, such as http://127.0.0.1:8081. Empty: Discord itself.`),
	}
}

func (s *Slack) keys() []key {
	return []key{
		secret("slack.bot_token", &s.BotToken, slackToken("xoxb-"), `
The token of the bot in its team, from the page OAuth & Permissions of the app: it begins with xoxb-. Empty: no Slack.`),
		secret("slack.app_token", &s.AppToken, slackToken("xapp-"), `
The token of the app with the scope connections:write, from its page Basic Information: it begins with xapp-. With it events come by
Socket Mode, which needs no public address. Empty: they come by HTTP.`),
		secret("slack.signing_secret", &s.SigningSecret, slackToken(""), `
The signing secret of the app, from its page Basic Information. With it events are taken by HTTP too, at /slack/events: see
whosays slack manifest --url. Empty: they come by Socket Mode.`),
		bind("slack.client_id", &s.ClientID, "", clientID, `
The client ID of the app, from its page Basic Information. With it, slack.client_secret, slack.token_key and slack.url any number of
workspaces can install the bot, at /slack/install; slack.bot_token stays empty then.`),
		secret("slack.client_secret", &s.ClientSecret, slackToken(""), `
The client secret of the app, from its page Basic Information.`),
		secret("slack.token_key", &s.TokenKey, tokenKeys, `
The key by which the tokens of workspaces are encrypted in the database: 32 bytes in base64, as openssl rand -base64 32 makes them.
To change it, put the new one first, a comma, and the old one: the next start encrypts anew, and the old one can go. Where there are
several replicas, start them all with the new one behind the old one before that.`),
		bind("slack.url", &s.URL, "", httpAddress, `
The public address of this service, such as https://bot.example: Slack sends those who install the bot back to it.`),
		bind("slack.api", &s.API, "", httpAddress, `
The address of a proxy in front of Slack's API, without /api, such as http://127.0.0.1:8081. Empty: Slack itself.`),
	}
}

func (l *Limits) keys() []key {
	return []key{
		bind("limits.user_per_minute", &l.UserPerMinute, 20, atLeast(0), `
How much one person may ask in a minute, as much of it at once as they like; who asks more is told so. 0: without a limit.`),
		bind("limits.tenant_per_minute", &l.TenantPerMinute, 300, atLeast(0), `
How much all of one server or workspace may ask in a minute, together. 0: without a limit.`),
	}
}

func (i *Inbox) keys() []key {
	return []key{
		bind("inbox.workers", &i.Workers, 32, atLeast(1), `
How many questions are worked on at once.`),
		bind("inbox.queue", &i.Queue, 256, atLeast(0), `
How many questions wait at most; who asks while that many do is told at once that there is too much to do.`),
	}
}

func (t *Traces) keys() []key {
	return []key{
		bind("traces.endpoint", &t.Endpoint, "", httpAddress, `
Where the way of each event to its reply is told: a collector of OpenTelemetry that takes OTLP over HTTP, such as http://127.0.0.1:4318;
without a path it is /v1/traces. No word that anybody wrote is told, and no person. Empty: nowhere.`),
		secret("traces.headers", &t.Headers, headers, `
What the collector asks for in the header, such as api-key=secret, with commas between several.`),
		bind("traces.percent", &t.Percent, 100, percent, `
How many of a hundred events are told of.`),
	}
}
