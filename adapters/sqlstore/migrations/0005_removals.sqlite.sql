-- +goose Up
-- Whose rows were deleted, and up to which of their changes, which says so and stays; behind is the hash of the change before
-- it. The row lets what is older be deleted, and nothing else does. What all share can't be removed.
CREATE TABLE removals (
    tenant   TEXT    NOT NULL PRIMARY KEY CHECK (tenant <> ''),
    revision INTEGER NOT NULL,
    behind   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER removals_noted BEFORE INSERT ON removals
WHEN NOT EXISTS (SELECT 1 FROM changes c WHERE c.tenant = NEW.tenant AND c.revision = NEW.revision AND c.action = 'remove')
BEGIN SELECT RAISE(ABORT, 'a removal is noted behind a change that says so'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER removals_rise BEFORE UPDATE ON removals
WHEN NEW.tenant <> OLD.tenant OR NEW.revision <= OLD.revision
    OR NOT EXISTS (SELECT 1 FROM changes c WHERE c.tenant = NEW.tenant AND c.revision = NEW.revision AND c.action = 'remove')
BEGIN SELECT RAISE(ABORT, 'a removal is noted behind a later change that says so'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER removals_remain BEFORE DELETE ON removals BEGIN SELECT RAISE(ABORT, 'removals stay'); END;
-- +goose StatementEnd

DROP TRIGGER changes_remain;
DROP TRIGGER versions_remain;
-- +goose StatementBegin
CREATE TRIGGER changes_remain BEFORE DELETE ON changes
WHEN NOT EXISTS (SELECT 1 FROM removals r WHERE r.tenant = OLD.tenant AND r.revision > OLD.revision)
BEGIN SELECT RAISE(ABORT, 'changes are only appended'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER versions_remain BEFORE DELETE ON versions
WHEN NOT EXISTS (SELECT 1 FROM removals r WHERE r.tenant = OLD.tenant AND r.revision > OLD.revision)
BEGIN SELECT RAISE(ABORT, 'versions are only appended'); END;
-- +goose StatementEnd
