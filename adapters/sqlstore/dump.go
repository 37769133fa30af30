package sqlstore

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// A dump is lines of JSON: one for each change, and behind it the bodies of its versions as they were hashed, one a line.
// The last line says how many changes there are: a dump that was cut off hasn't it.
type dumped struct {
	Tenant   string    `json:"tenant,omitempty"`
	Revision int64     `json:"revision,omitempty"`
	Action   string    `json:"action,omitempty"`
	Actor    string    `json:"actor,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	Quiet    bool      `json:"quiet,omitempty"`
	At       time.Time `json:"at,omitzero"`
	Hash     string    `json:"hash,omitempty"`
	Behind   string    `json:"behind,omitempty"`
	Bodies   int       `json:"bodies,omitempty"`
	End      *int      `json:"end,omitempty"` // how many changes were before
}

// Dump writes all chains as lines of JSON, which Restore reads into an empty database of either kind. It holds every change
// that was acknowledged before it began.
func (s *Store) Dump(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	tenants, err := s.Tenants(ctx)
	if err != nil {
		return err
	}
	n := 0
	for _, tenant := range tenants {
		for c, err := range s.Changes(ctx, knowledge.Trail{Tenant: tenant}) {
			if err != nil {
				return err
			}
			if err := dumpChange(out, &c); err != nil {
				return err
			}
			n++
		}
	}
	if err := writeLine(out, dumped{End: &n}); err != nil {
		return err
	}
	return out.Flush()
}

func dumpChange(out *bufio.Writer, c *knowledge.Change) error {
	err := writeLine(out, dumped{c.Tenant, c.Revision, string(c.Action), c.Actor, c.Reason, c.Quiet, c.At, c.Hash, c.Behind, len(c.Bodies), nil})
	for _, body := range c.Bodies {
		if err != nil {
			return err
		}
		_, _ = out.Write(body) // the writer keeps its error
		err = out.WriteByte('\n')
	}
	return err
}

func writeLine(out *bufio.Writer, d dumped) error {
	line, err := json.Marshal(d)
	if err != nil {
		return err
	}
	_, _ = out.Write(line) // the writer keeps its error
	return out.WriteByte('\n')
}

// Restore reads a dump into an empty database: all of it or nothing. Each change has to be as it was sealed.
func (s *Store) Restore(ctx context.Context, r io.Reader) error {
	there, err := s.Tenants(ctx)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return &knowledge.Error{Kind: knowledge.Conflict, Msg: "The database isn't empty: a dump is restored into a new one."}
	}
	tx, err := s.begin(ctx, "")
	if err != nil {
		return s.failed(ctx, err)
	}
	defer func() { _ = tx.Rollback() }() // says only that it is committed
	var before knowledge.Head
	tenant := ""
	err = readDump(r, func(c *knowledge.Change) error {
		if c.Tenant != tenant {
			before, tenant = c.Start(), c.Tenant
		}
		if !c.Follows(before) {
			return broken("change %d of tenant %q isn't as it was made", c.Revision, c.Tenant)
		}
		before = c.Head()
		if err := s.become(ctx, tx, c.Tenant); err != nil {
			return err
		}
		if _, err := lockHead(ctx, tx, c.Tenant); err != nil {
			return err
		}
		return write(ctx, tx, c)
	})
	if err == nil {
		err = tx.Commit()
	}
	return s.failed(ctx, err)
}

func broken(format string, args ...any) error {
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: "The dump is damaged: " + fmt.Sprintf(format, args...) + ". Nothing was restored."}
}

// readDump hands over each change of a dump.
func readDump(r io.Reader, each func(*knowledge.Change) error) error {
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 0; ; n++ {
		var d dumped
		line, err := in.ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, &d)
		}
		if err != nil {
			return broken("behind change %d is no other, and no end", n)
		}
		if d.End != nil {
			if *d.End != n {
				return broken("it holds %d of %d changes", n, *d.End)
			}
			return nil
		}
		c := knowledge.Change{Tenant: d.Tenant, Revision: d.Revision, Action: knowledge.Action(d.Action), Actor: d.Actor, Reason: d.Reason, Quiet: d.Quiet, At: d.At, Hash: d.Hash, Behind: d.Behind}
		for range d.Bodies {
			if err := readBody(in, &c); err != nil {
				return broken("a claim of change %d of tenant %q can't be read", c.Revision, c.Tenant)
			}
		}
		if err := each(&c); err != nil {
			return err
		}
	}
}

func readBody(in *bufio.Reader, c *knowledge.Change) error {
	body, err := in.ReadBytes('\n')
	if err != nil {
		return err
	}
	body = body[:len(body)-1]
	claim, err := knowledge.Decode(body)
	if err != nil {
		return err
	}
	c.Claims, c.Bodies = append(c.Claims, *claim), append(c.Bodies, body)
	return nil
}
