package shop

import (
	"fmt"
	"slices"
	"strings"
)

// NewPayment asks to charge an order.
type NewPayment struct {
	OrderID int64 `json:"order_id"`
	// Method is "card" or "cash".
	Method string `json:"method"`
}

// Payment is a charge that went through.
type Payment struct {
	NewPayment
	AmountCents int64 `json:"amount_cents"`
}

var paymentMethods = []string{"card", "cash"}

// Charge charges an order. Its error says in one sentence why the payment makes
// no sense.
func (s *Store) Charge(n NewPayment) (Payment, error) {
	if !slices.Contains(paymentMethods, n.Method) {
		return Payment{}, fmt.Errorf("method must be one of %s", strings.Join(paymentMethods, ", "))
	}
	order, found := s.Order(n.OrderID)
	if !found {
		return Payment{}, fmt.Errorf("there is no order %d", n.OrderID)
	}
	return Payment{NewPayment: n, AmountCents: order.TotalCents}, nil
}
