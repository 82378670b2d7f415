// Package clustertest starts real nodes of OpenSearch on this machine for tests, and
// harms them: kill -9, SIGSTOP, an orderly stop, a start again.
//
// Nodes need Linux, a JDK of 21 or newer, and Maven, which fetches OpenSearch once
// (160 MB, by its checksum). Where one of these is missing, tests are skipped and say
// what is missing. Nodes listen on the loopback address, speak plain HTTP, and end with
// the process that started them, however that ends.
//
// A package whose tests ask a server has a TestMain that calls [Run]. It takes the
// servers that NEWSQ_OPENSEARCH names, addresses separated by commas, or starts a node
// for the package. Tests take the addresses from [Addresses]. What a test harms, it
// starts by [Start] for itself.
//
// The command in folder with starts nodes for the tests of several packages, which
// saves some seconds for each.
package clustertest

// Variable is the environment variable that names the servers of tests.
const Variable = "NEWSQ_OPENSEARCH"

// missing is the environment variable by which Run tells tests why there is no server.
const missing = "NEWSQ_OPENSEARCH_MISSING"
