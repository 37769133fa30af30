package guard

// momentLength returns the length of the ISO date, the hour, or both, at the start of s.
func momentLength(s string) int {
	length := dateLength(s)
	if length == 0 {
		return hourLength(s)
	}
	if length < len(s) && (s[length] == 'T' || s[length] == ' ') {
		if hour := hourLength(s[length+1:]); hour > 0 {
			length += 1 + hour
		}
	}
	return length
}

func dateLength(s string) int {
	run := runAt(s, 0)
	if run.width != 4 || run.zero != '0' {
		return 0
	}
	date, end := isoDate(s, run)
	if date.IsZero() {
		return 0
	}
	return end
}

// hourLength returns the length of "9:00", "09:00:30", "09:00Z" or "09:00+02:00".
func hourLength(s string) int {
	length := clockLength(s)
	if length == 0 || length == len(s) {
		return length
	}
	switch s[length] {
	case 'Z':
		return length + 1
	case '+', '-':
		if zone := clockLength(s[length+1:]); zone > 0 {
			return length + 1 + zone
		}
	}
	return length
}

func clockLength(s string) int {
	hour := runAt(s, 0)
	if hour.zero != '0' || hour.width > 2 || hour.mant > 24 || hour.end == len(s) || s[hour.end] != ':' {
		return 0
	}
	minute, ok := hour.follows(s, hour.end+1, 2)
	if !ok || minute.mant > 59 {
		return 0
	}
	if minute.end < len(s) && s[minute.end] == ':' {
		if second, ok := hour.follows(s, minute.end+1, 2); ok && second.mant < 60 {
			return second.end
		}
	}
	return minute.end
}
