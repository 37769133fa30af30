package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"path"
	"strings"

	"github.com/whosays/whosays/adapters/prose"
	"github.com/whosays/whosays/bot/chat"
)

// maxFile is how many bytes a file may have (https://docs.discord.com/developers/reference#uploading-files).
const maxFile = 10 << 20

// attachment tells of a file that goes out with a message.
type attachment struct {
	ID       string `json:"id"` // its number among the files, from 0
	Filename string `json:"filename"`
}

// with returns the message with a file, which goes out beside it.
func (m message) with(f *chat.File) message {
	if f == nil {
		return m
	}
	file := *f
	file.Name = path.Base(strings.ReplaceAll(prose.Clean(f.Name), "\\", "/"))
	m.file, m.Attachments = &file, []attachment{{"0", file.Name}}
	return m
}

// encode returns a request's body with its type: JSON, or several parts where a file goes with it. The error is of a file that
// Discord wouldn't take.
func encode(body any) (kind string, data []byte, err error) {
	if body == nil {
		return "", nil, nil
	}
	if data, err = json.Marshal(body); err != nil {
		return "", nil, err
	}
	m, _ := body.(message)
	file := m.file
	if file == nil {
		return "application/json", data, nil
	}
	if len(file.Body) > maxFile {
		return "", nil, fmt.Errorf("discord: the file %.80q has %d bytes, and Discord takes %d: send less in one", file.Name, len(file.Body), maxFile)
	}
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	err = parts.WriteField("payload_json", string(data))
	if err == nil {
		err = fileFirst(parts, file)
	}
	if err == nil {
		err = parts.Close()
	}
	return parts.FormDataContentType(), b.Bytes(), err
}

// fileFirst writes a file as the first one of a request.
func fileFirst(parts *multipart.Writer, file *chat.File) error {
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", multipart.FileContentDisposition("files[0]", file.Name))
	header.Set("Content-Type", file.Media)
	w, err := parts.CreatePart(header)
	if err != nil {
		return err
	}
	_, err = w.Write(file.Body)
	return err
}
