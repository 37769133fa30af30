-- +goose Up
-- Whoever was told of the claims isn't told of the change.
ALTER TABLE changes ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;

-- What a tenant has chosen, and who may change its base. A version of both is one row of settings: of two who change them at
-- once one does.
CREATE TABLE settings (
    tenant      TEXT    NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL,
    lang        TEXT    NOT NULL,
    approvals   INTEGER NOT NULL,
    corrections INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE moderators (
    tenant   TEXT    NOT NULL,
    account  TEXT    NOT NULL,
    added_by TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    PRIMARY KEY (tenant, account)
) STRICT, WITHOUT ROWID;

-- Changes that wait for a second person, or waited.
CREATE TABLE proposals (
    tenant   TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    change   TEXT    NOT NULL,
    proposer TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    state    TEXT    NOT NULL,
    judge    TEXT    NOT NULL,
    why      TEXT    NOT NULL,
    PRIMARY KEY (tenant, id)
) STRICT;

CREATE INDEX proposals_state ON proposals (tenant, state, at, id);
