package panel

func barchart(in Input, w, h float64) body { return body{} }
