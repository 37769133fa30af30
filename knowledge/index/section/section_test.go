package section_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/whosays/whosays/knowledge/index/section"
)

func TestSections(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	for _, payload := range [][]byte{nil, []byte("x"), bytes.Repeat([]byte("long "), 1<<19)} {
		if err := section.Write(&file, 'T', payload); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []int{0, 1, 5 << 19} {
		tag, payload, err := section.Read(&file)
		if err != nil || tag != 'T' || len(payload) != want {
			t.Errorf("%q of %d bytes, %v; want %d", tag, len(payload), err, want)
		}
	}
	if _, _, err := section.Read(&file); !errors.Is(err, section.ErrDamaged) {
		t.Errorf("behind the end: %v", err)
	}
}

func TestALengthIsNotBelieved(t *testing.T) {
	t.Parallel()
	for _, head := range []string{"T\xff\xff\xff\xff\xff\xff\xff\x00short", "T\xff\xff\xff\xff\xff\xff\xff\xff"} {
		if _, _, err := section.Read(bytes.NewReader([]byte(head))); !errors.Is(err, section.ErrDamaged) {
			t.Errorf("%q: %v", head, err)
		}
	}
}

func TestExpect(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	if err := section.Write(&file, 'T', section.AppendString(section.AppendUint(nil, 300), "text")); err != nil {
		t.Fatal(err)
	}
	whole := file.Bytes()
	d, err := section.Expect(bytes.NewReader(whole), 'T')
	if err != nil || d.Uint(300) != 300 || d.String() != "text" || d.Done() != nil {
		t.Errorf("%v, %v", err, d.Err())
	}
	if _, err := section.Expect(bytes.NewReader(whole), 'U'); !errors.Is(err, section.ErrDamaged) {
		t.Errorf("another tag: %v", err)
	}
}

func TestFaultsOfPayloads(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(d *section.Decoder){
		"too high":   func(d *section.Decoder) { d.Uint(4) },
		"of none":    func(d *section.Decoder) { d.Below(0) },
		"below":      func(d *section.Decoder) { d.Below(5) },
		"too long":   func(d *section.Decoder) { _ = d.String() },
		"float":      func(d *section.Decoder) { d.Float() },
		"negative":   func(d *section.Decoder) { d.Bytes(-1) },
		"left over":  func(d *section.Decoder) { d.Uint(5) },
		"after that": func(d *section.Decoder) { d.Uint(1); d.Uint(9); d.Bytes(1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := section.NewDecoder([]byte{5, 1, 2})
			take(d)
			if err := d.Done(); !errors.Is(err, section.ErrDamaged) {
				t.Errorf("%v", err)
			}
		})
	}
}
