package ops

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"

	"github.com/whosays/whosays/bot/chat"
)

// NewLogger returns the log of a process. level is a word that slog knows.
func NewLogger(w io.Writer, level string, asJSON bool) (*slog.Logger, error) {
	var least slog.Level
	if err := least.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("log.level: %w", err)
	}
	options := &slog.HandlerOptions{Level: least}
	if asJSON {
		return slog.New(Wrap(slog.NewJSONHandler(w, options))), nil
	}
	return slog.New(Wrap(slog.NewTextHandler(w, options))), nil
}

// Wrap returns a handler that adds the id of the request to each record, and hides what looks like a secret.
func Wrap(next slog.Handler) slog.Handler { return handler{next} }

type handler struct{ next slog.Handler }

// Enabled reports whether a level is logged.
func (h handler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.next.Enabled(ctx, level)
}

// Handle hands a record on.
func (h handler) Handle(ctx context.Context, r slog.Record) error {
	clean := slog.NewRecord(r.Time, r.Level, Redact(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(attribute(a))
		return true
	})
	if id := chat.RequestID(ctx); id != "" {
		clean.AddAttrs(slog.String("request_id", id))
	}
	return h.next.Handle(ctx, clean)
}

// WithAttrs returns a handler that adds these attributes to each record.
func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.next.WithAttrs(attributes(attrs))}
}

// WithGroup returns a handler that puts what follows into a group, the id of the request too.
func (h handler) WithGroup(name string) slog.Handler { return handler{h.next.WithGroup(name)} }

func attributes(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, 0, len(attrs))
	for _, a := range attrs {
		clean = append(clean, attribute(a))
	}
	return clean
}

func attribute(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		v = slog.StringValue(Redact(v.String()))
	case slog.KindGroup:
		v = slog.GroupValue(attributes(v.Group())...)
	case slog.KindAny:
		v = anything(v.Any())
	case slog.KindBool, slog.KindDuration, slog.KindFloat64, slog.KindInt64, slog.KindTime, slog.KindUint64, slog.KindLogValuer:
	}
	return slog.Attr{Key: a.Key, Value: v}
}

// anything returns a value as it is if neither way of writing it tells a secret, else its text without the secret.
func anything(v any) slog.Value {
	switch v := v.(type) {
	case error:
		return slog.StringValue(Redact(v.Error()))
	case fmt.Stringer:
		return slog.StringValue(Redact(v.String()))
	case []byte:
		return slog.StringValue(Redact(string(v)))
	}
	text := fmt.Sprintf("%+v", v)
	doc, err := json.Marshal(v)
	if clean := Redact(text); clean != text || err == nil && Redact(string(doc)) != string(doc) {
		return slog.StringValue(clean)
	}
	return slog.AnyValue(v)
}
