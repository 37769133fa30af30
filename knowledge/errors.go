package knowledge

import "errors"

// ErrorKind is the code of an error: what the caller can do about it. Each way out of the program (exit
// status, reply, HTTP status) maps the kinds in one place.
type ErrorKind string

// The kinds of errors.
const (
	Invalid     ErrorKind = "invalid"     // what was given is wrong; Msg says what
	NotFound    ErrorKind = "not_found"   // there is no such thing
	Conflict    ErrorKind = "conflict"    // it contradicts what is already there
	Forbidden   ErrorKind = "forbidden"   // whoever asks may not; Msg says what is missing
	Unavailable ErrorKind = "unavailable" // something that is needed doesn't answer; later it may
	Internal    ErrorKind = "internal"    // a defect
)

// Error is an error with a message that is safe to show to whoever asked. Err, the cause, is for the log only. Where a claim
// breaks the rules, Problems say the same by its fields.
type Error struct {
	Kind     ErrorKind
	Msg      string
	Err      error
	Problems Problems
}

// Error returns the message with its cause, for the log.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Msg
	}
	return e.Msg + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of an error, Internal where it has none, and "" for nil.
func KindOf(err error) ErrorKind {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Kind
	}
	return Internal
}

// ProblemsOf returns what is wrong with the claim that an error is about, by its fields; nil where it is about something else.
func ProblemsOf(err error) Problems {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Problems
	}
	return nil
}

// MessageOf returns what of an error is safe to show. Nothing is known to be safe of one without a kind.
func MessageOf(err error) string {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Msg
	}
	return "Something went wrong here."
}
