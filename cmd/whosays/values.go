package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/whosays/whosays/knowledge/lexicon"
)

// language is the value of --lang; empty where it isn't given.
type language string

func (l *language) String() string { return string(*l) }

// Type names the value in the help.
func (l *language) Type() string { return "LANG" }

// Set takes a language of the lexicon.
func (l *language) Set(s string) error {
	if !slices.Contains(lexicon.Languages, s) {
		return fmt.Errorf("choose one of %s", strings.Join(lexicon.Languages, ", "))
	}
	*l = language(s)
	return nil
}

// moment is the value of --now; the zero moment where it isn't given.
type moment time.Time

func (m *moment) String() string {
	if time.Time(*m).IsZero() {
		return ""
	}
	return time.Time(*m).Format(time.RFC3339)
}

// Type names the value in the help.
func (m *moment) Type() string { return "DATE" }

// Set takes a day, which means its start in UTC, or a moment in RFC 3339.
func (m *moment) Set(s string) error {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			*m = moment(t)
			return nil
		}
	}
	return errors.New("write a date such as 2026-03-01, or a moment such as 2026-03-01T12:00:00Z")
}

// or returns the moment, or another one where it isn't given.
func (m *moment) or(other time.Time) time.Time {
	if t := time.Time(*m); !t.IsZero() {
		return t
	}
	return other
}

// state is the value of --as-of: a state of the base. A day means what the base was at its end.
type state struct{ moment }

// Set takes a day, which means its last moment in UTC, or a moment in RFC 3339.
func (s *state) Set(text string) error {
	if err := s.moment.Set(text); err != nil {
		return err
	}
	if _, err := time.Parse(time.DateOnly, text); err == nil {
		s.moment = moment(time.Time(s.moment).AddDate(0, 0, 1).Add(-time.Microsecond))
	}
	return nil
}

// at returns the moment, the zero one where it isn't given.
func (s *state) at() time.Time { return time.Time(s.moment) }
