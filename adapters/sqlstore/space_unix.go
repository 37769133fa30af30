//go:build linux || darwin

package sqlstore

import "syscall"

// freeSpace returns how many bytes a user may still write on the disk of a folder.
func freeSpace(dir string) (bytes uint64, ok bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true //nolint:gosec,nolintlint // the size of a block isn't negative
}
