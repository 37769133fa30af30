package exchange

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whosays/whosays/knowledge"
)

// encode makes of a claim what the decoder makes a claim of: its fields in their order, those that are empty left out.
func encode(c knowledge.Claim) (*node, error) {
	n, err := encodeValue(reflect.ValueOf(c))
	if err != nil {
		return nil, &knowledge.Error{Kind: knowledge.Invalid, Msg: fmt.Sprintf("claim %s can't be written: %v", quoted(c.ID), err)}
	}
	return n, nil
}

// encodeValue returns the node of a value, nil where it is empty.
func encodeValue(v reflect.Value) (*node, error) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil, nil
		}
		v = v.Elem() // a bound that is zero is a bound
		return encodeScalar(v)
	}
	if _, ok := reflect.TypeAssert[encoding.TextMarshaler](v); ok {
		return encodeDate(v)
	}
	switch v.Kind() {
	case reflect.Struct:
		return encodeFields(v)
	case reflect.Map:
		return encodeTexts(v), nil
	case reflect.Slice:
		return encodeList(v)
	}
	if v.IsZero() {
		return nil, nil
	}
	return encodeScalar(v)
}

func encodeScalar(v reflect.Value) (*node, error) {
	switch v.Kind() {
	case reflect.String:
		return &node{kind: text, text: v.String()}, nil
	case reflect.Float64:
		return &node{kind: number, text: strconv.FormatFloat(v.Float(), 'f', -1, 64)}, nil
	case reflect.Int:
		return &node{kind: number, text: strconv.FormatInt(v.Int(), 10)}, nil
	case reflect.Bool:
		return &node{kind: boolean, text: strconv.FormatBool(v.Bool())}, nil
	}
	panic("exchange: no encoder for " + v.Type().String()) // a field was added to Claim
}

// encodeDate encodes a date or a moment; a moment in UTC, so that one moment is written in one way.
func encodeDate(v reflect.Value) (*node, error) {
	m, _ := reflect.TypeAssert[encoding.TextMarshaler](v)
	if t, moment := m.(time.Time); moment {
		if t.IsZero() {
			return nil, nil
		}
		m = t.UTC()
	}
	written, err := m.MarshalText()
	if err != nil || len(written) == 0 {
		return nil, err
	}
	return &node{kind: text, plain: true, text: string(written)}, nil
}

func encodeFields(v reflect.Value) (*node, error) {
	n := &node{kind: object}
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		value, err := encodeValue(v.Field(i))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if value != nil {
			n.add(name, 0, value)
		}
	}
	if len(n.items) == 0 {
		return nil, nil
	}
	return n, nil
}

// encodeTexts encodes texts by language.
func encodeTexts(v reflect.Value) *node {
	if v.Len() == 0 {
		return nil
	}
	n := &node{kind: object}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(x.String(), y.String()) })
	for _, k := range keys {
		n.add(k.String(), 0, &node{kind: text, text: v.MapIndex(k).String()})
	}
	return n
}

func encodeList(v reflect.Value) (*node, error) {
	if v.Len() == 0 {
		return nil, nil
	}
	if v.Len() > maxItems {
		return nil, fmt.Errorf("has a list of %d entries; at most %d can be read", v.Len(), maxItems)
	}
	n := &node{kind: list}
	for i := range v.Len() {
		entry, err := encodeValue(v.Index(i))
		if err != nil {
			return nil, err
		}
		if entry == nil { // keep the places of the others
			entry = &node{kind: null}
		}
		n.items = append(n.items, entry)
	}
	return n, nil
}
