package panel

func gauge(in Input, w, h float64) body { return body{} }
