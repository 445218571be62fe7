package value

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// automatic asks for as many decimals as make three significant digits.
const automatic = -1

// maxDecimals bounds what a dashboard asks for.
const maxDecimals = 100

// decimalsOf reads a configured number of decimals.
func decimalsOf(configured *int) int {
	if configured == nil {
		return automatic
	}
	return min(max(*configured, 0), maxDecimals)
}

// plain writes a number in as few digits as tell it apart, with the notation of
// JavaScript: an exponent below 1e-6 and from 1e21 on.
func plain(v float64) string {
	a := math.Abs(v)
	switch {
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	case v == 0:
		return "0" // also for the negative zero
	case a >= 1e21 || a < 1e-6:
		return shortExponent(strconv.FormatFloat(v, 'e', -1, 64))
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func infinite(v float64) string {
	if v < 0 {
		return "-∞"
	}
	return "∞"
}

// shortExponent writes 1e-09 as 1e-9.
func shortExponent(s string) string {
	if i := len(s) - 2; i > 0 && s[i] == '0' && strings.ContainsRune("+-", rune(s[i-1])) {
		return s[:i] + s[i+1:]
	}
	return s
}

// fixed rounds a number to decimals. The rounding is that of a multiplication
// and Math.round, so halves go up, also below zero; and huge numbers keep the
// notation of [plain]. All of this is what Grafana 12.4 shows.
func fixed(v float64, decimals int) string {
	if math.IsInf(v, 0) {
		return infinite(v)
	}
	if decimals == automatic {
		decimals = significant(v)
	}
	factor := math.Pow10(decimals)
	if math.IsInf(v*factor, 0) {
		return plain(v)
	}
	text := plain(round(v*factor) / factor)
	if decimals == 0 || strings.IndexByte(text, 'e') >= 0 {
		return text
	}
	missing := decimals
	if dot := strings.IndexByte(text, '.'); dot >= 0 {
		missing -= len(text) - dot - 1
	} else {
		text += "."
	}
	return text + zeros[:max(missing, 0)]
}

// zeros are as many as [maxDecimals].
const zeros = "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"

// significant is how many decimals make three significant digits: none for a
// whole number.
func significant(v float64) int {
	if v == math.Trunc(v) {
		return 0
	}
	return min(max(2-int(math.Floor(math.Log10(math.Abs(v)))), 0), maxDecimals)
}

// round rounds halves up.
func round(v float64) float64 {
	whole := math.Floor(v)
	if v-whole >= 0.5 {
		whole++
	}
	return whole
}

// grouped writes a number for people who read English: commas between thousands
// and at most so many decimals, three if automatic. It rounds the decimal digits
// and not the binary number: 1.005 is 1.01.
func grouped(v float64, decimals int) string {
	if math.IsInf(v, 0) {
		return infinite(v)
	}
	if decimals == automatic {
		decimals = 3
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(v), 'f', -1, 64), ".")
	if len(fraction) > decimals {
		whole, fraction = roundDigits(whole, fraction, decimals)
	}
	var b strings.Builder
	if v < 0 {
		b.WriteByte('-')
	}
	for i := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		b.WriteString("." + fraction)
	}
	return b.String()
}

// roundDigits cuts a fraction to decimals, which are fewer than it has, and
// carries.
func roundDigits(whole, fraction string, decimals int) (string, string) {
	digits := []byte(whole + fraction[:decimals])
	carry := fraction[decimals] >= '5'
	for i := len(digits) - 1; i >= 0 && carry; i-- {
		if carry = digits[i] == '9'; carry {
			digits[i] = '0'
		} else {
			digits[i]++
		}
	}
	if carry {
		digits = append([]byte{'1'}, digits...)
	}
	point := len(digits) - decimals
	return string(digits[:point]), string(digits[point:])
}

// scientific writes 1500 as 1.5e+3; halves are rounded away from zero.
func scientific(v float64, decimals int) string {
	if math.IsInf(v, 0) {
		return plain(v)
	}
	if decimals != automatic {
		// Exact decimal digits tell a half from what is near to one, and strconv
		// rounds a half to even.
		exact := strconv.FormatFloat(math.Abs(v), 'e', decimals+40, 64)
		if rest, _, _ := strings.Cut(exact[len("1.")+decimals:], "e"); strings.TrimRight(rest, "0") == "5" {
			v = math.Nextafter(v, math.Copysign(math.Inf(1), v))
		}
	}
	return shortExponent(strconv.FormatFloat(v, 'e', decimals, 64))
}

// hexadecimal writes the digits to the base of 16, with a fraction if there is
// one after rounding.
func hexadecimal(v float64, decimals int, prefix string) string {
	if math.IsInf(v, 0) {
		return infinite(v)
	}
	v, err := strconv.ParseFloat(fixed(v, decimals), 64)
	if err != nil {
		return infinite(v) // out of range
	}
	whole, fraction := math.Modf(math.Abs(v))
	n, _ := big.NewFloat(whole).Int(nil)
	text := prefix + strings.ToUpper(n.Text(16))
	if v < 0 {
		text = "-" + text
	}
	for i := 0; fraction > 0 && i < maxDecimals; i++ {
		if i == 0 {
			text += "."
		}
		var digit float64
		digit, fraction = math.Modf(fraction * 16)
		text += string("0123456789ABCDEF"[int(digit)])
	}
	return text
}
