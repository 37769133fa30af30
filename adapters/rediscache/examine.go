package rediscache

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/knowledge"
)

// patience is how long one try of Redis may take when it is examined: so is told what would answer, if it were waited for.
const patience = 5 * time.Second

// examined is what is written, for a moment, to see that it can be.
const examined = seenPrefix + "examined:"

// permissions is what an ACL has to permit.
const permissions = "Permit it the commands PING, GET, SET, DEL, PUBLISH and SUBSCRIBE, on keys and channels that begin with whosays."

// Examine tries the Redis of options: whether it can be reached and written, and answers within Timeout. A process works without it:
// what it says costs speed only, but was configured, and is meant to be there.
func Examine(ctx context.Context, o Options) []checkup.Finding {
	logging.Disable() // it writes to standard error; what it would say shows as errors here
	timeout := o.Timeout
	o.Timeout, o.PoolTimeout = patience, patience
	client, err := connect(o)
	if err != nil {
		return []checkup.Finding{checkup.Told("", knowledge.MessageOf(err), "")}
	}
	defer func() { _ = client.Close() }() // nothing is kept
	if err := client.Ping(ctx).Err(); err != nil {
		return []checkup.Finding{unreachable(ctx, o.URL, err)}
	}
	began := time.Now() // it is connected now, as it is while the bot serves
	if err := client.Set(ctx, examined+rand.Text(), "1", time.Second).Err(); err != nil {
		return []checkup.Finding{unwritable(err)}
	}
	out := []checkup.Finding{checkup.OK("", "It answers %s, and can be written.", carried(o.URL))}
	if took := time.Since(began); took > timeout {
		out = append(out, checkup.Doubt("time-out", fmt.Sprintf("One answer took %v, and is waited for %v.", took.Round(time.Millisecond), timeout),
			"Put Redis nearer, or raise redis.timeout: what comes too late is taken from the database."))
	}
	return out
}

func carried(url string) string {
	if encrypted(url) {
		return "by TLS"
	}
	return "without TLS"
}

func encrypted(url string) bool { return strings.HasPrefix(url, "rediss://") }

// unreachable says why a Redis gives no answer to a PING. What go-redis says isn't repeated where it may hold a user's name.
func unreachable(ctx context.Context, url string, err error) checkup.Finding {
	var (
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		header    tls.RecordHeaderError
		network   *net.OpError
		name      *net.DNSError
	)
	said := err.Error()
	switch {
	case errors.As(err, &header):
		return checkup.Bad("", "What answers at redis.url speaks no TLS.", "Write redis:// in place of rediss://, or the port at which it does.")
	case errors.As(err, &authority), errors.As(err, &host):
		return checkup.Bad("", "The certificate of Redis isn't believed: "+ended(err), "Have the system trust who signed it, and name the host that it is for in redis.url.")
	case redis.HasErrorPrefix(err, "WRONGPASS"), redis.HasErrorPrefix(err, "NOAUTH"), strings.Contains(said, "invalid username-password"), strings.Contains(said, "invalid password"):
		return checkup.Bad("", "Redis doesn't let the user in.", "Look at the user and the password in redis.url.")
	case redis.HasErrorPrefix(err, "NOPERM"):
		return checkup.Bad("", "Redis doesn't permit the user what is needed.", permissions)
	case errors.As(err, &name):
		return checkup.Bad("", "The host of redis.url isn't found.", "Look at its name.")
	case errors.Is(err, io.EOF) && !encrypted(url):
		return checkup.Bad("", "What answers at redis.url ends the connection.", "Write rediss:// if it speaks TLS only.")
	case timedOut(ctx, err) && encrypted(url): // Redis waits for more of what it can't read
		return checkup.Bad("", "Redis is there, or something in its place, but gives no answer by TLS.", "Look whether it runs, and whether it speaks TLS: if it doesn't, write redis:// in place of rediss://.")
	case timedOut(ctx, err):
		return checkup.Bad("", "Redis is there, or something in its place, but gives no answer.", "Look whether it runs, and whether a firewall is in between.")
	case errors.As(err, &network):
		return checkup.Bad("", "Redis can't be reached: "+ended(network.Err), "Look whether it runs, and at the host and port of redis.url.")
	}
	return checkup.Bad("", "Redis isn't usable: "+ended(err), "Look into its log, and at redis.url.")
}

func timedOut(ctx context.Context, err error) bool {
	network, of := errors.AsType[net.Error](err)
	return ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) || of && network.Timeout()
}

// unwritable says why a Redis that answers takes nothing.
func unwritable(err error) checkup.Finding {
	switch {
	case redis.HasErrorPrefix(err, "READONLY"):
		return checkup.Bad("", "Redis answers, but is a replica, which takes nothing.", "Name the master in redis.url, or Sentinel with ?master_name=.")
	case redis.HasErrorPrefix(err, "OOM"):
		return checkup.Bad("", "Redis answers, but has no memory left.", "Give it more, or a maxmemory-policy such as allkeys-lru.")
	case redis.HasErrorPrefix(err, "MOVED"):
		return checkup.Bad("", "Redis answers, but is one of a Cluster.", "Write ?cluster=true behind redis.url.")
	case redis.HasErrorPrefix(err, "NOPERM"):
		return checkup.Bad("", "Redis answers, but doesn't permit the user to write.", permissions)
	}
	return checkup.Bad("", "Redis answers, but takes nothing: "+ended(err), "Look into its log.")
}

// ended returns what an error says as the end of a sentence, bounded.
func ended(err error) string { return fmt.Sprintf("%.200s.", strings.TrimSuffix(err.Error(), ".")) }
