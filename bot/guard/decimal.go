package guard

import (
	"math"
	"strconv"
)

// number is an exact decimal, mant × 10^exp, without trailing zeros in mant: equal values are == and no
// figure is blurred by binary fractions.
type number struct {
	mant uint64
	exp  int
}

// maxDigits is how many digits a number may have to be read; more don't fit in a mantissa.
const maxDigits = 18

// decimal returns mant × 10^exp in its one form.
func decimal(mant uint64, exp int) number {
	if mant == 0 {
		return number{}
	}
	for mant%10 == 0 {
		mant /= 10
		exp++
	}
	return number{mant: mant, exp: exp}
}

// times returns n × 10^exp.
func (n number) times(exp int) number {
	if n.mant == 0 {
		return n
	}
	return number{mant: n.mant, exp: n.exp + exp}
}

// below reports whether n is less than limit.
func (n number) below(limit float64) bool {
	return float64(n.mant)*math.Pow10(n.exp) < limit
}

// fromFloat returns the decimal that f is written as, its sign left out; false where f is no number.
func fromFloat(f float64) (number, bool) {
	f = math.Abs(f)
	if f < 1<<53 && f == math.Trunc(f) {
		return decimal(uint64(f), 0), true
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return number{}, false
	}
	var buf [32]byte
	return parseScientific(strconv.AppendFloat(buf[:0], f, 'e', -1, 64))
}

// parseScientific reads what strconv writes: "4.2e+05".
func parseScientific(b []byte) (number, bool) {
	var mant uint64
	exp, point := 0, false
	for i, c := range b {
		switch c {
		case '.':
			point = true
		case 'e':
			e, err := strconv.Atoi(string(b[i+1:]))
			return decimal(mant, exp+e), err == nil
		default:
			mant = mant*10 + uint64(c-'0')
			if point {
				exp--
			}
		}
	}
	return number{}, false
}
