package clustertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Config says what cluster to start.
type Config struct {
	Nodes int    // 0 is 1
	Heap  string // of each node; empty is 512m
	// Settings are further settings of opensearch.yml, in YAML, such as
	// "cluster.routing.allocation.disk.threshold_enabled": "true".
	Settings map[string]string
}

// Cluster is a number of nodes. Nodes are counted from 0.
type Cluster struct {
	dir    string
	config Config
	nodes  []*node
	client *http.Client
}

// New starts a cluster and waits until all its nodes are there.
// ErrMissing: this machine lacks something that it needs.
func New(ctx context.Context, config Config) (_ *Cluster, err error) {
	config.Nodes = max(config.Nodes, 1)
	if config.Heap == "" {
		config.Heap = "512m"
	}
	command, err := java()
	if err != nil {
		return nil, err
	}
	home, err := distribution(ctx)
	if err != nil {
		return nil, err
	}
	dir, err := runFolder()
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir, config: config, client: &http.Client{Transport: &http.Transport{}, Timeout: 10 * time.Second}}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("%w\n%s", err, c.logs()), c.Close())
		}
	}()
	if err := c.prepare(command, home); err != nil {
		return nil, err
	}
	for n := range c.nodes {
		if err := c.nodes[n].start(); err != nil {
			return nil, err
		}
	}
	return c, c.Wait(ctx, config.Nodes, "green")
}

// prepare gives each node its folders and its addresses.
func (c *Cluster) prepare(command, home string) error {
	ports, err := freePorts(2 * c.config.Nodes)
	if err != nil {
		return err
	}
	var seeds, names []string
	for n := range c.config.Nodes {
		names = append(names, fmt.Sprint("n", n))
		seeds = append(seeds, fmt.Sprintf("%q", fmt.Sprint("127.0.0.1:", ports[2*n+1])))
	}
	repository := filepath.Join(c.dir, "repository")
	if err := makeFolder(repository); err != nil {
		return err
	}
	for n, name := range names {
		one := &node{
			java: command, home: home, heap: c.config.Heap, dir: filepath.Join(c.dir, name),
			address: fmt.Sprint("http://127.0.0.1:", ports[2*n]),
		}
		settings := map[string]string{
			"cluster.name":                          "newsq-test",
			"node.name":                             name,
			"path.data":                             filepath.Join(one.dir, "data"),
			"path.logs":                             filepath.Join(one.dir, "logs"),
			"path.repo":                             repository,
			"network.host":                          "127.0.0.1",
			"http.port":                             fmt.Sprint(ports[2*n]),
			"transport.port":                        fmt.Sprint(ports[2*n+1]),
			"discovery.seed_hosts":                  "[" + strings.Join(seeds, ", ") + "]",
			"cluster.initial_cluster_manager_nodes": "[" + strings.Join(names, ", ") + "]",
			"cluster.routing.allocation.disk.threshold_enabled": "false", // the disk of a developer may be rather full
		}
		for key, value := range c.config.Settings {
			settings[key] = value
		}
		if err := one.prepare(settings); err != nil {
			return err
		}
		c.nodes = append(c.nodes, one)
	}
	return nil
}

// freePorts returns ports that nobody listened on a moment ago.
func freePorts(count int) (ports []int, err error) {
	for range count {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close() // not before all are known, lest one comes twice
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// Addresses returns the addresses of all nodes, also of those that are down.
func (c *Cluster) Addresses() []string {
	var list []string
	for _, n := range c.nodes {
		list = append(list, n.address)
	}
	return list
}

// Wait waits until each node that runs sees so many nodes, and the health of all indexes
// is of a colour: green, yellow or red. A node that ends meanwhile is an error.
func (c *Cluster) Wait(ctx context.Context, nodes int, health string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	path := fmt.Sprintf("/_cluster/health?wait_for_nodes=>=%d&wait_for_status=%s&wait_for_no_initializing_shards=true&timeout=2s", nodes, health)
	for {
		err := c.allHealthy(ctx, path)
		if err == nil {
			return nil
		}
		for _, n := range c.nodes {
			if err := n.died(); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d nodes and %s: %w: %w", nodes, health, ctx.Err(), err)
		case <-time.After(100 * time.Millisecond): // a node cannot be told to call
		}
	}
}

// allHealthy asks all nodes that run: those that stayed may not have seen yet that another
// one was gone.
func (c *Cluster) allHealthy(ctx context.Context, path string) error {
	for _, n := range c.nodes {
		if !n.running() || n.paused {
			continue
		}
		if err := c.healthy(ctx, n.address+path); err != nil {
			return err
		}
	}
	return nil
}

// healthy asks a node once.
func (c *Cluster) healthy(ctx context.Context, address string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	a, err := c.client.Do(r)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	var health struct {
		TimedOut bool `json:"timed_out"`
		Status   string
	}
	if err := json.NewDecoder(io.LimitReader(a.Body, 1<<20)).Decode(&health); err != nil {
		return err
	}
	if a.StatusCode != http.StatusOK || health.TimedOut {
		return fmt.Errorf("health %s (%d)", health.Status, a.StatusCode)
	}
	return nil
}

// Kill ends a node by kill -9.
func (c *Cluster) Kill(n int) error { return c.nodes[n].kill() }

// Stop ends a node in order.
func (c *Cluster) Stop(n int) error { return c.nodes[n].stop() }

// Pause stops a node's process by SIGSTOP: it keeps its connections and answers nothing.
func (c *Cluster) Pause(n int) error { return c.nodes[n].pause() }

// Resume lets a paused node go on.
func (c *Cluster) Resume(n int) error { return c.nodes[n].resume() }

// Restart starts a node that has ended, with the data that it had. It does not wait; see
// Wait.
func (c *Cluster) Restart(n int) error { return c.nodes[n].start() }

// Repository is a folder for snapshots that all nodes may use.
func (c *Cluster) Repository() string { return filepath.Join(c.dir, "repository") }

// Close ends all nodes and removes their data.
func (c *Cluster) Close() error {
	var errs []error
	for _, n := range c.nodes {
		if n.running() {
			errs = append(errs, n.kill()) // their data are not needed any more
		}
	}
	c.client.CloseIdleConnections()
	return errors.Join(append(errs, os.RemoveAll(c.dir))...)
}

// logs returns the ends of the nodes' logs.
func (c *Cluster) logs() string {
	var s strings.Builder
	for _, n := range c.nodes {
		out, err := os.ReadFile(n.log())
		if err != nil {
			out = []byte(err.Error())
		}
		fmt.Fprintf(&s, "--- the end of %s's log:\n%s\n", filepath.Base(n.dir), end(out))
	}
	return s.String()
}
