package panel

func table(in Input, w, h float64) body { return body{} }
