package deploy_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/google/go-cmp/cmp"
)

// composed reads what `whosays compose` prints, as Compose does.
func composed(t *testing.T) *types.Project {
	t.Helper()
	p, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir: t.TempDir(), ConfigFiles: []types.ConfigFile{{Filename: "compose.yaml", Content: []byte(printed(t, "compose"))}}, Environment: types.Mapping{},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCompose(t *testing.T) {
	t.Parallel()
	p := composed(t)
	if diff := cmp.Diff([]string{"postgres", "redis", "whosays"}, slices.Sorted(maps.Keys(p.Services))); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	for name, s := range p.Services {
		if !s.ReadOnly || s.HealthCheck == nil || s.Restart == "" || s.Privileged || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s may do more than it needs, or isn't watched: %+v", name, s)
		}
		for _, m := range s.Volumes {
			if m.Type != types.VolumeTypeVolume {
				t.Errorf("%s writes into a folder of the host: %+v", name, m)
			}
		}
		for _, port := range s.Ports {
			if port.HostIP != "127.0.0.1" {
				t.Errorf("%s can be reached from everywhere: %+v", name, port)
			}
		}
	}
	bot := p.Services["whosays"]
	if !slices.Contains(bot.CapDrop, "ALL") || bot.StopGracePeriod == nil {
		t.Errorf("%+v", bot)
	}
	for _, needed := range []string{"postgres", "redis"} {
		if bot.DependsOn[needed].Condition != types.ServiceConditionHealthy {
			t.Errorf("the bot doesn't wait for %s", needed)
		}
	}
	if _, outside := p.Services["postgres"].Networks["outside"]; outside || !p.Networks["inside"].Internal {
		t.Error("the database can be reached from outside")
	}
}

// TestComposedConfiguration gives the program the environment of the compose file, its secrets moved: as they are made before the first
// start, with those of one platform.
func TestComposedConfiguration(t *testing.T) {
	t.Parallel()
	p, folder := composed(t), t.TempDir()
	for name := range p.Secrets {
		text := map[string]string{
			"database_url": "postgres://whosays:secret@postgres:5432/whosays\n", "discord_token": "MTIz.abc.def\n",
		}[name]
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	bot := p.Services["whosays"]
	var environ, files, given []string
	for name, value := range bot.Environment {
		if value == nil {
			continue
		}
		if file, ok := strings.CutPrefix(*value, "/run/secrets/"); ok {
			files = append(files, file)
			*value = filepath.Join(folder, file)
		}
		environ = append(environ, name+"="+*value)
	}
	for _, s := range bot.Secrets {
		given = append(given, s.Source)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(given)), slices.Sorted(slices.Values(files))); diff != "" {
		t.Errorf("the secrets that the bot is given aren't those that it reads (-given +read):\n%s", diff)
	}
	if out, err := call(t, environ, "config", "check"); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
