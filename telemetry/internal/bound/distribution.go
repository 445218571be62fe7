package bound

// distribution is what both kinds of histograms have.
type distribution[N number] struct {
	count    uint64
	sum      N
	min, max N // undefined while count is 0
}

func (d *distribution[N]) add(v N) {
	if d.count == 0 {
		d.min, d.max = v, v
	} else if v < d.min {
		d.min = v
	} else if v > d.max {
		d.max = v
	}
	d.count++
	d.sum += v
}

func (d *distribution[N]) merge(o *distribution[N]) {
	if d.count == 0 {
		*d = *o
		return
	}
	d.count += o.count
	d.sum += o.sum
	d.min = min(d.min, o.min)
	d.max = max(d.max, o.max)
}
