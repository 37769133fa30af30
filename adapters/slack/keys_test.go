package slack

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whosays/whosays/adapters/slack/slackfake"
	"github.com/whosays/whosays/bot/chat"
)

// TestKeysChange seals with a new key while an old one still opens.
func TestKeysChange(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{})
	m.installs(m.team)
	want, err := m.teams.Token(t.Context(), m.team)
	m.ok(err)
	token := func(keys string) (string, error) {
		teams := newTestTeams(m.rig, keys, nil)
		return teams.Token(t.Context(), m.team)
	}
	if got, err := token(testKey("b")); err == nil || errors.Is(err, chat.ErrRefused) || got != "" || !strings.Contains(err.Error(), "slack.token_key") {
		t.Errorf("%v", err)
	}
	both := testKey("b") + ", " + testKey("a")
	if got, err := token(both); got != want || err != nil {
		t.Error(err)
	}
	m.ok(newTestTeams(m.rig, both, nil).Reseal(t.Context()))
	if got, err := token(testKey("b")); got != want || err != nil {
		t.Error(err)
	}
	lost := newTestTeams(m.rig, testKey("c"), nil)
	if err := lost.Reseal(t.Context()); err == nil || !strings.Contains(err.Error(), m.team) {
		t.Error(err)
	}
	left, err := lost.Leave(t.Context(), m.team, time.Now().Add(time.Minute), true) // a team can go though its tokens can't be opened
	m.ok(errors.Join(err, lost.Left(t.Context(), m.team)))
	if !left || len(m.listed()) != 0 {
		t.Errorf("%+v stays", m.listed())
	}
}

// TestSealed opens nothing that was altered, or moved to another team.
func TestSealed(t *testing.T) {
	t.Parallel()
	k, err := ParseKeys(testKey("a"))
	if err != nil {
		t.Fatal(err)
	}
	in := install{Install: Install{Team: "T1", Enterprise: "E1", State: Live}, Tokens: grant{"xoxb-canary", "xoxe-canary"}}
	body, err := k.pack(&in)
	if err != nil || strings.Contains(body, "canary") {
		t.Fatal(body, err)
	}
	for name, change := range map[string]func(*install){
		"another team":         func(in *install) { in.Team = "T2" },
		"another organisation": func(in *install) { in.Enterprise = "" },
		"a digit": func(in *install) {
			in.Sealed = in.Sealed[:20] + map[bool]string{true: "A", false: "B"}[in.Sealed[20] != 'A'] + in.Sealed[21:]
		},
		"cut":     func(in *install) { in.Sealed = in.Sealed[:30] },
		"nothing": func(in *install) { in.Sealed = "" },
		"bare":    func(in *install) { in.Sealed = `{"access":"x"}` },
	} {
		is, err := unpack("slack:T1", body)
		if err != nil {
			t.Fatal(err)
		}
		if change(is); k.unseal(is) == nil {
			t.Errorf("%s: it opens", name)
		}
	}
	is, err := unpack("slack:T1", body)
	if err := errors.Join(err, k.unseal(is)); err != nil || is.Tokens != in.Tokens {
		t.Error(err)
	}
	if _, err := unpack("slack:T2", body); err == nil {
		t.Error("another's row is read")
	}
	if text := fmt.Sprintf("%v %+v %#v %v %#v", in, &in, in.Tokens, k, k); strings.Contains(text, "canary") {
		t.Error(text)
	}
	for _, bad := range []string{"", "canary", testKey("a") + ",", testKey("a")[:40], testKey("a") + "," + testKey("canary")} {
		if _, err := ParseKeys(bad); err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestTokensAreNowhere looks for tokens in the files of the database and in the log, after installations, renewals and a removal.
func TestTokensAreNowhere(t *testing.T) {
	t.Parallel()
	m := newMany(t, slackfake.Options{Rotation: true})
	var secrets []string
	keep := func() {
		in, err := m.teams.load(t.Context(), m.team)
		m.ok(err)
		secrets = append(secrets, in.Tokens.Access, in.Tokens.Refresh)
	}
	m.installs(m.team)
	keep()
	m.slack.ExpireTokens(m.team)
	m.asks()
	keep()
	m.slack.Inject(slackfake.Fault{Match: slackfake.Calling("oauth.v2.access"), Times: 1, Cut: true})
	m.slack.ExpireTokens(m.team)
	token, err := m.teams.Token(t.Context(), m.team)
	m.ok(err)
	failed := m.teams.Refused(t.Context(), m.team, token, tokenExpired)
	if failed == nil {
		t.Error("the renewal wasn't cut")
	}
	m.ok(m.teams.Refused(t.Context(), m.team, token, tokenExpired))
	keep()
	m.slack.Uninstall(m.team)
	m.logs("what was kept of it is deleted")
	_, secret := m.slack.Client()
	secrets = append(secrets, secret, testKey("a"))
	var all strings.Builder
	fmt.Fprintln(&all, m.log, failed)
	m.ok(filepath.WalkDir(m.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		all.Write(raw)
		return err
	}))
	if all.Len() < 10_000 {
		t.Errorf("only %d bytes were looked through", all.Len())
	}
	for _, s := range secrets {
		if s == "" || strings.Contains(all.String(), s) {
			t.Errorf("%q is told", s)
		}
	}
}

// FuzzSealed opens what nobody has sealed, and reads rows that nobody has written.
func FuzzSealed(f *testing.F) {
	k, err := ParseKeys(testKey("a"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(`{"team":"T1","state":"live","sealed":"v1.` + k.all[0].id + `.AAAA"}`)
	f.Fuzz(func(t *testing.T, text string) {
		if is, err := unpack("slack:T1", text); err == nil && is.State == Live && k.unseal(is) == nil {
			t.Errorf("it opens: %q", text)
		}
	})
}
