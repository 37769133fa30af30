package knowledge_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/whosays/whosays/knowledge"
)

func TestErrorShowsOnlyWhatIsSafe(t *testing.T) {
	t.Parallel()
	cause := &knowledge.Error{Kind: knowledge.Unavailable, Msg: "The base doesn't answer.", Err: io.ErrUnexpectedEOF}
	for name, tc := range map[string]struct {
		err      error
		kind     knowledge.ErrorKind
		msg, log string
	}{
		"none":    {nil, "", "", "<nil>"},
		"plain":   {cause, knowledge.Unavailable, "The base doesn't answer.", "The base doesn't answer.: unexpected EOF"},
		"wrapped": {fmt.Errorf("find: %w", cause), knowledge.Unavailable, "The base doesn't answer.", "find: The base doesn't answer.: unexpected EOF"},
		"foreign": {errors.New("password=hunter2"), knowledge.Internal, "Something went wrong here.", "password=hunter2"},
		"no cause": {
			&knowledge.Error{Kind: knowledge.NotFound, Msg: "No such claim."}, knowledge.NotFound, "No such claim.", "No such claim.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if kind, msg := knowledge.KindOf(tc.err), knowledge.MessageOf(tc.err); kind != tc.kind || msg != tc.msg {
				t.Errorf("kind %q, message %q", kind, msg)
			}
			if log := fmt.Sprint(tc.err); log != tc.log {
				t.Errorf("the log has %q", log)
			}
		})
	}
	if !errors.Is(cause, io.ErrUnexpectedEOF) {
		t.Error("the cause is lost")
	}
}
