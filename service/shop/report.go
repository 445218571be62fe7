package shop

// Row is one line of a report.
type Row struct {
	Name         string `json:"name"`
	Orders       int    `json:"orders"`
	Quantity     int    `json:"quantity"`
	RevenueCents int64  `json:"revenue_cents"`
}

type grouping struct {
	names []string
	of    func(Order) string
}

// groupings are the reports that exist, by name.
var groupings = map[string]grouping{
	"items":    {items, func(o Order) string { return o.Item }},
	"channels": {channels, func(o Order) string { return o.Channel }},
}

// Report sums up the orders that are kept, by item ("items") or by channel
// ("channels"). It returns false if there is no report of that name.
func (s *Store) Report(name string) ([]Row, bool) {
	group, found := groupings[name]
	if !found {
		return nil, false
	}
	rows := make([]Row, len(group.names))
	byName := make(map[string]*Row, len(rows))
	for i, n := range group.names {
		rows[i].Name = n
		byName[n] = &rows[i]
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	for order := range s.all {
		row := byName[group.of(order)]
		row.Orders++
		row.Quantity += order.Quantity
		row.RevenueCents += order.TotalCents
	}
	return rows, true
}
