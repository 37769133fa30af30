-- +goose Up
-- Where a bot was installed, and with what: a text of its adapter's, in which secrets are sealed. Each version has a
-- name of its own, which never comes again.
CREATE TABLE installs (
    tenant  TEXT    NOT NULL PRIMARY KEY,
    body    TEXT    NOT NULL,
    version TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- What was said where no tenant is, is found by where it was said.
CREATE INDEX deliveries_nobodys ON deliveries (address) WHERE tenant = '';
