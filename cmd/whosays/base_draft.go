package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/whosays/whosays/knowledge"
)

// draftDoc is what a change of many claims made, or would make.
type draftDoc struct {
	Tenant  string       `json:"tenant"`
	Action  string       `json:"action"`
	DryRun  bool         `json:"dry_run"`
	Added   []versionDoc `json:"added"`
	Changed []versionDoc `json:"changed"`
	Kept    []keptDoc    `json:"kept"` // left as they are, and why
}

type versionDoc struct {
	ID       string           `json:"id"`
	Revision int              `json:"revision"`
	Status   knowledge.Status `json:"status"`
}

type keptDoc struct {
	ID  string `json:"id"`
	Why string `json:"why"`
}

func newDraftDoc(d knowledge.Draft, dry bool) draftDoc {
	doc := draftDoc{Tenant: d.Tenant, Action: string(d.Action), DryRun: dry, Added: []versionDoc{}, Changed: []versionDoc{}, Kept: []keptDoc{}}
	for _, e := range d.Edits {
		v := versionDoc{e.Is.ID, e.Is.Revision, statusOf(e.Is)}
		if e.Was == nil {
			doc.Added = append(doc.Added, v)
		} else {
			doc.Changed = append(doc.Changed, v)
		}
	}
	for _, k := range d.Kept {
		doc.Kept = append(doc.Kept, keptDoc(k))
	}
	return doc
}

// commit makes a drafted change unless it is only asked what it would make, and says what it is.
func (k *keeper) commit(ctx context.Context, o *opened, d knowledge.Draft) error {
	if err := k.make(ctx, o, d); err != nil {
		return err
	}
	return k.report(d)
}

// make makes a drafted change, unless it is only asked what it would make.
func (k *keeper) make(ctx context.Context, o *opened, d knowledge.Draft) error {
	if k.dry {
		return nil
	}
	_, err := o.base.Commit(ctx, k.by(), d)
	return err
}

// report says what a change has made, or would make.
func (k *keeper) report(d knowledge.Draft) error {
	doc := newDraftDoc(d, k.dry)
	if k.json {
		return k.printer().document(doc)
	}
	return k.summary(doc)
}

// mostListed is up to how many claims of a change are listed for people.
const mostListed = 20

func (k *keeper) summary(doc draftDoc) error {
	would := ""
	if doc.DryRun {
		would = "would be "
	}
	var errs []error
	list := func(sign string, all []versionDoc) {
		for i, v := range all {
			if i == mostListed {
				errs = append(errs, k.say("  … and %d more", len(all)-i))
				return
			}
			errs = append(errs, k.say("%s %s v%d %s", sign, v.ID, v.Revision, v.Status))
		}
	}
	list("+", doc.Added)
	list("~", doc.Changed)
	for _, kept := range doc.Kept {
		errs = append(errs, k.say("= %s: %s", kept.ID, kept.Why))
	}
	kept := ""
	if len(doc.Kept) > 0 {
		kept = fmt.Sprintf(" %d left as they are.", len(doc.Kept))
	}
	errs = append(errs, k.say("%d %sadded, %d %schanged.%s", len(doc.Added), would, len(doc.Changed), would, kept))
	return cmp.Or(errs...)
}
