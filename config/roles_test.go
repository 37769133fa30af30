package config_test

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/config"
)

func TestParseRoles(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "", " ": "", "discord": "discord", "digests, slack,digests": "digests,slack", "housekeeping": "housekeeping"} {
		if got, err := config.ParseRoles(text); err != nil || got.String() != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"digest": "did you mean digests?", "discord,slak": "did you mean slack?", "Discord": "did you mean discord?", "correction": "did you mean corrections?",
		"everything": "has to be of the roles discord, slack, digests, corrections, housekeeping", "discord,": "has to be of the roles",
	} {
		if _, err := config.ParseRoles(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, role := range config.AllRoles() {
		if !config.Roles(nil).Has(role) || !(config.Roles{role}).Has(role) {
			t.Errorf("%s isn't done", role)
		}
	}
	if (config.Roles{config.RoleSlack}).Has(config.RoleDiscord) {
		t.Error("Discord is among Slack alone")
	}
}
