package panel

func timeseries(in Input, w, h float64) body { return body{} }
