-- +goose Up
-- What was said where, once. Times are microseconds since 1970; 0: none. A row is due for whoever takes it up first.
CREATE TABLE deliveries (
    tenant   TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    desk     TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    address  TEXT    NOT NULL,
    reply_to TEXT    NOT NULL,
    reply    TEXT    NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'unknown', 'failed')),
    why      TEXT    NOT NULL DEFAULT '',
    ref      TEXT    NOT NULL DEFAULT '',
    nonce    TEXT    NOT NULL,
    epoch    INTEGER NOT NULL,
    tries    INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    taken    INTEGER NOT NULL,
    tried    INTEGER NOT NULL,
    due      INTEGER,
    said     INTEGER NOT NULL,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, desk, key)
) STRICT;

CREATE INDEX deliveries_due ON deliveries (desk, due) WHERE due IS NOT NULL;
CREATE INDEX deliveries_at ON deliveries (at);

-- Which deliveries quote a claim. Those of all tenants quote shared ones.
CREATE TABLE quotes (
    claim_tenant TEXT    NOT NULL,
    claim        TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    tenant       TEXT    NOT NULL,
    delivery     TEXT    NOT NULL,
    PRIMARY KEY (claim_tenant, claim, at, tenant, delivery)
) STRICT, WITHOUT ROWID;

CREATE INDEX quotes_delivery ON quotes (tenant, delivery);
