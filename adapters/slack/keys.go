package slack

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Keys seal the tokens of teams before they are kept, and open them. The first seals; the others open what was sealed before the key
// was changed. They write themselves as *** wherever they are formatted.
type Keys struct{ all []key }

type key struct {
	id    string // the first digits of a hash: tells which key sealed what, and nothing of the key
	aead  cipher.AEAD
	state []byte // signs states of installations
}

const (
	keySize   = 32 // bytes: AES-256
	keyID     = 8  // digits
	sealedAs  = "v1"
	keysApart = ","
)

// errKeys says what keys have to be. It never holds them.
var errKeys = errors.New("slack: the keys for tokens have to be 32 bytes each, in base64, with commas between them: openssl rand -base64 32 makes one")

// ParseKeys reads keys of 32 bytes in base64, with commas between them. The error doesn't hold them.
func ParseKeys(text string) (*Keys, error) {
	k := &Keys{}
	for part := range strings.SplitSeq(text, keysApart) {
		raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(part))
		if err != nil || len(raw) != keySize {
			return nil, errKeys
		}
		one, err := newKey(raw)
		if err != nil {
			return nil, err
		}
		k.all = append(k.all, one)
	}
	return k, nil
}

// newKey derives what a key is used for, so that no two uses share one.
func newKey(raw []byte) (key, error) {
	derive := func(use string) ([]byte, error) { return hkdf.Key(sha256.New, raw, nil, "whosays slack "+use, keySize) }
	sealing, err1 := derive("tokens")
	state, err2 := derive("state")
	name, err3 := derive("id")
	block, err4 := aes.NewCipher(sealing)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return key{}, fmt.Errorf("slack: a key for tokens: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return key{}, fmt.Errorf("slack: a key for tokens: %w", err)
	}
	return key{id: hex.EncodeToString(name)[:keyID], aead: aead, state: state}, nil
}

// seal returns v1.<key>.<base64 of a nonce and what is sealed>. It opens again only as what belongs to owner.
func (k *Keys) seal(plain []byte, owner string) string {
	first := k.all[0]
	return strings.Join([]string{sealedAs, first.id, base64.RawURLEncoding.EncodeToString(first.aead.Seal(nil, nil, plain, []byte(owner)))}, ".")
}

// open returns what was sealed for an owner. The error says which key is missing, or that it was altered.
func (k *Keys) open(sealed, owner string) ([]byte, error) {
	parts := strings.Split(sealed, ".")
	if len(parts) != 3 || parts[0] != sealedAs {
		return nil, errors.New("it isn't sealed as this version seals")
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return nil, errors.New("what is sealed was altered")
	}
	for _, one := range k.all {
		if one.id != parts[1] {
			continue
		}
		plain, err := one.aead.Open(nil, nil, raw, []byte(owner))
		if err != nil {
			return nil, errors.New("what is sealed was altered, or is another's")
		}
		return plain, nil
	}
	return nil, fmt.Errorf("it is sealed with the key %.16q, which isn't among those of slack.token_key: add it behind the first", parts[1])
}

// sealedBy returns the id of the key that sealed something; "" for what isn't sealed.
func sealedBy(sealed string) string {
	parts := strings.Split(sealed, ".")
	if len(parts) != 3 {
		return ""
	}
	return parts[1]
}

// current reports whether the first key sealed something.
func (k *Keys) current(sealed string) bool { return sealedBy(sealed) == k.all[0].id }

// sign signs with the first key.
func (k *Keys) sign(text string) []byte { return k.all[0].sign(text) }

// signed reports whether one of the keys signed a text: replicas may already have, or still have, another first.
func (k *Keys) signed(text string, signature []byte) bool {
	for _, one := range k.all {
		if hmac.Equal(one.sign(text), signature) {
			return true
		}
	}
	return false
}

func (k *key) sign(text string) []byte {
	mac := hmac.New(sha256.New, k.state)
	_, _ = io.WriteString(mac, text) // to memory
	return mac.Sum(nil)
}

// Format writes *** for every verb of fmt.
func (k *Keys) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "***") }
