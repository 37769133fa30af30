package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// reload saves the base to a file and loads it again.
func (p *product) reload(ctx context.Context, r *row) error {
	dir, err := os.MkdirTemp("", "whosays-bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "base")
	start := time.Now()
	if err := p.save(path); err != nil {
		return err
	}
	r.SaveS = time.Since(start).Seconds()
	p.base, p.bot = nil, nil // a program that starts holds one only
	heap()
	start = time.Now()
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	p.base, err = knowledge.LoadBase(ctx, bytes.NewReader(data), p.lex, p.store)
	r.LoadS, r.FileMB = time.Since(start).Seconds(), float64(len(data))/mega
	return err
}

func (p *product) save(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := p.base.Save(file); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}
