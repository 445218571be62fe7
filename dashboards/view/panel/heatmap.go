package panel

func heatmap(in Input, w, h float64) body { return body{} }
