package sqlstore

import (
	"net/url"
	"path/filepath"
	"strings"

	"github.com/whosays/whosays/knowledge"
)

// target is where a URL points: one of the two.
type target struct {
	path     string
	postgres string // may hold a password: never shown
}

func parse(s string) (target, error) {
	scheme, rest, isURL := strings.Cut(s, "://")
	switch {
	case s == "":
		return target{}, &knowledge.Error{Kind: knowledge.Invalid, Msg: "No database is named."}
	case !isURL && account(s): // a file of that name would show the password to everybody
		return target{}, &knowledge.Error{Kind: knowledge.Invalid, Msg: "The database looks like an account of PostgreSQL: write it as postgres://user:***@host:5432/database."}
	case !isURL:
		return target{path: s}, nil
	case scheme == "postgres" || scheme == "postgresql":
		return target{postgres: s}, nil
	case scheme != "sqlite":
		return target{}, &knowledge.Error{Kind: knowledge.Invalid, Msg: "The database's URL has to be a path, sqlite:///path or postgres://user@host/database."}
	}
	path, err := url.PathUnescape(rest)
	if err != nil || !strings.HasPrefix(rest, "/") || rest == "/" {
		return target{}, &knowledge.Error{Kind: knowledge.Invalid, Msg: "A URL of SQLite has three slashes, and then the path of a file: sqlite:///var/lib/whosays/whosays.db."}
	}
	return target{path: filepath.FromSlash(path)}, nil
}

// account reports what is no path but says how to log in: user:password@host, or host=… password=….
func account(s string) bool {
	name, _, at := strings.Cut(s, "@")
	return at && strings.Contains(name, ":") && !strings.ContainsAny(name, `/\`) || strings.Contains(s, "password=")
}
