// Package shop is the reference service's business: a coffee bar that takes
// orders and keeps the latest of them in memory.
package shop

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// MaxQuantity is the most that one order can ask for.
const MaxQuantity = 20

// NewOrder is what a customer asks for.
type NewOrder struct {
	// Item is one of [Items].
	Item string `json:"item"`
	// Quantity is 1 to [MaxQuantity].
	Quantity int `json:"quantity"`
	// Channel is one of [Channels].
	Channel string `json:"channel"`
}

// Order is an order as it was taken.
type Order struct {
	ID int64 `json:"id"`
	NewOrder
	// TotalCents is the price of the whole order.
	TotalCents int64     `json:"total_cents"`
	PlacedAt   time.Time `json:"placed_at"`
}

var (
	items      = []string{"espresso", "cappuccino", "flat white", "filter", "croissant"}
	priceCents = map[string]int64{"espresso": 250, "cappuccino": 380, "flat white": 420, "filter": 300, "croissant": 290}
	channels   = []string{"web", "app", "till"}
)

// Items lists what the shop sells.
func Items() []string { return slices.Clone(items) }

// Channels lists the ways by which an order can come in.
func Channels() []string { return slices.Clone(channels) }

// Validate says in one sentence why an order cannot be taken, or returns nil.
func (n NewOrder) Validate() error {
	switch {
	case !slices.Contains(items, n.Item):
		return fmt.Errorf("item must be one of %s", strings.Join(items, ", "))
	case n.Quantity < 1 || n.Quantity > MaxQuantity:
		return fmt.Errorf("quantity must be from 1 to %d", MaxQuantity)
	case !slices.Contains(channels, n.Channel):
		return fmt.Errorf("channel must be one of %s", strings.Join(channels, ", "))
	}
	return nil
}

func (n NewOrder) placed(id int64, at time.Time) Order {
	return Order{ID: id, NewOrder: n, TotalCents: priceCents[n.Item] * int64(n.Quantity), PlacedAt: at.UTC()}
}
