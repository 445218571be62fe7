package panel

func histogram(in Input, w, h float64) body { return body{} }
