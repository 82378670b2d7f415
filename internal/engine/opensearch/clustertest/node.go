package clustertest

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// node is one process of OpenSearch, or the place of one.
type node struct {
	java, home, heap string
	dir              string
	address          string

	process *os.Process
	ended   chan struct{} // closed when the process has ended
	down    bool          // it was ended by a test
	paused  bool
}

func (n *node) log() string { return filepath.Join(n.dir, "logs", "node.log") }

// logging has everything on the console, which is the log of the node.
const logging = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] [%node_name]%marker %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
`

// prepare makes the folders of a node.
func (n *node) prepare(settings map[string]string) error {
	for _, name := range []string{"", "conf", "data", "logs", "tmp"} {
		if err := makeFolder(filepath.Join(n.dir, name)); err != nil {
			return err
		}
	}
	var yml strings.Builder
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		fmt.Fprintf(&yml, "%s: %s\n", key, settings[key])
	}
	return errors.Join(
		os.WriteFile(filepath.Join(n.dir, "conf", "opensearch.yml"), []byte(yml.String()), 0o644),
		os.WriteFile(filepath.Join(n.dir, "conf", "log4j2.properties"), []byte(logging), 0o644),
	)
}

// options are those of the JVM: what bin/opensearch would end in, without the five JVMs
// that it starts before. The quick compiler alone has a node up in half the time. The
// serial collector would let a small heap fill up, which OpenSearch answers with 429
// under no load.
func (n *node) options() []string {
	tmp := filepath.Join(n.dir, "tmp")
	return append(strings.Fields("-Xss1m -XX:+UseG1GC -XX:G1ReservePercent=25 -XX:InitiatingHeapOccupancyPercent=30 -XX:TieredStopAtLevel=1 "+
		"-XX:+ExitOnOutOfMemoryError -Xshare:auto -XX:-OmitStackTraceInFastThrow "+
		"-Dopensearch.networkaddress.cache.ttl=60 -Dopensearch.networkaddress.cache.negative.ttl=10 "+
		"-Djava.awt.headless=true -Dfile.encoding=UTF-8 -Djna.nosys=true -Djava.locale.providers=SPI,CLDR "+
		"-Dio.netty.noUnsafe=true -Dio.netty.noKeySetOptimization=true -Dio.netty.recycler.maxCapacityPerThread=0 "+
		"-Dio.netty.allocator.numDirectArenas=0 -Dlog4j.shutdownHookEnabled=false -Dlog4j2.disable.jmx=true "+
		"--add-modules=jdk.incubator.vector -javaagent:agent/opensearch-agent.jar --add-opens=java.base/java.nio=ALL-UNNAMED "+
		"-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1 "+
		"-Dopensearch.distribution.type=zip -Dopensearch.bundled_jdk=false"),
		"-Xms"+n.heap, "-Xmx"+n.heap,
		"-Djava.io.tmpdir="+tmp, "-Djna.tmpdir="+tmp, "-XX:ErrorFile="+filepath.Join(n.dir, "logs", "jvm-%p.log"),
		"-Dopensearch.path.home="+n.home, "-Dopensearch.path.conf="+filepath.Join(n.dir, "conf"),
		"-cp", filepath.Join(n.home, "lib", "*"), "org.opensearch.bootstrap.OpenSearch",
	)
}

// start starts the process and does not wait for it.
func (n *node) start() error {
	if n.running() {
		return fmt.Errorf("node %s runs already", filepath.Base(n.dir))
	}
	out, err := os.OpenFile(n.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer out.Close()
	c := exec.Command(n.java, n.options()...)
	c.Dir, c.Stdout, c.Stderr = n.home, out, out
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + filepath.Join(n.dir, "tmp")}
	n.ended, n.down, n.paused = make(chan struct{}), false, false
	n.process, err = launch(c, n.ended)
	return err
}

func (n *node) running() bool {
	if n.process == nil {
		return false
	}
	select {
	case <-n.ended:
		return false
	default:
		return true
	}
}

// died returns an error if the node has ended by itself.
func (n *node) died() error {
	if n.running() || n.down || n.process == nil {
		return nil
	}
	return fmt.Errorf("node %s has ended", filepath.Base(n.dir))
}

// kill ends the process at once, also when it is paused.
func (n *node) kill() error {
	n.down = true
	if err := n.process.Kill(); err != nil {
		return err
	}
	<-n.ended
	return nil
}

// stop asks the process to end.
func (n *node) stop() error {
	n.down = true
	if err := n.process.Signal(terminate); err != nil {
		return err
	}
	select {
	case <-n.ended:
		return nil
	case <-time.After(patience):
		return errors.Join(fmt.Errorf("node %s does not end", filepath.Base(n.dir)), n.kill())
	}
}

func (n *node) pause() error {
	n.paused = true
	return n.process.Signal(freeze)
}

func (n *node) resume() error {
	n.paused = false
	return n.process.Signal(thaw)
}
