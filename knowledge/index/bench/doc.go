// Package bench measures the product beside peers, in one run and on one machine. It is a module of its own,
// so that the product doesn't depend on what it is compared with.
package bench
