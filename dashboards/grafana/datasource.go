package grafana

import (
	"cmp"
	"context"
	"fmt"
	"time"
)

const prometheus = "prometheus" // the data source's type

// ensureDataSource returns the data source to use and whether it was created.
// The settings of one that exists are nobody's to change here.
func (p *publisher) ensureDataSource(ctx context.Context) (DataSource, bool, error) {
	plan := p.plan.DataSource
	want := DataSource{UID: plan.UID, Name: cmp.Or(plan.Name, plan.UID), Type: prometheus, URL: plan.URL}
	found, err := p.findDataSource(ctx, want)
	if !IsNotFound(err) {
		return found, false, err
	}
	if p.plan.DryRun {
		return want, true, nil
	}
	if want.URL == "" {
		return DataSource{}, false, fmt.Errorf("data source %q does not exist and no address is given to create it with", want.Name)
	}
	err = p.client.createDataSource(ctx, newDataSource{
		DataSource: want,
		Access:     "proxy",
		JSONData: map[string]string{
			"httpMethod":   "POST", // long queries do not fit an address
			"timeInterval": cmp.Or(plan.ScrapeInterval, 15*time.Second).String(),
		},
	})
	switch {
	case IsConflict(err): // somebody created it meanwhile, or our own answer was lost
		found, err = p.findDataSource(ctx, want)
		return found, err == nil && found == want, err
	case IsForbidden(err):
		return DataSource{}, false, fmt.Errorf("this token may not create data sources (role Admin may): publish once with one that may, or add a Prometheus data source in Grafana and publish with its uid: %w", err)
	case err != nil:
		return DataSource{}, false, fmt.Errorf("create data source %q: %w", want.Name, err)
	}
	return want, true, nil
}

// findDataSource looks by uid, then by name, which Grafana keeps unique too.
func (p *publisher) findDataSource(ctx context.Context, want DataSource) (DataSource, error) {
	found, err := p.client.DataSource(ctx, want.UID)
	if IsNotFound(err) {
		found, err = p.client.DataSourceByName(ctx, want.Name)
	}
	if err == nil && found.Type != prometheus {
		return DataSource{}, fmt.Errorf("data source %q (uid %s) is of type %s, not prometheus: publish with the uid of another one", found.Name, found.UID, found.Type)
	}
	return found, err
}
