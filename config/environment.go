package config

import (
	"os"
	"regexp"
	"slices"
	"strings"
)

// FileVariable is the environment variable that names the file.
const FileVariable = Prefix + "CONFIG"

// readEnvironment sets the keys that variables name. An empty variable is as good as none.
func (r *reading) readEnvironment(environ []string) {
	set := map[string]string{}
	for _, line := range environ {
		name, value, _ := strings.Cut(line, "=")
		if strings.HasPrefix(name, Prefix) && value != "" {
			set[name] = value
		}
	}
	for _, k := range r.keys {
		r.variables(k, set)
	}
	names := r.variableNames()
	for name := range set {
		if name != FileVariable && !slices.Contains(names, name) && !isServiceLink(name) {
			r.inVariable(name, unknown(name, "a variable that is read", names))
		}
	}
}

// isServiceLink reports whether Kubernetes sets a variable, in every pod, for a service whose name begins with whosays.
func isServiceLink(name string) bool {
	return regexp.MustCompile(`_SERVICE_(HOST|PORT(_\w+)?)$|_PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?$`).MatchString(name)
}

// variables sets a key from the variables that are made for it.
func (r *reading) variables(k key, set map[string]string) {
	name := k.variable()
	value, plain := set[name]
	path, file := set[name+fileSuffix]
	switch {
	case !k.secret && !plain, !plain && !file:
		return
	case k.secret && plain && file:
		r.inVariable(name, name+" and "+name+fileSuffix+" are both set; keep one of them")
		return
	case k.secret && file:
		name += fileSuffix
		content, err := os.ReadFile(path)
		if err != nil { // the path isn't repeated: it might be the secret itself
			r.inVariable(name, name+" names a file: "+openProblem(err))
			return
		}
		value = strings.TrimSuffix(strings.TrimSuffix(string(content), "\n"), "\r")
	}
	if err := k.set(value); err != nil {
		r.inVariable(name, name+" "+err.Error())
		return
	}
	r.origins[k.name] = Origin{Kind: FromEnvironment, Name: name}
}

// variableNames returns the names of all variables that set a key.
func (r *reading) variableNames() []string {
	var names []string
	for _, k := range r.keys {
		names = append(names, k.variable())
		if k.secret {
			names = append(names, k.variable()+fileSuffix)
		}
	}
	return names
}
