package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// Installs keeps where the bot was installed; a database implements it. All of it may be called at once. Texts are ours, and hold
// tokens only sealed. The name of a version never comes again. An error is of a store that doesn't answer.
type Installs interface {
	// Get returns what is kept of a tenant, and its version; "": nothing is.
	Get(ctx context.Context, tenant string) (body, version string, err error)
	// Put keeps a text for a tenant, whatever was there, and returns its version.
	Put(ctx context.Context, tenant, body string) (version string, err error)
	// Swap keeps another text for a tenant, and returns its version; "": it isn't the version any more that is named.
	Swap(ctx context.Context, tenant, body, version string) (now string, err error)
	// Delete deletes what is kept of a tenant; false where it isn't the version any more that is named.
	Delete(ctx context.Context, tenant, version string) (bool, error)
	// All returns the texts of all tenants whose names begin so, by tenant.
	All(ctx context.Context, prefix string) (map[string]string, error)
}

// State is what became of an installation.
type State string

// The states of installations.
const (
	Live    State = "live"
	Refused State = "refused" // Slack refuses its token for good: it has to be installed anew
	Leaving State = "leaving" // the bot was removed, and what was kept of the team is being deleted
)

// Install is an installation in a team, without its tokens.
type Install struct {
	Team       string    `json:"team"`                 // its id
	Enterprise string    `json:"enterprise,omitempty"` // the id of the organisation that the team is of
	Name       string    `json:"name"`                 // of the team
	Scopes     string    `json:"scopes"`               // that were granted, with commas between them
	At         time.Time `json:"at"`                   // when it was installed
	Expires    time.Time `json:"expires,omitzero"`     // of the token; zero: never
	State      State     `json:"state"`
	Why        string    `json:"why,omitempty"` // Slack's word for it, where it is Refused
}

// install is an installation as it is kept.
type install struct {
	Install
	Sealed string `json:"sealed,omitempty"` // the tokens

	version string
	Tokens  grant `json:"-"` // opened; exported, so that fmt asks it how it wants to be written
}

// grant are the tokens of an installation. They write themselves as *** wherever they are formatted.
type grant struct {
	Access  string `json:"access"`
	Refresh string `json:"refresh,omitempty"` // "": the token doesn't rotate
}

// Format writes *** for every verb of fmt.
func (grant) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "***") }

// owner is what tokens are sealed for: in another's row they don't open.
func (in *install) owner() string { return scheme + in.Team + "\x00" + in.Enterprise }

// tenant is under which it is kept.
func (in *install) tenant() string { return scheme + in.Team }

// pack returns an installation as it is kept, with its tokens sealed by the first key.
func (k *Keys) pack(in *install) (string, error) {
	in.Sealed = ""
	if in.State == Live {
		plain, err := json.Marshal(in.Tokens)
		if err != nil {
			return "", fmt.Errorf("slack: the install in %s: %w", in.Team, err)
		}
		in.Sealed = k.seal(plain, in.owner())
	}
	body, err := json.Marshal(in)
	if err != nil {
		return "", fmt.Errorf("slack: the install in %s: %w", in.Team, err)
	}
	return string(body), nil
}

// unpack reads an installation as it is kept, without opening its tokens.
func unpack(tenant, body string) (*install, error) {
	var in install
	if err := json.Unmarshal([]byte(body), &in); err != nil || in.tenant() != tenant {
		return nil, fmt.Errorf("slack: the install of %s can't be read: the row was altered", tenant)
	}
	return &in, nil
}

// unseal opens the tokens of a live installation.
func (k *Keys) unseal(in *install) error {
	if in.State != Live {
		return nil
	}
	plain, err := k.open(in.Sealed, in.owner())
	if err == nil {
		err = json.Unmarshal(plain, &in.Tokens)
	}
	if err != nil {
		return fmt.Errorf("slack: the tokens of %s can't be opened: %w", in.Team, err)
	}
	return nil
}
