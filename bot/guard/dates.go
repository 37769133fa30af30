package guard

import (
	"time"

	"github.com/whosays/whosays/knowledge"
)

// dateAt reads "2025-12-31", "2025-12", "31.12.2025", "31/12/2025" and "12.2025". An end of 0: nothing that looks
// like a date; a zero Date: it looks like one, but the calendar has no such.
func dateAt(text string, run digitRun) (date knowledge.Date, end int, monthYear bool) {
	if run.width == 4 {
		date, end = isoDate(text, run)
		return date, end, false
	}
	if run.width > 2 || !isDateMark(text, run.end) {
		return date, 0, false
	}
	if year, ok := run.follows(text, run.end+1, 4); ok {
		return checked(year.mant, run.mant, 0, year.end, true)
	}
	month := runAt(text, run.end+1)
	if month.width == 0 || month.width > 2 || month.mixed || month.zero != run.zero || !isDateMark(text, month.end) {
		return date, 0, false
	}
	year, ok := run.follows(text, month.end+1, 4)
	if !ok {
		return date, 0, false
	}
	return checked(year.mant, month.mant, run.mant, year.end, false)
}

func isDateMark(text string, pos int) bool {
	return pos < len(text) && (text[pos] == '.' || text[pos] == '/')
}

func isoDate(text string, year digitRun) (knowledge.Date, int) {
	if year.end >= len(text) || text[year.end] != '-' {
		return knowledge.Date{}, 0
	}
	month, ok := year.follows(text, year.end+1, 2)
	if !ok {
		return knowledge.Date{}, 0
	}
	day, end := digitRun{}, month.end
	if end < len(text) && text[end] == '-' {
		if next, ok := year.follows(text, end+1, 2); ok {
			day, end = next, next.end
		}
	}
	date, end, _ := checked(year.mant, month.mant, day.mant, end, false)
	return date, end
}

// checked returns the date and its end: the zero Date where the calendar has no such month or day, or the year
// is far from ours.
func checked(year, month, day uint64, end int, monthYear bool) (knowledge.Date, int, bool) {
	if year < 1900 || year > 2199 || month < 1 || month > 12 || day > 31 {
		return knowledge.Date{}, end, false
	}
	return knowledge.Date{Year: int(year), Month: time.Month(month), Day: int(day)}, end, monthYear
}
