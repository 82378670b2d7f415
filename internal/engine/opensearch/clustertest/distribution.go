package clustertest

import (
	"archive/zip"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// What is fetched. It is the smallest distribution that has the analysis and the scripts
// that newsq uses. It has no security: no TLS, no users.
const (
	version  = "3.8.0"
	artifact = "org.opensearch.distribution.integ-test-zip:opensearch:" + version + ":zip"
	checksum = "196c3cf4602c394f2e40e6174ccbf2a924eae37246f08fa6bbb6b75f9fd5ff1f"
)

// leastJava is the oldest release of Java on which this version runs.
const leastJava = 21

// ErrMissing: something that this machine lacks.
var ErrMissing = errors.New("no OpenSearch for tests")

// distribution returns the folder of OpenSearch, which is fetched if need be.
func distribution(ctx context.Context) (string, error) {
	cache, err := cacheFolder()
	if err != nil {
		return "", err
	}
	home := filepath.Join(cache, "opensearch-"+version)
	if _, err := os.Stat(home); err == nil {
		return home, nil
	}
	work, err := os.MkdirTemp(cache, "fetch-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	if err := fetch(ctx, work); err != nil {
		return "", err
	}
	// All of it or nothing. Another process may have been quicker.
	err = os.Rename(filepath.Join(work, filepath.Base(home)), home)
	if _, there := os.Stat(home); there != nil {
		return "", err
	}
	return home, nil
}

// cacheFolder returns the folder that keeps OpenSearch from run to run. Of root, it is
// a folder that others may read, as the nodes don't run as root.
func cacheFolder() (string, error) {
	base := os.TempDir()
	if os.Getuid() != 0 {
		var err error
		if base, err = os.UserCacheDir(); err != nil {
			return "", err
		}
	}
	cache := filepath.Join(base, "newsq-opensearch-cache")
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	return cache, ours(cache)
}

// fetch fetches OpenSearch by Maven and unpacks it into a folder.
func fetch(ctx context.Context, into string) error {
	maven, err := exec.LookPath("mvn")
	if err != nil {
		return fmt.Errorf("%w: it is fetched by Maven, and there is no mvn", ErrMissing)
	}
	// With -C, Maven too holds what it fetches to a checksum.
	c := exec.CommandContext(ctx, maven, "-B", "-q", "-C", "dependency:copy", "-Dartifact="+artifact, "-DoutputDirectory="+into)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("mvn dependency:copy of %s: %w: %s", artifact, err, end(out))
	}
	file := filepath.Join(into, "opensearch-"+version+".zip")
	if err := verify(file); err != nil {
		return err
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	return errors.Join(os.CopyFS(into, z), z.Close())
}

func verify(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != checksum {
		return fmt.Errorf("checksum of %s is %s, want %s", artifact, got, checksum)
	}
	return nil
}

// java returns the command of a JDK that is new enough.
func java() (string, error) {
	homes := []string{os.Getenv("OPENSEARCH_JAVA_HOME"), os.Getenv("JAVA_HOME")}
	installed, err := filepath.Glob("/usr/lib/jvm/*")
	if err != nil {
		return "", err
	}
	for _, home := range append(homes, installed...) {
		command := filepath.Join(home, "bin", "java")
		if _, err := os.Stat(command); home != "" && err == nil && release(home) >= leastJava {
			return command, nil
		}
	}
	return "", fmt.Errorf("%w: it needs a JDK of %d or newer; name one in OPENSEARCH_JAVA_HOME", ErrMissing, leastJava)
}

// release returns the release of a JDK, such as 21; 0 where that is unknown.
func release(home string) int {
	f, err := os.Open(filepath.Join(home, "release"))
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if v, ok := strings.CutPrefix(lines.Text(), `JAVA_VERSION="`); ok {
			major, _, _ := strings.Cut(strings.TrimSuffix(v, `"`), ".")
			n, err := strconv.Atoi(major)
			if err == nil {
				return n
			}
		}
	}
	return 0
}

// end returns the last of what a program said.
func end(out []byte) string {
	const most = 4000
	return strings.TrimSpace(string(out[max(0, len(out)-most):]))
}
