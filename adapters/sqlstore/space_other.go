//go:build !linux && !darwin

package sqlstore

// freeSpace isn't known here.
func freeSpace(string) (bytes uint64, ok bool) { return 0, false }
