package panel

func stat(in Input, w, h float64) body { return body{} }
