package value

import (
	"slices"
	"unicode/utf8"
)

var (
	siSigns     = []string{"f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"}
	binarySigns = []string{"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"}
	countSigns  = []string{"", "K", "M", "B", "T"}
	shortSigns  = []string{"", " K", " Mil", " Bil", " Tri", " Quadr", " Quint", " Sext", " Sept"}
)

// si is a unit with the prefixes of the SI; sign is the one it has already.
func si(unit, sign string) scaled {
	return scaled{gap: " ", signs: siSigns, one: slices.Index(siSigns, sign), unit: unit}
}

// binary is a unit with prefixes by powers of 1024; sign is the one it has already.
func binary(unit, sign string) scaled {
	return scaled{gap: " ", signs: binarySigns, one: slices.Index(binarySigns, sign), unit: unit, binary: true}
}

func counted(unit string) scaled { return scaled{signs: countSigns, unit: " " + unit} }
func money(sign string) scaled   { return scaled{prefix: sign, signs: countSigns} }
func after(suffix string) affixed {
	return affixed{suffix: suffix}
}

// siPrefixed reads a unit that may begin with a prefix of the SI, as "µF" does.
// A prefix alone is one too, as in Grafana: "m" is thousandths, not metres.
func siPrefixed(unit string) format {
	_, n := utf8.DecodeRuneInString(unit)
	sign := unit[:n]
	if sign == "μ" { // the Greek letter instead of the micro sign
		sign = "µ"
	}
	if n == 0 || !slices.Contains(siSigns, sign) {
		return si(unit, "")
	}
	return si(unit[n:], sign)
}

// formats are the units by what Grafana calls them. Dates that Grafana writes
// relative to now, or without the day if it is today, are written in full: a
// picture of the same data is the same tomorrow.
var formats = map[string]format{
	"":            affixed{},
	"none":        affixed{},
	"short":       scaled{signs: shortSigns},
	"percent":     after("%"),
	"percentunit": affixed{suffix: "%", factor: 100},
	"humidity":    after(" %H"),
	"string":      digits(func(v float64, _ int) string { return plain(v) }),
	"locale":      digits(grouped),
	"sci":         digits(scientific),
	"hex":         digits(func(v float64, decimals int) string { return hexadecimal(v, decimals, "") }),
	"hex0x":       digits(func(v float64, decimals int) string { return hexadecimal(v, decimals, "0x") }),
	"bool":        truth{"True", "False"},
	"bool_yes_no": truth{"Yes", "No"},
	"bool_on_off": truth{"On", "Off"},
	"pixel":       after(" px"),

	"bits": binary("b", ""), "decbits": si("b", ""),
	"bytes": binary("B", ""), "decbytes": si("B", ""),
	"kbytes": binary("B", "Ki"), "deckbytes": si("B", "k"),
	"mbytes": binary("B", "Mi"), "decmbytes": si("B", "M"),
	"gbytes": binary("B", "Gi"), "decgbytes": si("B", "G"),
	"tbytes": binary("B", "Ti"), "dectbytes": si("B", "T"),
	"pbytes": binary("B", "Pi"), "decpbytes": si("B", "P"),

	"binbps": binary("b/s", ""), "bps": si("b/s", ""),
	"binBps": binary("B/s", ""), "Bps": si("B/s", ""),
	"KiBs": binary("B/s", "Ki"), "KBs": si("B/s", "k"),
	"Kibits": binary("b/s", "Ki"), "Kbits": si("b/s", "k"),
	"MiBs": binary("B/s", "Mi"), "MBs": si("B/s", "M"),
	"Mibits": binary("b/s", "Mi"), "Mbits": si("b/s", "M"),
	"GiBs": binary("B/s", "Gi"), "GBs": si("B/s", "G"),
	"Gibits": binary("b/s", "Gi"), "Gbits": si("b/s", "G"),
	"TiBs": binary("B/s", "Ti"), "TBs": si("B/s", "T"),
	"Tibits": binary("b/s", "Ti"), "Tbits": si("b/s", "T"),
	"PiBs": binary("B/s", "Pi"), "PBs": si("B/s", "P"),
	"Pibits": binary("b/s", "Pi"), "Pbits": si("b/s", "P"),
	"pps": si("p/s", ""),

	"reqps": counted("req/s"), "ops": counted("ops/s"), "cps": counted("c/s"),
	"rps": counted("rd/s"), "wps": counted("wr/s"), "iops": counted("io/s"), "eps": counted("evt/s"),
	"mps": counted("msg/s"), "recps": counted("rec/s"), "rowsps": counted("rows/s"),
	"cpm": counted("c/m"), "opm": counted("ops/m"), "reqpm": counted("req/m"), "rpm": counted("rd/m"),
	"wpm": counted("wr/m"), "epm": counted("evts/m"), "mpm": counted("msgs/m"),
	"recpm": counted("rec/m"), "rowspm": counted("rows/m"),
	"hertz": si("Hz", ""), "rothz": si("Hz", ""), "rotrpm": after(" rpm"),

	"ns": nanoseconds, "µs": microseconds, "ms": milliseconds, "s": seconds,
	"m": minutes, "h": hours, "d": days,
	"dtdurationms": inWords{millisecond: 1, zero: " milliseconds"}, "dtdurations": inWords{millisecond: 1000, zero: " seconds"},
	"dthms": hms{}, "dtdhms": hms{days: true},
	"timeticks": centiseconds{}, "clockms": clock{millisecond: 1}, "clocks": clock{millisecond: 1000},
	"dateTimeAsIso": date(isoLayout), "dateTimeAsIsoNoDateIfToday": date(isoLayout),
	"dateTimeAsUS": date(usLayout), "dateTimeAsUSNoDateIfToday": date(usLayout),
	"dateTimeAsLocal": date(isoLayout), "dateTimeAsLocalNoDateIfToday": date(isoLayout),
	"dateTimeAsSystem": date(isoLayout), "dateTimeFromNow": date(isoLayout),

	"currencyUSD": money("$"), "currencyEUR": money("€"), "currencyGBP": money("£"),
	"currencyJPY": money("¥"), "currencyCNY": money("¥"), "currencyCHF": money("CHF"),
	"currencyINR": money("₹"), "currencyRUB": money("₽"), "currencyUAH": money("₴"),
	"currencyBRL": money("R$"), "currencyKRW": money("₩"), "currencyPLN": money("PLN"),
	"currencyBTC": money("฿"), "currencyIDR": money("Rp"), "currencyPHP": money("PHP"),
	"currencyVND": money("VND"), "currencyZAR": money("R"), "currencyTRY": money("₺"),
	"currencyDKK": counted("kr"), "currencyNOK": counted("kr"), "currencySEK": counted("kr"), "currencyCZK": counted("czk"),

	"watt": si("W", ""), "kwatt": si("W", "k"), "megwatt": si("W", "M"), "gwatt": si("W", "G"), "mwatt": si("W", "m"),
	"watth": si("Wh", ""), "kwatth": si("Wh", "k"), "joule": si("J", ""), "ev": si("eV", ""),
	"amp": si("A", ""), "mamp": si("A", "m"), "kamp": si("A", "k"),
	"volt": si("V", ""), "mvolt": si("V", "m"), "kvolt": si("V", "k"),
	"voltamp": si("VA", ""), "ohm": si("Ω", ""), "farad": si("F", ""), "henry": si("H", ""),
	"dBm": after(" dBm"), "dB": after(" dB"), "lumens": si("Lm", ""),
	"celsius": after(" °C"), "fahrenheit": after(" °F"), "kelvin": after(" K"),
	"lengthm": si("m", ""), "lengthmm": si("m", "m"), "lengthkm": si("m", "k"), "lengthft": after(" ft"), "lengthmi": after(" mi"),
	"massg": si("g", ""), "masskg": si("g", "k"), "massmg": si("g", "m"), "litre": si("L", ""), "mlitre": si("L", "m"),
	"velocityms": after(" m/s"), "velocitykmh": after(" km/h"), "velocitymph": after(" mph"), "velocityknot": after(" kn"),
	"pressurebar": si("bar", ""), "pressurembar": si("bar", "m"), "pressurepa": si("Pa", ""), "pressurehpa": after(" hPa"),
	"flops": si("FLOPS", ""), "mflops": si("FLOPS", "M"), "gflops": si("FLOPS", "G"), "tflops": si("FLOPS", "T"),
	"Hs": si("H/s", ""), "KHs": si("H/s", "k"), "MHs": si("H/s", "M"), "GHs": si("H/s", "G"), "THs": si("H/s", "T"),
	"ppm": after(" ppm"), "conppb": after(" ppb"), "degree": after("°"), "radian": after(" rad"),
	"lux": si("lx", ""), "accMS2": after(" m/sec²"), "accG": after(" g"),
}
