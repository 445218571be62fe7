package panel

func statusHistory(in Input, w, h float64) body { return body{} }
