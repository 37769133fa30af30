// Package tenancy ends tenants: what is kept of one who has removed the bot is deleted.
package tenancy

import (
	"context"

	"github.com/whosays/whosays/knowledge"
)

// Store is all that is kept of tenants; a database implements it. All of it may be called at once. An error is a
// *knowledge.Error, of kind Unavailable where the store doesn't answer.
type Store interface {
	// ForgetTenant deletes all that is kept of a tenant: its claims with all their versions and the changes that made them,
	// what was said to it, what it has reported, who may change its claims, and what waits. Of its audit chain the head stays: a last change, of
	// knowledge.ActionRemove, that says who had it done, when, and behind how many changes with what hash; a tenant that comes
	// back goes on from there. Readers see all of the claims or none. Of whom nothing is kept, nothing is changed. The empty
	// tenant is an error of kind Invalid: what it has belongs to all.
	ForgetTenant(ctx context.Context, tenant, actor, reason string) (Forgotten, error)

	// Kept returns the tenants whose names begin so and of whom ForgetTenant would delete something, in their order.
	Kept(ctx context.Context, prefix string) ([]string, error)
}

// Forgotten is what was deleted.
type Forgotten struct {
	Head    knowledge.Head // what stays of the audit chain; zero: there was none
	Changes int            // of claims
	Said    int
	Reports int
}

// Shared is the error of forgetting the empty tenant.
func Shared() error {
	return &knowledge.Error{Kind: knowledge.Invalid, Msg: "What is kept where no tenant is belongs to all, and nobody can have it deleted: name a tenant."}
}
