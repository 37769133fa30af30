package chat

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"
)

// Address is a place where something can be said. It is opaque: only the adapter that made it reads it.
type Address string

// MessageRef names a message that a platform has taken. It is opaque like an Address, and empty for what leaves no
// message behind, as what one person alone is shown.
type MessageRef string

// Post is one thing to say somewhere.
type Post struct {
	To      Address
	ReplyTo MessageRef // the message that it answers; empty: none
	Key     string     // what it is said for, unique: an event, a slot; the same key is the same post
	ID      string     // of what is kept of it, for its buttons: at most 22 letters, digits, - and _; empty: nothing is kept
	Reply   Reply
}

// nonceBytes make a nonce of 24 characters: Discord takes 25.
const nonceBytes = 18

// Nonce returns what tells a platform that two posts are the same one: 24 letters, digits, - and _, which hang on the
// address and the key alone.
func (p Post) Nonce() string {
	sum := sha256.Sum256([]byte(string(p.To) + "\x00" + p.Key))
	return base64.RawURLEncoding.EncodeToString(sum[:nonceBytes])
}

// Sender says things on one platform. Its methods are safe for concurrent use.
type Sender interface {
	// Send says a post and returns what names it there. The platform drops a second post of one key where it can. An
	// error is ErrRefused, a *Delayed, or tells of a send whose outcome isn't known.
	Send(ctx context.Context, p Post) (MessageRef, error)
	// Lookup tells whether a post stands where it was to be said, for a send whose outcome isn't known. The first try of it was so long
	// ago. Absent is what certainly isn't there, nor comes any more.
	Lookup(ctx context.Context, p Post, ago time.Duration) (MessageRef, Presence, error)
}

// Presence is what a platform can tell of a post.
type Presence string

// The presences.
const (
	PresenceUnknown Presence = "unknown"
	PresenceFound   Presence = "found"
	PresenceAbsent  Presence = "absent"
)

// ErrRefused is the error of a post that the platform won't ever take: the place is gone, or closed to the bot.
var ErrRefused = errors.New("the platform refuses the post")

// Delayed is the error of a post that the platform didn't take yet, and didn't store.
type Delayed struct {
	After time.Duration // how long the platform asks to wait; zero: it didn't say
	Err   error
}

// Error tells why.
func (d *Delayed) Error() string { return "the platform asks to wait: " + d.Err.Error() }

// Unwrap returns why.
func (d *Delayed) Unwrap() error { return d.Err }

// Notice is a thing that the bot says about itself, where no answer can be given.
type Notice string

// Notices returns all notices.
func Notices() []Notice {
	return []Notice{
		NoticeBusy, NoticeTooFast, NoticeOut, NoticeForgotten, NoticeChanged, NoticeNoText, NoticeUnknown, NoticeThanks,
	}
}

// The notices.
const (
	NoticeBusy      Notice = "busy"      // too much to do at the moment
	NoticeTooFast   Notice = "too_fast"  // this person or server asks faster than the limit
	NoticeOut       Notice = "out"       // the base can't be reached
	NoticeForgotten Notice = "forgotten" // the answer that a button belongs to isn't kept any more
	NoticeChanged   Notice = "changed"   // what an answer quotes isn't what it was, so that it isn't shown again
	NoticeNoText    Notice = "no_text"   // the message has nothing to read
	NoticeUnknown   Notice = "unknown"   // a button, form or command that this bot doesn't know
	NoticeThanks    Notice = "thanks"    // a reported mistake was noted
)
