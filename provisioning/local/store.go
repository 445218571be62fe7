package local

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/prometheus/prometheus/tsdb/fileutil"
	"github.com/prometheus/prometheus/util/compression"
)

// ErrLocked is what New's error wraps when the data directory is in use.
var ErrLocked = errors.New("another Prometheus is using it")

// store is the time series database with what the HTTP API wants to know of it,
// the lock on its directory, and the directory itself if it is temporary.
type store struct {
	*tsdb.DB
	stats     *tsdb.DBStats
	lock      fileutil.Releaser
	dir       string
	temporary bool
}

// openStore opens dir, or a new temporary directory if dir is empty.
func (p *Prometheus) openStore(dir string) (_ *store, err error) {
	s := &store{stats: tsdb.NewDBStats(), dir: dir, temporary: dir == ""}
	if s.temporary {
		if s.dir, err = os.MkdirTemp("", "ginsight-prometheus-"); err != nil {
			return nil, fmt.Errorf("make a temporary data directory: %w", err)
		}
	}
	if err := s.open(p); err != nil {
		return nil, fmt.Errorf("open data directory %s: %w", s.dir, errors.Join(err, s.release()))
	}
	return s, nil
}

// open locks the directory before the database looks at it. The database would
// lock it too, by the same file, but first removes what it takes for leftovers
// of a crash, and warns of a crash even if the other server is alive.
func (s *store) open(p *Prometheus) (err error) {
	s.lock, _, err = fileutil.Flock(s.lockFile())
	if errors.Is(err, syscall.EAGAIN) {
		return ErrLocked
	}
	if err != nil {
		return err
	}
	options := storeOptions(p.conf)
	options.FeatureRegistry = p.features
	s.DB, err = tsdb.Open(s.dir, p.log.With("component", "tsdb"), p.registry, options, s.stats)
	if err != nil {
		return err
	}
	if err := s.ApplyConfig(p.conf); err != nil {
		return errors.Join(err, s.DB.Close())
	}
	return nil
}

func (s *store) lockFile() string { return filepath.Join(s.dir, "lock") }

// storeOptions are the server's, where they differ from the library's.
func storeOptions(conf *config.Config) *tsdb.Options {
	o := tsdb.DefaultOptions()
	o.NoLockfile = true // it is locked already
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

// Close writes what is pending, unlocks the directory and removes it if it is
// temporary.
func (s *store) Close() error {
	if err := errors.Join(s.DB.Close(), s.release()); err != nil {
		return fmt.Errorf("close data directory %s: %w", s.dir, err)
	}
	return nil
}

// release undoes what openStore did around the database.
func (s *store) release() error {
	var errs []error
	if s.lock != nil {
		errs = append(errs, s.lock.Release(), os.Remove(s.lockFile()))
	}
	if s.temporary {
		errs = append(errs, os.RemoveAll(s.dir))
	}
	return errors.Join(errs...)
}

// Stats, WALReplayStatus and BlockMetas complete v1.TSDBAdminStats.

func (s *store) Stats(label string, limit int) (*tsdb.Stats, error) {
	return s.Head().Stats(label, limit), nil
}

func (s *store) WALReplayStatus() (tsdb.WALReplayStatus, error) {
	return s.stats.Head.WALReplayStatus.GetWALReplayStatus(), nil
}

func (s *store) BlockMetas() ([]tsdb.BlockMeta, error) { return s.DB.BlockMetas(), nil }
