package app

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/ginsight/ginsight/service/shop"
)

func (a *App) listOrders(c *gin.Context) {
	n, ok := limit(c, 20, 100)
	if !ok {
		return
	}
	c.JSON(http.StatusOK, gin.H{"orders": a.store.Latest(n)})
}

func (a *App) readOrder(c *gin.Context) {
	// An id that is no number names no order, as an unknown number does.
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	order, found := a.store.Order(id)
	if err != nil || !found {
		problem(c, http.StatusNotFound, "there is no such order")
		return
	}
	c.JSON(http.StatusOK, order)
}

func (a *App) createOrder(c *gin.Context) {
	var wanted shop.NewOrder
	if !decode(c, &wanted) {
		return
	}
	if err := wanted.Validate(); err != nil {
		problem(c, http.StatusUnprocessableEntity, err.Error())
		return
	}
	order := a.store.Place(wanted, time.Now())
	a.orders.Add(c.Request.Context(), 1, byChannel(order.Channel))
	c.Header("Location", fmt.Sprintf("/api/orders/%d", order.ID))
	c.JSON(http.StatusCreated, order)
}

// readReport is the slow route: summing up takes the service a while.
func (a *App) readReport(c *gin.Context) {
	rows, found := a.store.Report(c.Param("name"))
	if !found {
		problem(c, http.StatusNotFound, "there is no such report")
		return
	}
	c.JSON(http.StatusOK, gin.H{"rows": rows})
}

// createPayment is the route that sometimes fails: it depends on a provider,
// which also takes all of the time.
func (a *App) createPayment(c *gin.Context) {
	var wanted shop.NewPayment
	if !decode(c, &wanted) {
		return
	}
	payment, err := a.store.Charge(wanted)
	if err != nil {
		problem(c, http.StatusUnprocessableEntity, err.Error())
		return
	}
	status, err := a.charge(c.Request.Context(), fateOf(c), payment)
	switch {
	case err != nil:
		c.AbortWithStatus(statusClientGone) // the provider itself always answers
	case status == http.StatusServiceUnavailable:
		c.Header("Retry-After", "1")
		fallthrough
	case status >= http.StatusBadRequest:
		problem(c, status, "the payment provider did not answer as it should")
	default:
		c.JSON(http.StatusCreated, payment)
	}
}
