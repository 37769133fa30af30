package discordfake

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strconv"
	"strings"
)

// field is a field of a form that may be absent, which isn't the same as null.
type field[T any] struct {
	set bool
	v   T
}

// UnmarshalJSON is called for null too.
func (f *field[T]) UnmarshalJSON(data []byte) error {
	f.set = true
	return json.Unmarshal(data, &f.v)
}

// put writes the field into to where it is set.
func (f *field[T]) put(to *T) {
	if f.set {
		*to = f.v
	}
}

// messageForm is what is sent to make or to edit a message.
type messageForm struct {
	Content         field[string]           `json:"content"`
	Embeds          field[[]Embed]          `json:"embeds"`
	Components      field[[]Component]      `json:"components"`
	Attachments     field[[]attachmentForm] `json:"attachments"`
	AllowedMentions *AllowedMentions        `json:"allowed_mentions"`
	Flags           field[int]              `json:"flags"`
	Nonce           nonce                   `json:"nonce"`
	EnforceNonce    bool                    `json:"enforce_nonce"`
	Reference       *Reference              `json:"message_reference"`

	files []upload
}

type attachmentForm struct {
	ID          snowflakeOrIndex `json:"id"`
	Filename    string           `json:"filename"`
	Description string           `json:"description"`
}

// nonce is a text or a number.
type nonce string

// UnmarshalJSON takes both.
func (n *nonce) UnmarshalJSON(data []byte) error {
	text, err := textOrNumber(data)
	*n = nonce(text)
	return err
}

// snowflakeOrIndex is the id of an attachment, or the number of an uploaded file.
type snowflakeOrIndex string

// UnmarshalJSON takes both.
func (n *snowflakeOrIndex) UnmarshalJSON(data []byte) error {
	text, err := textOrNumber(data)
	*n = snowflakeOrIndex(text)
	return err
}

func textOrNumber(data []byte) (string, error) {
	if string(data) == "null" {
		return "", nil
	}
	if _, err := strconv.ParseInt(string(data), 10, 64); err == nil {
		return string(data), nil
	}
	var text string
	err := json.Unmarshal(data, &text)
	return text, err
}

type upload struct {
	index       string // n of files[n]
	name        string
	contentType string
	data        []byte
}

// payload splits a body into its JSON and its files.
func payload(contentType string, body []byte) (payload []byte, files []upload, refused *apiError) {
	kind, params, err := mime.ParseMediaType(contentType)
	switch {
	case len(body) == 0:
		return []byte("{}"), nil, nil
	case err == nil && kind == "application/json":
		return body, nil, nil
	case err != nil || kind != "multipart/form-data":
		return nil, nil, &apiError{status: 400, Code: 50109, Message: "The request body contains invalid JSON."}
	}
	payload = []byte("{}")
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return payload, files, nil
		}
		if err != nil {
			return nil, nil, errBadRequest()
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return nil, nil, errBadRequest()
		}
		if part.FormName() == "payload_json" {
			payload = data
			continue
		}
		if len(data) > maxFile {
			return nil, nil, &apiError{status: 413, Code: 40005, Message: "Request entity too large"}
		}
		index := strings.TrimSuffix(strings.TrimPrefix(part.FormName(), "files["), "]")
		files = append(files, upload{index, part.FileName(), part.Header.Get("Content-Type"), data})
	}
}

func errBadRequest() *apiError { return &apiError{status: 400, Message: "400: Bad Request"} }

// decode reads a form; what has the wrong type is named as Discord does.
func decode(data []byte, form any) *apiError {
	err := json.Unmarshal(data, form)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		errs := &formErrors{}
		path := wrong.Field
		if path == "" {
			path = "_root"
		}
		errs.add(path, "BASE_TYPE_CONVERT", "Could not interpret "+wrong.Value+" as "+wrong.Type.String()+".")
		return errs.err()
	default:
		return &apiError{status: 400, Code: 50109, Message: "The request body contains invalid JSON."}
	}
}

// messageForm reads the form of a message from a request.
func (c *call) messageForm() (*messageForm, *apiError) {
	data, files, refused := payload(c.Header.Get("Content-Type"), c.body)
	if refused != nil {
		return nil, refused
	}
	form := &messageForm{files: files}
	return form, decode(data, form)
}

// apply changes a message as the form says. Flags may only be set when a message is made, apart from SuppressEmbeds
// and ComponentsV2.
func (s *Server) apply(form *messageForm, m *Message) *apiError {
	changed := *m
	form.Content.put(&changed.Content)
	form.Embeds.put(&changed.Embeds)
	form.Components.put(&changed.Components)
	if form.Flags.set {
		const keep = Ephemeral | Loading
		changed.Flags = m.Flags&keep | form.Flags.v&(SuppressEmbeds|ComponentsV2|1<<12)
	}
	changed.AllowedMentions = form.AllowedMentions
	changed.Nonce = string(form.Nonce)
	s.attach(form, &changed)
	if err := changed.check(); err != nil {
		return err
	}
	changed.Pings = s.pings(&changed)
	s.heed(&changed)
	*m = changed
	return nil
}

// attach keeps the files that the form lists, adds those that were uploaded, and lets embeds point to them.
func (s *Server) attach(form *messageForm, m *Message) {
	kept := m.Attachments
	if form.Attachments.set {
		kept = nil
		for _, a := range m.Attachments {
			for _, listed := range form.Attachments.v {
				if string(listed.ID) == a.ID {
					kept = append(kept, a)
				}
			}
		}
	}
	m.Attachments = append([]Attachment(nil), kept...)
	for _, f := range form.files {
		a := s.store(m.ChannelID, f)
		for _, listed := range form.Attachments.v {
			if string(listed.ID) == f.index {
				a.Description = listed.Description
			}
		}
		m.Attachments = append(m.Attachments, a)
	}
	m.Embeds = resolveAttachments(m.Embeds, m.Attachments)
}

func (s *Server) store(channel string, f upload) Attachment {
	id := s.newID()
	path := "/attachments/" + channel + "/" + id + "/" + f.name
	s.files[path] = f.data
	return Attachment{
		ID: id, Filename: f.name, ContentType: f.contentType, Size: len(f.data),
		URL: "https://cdn.discordapp.com" + path, ProxyURL: "https://media.discordapp.net" + path,
	}
}

// resolveAttachments replaces attachment://name by the URL of the file, in a copy. Who names a file that isn't there
// gets no picture, and no error.
func resolveAttachments(embeds []Embed, attachments []Attachment) []Embed {
	resolved := append([]Embed(nil), embeds...)
	for i := range resolved {
		for _, image := range []**EmbedImage{&resolved[i].Image, &resolved[i].Thumbnail} {
			if *image == nil {
				continue
			}
			for _, a := range attachments {
				if (*image).URL == "attachment://"+a.Filename {
					*image = &EmbedImage{URL: a.URL}
				}
			}
		}
	}
	return resolved
}
