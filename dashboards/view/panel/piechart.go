package panel

func piechart(in Input, w, h float64) body { return body{} }
