package panel

func text(in Input, w, h float64) body { return body{} }
