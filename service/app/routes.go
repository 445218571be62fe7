package app

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/ginsight/ginsight/service/fate"
)

// metricsPath is where Prometheus scrapes; the telemetry leaves it out of its
// own measurements.
const metricsPath = "/metrics"

// routes builds the Gin application.
func (a *App) routes() *gin.Engine {
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	// Gin answers these redirects before any middleware runs, so they would be
	// missing from the measurements. An API says 404 instead.
	engine.RedirectTrailingSlash = false

	// The telemetry comes first, so that it also sees what the others do, and once
	// more behind the recovery, which lets no panic pass. Requests count once.
	engine.Use(a.telemetry.Middleware(), a.logged(), a.recovered(), a.telemetry.Middleware())
	engine.NoRoute(problemHandler(http.StatusNotFound, "there is nothing here"))
	engine.NoMethod(problemHandler(http.StatusMethodNotAllowed, "this method is not allowed here"))

	engine.GET(metricsPath, gin.WrapH(a.telemetry.Handler()))
	for route, handler := range map[fate.Route]gin.HandlerFunc{
		fate.Health:        health,
		fate.ListOrders:    a.listOrders,
		fate.ReadOrder:     a.readOrder,
		fate.CreateOrder:   a.createOrder,
		fate.ReadReport:    a.readReport,
		fate.CreatePayment: a.createPayment,
		fate.Events:        a.streamEvents,
	} {
		engine.Handle(route.Method(), route.Template(), readBody, a.fated(route), handler)
	}
	return engine
}

func health(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"status": "up"}) }
