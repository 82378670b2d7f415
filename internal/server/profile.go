package server

import (
	"fmt"
	"net/http"
	"runtime/pprof"
	"runtime/trace"
	"strconv"
	"time"
)

// maxProfile bounds how long a profile is taken, in seconds.
const maxProfile = 300

// profiles gives profiles under /debug/pprof/, as "go tool pprof" asks for them. Package
// net/http/pprof would do so for each server of a process, and costs the start of every
// command.
func profiles() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /debug/pprof/profile", func(w http.ResponseWriter, r *http.Request) {
		record(w, r, func() error { return pprof.StartCPUProfile(w) }, pprof.StopCPUProfile)
	})
	mux.HandleFunc("GET /debug/pprof/trace", func(w http.ResponseWriter, r *http.Request) {
		record(w, r, func() error { return trace.Start(w) }, trace.Stop)
	})
	mux.HandleFunc("GET /debug/pprof/{name}", func(w http.ResponseWriter, r *http.Request) {
		p := pprof.Lookup(r.PathValue("name"))
		if p == nil {
			writeText(w, http.StatusNotFound, "there is no such profile\n")
			return
		}
		debug, _ := strconv.Atoi(r.FormValue("debug")) // 0 is the form for programs
		if debug == 0 {
			w.Header().Set("Content-Type", "application/octet-stream")
		}
		_ = p.WriteTo(w, debug) // who asked is gone where it fails
	})
	mux.HandleFunc("GET /debug/pprof/{$}", func(w http.ResponseWriter, _ *http.Request) {
		text := "profile?seconds=30\ntrace?seconds=1\n"
		for _, p := range pprof.Profiles() {
			text += fmt.Sprintf("%s?debug=1\t%d\n", p.Name(), p.Count())
		}
		writeText(w, http.StatusOK, text)
	})
	return mux
}

// record records for as many seconds as a request asks for, 30 unless it says so.
func record(w http.ResponseWriter, r *http.Request, start func() error, stop func()) {
	seconds, err := strconv.ParseFloat(r.FormValue("seconds"), 64)
	if err != nil {
		seconds = 30
	}
	if !(seconds > 0 && seconds <= maxProfile) {
		writeText(w, http.StatusBadRequest, fmt.Sprintf("seconds must be from 0 to %d\n", maxProfile))
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	if err := start(); err != nil {
		writeText(w, http.StatusConflict, err.Error()+"\n")
		return
	}
	defer stop()
	select {
	case <-time.After(time.Duration(seconds * float64(time.Second))):
	case <-r.Context().Done():
	}
}
