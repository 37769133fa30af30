package guard
import ("testing")
func TestZZ(t *testing.T) {
	var r reader
	for _, s := range []string{"2025-12-312million","12m","55'55 000", "1/3 300"} { t.Log(s, shown(s, r.read(s))) }
}
