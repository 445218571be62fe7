package panel

func bargauge(in Input, w, h float64) body { return body{} }
