// Package digest tells channels what changed about the negotiations, at the hours that they chose, each time once.
//
// When a digest is due is a matter of civil time: of the clock on the wall in a zone, whatever it is set to. Such a time is a slot;
// it names itself, so that a slot is there once however often the clock shows it. What is due is asked of the store, never
// remembered; robfig/cron reads the five fields of a schedule, and knows no zone here, for it skips the times that a clock jumps
// over, and meets those twice that a clock goes back to.
package digest
