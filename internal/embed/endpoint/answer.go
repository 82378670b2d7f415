package endpoint

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"

	"github.com/newsq/newsq/internal/embed"
)

// answer is the body of an answer, as far as it is read.
type answer struct {
	Data []struct {
		Index     *int    `json:"index"`
		Embedding numbers `json:"embedding"`
	} `json:"data"`
}

// numbers are an embedding: a list of numbers, or floats in base64.
type numbers []float32

// UnmarshalJSON reads either form.
func (n *numbers) UnmarshalJSON(b []byte) error {
	if !bytes.HasPrefix(b, []byte(`"`)) {
		var list []float32
		if err := json.Unmarshal(b, &list); err != nil {
			return err
		}
		*n = list
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(raw)%4 != 0 {
		return errors.New("an embedding is a string that is no floats in base64")
	}
	*n = make(numbers, len(raw)/4)
	for i := range *n {
		(*n)[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return nil
}

// read reads an answer to a request with so many texts.
func (c *Client) read(b []byte, texts, dims int) ([]embed.Vector, int, error) {
	var a answer
	if err := json.Unmarshal(b, &a); err != nil {
		e := c.errorf(err, "the answer cannot be read (%s): %s", c.quoted([]byte(err.Error())), c.quoted(b))
		e.passing = bytes.HasPrefix(bytes.TrimSpace(b), []byte("{")) && !json.Valid(b) // it was cut
		return nil, 0, e
	}
	if len(a.Data) != texts {
		return nil, 0, c.errorf(nil, "%d vectors came for %d texts", len(a.Data), texts)
	}
	found := make([]embed.Vector, texts)
	for i, d := range a.Data {
		switch {
		case d.Index == nil && texts == 1:
		case d.Index == nil:
			return nil, 0, c.errorf(nil, "a vector has no index, which says whose it is")
		default:
			i = *d.Index
		}
		if i < 0 || i >= texts || found[i] != nil {
			return nil, 0, c.errorf(nil, "the index %d of %d vectors is wrong, or comes twice", i, texts)
		}
		v, err := c.vector(d.Embedding, &dims)
		if err != nil {
			return nil, 0, err
		}
		found[i] = v
	}
	return found, dims, nil
}

// vector returns an embedding as a vector of *dims dimensions, which it sets where they
// are 0.
func (c *Client) vector(x numbers, dims *int) (embed.Vector, error) {
	switch {
	case len(x) < embed.MinDims || len(x) > embed.MaxDims:
		return nil, c.errorf(nil, "a vector has %d dimensions: there may be %d to %d", len(x), embed.MinDims, embed.MaxDims)
	case c.config.Dims != 0 && len(x) != c.config.Dims:
		return nil, c.errorf(nil, "a vector has %d dimensions where %d were asked for: leave embeddings-dims out if the model has but one size", len(x), c.config.Dims)
	case *dims != 0 && len(x) != *dims:
		return nil, c.errorf(nil, "a vector has %d dimensions, and others %d: is it another model by the same name?", len(x), *dims)
	}
	*dims = len(x)
	v, err := embed.NewVector(x)
	if err != nil {
		e := c.errorf(err, "a vector is zero or not finite")
		e.Refused = true
		return nil, e
	}
	return v, nil
}
