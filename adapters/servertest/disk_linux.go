package servertest

import (
	"os/exec"
	"strconv"
)

// FillDisk has no file of the server become larger than so many bytes, those of who is connected included: what would make it larger
// is refused as on a disk that is full. A number that isn't a multiple of 8192 cuts a page in two, which is how PostgreSQL 15 knows. Its
// log of changes is made of files of 1 MiB, without which it can't go on: less leaves it none.
func (s *PostgresServer) FillDisk(bytes int) {
	s.t.Helper()
	s.limitFiles(strconv.Itoa(bytes))
}

// FreeDisk takes [PostgresServer.FillDisk] back.
func (s *PostgresServer) FreeDisk() {
	s.t.Helper()
	s.limitFiles("unlimited")
}

func (s *PostgresServer) limitFiles(most string) {
	s.t.Helper()
	server := s.s.process.cmd.Process.Pid
	if err := s.limitFilesOf(server, most); err != nil { // it comes first: who is let in from then on has its limit
		s.t.Fatal(err)
	}
	for _, pid := range children(server) {
		_ = s.limitFilesOf(pid, most) // it may be gone by now
	}
}

// limitFilesOf needs no right that the server's own account hasn't: root in a container may not limit others.
func (s *PostgresServer) limitFilesOf(pid int, most string) error {
	cmd := exec.CommandContext(s.t.Context(), "prlimit", "--pid", strconv.Itoa(pid), "--fsize="+most+":")
	runAs(cmd, s.s.account)
	return cmd.Run()
}
