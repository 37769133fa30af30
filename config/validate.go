package config

import (
	"encoding/base64"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// The checks of secrets. Their errors never hold the value, nor what url.Parse says, which quotes it.

func databaseURL(text string) error {
	scheme, rest, isURL := strings.Cut(text, "://")
	switch {
	case !isURL && account(text): // a file of that name would show the password to everybody
		return errors.New("has to be a path, or postgres://user:password@host:5432/name; this is no path, but an account")
	case !isURL: // a path
		return nil
	case scheme == "sqlite":
		if !strings.HasPrefix(rest, "/") || rest == "/" {
			return errors.New("has three slashes in front of the path: sqlite:///var/lib/whosays/whosays.db")
		}
		return nil
	case scheme != "postgres" && scheme != "postgresql":
		return errors.New("has to be a path, sqlite:///path, or postgres://user:password@host:5432/name")
	}
	u, err := parseURL(text)
	if err == nil && u.Host == "" && u.Query().Get("host") == "" {
		err = errors.New("names no host; write postgres://user:password@host:5432/name")
	}
	return err
}

// account reports what is no path but says how to log in: user:password@host, or host=… password=….
func account(text string) bool {
	name, _, at := strings.Cut(text, "@")
	return at && strings.Contains(name, ":") && !strings.ContainsAny(name, `/\`) || strings.Contains(text, "password=")
}

func redisURL(text string) error {
	if text == "" {
		return nil
	}
	if !strings.HasPrefix(text, "redis://") && !strings.HasPrefix(text, "rediss://") {
		return errors.New("has to be redis://user:password@host:6379, or rediss:// with TLS")
	}
	u, err := parseURL(text)
	if err != nil {
		return err
	}
	q := u.Query()
	db := strings.Trim(u.Path, "/")
	_, dbErr := strconv.ParseUint(db, 10, 16)
	_, clusterErr := strconv.ParseBool(q.Get("cluster"))
	switch {
	case u.Hostname() == "":
		return errors.New("names no host; write redis://user:password@host:6379")
	case db != "" && dbErr != nil:
		return errors.New("has to end in the number of a database, such as /0, or in none")
	case q.Has("cluster") && clusterErr != nil:
		return errors.New("has a cluster that is neither true nor false; write ?cluster=true")
	case q.Has("cluster") && q.Has("master_name"):
		return errors.New("names a Cluster and a Sentinel; write either cluster or master_name")
	}
	return nil
}

// parseURL reads a URL that may hold a password.
func parseURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err == nil {
		_, err = url.ParseQuery(u.RawQuery)
	}
	if err != nil {
		return nil, errors.New("is no URL that can be read; in a user, a password or a value, " +
			"write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25, a space as %20")
	}
	return u, nil
}

// discordToken takes what has the form of a bot's token: three parts between dots.
func discordToken(text string) error {
	if text != "" && (strings.Count(text, ".") != 2 || strings.ContainsAny(text, " \t\n") || strings.HasPrefix(text, "Bot")) {
		return errors.New("has to be a bot's token, as the developer portal shows it: three parts with dots between them, without \"Bot \"")
	}
	return nil
}

// slackToken takes what has the form of a secret of Slack's that begins with a prefix.
func slackToken(prefix string) func(string) error {
	return func(text string) error {
		switch {
		case text == "":
			return nil
		case strings.ContainsAny(text, " \t\r\n"):
			return errors.New("has to be copied as the page of the app shows it, without spaces")
		case !strings.HasPrefix(text, prefix):
			return errors.New("has to be a token that begins with " + prefix)
		}
		return nil
	}
}

// headers takes names with values, with commas between them.
func headers(text string) error {
	if text == "" {
		return nil
	}
	for part := range strings.SplitSeq(text, ",") {
		name, value, ok := strings.Cut(part, "=")
		if !ok || strings.TrimSpace(value) == "" || !httpguts.ValidHeaderFieldName(strings.TrimSpace(name)) || !httpguts.ValidHeaderFieldValue(value) {
			return errors.New("has to be names of headers with their values, such as api-key=secret, with commas between several")
		}
	}
	return nil
}

// tokenKeys takes keys of AES-256 in base64, with commas between them.
func tokenKeys(text string) error {
	if text == "" {
		return nil
	}
	for part := range strings.SplitSeq(text, ",") {
		if raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(part)); err != nil || len(raw) != 32 {
			return errors.New("has to be 32 bytes in base64, as openssl rand -base64 32 makes them; an older key may follow behind a comma")
		}
	}
	return nil
}
