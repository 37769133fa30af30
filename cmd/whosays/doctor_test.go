package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/golden"

	"github.com/whosays/whosays/adapters/checkup"
	"github.com/whosays/whosays/adapters/discord/discordfake"
	"github.com/whosays/whosays/adapters/servertest"
	"github.com/whosays/whosays/config"
)

// doctored is the environment of a bot at which all is well: its database, Redis, Discord and Slack.
func doctored(t *testing.T) (environ []string, db string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "base.db")
	fake, onDiscord := fakeDiscord(t)
	fake.AddGuild(discordfake.Guild{Name: "Kyiv"})
	_, _, onSlack := fakeSlack(t)
	environ = slices.DeleteFunc(append(onDiscord, onSlack...), func(v string) bool { return strings.HasPrefix(v, "WHOSAYS_DISCORD_PUBLIC_KEY=") })
	environ = append(environ, "WHOSAYS_SLACK_APP_TOKEN="+slackAppToken, "WHOSAYS_DATABASE_URL="+db,
		"WHOSAYS_REDIS_URL="+servertest.Redis(t).URL(), "WHOSAYS_REDIS_TIMEOUT=10s")
	for _, args := range [][]string{{"base", "reviewed", "--all"}, {"discord", "commands", "--register"}} {
		if _, errs, status := ran(t, environ, args...); status != exitOK {
			t.Fatalf("%v: %s", args, errs)
		}
	}
	return environ, db
}

// examinedBy runs doctor at a moment of the clock.
func examinedBy(t *testing.T, environ []string, clock func() time.Time, args ...string) (out string, status int) {
	t.Helper()
	a := surroundings(t, environ)
	var o, e bytes.Buffer
	a.out, a.errs, a.clock = &o, &e, clock
	status = a.execute(t.Context(), append([]string{"doctor"}, args...))
	if e.Len() > 0 {
		t.Errorf("it complains: %s", e.String())
	}
	return o.String(), status
}

// steady replaces what differs from run to run.
func steady(text, db string) string {
	text = strings.ReplaceAll(text, db, "DB")
	for _, is := range [][2]string{
		{`\d+ MB`, "N MB"}, {`127\.0\.0\.1:\d+`, "ADDRESS"}, {`\d{4}-\d{2}-\d{2}`, "DATE"}, {`It is \d+m\d+s`, "It is 10m0s"},
	} {
		text = regexp.MustCompile(is[0]).ReplaceAllString(text, is[1])
	}
	return text
}

func TestDoctorOfTheHealthy(t *testing.T) {
	t.Parallel()
	environ, db := doctored(t)
	out, status := examinedBy(t, environ, time.Now)
	if status != exitOK {
		t.Errorf("status %d", status)
	}
	golden.Assert(t, steady(out, db), "doctor-healthy.txt")
}

// TestDoctorOfTheSick has something wrong with each part that can have it.
func TestDoctorOfTheSick(t *testing.T) {
	t.Parallel()
	environ, db := doctored(t)
	forbidden(t, db)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	environ = append(environ,
		"WHOSAYS_REDIS_URL=redis://u:"+canary+"@127.0.0.1:1", "WHOSAYS_DISCORD_TOKEN="+canary+".b.c", "WHOSAYS_SLACK_BOT_TOKEN=xoxb-"+canary,
		"WHOSAYS_SLACK_APP_TOKEN=xapp-"+canary, "WHOSAYS_SLACK_SIGNING_SECRET="+canary,
		"WHOSAYS_HTTP_LISTEN="+taken.Addr().String(),
	)
	late := func() time.Time { return time.Now().Add(10*time.Minute + 500*time.Millisecond) }
	out, status := examinedBy(t, environ, late)
	if status != exitFail {
		t.Errorf("status %d", status)
	}
	golden.Assert(t, steady(out, db), "doctor-sick.txt")

	doc, status := examinedBy(t, environ, late, "--json")
	var is doctorDoc
	if err := json.Unmarshal([]byte(doc), &is); err != nil || status != exitFail || is.OK || strings.Count(doc, "\n") != 1 {
		t.Errorf("status %d, %v: %s", status, err, doc)
	}
	failed := map[string]bool{}
	for _, f := range is.Findings {
		if f.State == checkup.Failed && f.Do == "" {
			t.Errorf("nothing is said to do: %+v", f)
		}
		failed[f.Part] = failed[f.Part] || f.State == checkup.Failed
	}
	want := map[string]bool{
		"configuration": false, "database": true, "base": false, "redis": true, "discord": true, "slack": true, "address": true, "clock": true, "time zones": false,
	}
	if diff := cmp.Diff(want, failed); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if strings.Contains(out+doc, canary) {
		t.Errorf("a secret is told: %s%s", out, doc)
	}
}

// forbidden marks a file of SQLite as one that its format forbids to write
// (https://sqlite.org/fileformat.html#file_format_version_numbers): root may write every other.
func forbidden(t *testing.T, db string) {
	t.Helper()
	f, err := os.OpenFile(db, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte{3}, 18); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestDoctorOfMistakes tries nothing else.
func TestDoctorOfMistakes(t *testing.T) {
	t.Parallel()
	out, status := examinedBy(t, []string{"WHOSAYS_HTTP_LISTN=:1", "WHOSAYS_DISCORD_TOKEN=" + canary}, time.Now)
	if status != exitFail || strings.Contains(out, canary) || strings.Contains(out, "time zones") || !strings.Contains(out, "did you mean WHOSAYS_HTTP_LISTEN?") ||
		!strings.HasSuffix(out, "2 fail.\n") {
		t.Errorf("status %d: %s", status, out)
	}
}

func TestDoctorWarnsOfFilesOfSecretsThatOthersMayRead(t *testing.T) {
	t.Parallel()
	for mode, warned := range map[os.FileMode]bool{0o600: false, 0o640: true, 0o644: true} {
		for text, secret := range map[string]bool{"discord:\n  token: a.b.c\n": true, "log:\n  level: debug\n": false} {
			file := written(t, text)
			if err := os.Chmod(file, mode); err != nil {
				t.Fatal(err)
			}
			loaded, err := config.Sources{File: file}.Load()
			if err != nil {
				t.Fatal(err)
			}
			found := examineConfiguration(loaded, nil)
			if got := len(found) == 2 && strings.Contains(found[1].Do, "chmod 600"); got != (warned && secret) {
				t.Errorf("%v %q: %+v", mode, text, found)
			}
		}
	}
}

// TestDoctorOfServe has serve listen where doctor looks, and a database of which nothing was loaded.
func TestDoctorOfServe(t *testing.T) {
	t.Parallel()
	_, environ := fakeDiscord(t)
	log, stop, done := serving(t, environ)
	environ = append(environ, "WHOSAYS_HTTP_LISTEN="+log.wait(t, "listening").Addr, "WHOSAYS_DATABASE_URL="+filepath.Join(t.TempDir(), "base.db"))
	if _, errs, status := ran(t, environ, "migrate", "up"); status != exitOK {
		t.Fatal(errs)
	}
	out, _ := examinedBy(t, environ, time.Now)
	for _, says := range []string{"Serve listens on ", "It holds no claims."} {
		if !strings.Contains(out, says) {
			t.Errorf("it doesn't say %q: %s", says, out)
		}
	}
	stop()
	<-done
}

func TestZonesThatCanNotBeLoaded(t *testing.T) {
	t.Parallel()
	none := func(string) (*time.Location, error) { return nil, errors.New("none") }
	if found := examineZones(none); found[0].State != checkup.Failed || found[0].Do == "" {
		t.Errorf("%+v", found)
	}
}
