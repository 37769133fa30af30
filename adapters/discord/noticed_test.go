package discord

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestNoticed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var n noticed
		if !n.first("olena") || n.first("olena") || !n.first("taras") {
			t.Error("somebody is told twice, or not at all")
		}
		time.Sleep(noticedFor + time.Second)
		if !n.first("olena") {
			t.Error("somebody isn't told again")
		}
	})
}
