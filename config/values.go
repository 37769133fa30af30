package config

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Days is a number of days, written as 14d.
type Days int

// String returns the days as they are written in the file.
func (d Days) String() string { return strconv.Itoa(int(d)) + "d" }

// The parsers of values. Their errors go on from "has to be …", and don't repeat the value: it might be a secret at
// the wrong place.

func days(text string) (Days, error) {
	number, ok := strings.CutSuffix(text, "d")
	n, err := strconv.Atoi(number)
	if err != nil || !ok || n < 1 {
		return 0, errors.New("has to be a number of days such as 14d")
	}
	return Days(n), nil
}

func atLeast(least int) func(string) (int, error) {
	return func(text string) (int, error) {
		n, err := strconv.Atoi(text)
		if err != nil || n < least {
			return 0, fmt.Errorf("has to be a whole number from %d on, in digits alone", least)
		}
		return n, nil
	}
}

// percent takes a share from 0 to 100.
func percent(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 100 {
		return 0, errors.New("has to be a whole number from 0 to 100, in digits alone")
	}
	return n, nil
}

func between(least, most time.Duration) func(string) (time.Duration, error) {
	return func(text string) (time.Duration, error) {
		d, err := time.ParseDuration(text)
		if err != nil || d < least || d > most {
			return 0, fmt.Errorf("has to be a duration from %v to %v, such as 150ms, 2s or 1m", least, most)
		}
		return d, nil
	}
}

func oneOf(words ...string) func(string) (string, error) {
	return func(text string) (string, error) {
		if !slices.Contains(words, text) {
			return "", fmt.Errorf("has to be one of %s", strings.Join(words, ", "))
		}
		return text, nil
	}
}

func hostPort(text string) (string, error) {
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return "", errors.New("has to be an address and a port such as 127.0.0.1:8080, or :8080 for every interface")
	}
	return text, nil
}

// publicKey takes 32 bytes in hexadecimal digits, or nothing.
func publicKey(text string) (string, error) {
	if key, err := hex.DecodeString(text); text != "" && (err != nil || len(key) != ed25519.PublicKeySize) {
		return "", errors.New("has to be the application's public key: 64 hexadecimal digits")
	}
	return text, nil
}

// httpAddress takes the address of an HTTP server, or nothing.
func httpAddress(text string) (string, error) {
	u, err := url.Parse(text)
	if text != "" && (err != nil || u.Host == "" || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") || strings.ContainsAny(text, "?#")) {
		return "", errors.New("has to be an address such as http://127.0.0.1:8081, without a user, a query or a fragment")
	}
	return text, nil
}

// clientID takes the id of a Slack app, which is two numbers with a dot between them, or nothing.
func clientID(text string) (string, error) {
	first, second, ok := strings.Cut(text, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	if text != "" && (!ok || !digits(first) || !digits(second)) {
		return "", errors.New("has to be the app's client ID: two numbers with a dot between them")
	}
	return text, nil
}
