package slackfake

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// apiError is Slack's answer to a call that it refuses: always 200, with ok false and a code.
type apiError struct {
	OK       bool      `json:"ok"`
	Error    string    `json:"error"`
	Needed   string    `json:"needed,omitempty"`
	Provided string    `json:"provided,omitempty"`
	Method   string    `json:"req_method,omitempty"`
	Errors   []string  `json:"errors,omitempty"`
	Metadata *metaJSON `json:"response_metadata,omitempty"`

	status int // where it isn't 200
}

type metaJSON struct {
	Messages []string `json:"messages,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
	Cursor   string   `json:"next_cursor,omitempty"`
}

func fail(code string) *apiError { return &apiError{Error: code} }

// problems are what is wrong with blocks or a view, each with a JSON pointer.
type problems []string

func (p *problems) add(pointer, format string, args ...any) {
	*p = append(*p, fmt.Sprintf(format, args...)+" [json-pointer:"+pointer+"]")
}

// err is the answer with a code, "invalid_blocks" or "invalid_arguments", or nil where nothing is wrong.
func (p problems) err(code string) *apiError {
	if len(p) == 0 {
		return nil
	}
	e := &apiError{Error: code, Errors: p, Metadata: &metaJSON{}}
	for _, text := range p {
		e.Metadata.Messages = append(e.Metadata.Messages, "[ERROR] "+text)
	}
	return e
}

func under(pointer string, i int) string { return pointer + "/" + strconv.Itoa(i) }

// encode is JSON of the server's own types, which always can be encoded.
func encode(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		panic("slackfake: " + err.Error())
	}
	return data
}
