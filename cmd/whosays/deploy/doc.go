// Package deploy checks what an operator deploys by those who will read it: the Dockerfile by BuildKit's parser and linter, the compose
// file by Compose's loader, the alert rules by Prometheus' own, and the program as the Dockerfile builds it. It is a module of its own:
// they bring along much that the program doesn't need.
package deploy
