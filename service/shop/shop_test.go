package shop_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ginsight/ginsight/service/shop"
)

var (
	opened = time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	doppio = shop.NewOrder{Item: "espresso", Quantity: 2, Channel: "web"}
)

func TestValidate(t *testing.T) {
	for _, test := range []struct {
		name  string
		order shop.NewOrder
		want  string
	}{
		{"good", doppio, ""},
		{"item", shop.NewOrder{Item: "tea", Quantity: 1, Channel: "web"}, "item must be one of espresso, cappuccino, flat white, filter, croissant"},
		{"none", shop.NewOrder{Item: "filter", Quantity: 0, Channel: "web"}, "quantity must be from 1 to 20"},
		{"too many", shop.NewOrder{Item: "filter", Quantity: 21, Channel: "web"}, "quantity must be from 1 to 20"},
		{"channel", shop.NewOrder{Item: "filter", Quantity: 1, Channel: "fax"}, "channel must be one of web, app, till"},
	} {
		got := ""
		if err := test.order.Validate(); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestStoreDropsTheOldestOrder(t *testing.T) {
	s := shop.NewStore(3, opened)
	var placed []shop.Order
	for range 5 {
		placed = append(placed, s.Place(doppio, opened))
	}
	for i, order := range placed {
		got, found := s.Order(order.ID)
		if kept := i >= 2; found != kept || kept && got != order {
			t.Errorf("order %d: %v, %t; want kept: %t", order.ID, got, found, kept)
		}
	}
	latest := s.Latest(1000)
	if len(latest) != shop.Samples+3 || latest[0].ID != placed[4].ID || latest[2].ID != placed[2].ID {
		t.Errorf("the store lists %d orders from %d on, want the last 3 and the samples", len(latest), latest[0].ID)
	}
	if s.Placed() != 5 {
		t.Errorf("Placed() = %d, want 5", s.Placed())
	}
}

func TestSamplesAreAlwaysThere(t *testing.T) {
	s := shop.NewStore(1, opened)
	for range 3 {
		s.Place(doppio, opened)
	}
	for id := int64(1); id <= shop.Samples; id++ {
		order, found := s.Order(id)
		if !found || order.ID != id || order.Validate() != nil {
			t.Errorf("sample %d: %v, %t", id, order, found)
		}
	}
	for _, id := range []int64{-1, 0, shop.Samples + 1, shop.Samples + 99} {
		if order, found := s.Order(id); found {
			t.Errorf("there is an order %d: %v", id, order)
		}
	}
}

func TestOrdersAreLatestFirst(t *testing.T) {
	s := shop.NewStore(10, opened)
	order := s.Place(doppio, opened)
	want := shop.Order{ID: shop.Samples + 1, NewOrder: doppio, TotalCents: 500, PlacedAt: opened}
	if diff := cmp.Diff(want, order); diff != "" {
		t.Errorf("the order (-want +got):\n%s", diff)
	}
	var ids []int64
	for _, o := range s.Latest(3) {
		ids = append(ids, o.ID)
	}
	if diff := cmp.Diff([]int64{shop.Samples + 1, shop.Samples, shop.Samples - 1}, ids); diff != "" {
		t.Errorf("the latest (-want +got):\n%s", diff)
	}
}

func TestReportsAddUp(t *testing.T) {
	s := shop.NewStore(10, opened)
	before, _ := s.Report("channels")
	s.Place(doppio, opened)
	after, _ := s.Report("channels")
	want := shop.Row{Name: "web", Orders: before[0].Orders + 1, Quantity: before[0].Quantity + 2, RevenueCents: before[0].RevenueCents + 500}
	if diff := cmp.Diff(want, after[0]); diff != "" {
		t.Errorf("the channel web (-want +got):\n%s", diff)
	}
	items, _ := s.Report("items")
	total := 0
	for _, row := range items {
		total += row.Orders
	}
	if total != shop.Samples+1 {
		t.Errorf("the items' orders add up to %d, want %d", total, shop.Samples+1)
	}
	if _, found := s.Report("staff"); found {
		t.Error("there is a report of the staff")
	}
}

func TestCharge(t *testing.T) {
	s := shop.NewStore(1, opened)
	order := s.Place(doppio, opened)
	ask := shop.NewPayment{OrderID: order.ID, Method: "card"}
	got, err := s.Charge(ask)
	if diff := cmp.Diff(shop.Payment{NewPayment: ask, AmountCents: 500}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for want, ask := range map[string]shop.NewPayment{
		"method must be one of card, cash": {OrderID: order.ID, Method: "beads"},
		"there is no order 99":             {OrderID: 99, Method: "cash"},
	} {
		if _, err := s.Charge(ask); err == nil || err.Error() != want {
			t.Errorf("%+v: %v, want %q", ask, err, want)
		}
	}
}

// The race detector watches; ids must still be given out once.
func TestStoreIsSafeForConcurrentUse(t *testing.T) {
	s := shop.NewStore(8, opened)
	var ids sync.Map
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				order := s.Place(doppio, opened)
				if _, twice := ids.LoadOrStore(order.ID, true); twice {
					t.Errorf("the id %d was given out twice", order.ID)
				}
				s.Order(order.ID)
				s.Latest(20)
				s.Report("items")
			}
		})
	}
	wg.Wait()
	if s.Placed() != 1600 {
		t.Errorf("Placed() = %d, want 1600", s.Placed())
	}
}
