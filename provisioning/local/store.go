package local

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/prometheus/prometheus/util/compression"
)

// ErrLocked is what New's error wraps when the data directory is in use.
var ErrLocked = errors.New("another Prometheus is using it")

// store is the time series database with what the HTTP API wants to know of it,
// and the directory that goes away with it if it is temporary.
type store struct {
	*tsdb.DB
	stats     *tsdb.DBStats
	temporary bool
}

// openStore opens dir, or a new temporary directory if dir is empty.
func (p *Prometheus) openStore(dir string) (_ *store, err error) {
	s := &store{stats: tsdb.NewDBStats(), temporary: dir == ""}
	if s.temporary {
		if dir, err = os.MkdirTemp("", "ginsight-prometheus-"); err != nil {
			return nil, fmt.Errorf("make a temporary data directory: %w", err)
		}
	}
	options := storeOptions(p.conf)
	options.FeatureRegistry = p.features
	s.DB, err = tsdb.Open(dir, p.log.With("component", "tsdb"), p.registry, options, s.stats)
	if err == nil {
		if err = s.ApplyConfig(p.conf); err != nil {
			err = errors.Join(err, s.DB.Close())
		}
	}
	if err != nil {
		if s.temporary {
			err = errors.Join(err, os.RemoveAll(dir))
		}
		if errors.Is(err, syscall.EAGAIN) {
			err = ErrLocked
		}
		return nil, fmt.Errorf("open data directory %s: %w", dir, err)
	}
	return s, nil
}

// storeOptions are the server's, where they differ from the library's.
func storeOptions(conf *config.Config) *tsdb.Options {
	o := tsdb.DefaultOptions()
	o.WALCompression = compression.Snappy
	o.EnableExemplarStorage = true
	o.MaxExemplars = conf.StorageConfig.ExemplarsConfig.MaxExemplars
	o.OutOfOrderTimeWindow = conf.StorageConfig.TSDBConfig.OutOfOrderTimeWindow
	// Blocks grow to a tenth of the retention, so that what is too old can be
	// dropped in small pieces.
	retention := time.Duration(conf.StorageConfig.TSDBConfig.Retention.Time)
	o.MaxBlockDuration = max(o.MinBlockDuration, (retention / 10).Milliseconds())
	return o
}

// Close writes what is pending, releases the directory's lock and removes a
// temporary directory.
func (s *store) Close() error {
	err := s.DB.Close()
	if s.temporary {
		err = errors.Join(err, os.RemoveAll(s.Dir()))
	}
	if err != nil {
		return fmt.Errorf("close data directory %s: %w", s.Dir(), err)
	}
	return nil
}

// Stats, WALReplayStatus and BlockMetas complete v1.TSDBAdminStats.

func (s *store) Stats(label string, limit int) (*tsdb.Stats, error) {
	return s.Head().Stats(label, limit), nil
}

func (s *store) WALReplayStatus() (tsdb.WALReplayStatus, error) {
	return s.stats.Head.WALReplayStatus.GetWALReplayStatus(), nil
}

func (s *store) BlockMetas() ([]tsdb.BlockMeta, error) { return s.DB.BlockMetas(), nil }
