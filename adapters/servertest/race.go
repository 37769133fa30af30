package servertest

// ChildRace is how the race detector watches a process that a test starts, and that ends soon: it doesn't sleep for a second at its end, and
// the memory that it keeps beside Go's comes in large pages, which saves a fifth of the processor's time. Tests that run for long would
// take longer with these.
const ChildRace = "atexit_sleep_ms=0 no_huge_pages_for_shadow=0"
