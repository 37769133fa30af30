package chat

// Form is a form that somebody fills in. A reply that has one shows what is filled in so far; an adapter opens it where the
// platform has forms. What is filled in travels with the reply as it is kept, so that buttons work after a restart.
type Form struct {
	Command Command  // what is done with it once it is submitted
	Title   string   // at most 45 characters
	Submit  string   // what the button that submits it is called; at most 24 characters
	Pages   []string // titles of its parts, at most 45 characters each; a platform that has room shows them as one
	Fields  []Field
	Subject string // what it is about: the id of a claim or a proposal; empty: nothing that is there yet
	Version int    // of the subject, when the form was made; zero: none
}

// Field is one thing to fill in.
type Field struct {
	ID       string   // lower-case letters and _, unique in the form
	Page     int      // in Form.Pages; at most five fields share one
	Label    string   // at most 45 characters
	Hint     string   // stands in the empty field; at most 100 characters
	Value    string   // as it was typed or chosen
	Problem  string   // what is wrong with the value, or that it is missing; empty: nothing
	Choices  []Choice // of a field whose value is one of them, at most 25; a platform may let it be typed instead
	Long     bool     // several lines
	Required bool
	Longest  int // characters, at most 4,000
}

// Choice is one of several things to choose from. Value has at most 100 characters, as has Label.
type Choice struct {
	Value, Label string
}

// Menu is what may be chosen from under a reply, at most 25 choices: the command is asked for, with what was picked.
type Menu struct {
	Command Command
	Choices []Choice
}

// File is a file that goes out with a reply.
type File struct {
	Name  string // with its extension; no path
	Media string // "text/csv"
	Body  []byte
}

// Field returns the field of an id; nil where the form has none.
func (f *Form) Field(id string) *Field {
	if f == nil {
		return nil
	}
	for i := range f.Fields {
		if f.Fields[i].ID == id {
			return &f.Fields[i]
		}
	}
	return nil
}

// Value returns what a field is filled in with, empty where the form hasn't the field.
func (f *Form) Value(id string) string {
	if field := f.Field(id); field != nil {
		return field.Value
	}
	return ""
}

// With returns the form with some fields filled in anew, by their ids; others stay as they are. Problems are those that it had.
func (f *Form) With(values map[string]string) *Form {
	out := *f
	out.Fields = make([]Field, len(f.Fields))
	for i, field := range f.Fields {
		if v, ok := values[field.ID]; ok {
			field.Value = v
		}
		out.Fields[i] = field
	}
	return &out
}

// Problems reports whether anything in the form is wrong or missing.
func (f *Form) Problems() bool {
	for i := range f.Fields {
		if f.Fields[i].Problem != "" {
			return true
		}
	}
	return false
}
