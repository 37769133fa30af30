package chat

import "context"

// requestID is the key of the id in a context.
type requestID struct{}

// WithRequestID returns a context that carries the id of the request that is being worked on, for the log.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestID{}, id)
}

// RequestID returns the id of the request that is being worked on, "" where there is none.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestID{}).(string)
	return id
}
