package lexicon
import ("testing";"fmt";"os";"bufio";"time")
func TestSmoke(t *testing.T){
 t0:=time.Now(); l,err:=Default(); if err!=nil {t.Fatal(err)}
 fmt.Println("load",time.Since(t0), len(l.dict.known))
 f,_:=os.Open("/tmp/q.txt"); if f==nil {return}
 s:=bufio.NewScanner(f)
 for s.Scan(){ a:=l.Analyze(s.Text()); fmt.Println(">",s.Text()); for _,m:=range a.Mentions { fmt.Printf(" %s%+d[%d-%d]", m.Key(), m.Sign, m.First,m.Last)}; fmt.Print("\n   UNNAMED:"); for i,tk:=range a.Tokens { if !a.Named[i] && tk.Kind==Word {fmt.Print(" ",tk.Text)}}; fmt.Println()}
}
