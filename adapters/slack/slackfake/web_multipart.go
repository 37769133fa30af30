package slackfake

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
)

func (a args) addMultipart(body []byte, boundary string) *apiError {
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fail("invalid_form_data")
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return fail("invalid_form_data")
		}
		if part.FileName() == "" {
			a[part.FormName()] = string(value)
		}
	}
}
