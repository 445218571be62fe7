package panel

func stateTimeline(in Input, w, h float64) body { return body{} }
