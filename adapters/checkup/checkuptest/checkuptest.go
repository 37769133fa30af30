// Package checkuptest holds examinations to what each of them promises.
package checkuptest

import (
	"strings"
	"testing"

	"github.com/whosays/whosays/adapters/checkup"
)

// Amiss returns what isn't good of what was found. Each of that has to say what to do about it, and none of the findings may tell a
// secret.
func Amiss(t testing.TB, found []checkup.Finding, secrets ...string) []checkup.Finding {
	t.Helper()
	var amiss []checkup.Finding
	for _, f := range found {
		for _, secret := range secrets {
			if strings.Contains(f.Saw+f.Do, secret) {
				t.Errorf("a secret is told: %+v", f)
			}
		}
		if f.State == checkup.Good {
			continue
		}
		if f.Do == "" {
			t.Errorf("it doesn't say what to do: %+v", f)
		}
		amiss = append(amiss, f)
	}
	return amiss
}

// Alone holds that one thing alone is amiss: that of want, in its state, and what is said of it holds what want saw. Nothing may be
// amiss where want is the zero Finding.
func Alone(t testing.TB, found []checkup.Finding, want checkup.Finding, secrets ...string) {
	t.Helper()
	amiss := Amiss(t, found, secrets...)
	if want == (checkup.Finding{}) && len(amiss) == 0 {
		return
	}
	if len(amiss) != 1 || amiss[0].What != want.What || amiss[0].State != want.State || !strings.Contains(amiss[0].Saw+amiss[0].Do, want.Saw) {
		t.Errorf("found %+v, want %+v", found, want)
	}
}
