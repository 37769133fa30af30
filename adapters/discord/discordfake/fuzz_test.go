package discordfake_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/discord/discordfake"
)

// FuzzMessage posts any body: it is taken or refused, and what is taken can be read again.
func FuzzMessage(f *testing.F) {
	s := discordfake.New(discordfake.Options{RecordLimit: 50})
	channel := s.AddChannel(discordfake.Channel{GuildID: s.AddGuild(discordfake.Guild{})})
	for _, seed := range []string{
		`{"content":"x"}`, `{"embeds":[{"title":"x","fields":[{"name":"n","value":"v"}]}]}`, `{"embeds":[{"fields":[null]}]}`,
		`{"components":[{"type":1,"components":[{"type":2,"style":5,"label":"x","url":"https://x.org"}]}]}`,
		`{"flags":32768,"components":[{"type":9,"components":[{"type":10,"content":"x"}],"accessory":{"type":11}}]}`,
		`{"content":null,"nonce":7,"allowed_mentions":{"parse":null}}`, `[]`, `{"content":7}`, ``,
	} {
		f.Add(seed, "application/json")
	}
	f.Add("--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{\"content\":\"x\"}\r\n--b--\r\n", "multipart/form-data; boundary=b")
	f.Fuzz(func(t *testing.T, body, contentType string) {
		do := func(method, body string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(method, "/api/v9/channels/"+channel+"/messages", strings.NewReader(body))
			r.Header.Set("Authorization", s.Token())
			r.Header.Set("Content-Type", contentType)
			w := httptest.NewRecorder()
			s.Handler().ServeHTTP(w, r)
			return w
		}
		if status := do("POST", body).Code; status != http.StatusOK && status/100 != 4 {
			t.Errorf("status %d", status)
		}
		if w := do("GET", ""); w.Code != http.StatusOK {
			t.Errorf("afterwards: %d %s", w.Code, w.Body)
		}
	})
}
