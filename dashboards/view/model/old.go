package model

// modernize turns panels that newer Grafanas replaced into what they became.
func modernize(p *Panel, raw []byte) {}
