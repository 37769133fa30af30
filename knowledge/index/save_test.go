package index

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/whosays/whosays/knowledge/index/section"
)

var update = flag.Bool("update", false, "write testdata/*.index anew")

func saved(t testing.TB, x *Index) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := x.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// An index that was saved and loaded finds the same to the last bit, also after both have changed alike.
func TestSavedIndexesAreTheSame(t *testing.T) {
	t.Parallel()
	for seed := range uint64(25) {
		r := rand.New(rand.NewPCG(seed, 3))
		s := newScript(r.IntN)
		for range 40 {
			s.step(t)
		}
		loaded, err := Load(bytes.NewReader(saved(t, s.index)))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if !bytes.Equal(saved(t, loaded), saved(t, s.index)) {
			t.Errorf("seed %d: saved again it is another file", seed)
		}
		for range 5 {
			agree(t, loaded, s.docs(), s.query())
		}
		s.index = loaded
		for range 40 {
			s.step(t)
		}
		s.afresh(t, s.query())
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestBigIndexesAreSaved(t *testing.T) {
	t.Parallel()
	x := New()
	x.Put(newGenerator(51).docs(20_000)...)
	for i := range 1000 {
		x.Delete("", fmt.Sprint("claim-", 3*i))
	}
	loaded, err := Load(bytes.NewReader(saved(t, x)))
	if err != nil {
		t.Fatal(err)
	}
	g := newGenerator(52)
	for range 100 {
		q := g.query(4, 12)
		if got, want := loaded.Search(q), x.Search(q); !slices.Equal(got, want) {
			t.Fatalf("%+v: got %+v\nwant %+v", q, got, want)
		}
	}
}

// small holds something of everything.
func small() *Index {
	x := New()
	x.Put(filler(3)...)
	x.Put(
		Doc{ID: "a", Concepts: words("c:1 c:2 c:2"), Patterns: [][]string{words("c:1 c:3"), nil, words("c:2")}, Words: words("w1 w2 w1"), Title: words("w2"), Numbers: []float64{55000, 0.5}},
		Doc{ID: "b", Concepts: words("c:1"), Words: words("w3")},
		Doc{ID: "b", Tenant: "t", Concepts: words("c:1")},
	)
	x.Delete("", "b")
	return x
}

// The format is that of the golden file as long as the version is the same: raise it, then update.
func TestFormat(t *testing.T) {
	t.Parallel()
	path := fmt.Sprintf("testdata/v%d.index", version)
	if *update {
		if err := os.WriteFile(path, saved(t, small()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(saved(t, small()), want) {
		t.Error("the format has changed, but not its version")
	}
	if _, err := Load(bytes.NewReader(want)); err != nil {
		t.Error(err)
	}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	t.Parallel()
	file := saved(t, small())
	for n := range file {
		if _, err := Load(bytes.NewReader(file[:n])); !errors.Is(err, section.ErrDamaged) {
			t.Fatalf("the first %d bytes of %d: %v", n, len(file), err)
		}
		changed := bytes.Clone(file)
		changed[n] ^= 0x10
		if _, err := Load(bytes.NewReader(changed)); !errors.Is(err, section.ErrDamaged) {
			t.Fatalf("byte %d changed: %v", n, err)
		}
	}
}

func TestOtherVersionsAreRefused(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := section.Write(&b, tagHead, section.AppendUint(section.AppendUint(nil, version+1), 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(&b); !errors.Is(err, ErrVersion) {
		t.Errorf("%v, want %v", err, ErrVersion)
	}
}

func TestErrorsOfReadersAndWritersComeThrough(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	r, w := io.Pipe()
	_ = r.CloseWithError(broken)
	if err := small().Save(w); !errors.Is(err, broken) {
		t.Errorf("Save: %v", err)
	}
	r, w = io.Pipe()
	_ = w.CloseWithError(broken)
	if _, err := Load(r); !errors.Is(err, broken) {
		t.Errorf("Load: %v", err)
	}
}

// FuzzLoad changes payloads below their checksums: whatever passes can be searched, changed and saved.
func FuzzLoad(f *testing.F) {
	file := saved(f, small())
	for at := range 11 {
		f.Add(at, sectionAt(f, file, at))
	}
	f.Fuzz(func(t *testing.T, at int, payload []byte) {
		x, err := Load(bytes.NewReader(replaced(t, file, at, payload)))
		if err != nil {
			if !errors.Is(err, section.ErrDamaged) && !errors.Is(err, ErrVersion) {
				t.Fatal(err)
			}
			return
		}
		for _, tenant := range []string{"", "t"} {
			x.Search(Query{Tenant: tenant, Concepts: words("c:1 c:2 c:3"), Words: words("w1 w2"), Numbers: []float64{0.5}})
			x.Delete(tenant, "a")
			x.Put(Doc{Tenant: tenant, ID: "b", Words: words("w1"), Concepts: words("c:1")})
			x.Search(Query{Tenant: tenant, Concepts: words("c:1 c:2 c:3"), Words: words("w1 w2")})
		}
		if _, err := Load(bytes.NewReader(saved(t, x))); err != nil {
			t.Fatal(err)
		}
	})
}

func sectionAt(t testing.TB, file []byte, at int) (payload []byte) {
	r := bytes.NewReader(file)
	for i := 0; i <= at; i++ {
		_, p, err := section.Read(r)
		if err != nil {
			t.Fatal(err)
		}
		payload = p
	}
	return payload
}

// replaced returns the file with the payload of one section replaced.
func replaced(t testing.TB, file []byte, at int, payload []byte) []byte {
	var out bytes.Buffer
	r := bytes.NewReader(file)
	for i := 0; r.Len() > 0; i++ {
		tag, p, err := section.Read(r)
		if err != nil {
			t.Fatal(err)
		}
		if i == at {
			p = payload
		}
		if err := section.Write(&out, tag, p); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}
