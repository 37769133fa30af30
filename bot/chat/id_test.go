package chat_test

import (
	"testing"

	"github.com/whosays/whosays/bot/chat"
)

func TestRequestID(t *testing.T) {
	t.Parallel()
	outer := chat.WithRequestID(t.Context(), "a")
	inner := chat.WithRequestID(outer, "b")
	if got := chat.RequestID(t.Context()) + chat.RequestID(outer) + chat.RequestID(inner); got != "ab" {
		t.Errorf("%q", got)
	}
}
