package rediscache

import (
	"encoding/json"
	"net/url"
	"strconv"

	"github.com/whosays/whosays/knowledge"
)

// hashPart is how much of a head's hash a key holds: enough that a database which was put back never meets values of the course
// that its history had before.
const hashPart = 12

// name returns the key under which Redis keeps a claim: that of its tenant, as it stands behind its head.
func (a *asked) name() string {
	return "whosays:claim:" + url.QueryEscape(a.key.Tenant) + ":" + strconv.FormatInt(a.at.number, 10) + "-" + a.at.hash[:min(hashPart, len(a.at.hash))] + ":" + a.key.ID
}

// value is what stands in Redis. It repeats its key: a reply that belongs to another question is seen
// (https://openai.com/index/march-20-chatgpt-outage, CVE-2025-29923).
type value struct {
	Key   string           `json:"key"`
	Claim *knowledge.Claim `json:"claim"` // null: there is none
}

func encode(name string, e entry) ([]byte, error) { return json.Marshal(value{name, e.claim}) }

// decode reads a value. It isn't ok where the value isn't that of the key, or can't be read.
func decode(name string, k knowledge.Key, data []byte) (entry, bool) {
	var v value
	if err := json.Unmarshal(data, &v); err != nil || v.Key != name {
		return entry{}, false
	}
	if v.Claim != nil && v.Claim.Key() != k {
		return entry{}, false
	}
	return entry{v.Claim}, true
}
