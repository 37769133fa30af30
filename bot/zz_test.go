package bot
import ("testing";"os";"bufio";"encoding/json";"slices";"maps")
func TestZZ(t *testing.T){
 f,_:=os.Open("/tmp/bt/in.jsonl"); s:=bufio.NewScanner(f); s.Buffer(nil,1<<20); n:=0;bad:=0
 for s.Scan(){ var d struct{T string; V []float64; W []string}; json.Unmarshal(s.Bytes(),&d); n++
  got:=slices.Sorted(maps.Keys(values(d.T))); if !slices.Equal(got,d.V){bad++; if bad<15 {t.Errorf("%q py %v go %v",d.T,d.V,got)}}
  if w:=vague(d.T,""); len(w)!=len(d.W) {bad++; if bad<15 {t.Errorf("%q py %v go %v",d.T,d.W,w)}}
 }
 t.Log(n,bad)
}
