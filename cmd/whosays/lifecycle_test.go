package main

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestLifecycleClosesTheLastFirst(t *testing.T) {
	t.Parallel()
	var closed []string
	var l lifecycle
	broken := errors.New("broken")
	l.onClose("a", func(context.Context) error { closed = append(closed, "a"); return nil })
	l.onClose("b", func(context.Context) error { closed = append(closed, "b"); return broken })
	l.onClose("c", func(ctx context.Context) error { closed = append(closed, "c"); return ctx.Err() })
	l.onClose("d", func(context.Context) error { closed = append(closed, "d"); return errors.New("stuck") })
	ended, end := context.WithCancel(t.Context())
	end()
	err := l.close(ended)
	if diff := cmp.Diff([]string{"d", "c", "b", "a"}, closed); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !errors.Is(err, broken) || err.Error() != "close d: stuck\nclose b: broken" {
		t.Errorf("err = %v", err)
	}
	if err := l.close(ended); err != nil || len(closed) != 4 {
		t.Errorf("closed twice: %v, %v", closed, err)
	}
}

func TestLifecycleGivesEachPartItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var l lifecycle
		slow := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
		l.onClose("a", slow)
		l.onClose("b", slow)
		l.onCloseWithin("c", time.Minute, slow)
		l.onCloseWithin("d", time.Second, slow) // no less than others
		begun := time.Now()
		err := l.close(t.Context())
		if took := time.Since(begun); took != 3*closeTime+time.Minute || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("after %v: %v", took, err)
		}
	})
}
