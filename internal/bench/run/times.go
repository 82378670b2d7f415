package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// answer is a line of search.
type answer struct {
	class, id, hits string
	micros, worked  float64 // by the clock, and by the processor's
}

func parseAnswers(text []byte) ([]answer, error) {
	var all []answer
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSpace(line), "\t")
		a := answer{}
		var err error
		switch len(f) {
		case 5:
			a.worked, err = strconv.ParseFloat(f[4], 64)
			if err != nil {
				break
			}
			fallthrough
		case 4:
			a.micros, err = strconv.ParseFloat(f[3], 64)
			fallthrough
		case 3:
			a.class, a.id, a.hits = f[0], f[1], f[2]
		default:
			err = errors.New("not class, id, hits and time")
		}
		if err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
		all = append(all, a)
	}
	return all, nil
}

// times collects the times of each query over the rounds.
type times map[string]map[string][]float64 // by class, by id

func (t times) add(all []answer, processor bool) {
	for _, a := range all {
		if processor {
			a.micros = a.worked
		}
		if t[a.class] == nil {
			t[a.class] = map[string][]float64{}
		}
		t[a.class][a.id] = append(t[a.class][a.id], a.micros)
	}
}

// best returns the time of each query of a class in its best round, of all for
// "". What a round has is a median already; a worse round tells what else the
// machine had to do.
func (t times) best(class string) []float64 {
	var all []float64
	for c, ids := range t {
		if class != "" && c != class {
			continue
		}
		for _, rounds := range ids {
			all = append(all, slices.Min(rounds))
		}
	}
	slices.Sort(all)
	return all
}

func median(v []float64) float64 {
	v = slices.Clone(v)
	slices.Sort(v)
	return v[len(v)/2]
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}
