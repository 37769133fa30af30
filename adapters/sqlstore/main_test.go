package sqlstore_test

import (
	"testing"

	"github.com/whosays/whosays/adapters/servertest"
)

func TestMain(m *testing.M) { servertest.Main(m) }
