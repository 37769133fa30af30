package discordfake

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// apiError is Discord's answer to a request that it refuses (docs: topics/opcodes-and-status-codes).
type apiError struct {
	status  int
	Code    int         `json:"code"`
	Message string      `json:"message"`
	Errors  *formErrors `json:"errors,omitempty"`
}

func errUnknownChannel() *apiError {
	return &apiError{status: 404, Code: 10003, Message: "Unknown Channel"}
}

func errUnknownMessage() *apiError {
	return &apiError{status: 404, Code: 10008, Message: "Unknown Message"}
}

func errUnknownWebhook() *apiError {
	return &apiError{status: 404, Code: 10015, Message: "Unknown Webhook"}
}

func errUnknownInteraction() *apiError {
	return &apiError{status: 404, Code: 10062, Message: "Unknown interaction"}
}

func errMissingAccess() *apiError {
	return &apiError{status: 403, Code: 50001, Message: "Missing Access"}
}

func errMissingPermissions() *apiError {
	return &apiError{status: 403, Code: 50013, Message: "Missing Permissions"}
}

func errEmptyMessage() *apiError {
	return &apiError{status: 400, Code: 50006, Message: "Cannot send an empty message"}
}

// formErrors is what is wrong with a form, by field (docs: reference, "Error messages").
type formErrors struct {
	children map[string]*formErrors
	errors   []fieldError
}

type fieldError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// add notes an error of a field, such as "embeds.0.title".
func (e *formErrors) add(path, code, message string) {
	for key := range strings.SplitSeq(path, ".") {
		if e.children == nil {
			e.children = map[string]*formErrors{}
		}
		child := e.children[key]
		if child == nil {
			child = &formErrors{}
			e.children[key] = child
		}
		e = child
	}
	e.errors = append(e.errors, fieldError{code, message})
}

func (e *formErrors) required(path string) {
	e.add(path, "BASE_TYPE_REQUIRED", "This field is required")
}

func (e *formErrors) tooLong(path string, most int) {
	e.add(path, "BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", most))
}

func (e *formErrors) badLength(path string, most int) {
	e.add(path, "BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be between 1 and %d in length.", most))
}

func (e *formErrors) choice(path, choices string) {
	e.add(path, "BASE_TYPE_CHOICES", "Value must be one of "+choices+".")
}

// err is the answer, or nil where nothing is wrong.
func (e *formErrors) err() *apiError {
	if len(e.children) == 0 {
		return nil
	}
	return &apiError{status: 400, Code: 50035, Message: "Invalid Form Body", Errors: e}
}

// MarshalJSON writes a field's errors as _errors, beside those of the fields in it.
func (e *formErrors) MarshalJSON() ([]byte, error) {
	fields := map[string]json.RawMessage{}
	for key, child := range e.children {
		fields[key] = encode(child)
	}
	if len(e.errors) > 0 {
		fields["_errors"] = encode(e.errors)
	}
	return json.Marshal(fields)
}

func at(path string, i int) string { return path + "." + strconv.Itoa(i) }
