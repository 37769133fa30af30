package main

import (
	"time"

	"github.com/prometheus/procfs"
)

// memory watches what this process has resident: Linux alone tells.
type memory struct {
	proc         procfs.Proc
	before, most int
	stop, done   chan struct{}
}

func watchMemory() (*memory, error) {
	p, err := procfs.Self()
	if err != nil {
		return nil, err
	}
	m := &memory{proc: p, stop: make(chan struct{}), done: make(chan struct{})}
	m.before = m.now()
	go m.watch()
	return m, nil
}

func (m *memory) now() int {
	stat, err := m.proc.Stat()
	if err != nil {
		return 0
	}
	return stat.ResidentMemory()
}

func (m *memory) watch() {
	defer close(m.done)
	each := time.NewTicker(20 * time.Millisecond)
	defer each.Stop()
	for {
		m.most = max(m.most, m.now())
		select {
		case <-each.C:
		case <-m.stop:
			return
		}
	}
}

// end returns what it was before, and the most that it was since, in MB.
func (m *memory) end() (before, most float64) {
	close(m.stop)
	<-m.done
	return float64(m.before) / (1 << 20), float64(m.most) / (1 << 20)
}

// processor returns the seconds of processor that this process has used.
func processor() float64 {
	p, err := procfs.Self()
	if err != nil {
		return 0
	}
	stat, err := p.Stat()
	if err != nil {
		return 0
	}
	return stat.CPUTime()
}
