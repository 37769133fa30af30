package servertest

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
)

// account is whom a server runs as.
type account struct {
	other    bool // not as ourselves
	uid, gid uint32
}

// unprivileged is our own account, or where we are root, which PostgreSQL refuses, that of its package or nobody's.
func unprivileged() (account, error) {
	if os.Geteuid() != 0 {
		return account{}, nil
	}
	var missing error
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			missing = errors.Join(missing, err)
			continue
		}
		uid, _ := strconv.ParseUint(u.Uid, 10, 32) // numbers, wherever somebody can be root
		gid, _ := strconv.ParseUint(u.Gid, 10, 32)
		return account{other: true, uid: uint32(uid), gid: uint32(gid)}, nil
	}
	return account{}, fmt.Errorf("PostgreSQL doesn't run as root: add a user %q: %w", "postgres", missing)
}

// folder makes a temporary folder that belongs to the account and that it can reach.
func (a account) folder() (string, error) {
	parent := os.TempDir()
	if a.other && !open(parent) {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "servertest-")
	if err != nil {
		return "", err
	}
	return dir, a.own(dir)
}

func (a account) own(path string) error {
	if !a.other {
		return nil
	}
	return os.Chown(path, int(a.uid), int(a.gid))
}

// open reports whether everybody may pass through a folder and those above it.
func open(dir string) bool {
	info, err := os.Stat(dir)
	if err != nil || info.Mode()&0o001 == 0 {
		return false
	}
	return dir == filepath.Dir(dir) || open(filepath.Dir(dir))
}
