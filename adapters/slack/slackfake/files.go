package slackfake

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// upload is a file on its way (docs: messaging/working-with-files, "Uploading files").
type upload struct {
	File
	team   *Team
	length int
	data   []byte    // nil: nothing came yet
	done   time.Time // when it was completed; zero: it wasn't
}

// FileData returns what was uploaded as a file, and whether it was completed.
func (s *Server) FileData(id string) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.uploads[id]
	if u == nil || u.done.IsZero() {
		return nil, false
	}
	return slices.Clone(u.data), true
}

type uploadURLJSON struct {
	OK     bool   `json:"ok"`
	URL    string `json:"upload_url"`
	FileID string `json:"file_id"`
}

func (s *Server) uploadURL(c *call) reply {
	name := c.args["filename"]
	length, err := strconv.Atoi(c.args["length"])
	if name == "" || err != nil || length <= 0 {
		return refuse(c, problems{"missing required field: filename or length"}.err("invalid_arguments"))
	}
	u := &upload{team: c.granted.team, length: length}
	u.File = File{
		ID: s.ids.id("F"), Name: name, Title: name, Filetype: strings.TrimPrefix(path.Ext(name), "."), Size: length,
	}
	u.URL = "https://files.slack.com/files-pri/" + u.team.ID + "-" + u.ID + "/" + name
	s.uploads[u.ID] = u
	return ok(uploadURLJSON{true, s.url + "/upload/v1/" + u.ID + "/" + rand.Text(), u.ID})
}

// takeUpload takes the data of a file, raw or as the field of a form.
func (s *Server) takeUpload(c *call) reply {
	u := s.uploads[c.PathValue("file")]
	data := c.body
	if kind, params, _ := mime.ParseMediaType(c.Header.Get("Content-Type")); kind == "multipart/form-data" {
		data = firstFile(c.body, params["boundary"])
	}
	switch {
	case u == nil:
		return reply{status: http.StatusNotFound, body: []byte("no such upload")}
	case len(data) != u.length:
		return reply{status: http.StatusBadRequest, body: []byte("the length isn't the one that was told")}
	}
	u.data = slices.Clone(data)
	return reply{
		status: http.StatusOK, body: []byte("OK - " + strconv.Itoa(len(data))),
		header: http.Header{"Content-Type": {"text/plain; charset=utf-8"}},
	}
}

// firstFile is the first file of a form, or nil.
func firstFile(body []byte, boundary string) []byte {
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := reader.NextPart()
		if err != nil {
			return nil
		}
		if part.FileName() != "" {
			var data bytes.Buffer
			_, _ = data.ReadFrom(part)
			return data.Bytes()
		}
	}
}

type completeForm struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type filesJSON struct {
	OK    bool   `json:"ok"`
	Files []File `json:"files"`
}

// completeUpload shares files in a channel where one is named.
func (s *Server) completeUpload(c *call) reply {
	var list []completeForm
	if json.Unmarshal([]byte(c.args["files"]), &list) != nil || len(list) == 0 {
		return refuse(c, problems{"failed to match schema [json-pointer:/files]"}.err("invalid_arguments"))
	}
	out := filesJSON{OK: true}
	for _, form := range list {
		u := s.uploads[form.ID]
		if u == nil || u.data == nil || u.team != c.granted.team {
			return refuse(c, fail("file_not_found"))
		}
		if form.Title != "" {
			u.Title = form.Title
		}
		u.done = s.opts.Now()
		out.Files = append(out.Files, u.File)
	}
	if c.args["channel_id"] == "" {
		return ok(out)
	}
	if err := s.share(c, out.Files); err != nil {
		return refuse(c, err)
	}
	return ok(out)
}

// share posts files as a message.
func (s *Server) share(c *call, files []File) *apiError {
	c.args["channel"] = c.args["channel_id"]
	channel, err := s.reach(c, true)
	if err != nil {
		return err
	}
	m := s.own(c.granted.team, channel)
	if err := s.thread(m, c.args["thread_ts"]); err != nil {
		return err
	}
	m.Text, m.Files, m.Subtype = c.args["initial_comment"], files, "file_share"
	s.post(m)
	s.tell(channel, m)
	return nil
}

type fileJSON struct {
	OK   bool `json:"ok"`
	File File `json:"file"`
}

// fileInfo tells a file's type only once it is ready, which is some time after it was completed.
func (s *Server) fileInfo(c *call) reply {
	u := s.uploads[c.args["file"]]
	if u == nil || u.team != c.granted.team || u.done.IsZero() {
		return refuse(c, fail("file_not_found"))
	}
	f := u.File
	if s.ready(u) {
		f.Mimetype = mime.TypeByExtension(path.Ext(f.Name))
	}
	return ok(fileJSON{true, f})
}

func (s *Server) ready(u *upload) bool {
	return !u.done.IsZero() && !s.opts.Now().Before(u.done.Add(s.opts.FileReadyAfter))
}

type slackFileForm struct {
	ID  string `json:"id"`
	URL string `json:"url"`
}

// checkFiles refuses blocks with files that aren't ready.
func (s *Server) checkFiles(blocks []Block) *apiError {
	var p problems
	for i, b := range blocks {
		if len(b.SlackFile) == 0 {
			continue
		}
		var form slackFileForm
		_ = json.Unmarshal(b.SlackFile, &form)
		if u := s.uploads[form.ID]; form.URL == "" && (u == nil || !s.ready(u)) {
			p.add(under("/blocks", i)+"/slack_file", "invalid slack file")
		}
	}
	return p.err("invalid_blocks")
}
