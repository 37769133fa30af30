package sqlstore

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"
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
		path, err := DefaultPath()
		return target{path: path}, err
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

// DefaultPath returns where the database is kept that nobody has named: in the user's folder for data of programs.
func DefaultPath() (string, error) {
	dir := os.Getenv("XDG_DATA_HOME")
	if dir == "" || !filepath.IsAbs(dir) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", &knowledge.Error{Kind: knowledge.Invalid, Msg: "It isn't known where this user's data is kept: say where the database is.", Err: err}
		}
		switch runtime.GOOS {
		case "windows":
			dir = filepath.Join(home, "AppData", "Local")
		case "darwin":
			dir = filepath.Join(home, "Library", "Application Support")
		default:
			dir = filepath.Join(home, ".local", "share")
		}
	}
	return filepath.Join(dir, "whosays", "whosays.db"), nil
}
