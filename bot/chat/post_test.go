package chat_test

import (
	"regexp"
	"testing"

	"github.com/whosays/whosays/bot/chat"
)

func TestNonce(t *testing.T) {
	t.Parallel()
	post := chat.Post{To: "place:1", Key: "event:1"}
	for name, tc := range map[string]struct {
		other chat.Post
		same  bool
	}{
		"what hangs on neither": {chat.Post{To: "place:1", Key: "event:1", ID: "x", ReplyTo: "y", Reply: chat.Reply{Lang: "uk"}}, true},
		"another key":           {chat.Post{To: "place:1", Key: "event:2"}, false},
		"another address":       {chat.Post{To: "place:2", Key: "event:1"}, false},
		"shifted":               {chat.Post{To: "place:1e", Key: "vent:1"}, false},
		"none":                  {chat.Post{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if same := tc.other.Nonce() == post.Nonce(); same != tc.same {
				t.Errorf("%q and %q", post.Nonce(), tc.other.Nonce())
			}
			if !regexp.MustCompile(`^[A-Za-z0-9_-]{24}$`).MatchString(tc.other.Nonce()) {
				t.Errorf("%q", tc.other.Nonce())
			}
		})
	}
}
