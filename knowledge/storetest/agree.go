package storetest

import (
	"errors"
	"iter"
	"reflect"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/whosays/whosays/knowledge"
)

// agree holds that two stores have answered alike.
func agree(r *rapid.T, what string, want any, wantErr error, got any, gotErr error) {
	r.Helper()
	if knowledge.KindOf(wantErr) != knowledge.KindOf(gotErr) || errors.Is(wantErr, knowledge.ErrForked) != errors.Is(gotErr, knowledge.ErrForked) {
		r.Fatalf("%s: the model's error is %v, the store's %v", what, wantErr, gotErr)
	}
	if reflect.DeepEqual(want, got) { // as nearly always; Diff takes far longer to say so
		return
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		r.Fatalf("%s: %s", what, diff)
	}
}

// alike holds that two stores have yielded alike.
func alike[T any](r *rapid.T, what string, want, got iter.Seq2[T, error]) {
	r.Helper()
	wanted, wantErr := all(want)
	gotten, gotErr := all(got)
	agree(r, what, wanted, wantErr, gotten, gotErr)
}

// all reads a sequence up to its end, or its first error.
func all[T any](seq iter.Seq2[T, error]) (out []T, err error) {
	for item, err := range seq {
		if err != nil {
			return out, err
		}
		out = append(out, item)
	}
	return out, nil
}
